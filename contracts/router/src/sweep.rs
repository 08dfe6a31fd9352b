//! Crediting what a work's inbox holds.

use crate::IRouter::{EtherRefused, SweepFailed};
use crate::{asset, inbox, income, lock, pay, work};
use alloy_primitives::U256;
use alloy_sol_types::SolError;
use shell::{call, host, word, Address, Answer, Reader, Revert, Writer};

/// `sweep`.
pub(crate) fn sweep(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let swept = arguments.address()?;
    lock::refuse_if_held()?;
    let at = work::current(id, &work::head(id)?);
    let from = inbox::address(id);
    let held = pay::bounded(&balance(swept, from)?.to_be_bytes())?;
    if held == 0 {
        return answer(0);
    }
    let gained = lock::hold_for(from, || {
        inbox::ensure(id, from)?;
        let gained = empty(swept, from, held)?;
        if gained == 0 {
            return Err(Revert::new(
                SweepFailed::SELECTOR,
                &[word::from_u64(id), word::from_address(swept)],
            ));
        }
        let gained = asset::enough(swept, gained, held)?;
        income::credit(at, swept, from, gained, &word::ZERO)?;
        Ok(gained)
    })?;
    answer(gained)
}

fn answer(amount: u128) -> Answer {
    Ok(Writer::new(1).u128(amount).done())
}

fn balance(asset: Address, account: Address) -> Result<U256, Revert> {
    if asset.is_zero() {
        return Ok(U256::from_be_bytes(host::balance(account)));
    }
    asset::balance_of(asset, account)
}

/// Makes an inbox send what it holds; answers what came. An inbox that fails is told by that alone.
fn empty(asset: Address, inbox: Address, held: u128) -> Result<u128, Revert> {
    let router = host::this();
    let before = balance(asset, router)?;
    let order = logic::inbox::order(&asset.0, held);
    let _ = call::call(
        inbox,
        &word::ZERO,
        if asset.is_zero() { &[] } else { &order },
    );
    Ok(asset::gain(before, balance(asset, router)?, held))
}

/// Native value without calldata: from an inbox being swept, and from nobody else.
pub(crate) fn receive() -> Result<(), Revert> {
    let sender = host::sender();
    if shell::lock::is_taken_for(sender) {
        return Ok(());
    }
    Err(Revert::new(
        EtherRefused::SELECTOR,
        &[word::from_address(sender)],
    ))
}
