//! ArbFilteredTransactionsManager: transactions that are not to run, from ArbOS 60
//! (`precompiles/ArbFilteredTransactionsManager.go`).

use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sets;
use crate::arbos::fields::root;
use crate::arbos::filtered;
use crate::arbos::space;
use alloy_primitives::{B256, U256};
use alloy_sol_types::sol;
use revm::context_interface::ContextTr;

sol! {
    interface ArbFilteredTransactionsManager {
        event FilteredTransactionAdded(bytes32 indexed txHash);
        event FilteredTransactionDeleted(bytes32 indexed txHash);

        function addFilteredTransaction(bytes32 txHash) external;
        function deleteFilteredTransaction(bytes32 txHash) external;
        function isTransactionFiltered(bytes32 txHash) external view returns (bool);
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbFilteredTransactionsManager::addFilteredTransactionCall,
        |call, asked| {
            set(call, asked.txHash, true)?;
            call.emit(&ArbFilteredTransactionsManager::FilteredTransactionAdded {
                txHash: asked.txHash,
            })
        }
    ),
    method!(
        does,
        Write,
        FilteredTransactions,
        ArbFilteredTransactionsManager::deleteFilteredTransactionCall,
        |call, asked| {
            set(call, asked.txHash, false)?;
            call.emit(
                &ArbFilteredTransactionsManager::FilteredTransactionDeleted {
                    txHash: asked.txHash,
                },
            )
        }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbFilteredTransactionsManager::isTransactionFilteredCall,
        |call, asked| {
            call.burn_reads(1)?;
            let journal = call.context.journal_mut();
            Ok(filtered::contains(journal, asked.txHash))
        }
    ),
];

fn set(call: &mut Call<'_>, hash: B256, there: bool) -> Result<(), Failure> {
    let caller = call.caller;
    if !sets::is_member(call, &root::filterers(), caller)? {
        return Err(Failure::Plain);
    }
    let value = U256::from(there);
    call.burn_write(value)?;
    let slot = filtered::slot(hash);
    space::write_of(call.context.journal_mut(), filtered::ACCOUNT, slot, value);
    Ok(())
}
