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
    IRouter::claimToCall {
        work,
        epoch: 0,
        asset,
        payee,
        to,
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

pub(crate) fn settle_up(works: &[u64], asset: Address, most: u64) -> IRouter::settleUpCall {
    IRouter::settleUpCall {
        works: epochs(works),
        asset,
        maxWorks: U256::from(most),
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

pub(crate) fn hand_over(work: u64, payee: u8, to: Address) -> IRouter::handOverCall {
    IRouter::handOverCall { work, payee, to }
}

pub(crate) fn sweep(work: u64, asset: Address) -> IRouter::sweepCall {
    IRouter::sweepCall { work, asset }
}

pub(crate) fn ledger(id: u64, asset: Address) -> IRouter::ledgerCall {
    IRouter::ledgerCall {
        id,
        epoch: 0,
        asset,
    }
}
