//! Crediting what a work's inbox holds.

use crate::income::{self, Way};
use crate::IRouter::{EtherRefused, SweepFailed};
use crate::{asset, inbox, ledger, lock, pay, work};
use alloy_primitives::U256;
use alloy_sol_types::SolError;
use logic::inbox::{native_order, order};
use shell::{call, host, word, Address, Answer, Reader, Revert, Writer};

/// `sweep`.
pub(crate) fn sweep(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let swept = arguments.address()?;
    let most = pay::at_most(arguments.word()?);
    lock::refuse_if_held()?;
    let at = work::current(id, &work::head(id)?);
    let from = inbox::address(id);
    let held = pay::at_most(&balance(swept, from)?.to_be_bytes());
    let wanted = held.min(most);
    if wanted == 0 {
        return answer(0);
    }
    // The room is what it is until the credit below: the lock is held across all that comes between.
    let amount = wanted.min(ledger::load(at, swept).room());
    if amount == 0 {
        return Err(ledger::overflow(id, swept));
    }
    let gained = lock::hold_for(from, || {
        inbox::ensure(id, from)?;
        let gained = empty(swept, from, amount)?;
        if gained == 0 {
            return Err(Revert::new(
                SweepFailed::SELECTOR,
                &[word::from_u64(id), word::from_address(swept)],
            ));
        }
        let gained = asset::enough(swept, gained, amount)?;
        income::credit(at, swept, from, gained, &word::ZERO, Way::Sweep)?;
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

/// Makes an inbox send this much of what it holds; returns what came. An inbox that fails is told by that alone.
fn empty(asset: Address, inbox: Address, amount: u128) -> Result<u128, Revert> {
    let router = host::this();
    let before = balance(asset, router)?;
    let _ = if asset.is_zero() {
        call::call(inbox, &word::ZERO, &native_order(amount))
    } else {
        call::call(inbox, &word::ZERO, &order(&asset.0, amount))
    };
    Ok(asset::gain(before, balance(asset, router)?, amount))
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
