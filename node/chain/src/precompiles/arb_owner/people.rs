//! Who may do what: owners, those who mint, those who filter, those who cache.

use super::ArbOwner;
use crate::arbos::fields::{Field, root};
use crate::arbos::layout;
use crate::arbos::space::Space;
use crate::precompiles::call::{Call, Failure};
use crate::precompiles::method::{Method, method};
use crate::precompiles::sets::{self, address};
use crate::version::Feature;
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolEvent;

/// Seconds between letting something happen and its happening: a week.
const NOTICE: u64 = 7 * 24 * 60 * 60;

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::addChainOwnerCall,
        |call, asked| {
            sets::add(call, &layout::chain_owners(), asked.newOwner)?;
            tell(
                call,
                &ArbOwner::ChainOwnerAdded {
                    newOwner: asked.newOwner,
                },
            )
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::removeChainOwnerCall,
        |call, asked| {
            remove(call, &layout::chain_owners(), asked.ownerToRemove)?;
            tell(
                call,
                &ArbOwner::ChainOwnerRemoved {
                    removedOwner: asked.ownerToRemove,
                },
            )
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwner::isChainOwnerCall,
        |call, asked| { sets::is_member(call, &layout::chain_owners(), asked.addr) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwner::getAllChainOwnersCall,
        |call, _| { sets::members(call, &layout::chain_owners()) }
    ),
    method!(
        does,
        Write,
        NativeToken,
        ArbOwner::addNativeTokenOwnerCall,
        |call, asked| {
            has_begun(call, &root::NATIVE_TOKEN_FROM)?;
            sets::add(call, &root::native_token_owners(), asked.newOwner)?;
            tell(
                call,
                &ArbOwner::NativeTokenOwnerAdded {
                    newOwner: asked.newOwner,
                },
            )
        }
    ),
    method!(
        does,
        Write,
        NativeToken,
        ArbOwner::removeNativeTokenOwnerCall,
        |call, asked| {
            remove(call, &root::native_token_owners(), asked.ownerToRemove)?;
            tell(
                call,
                &ArbOwner::NativeTokenOwnerRemoved {
                    removedOwner: asked.ownerToRemove,
                },
            )
        }
    ),
    method!(
        gives,
        View,
        NativeToken,
        ArbOwner::isNativeTokenOwnerCall,
        |call, asked| { sets::is_member(call, &root::native_token_owners(), asked.addr) }
    ),
    method!(
        gives,
        View,
        NativeToken,
        ArbOwner::getAllNativeTokenOwnersCall,
        |call, _| { sets::members(call, &root::native_token_owners()) }
    ),
    method!(
        does,
        Write,
        NativeToken,
        ArbOwner::setNativeTokenManagementFromCall,
        |call, asked| { set_from(call, &root::NATIVE_TOKEN_FROM, asked.timestamp) }
    ),
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbOwner::addTransactionFiltererCall,
        |call, asked| {
            has_begun(call, &root::FILTERING_FROM)?;
            sets::add(call, &root::filterers(), asked.filterer)?;
            tell(
                call,
                &ArbOwner::TransactionFiltererAdded {
                    newFilterer: asked.filterer,
                },
            )
        }
    ),
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbOwner::removeTransactionFiltererCall,
        |call, asked| {
            remove(call, &root::filterers(), asked.filterer)?;
            tell(
                call,
                &ArbOwner::TransactionFiltererRemoved {
                    removedFilterer: asked.filterer,
                },
            )
        }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwner::isTransactionFiltererCall,
        |call, asked| { sets::is_member(call, &root::filterers(), asked.filterer) }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwner::getAllTransactionFilterersCall,
        |call, _| { sets::members(call, &root::filterers()) }
    ),
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbOwner::setTransactionFilteringFromCall,
        |call, asked| { set_from(call, &root::FILTERING_FROM, asked.timestamp) }
    ),
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbOwner::setFilteredFundsRecipientCall,
        |call, asked| {
            call.write(
                *root::FILTERED_FUNDS_RECIPIENT,
                asked.newRecipient.into_word().into(),
            )?;
            tell(
                call,
                &ArbOwner::FilteredFundsRecipientSet {
                    newRecipient: asked.newRecipient,
                },
            )
        }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwner::getFilteredFundsRecipientCall,
        |call, _| { call.read(*root::FILTERED_FUNDS_RECIPIENT).map(address) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::addWasmCacheManagerCall,
        |call, asked| { sets::add(call, &layout::cache_managers(), asked.manager) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::removeWasmCacheManagerCall,
        |call, asked| { remove(call, &layout::cache_managers(), asked.manager) }
    ),
];

fn tell(call: &mut Call<'_>, event: &impl SolEvent) -> Result<(), Failure> {
    match call.arbos.has(Feature::OwnerEvents) {
        true => call.emit(event),
        false => Ok(()),
    }
}

/// Takes a member out of a set; refused for one that is not in it.
fn remove(call: &mut Call<'_>, set: &Space, account: Address) -> Result<(), Failure> {
    if !sets::is_member(call, set, account)? {
        return Err(Failure::Plain);
    }
    sets::remove(call, set, account)
}

/// Refuses what is not let happen yet.
fn has_begun(call: &mut Call<'_>, from: &Field) -> Result<(), Failure> {
    let from = call.number(from)?;
    match from == 0 || from > call.now() {
        true => Err(Failure::Plain),
        false => Ok(()),
    }
}

/// Sets from when on something may happen: a week from now at the earliest, or never. A time that is nearer than a week already
/// may be put off, not brought forward.
fn set_from(call: &mut Call<'_>, field: &Field, from: u64) -> Result<(), Failure> {
    let now = call.now();
    let earliest = now.saturating_add(NOTICE);
    let before = call.number(field)?;
    if from != 0 {
        let far = before == 0 || before > earliest;
        let too_soon = (far && from < earliest) || (!far && before > now && from < before);
        if too_soon {
            return Err(Failure::Plain);
        }
    }
    call.write(**field, U256::from(from))
}
