//! Calls that many tests make, in few words.

use alloy_primitives::{Address, B256, U256};
use lineage_tests::abi::IRouter;

pub(crate) const REF: B256 = B256::repeat_byte(0x11);

pub(crate) fn pay(work: u64, asset: Address, amount: u128) -> IRouter::payCall {
    IRouter::payCall {
        work,
        asset,
        amount: U256::from(amount),
        r#ref: REF,
    }
}

pub(crate) fn claim(work: u64, asset: Address, payee: u8) -> IRouter::claimCall {
    IRouter::claimCall {
        work,
        epoch: 0,
        asset,
        payee,
    }
}

pub(crate) fn claim_to(work: u64, asset: Address, payee: u8, to: Address) -> IRouter::claimToCall {
    claim_part(work, asset, payee, to, U256::MAX)
}

pub(crate) fn claim_part(
    work: u64,
    asset: Address,
    payee: u8,
    to: Address,
    most: U256,
) -> IRouter::claimToCall {
    IRouter::claimToCall {
        work,
        epoch: 0,
        asset,
        payee,
        to,
        most,
    }
}

pub(crate) fn claim_many(positions: &[(u64, u8)], asset: Address) -> IRouter::claimManyCall {
    let position = |(work, payee): &(u64, u8)| IRouter::Position {
        work: *work,
        epoch: 0,
        payee: *payee,
    };
    IRouter::claimManyCall {
        positions: positions.iter().map(position).collect(),
        asset,
    }
}

pub(crate) fn settle_up(works: &[u64], asset: Address, budget: u64) -> IRouter::settleUpCall {
    IRouter::settleUpCall {
        works: epochs(works),
        asset,
        budget: U256::from(budget),
    }
}

pub(crate) fn epochs(works: &[u64]) -> Vec<IRouter::WorkEpoch> {
    works
        .iter()
        .map(|work| IRouter::WorkEpoch {
            work: *work,
            epoch: 0,
        })
        .collect()
}

pub(crate) fn offer(work: u64, payee: u8, to: Address) -> IRouter::offerPayeeCall {
    IRouter::offerPayeeCall { work, payee, to }
}

pub(crate) fn accept(work: u64, payee: u8) -> IRouter::acceptPayeeCall {
    IRouter::acceptPayeeCall { work, payee }
}

pub(crate) fn reserve(work: u64, payee: u8, reserved: bool) -> IRouter::reserveClaimsCall {
    IRouter::reserveClaimsCall {
        work,
        payee,
        reserved,
    }
}

pub(crate) fn sweep(work: u64, asset: Address) -> IRouter::sweepCall {
    sweep_part(work, asset, U256::MAX)
}

pub(crate) fn sweep_part(work: u64, asset: Address, most: U256) -> IRouter::sweepCall {
    IRouter::sweepCall { work, asset, most }
}

pub(crate) fn ledger(id: u64, asset: Address) -> IRouter::ledgerCall {
    IRouter::ledgerCall {
        id,
        epoch: 0,
        asset,
    }
}
