//! Sets of accounts: their size at key 0, their members from key 1 on, and the place of each by its address
//! (`arbos/addressSet/addressSet.go`).

use super::call::{Call, Failure};
use crate::arbos::layout;
use crate::arbos::space::Space;
use alloy_primitives::{Address, U256};

/// Members that are listed at most.
const LISTED: u64 = 65_536;

/// Whether an account is in a set.
pub(super) fn is_member(
    call: &mut Call<'_>,
    set: &Space,
    account: Address,
) -> Result<bool, Failure> {
    Ok(!place(call, set, account)?.is_zero())
}

/// All members, in order.
pub(super) fn members(call: &mut Call<'_>, set: &Space) -> Result<Vec<Address>, Failure> {
    let size = size(call, set)?;
    (1..=size.min(LISTED))
        .map(|at| call.read(set.slot_at(at)).map(address))
        .collect()
}

/// How many members there are.
pub(super) fn size(call: &mut Call<'_>, set: &Space) -> Result<u64, Failure> {
    Ok(call.read(set.slot_at(0))?.saturating_to())
}

/// Adds an account; one that is in the set already stays as it is.
pub(super) fn add(call: &mut Call<'_>, set: &Space, account: Address) -> Result<(), Failure> {
    if is_member(call, set, account)? {
        return Ok(());
    }
    let size = size(call, set)?;
    // Only a size that was set by hand is the greatest there is.
    let at = size.checked_add(1).ok_or(Failure::Plain)?;
    let word = account.into_word();
    call.write(layout::by_address(set).slot(word), U256::from(at))?;
    call.write(set.slot_at(at), word.into())?;
    // adding one to the size reads it again
    call.burn_read(set.slot_at(0))?;
    call.write(set.slot_at(0), U256::from(at))
}

/// Takes an account out; the last member takes its place.
pub(super) fn remove(call: &mut Call<'_>, set: &Space, account: Address) -> Result<(), Failure> {
    let at = place(call, set, account)?;
    if at.is_zero() {
        return Ok(());
    }
    let by_address = layout::by_address(set);
    call.write(by_address.slot(account.into_word()), U256::ZERO)?;
    let size = size(call, set)?;
    let smaller = size.checked_sub(1).ok_or(Failure::Plain)?;
    if at != U256::from(size) {
        let last = call.read(set.slot_at(size))?;
        call.write(set.slot(at.into()), last)?;
        call.write(by_address.slot(last.into()), at)?;
    }
    call.write(set.slot_at(size), U256::ZERO)?;
    call.burn_read(set.slot_at(0))?;
    call.write(set.slot_at(0), U256::from(smaller))
}

/// Puts a member's place right that older versions left wrong; refused for one whose place is right.
pub(super) fn rectify(call: &mut Call<'_>, set: &Space, account: Address) -> Result<(), Failure> {
    if !is_member(call, set, account)? {
        return Err(Failure::Plain);
    }
    let size = size(call, set)?;
    let recorded = place(call, set, account)?;
    let there = call.read(set.slot(recorded.into()))?;
    if address(there) == account && recorded <= U256::from(size) {
        return Err(Failure::Plain);
    }
    for at in 1..=size {
        if address(call.read(set.slot_at(at))?) == account {
            let slot = layout::by_address(set).slot(account.into_word());
            return call.write(slot, U256::from(at));
        }
    }
    Err(Failure::Plain)
}

fn place(call: &mut Call<'_>, set: &Space, account: Address) -> Result<U256, Failure> {
    call.read(layout::by_address(set).slot(account.into_word()))
}

/// The address in a word.
pub(super) fn address(word: U256) -> Address {
    Address::from_word(word.into())
}
