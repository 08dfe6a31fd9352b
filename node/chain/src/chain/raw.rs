//! Signed transactions: taken as a sequencer takes them, or refused in the words of one.

use super::block_gas::BlockGas;
use super::execute::Prepared;
use super::header::GAS_LIMIT;
use super::refused::{Sender, Terms};
use super::seal::Filled;
use super::{Chain, Executed, Refused, SignedTransaction, TxError};
use crate::arbos::fields::{Field, l2, root};
use crate::arbos::posting;
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::context::Context;
use crate::store::Store;
use alloy_primitives::{Address, U256};
use revm::context::ContextTr;

/// Why a signed transaction is in no block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It is not taken.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It needs what this chain does not have, or the store failed.
    #[error(transparent)]
    Run(#[from] TxError),
}

/// What became of each transaction of a block; what is not taken is not in it.
type Taken = Vec<Result<Executed, SendError>>;

impl<S: Store> Chain<S> {
    /// Runs a signed transaction, encoded as for `eth_sendRawTransaction`, in a block of its own.
    ///
    /// # Errors
    /// A [`SendError`] if it is not taken or cannot be run; then the chain is as before.
    pub fn send_raw(&mut self, raw: &[u8]) -> Result<Executed, SendError> {
        let transaction = SignedTransaction::decode(raw)?;
        let (taken, filled) = self.fill(&[transaction])?;
        // the only one
        let executed = taken.into_iter().next().ok_or(Refused::BlockFull)??;
        self.seal(filled).map_err(TxError::from)?;
        Ok(executed)
    }

    /// Makes a block of signed transactions, in order, and leaves out those that are refused or cannot be run: all of them, if
    /// need be.
    ///
    /// # Errors
    /// A [`TxError`] if the block cannot begin or the store fails; then there is no block, and the chain is as before.
    pub fn send_signed(&mut self, transactions: &[SignedTransaction]) -> Result<Taken, TxError> {
        let (taken, filled) = self.fill(transactions)?;
        self.seal(filled)?;
        Ok(taken)
    }

    fn fill(&self, transactions: &[SignedTransaction]) -> Result<(Taken, Filled), TxError> {
        let moment = self.head()?;
        let mut context = moment.begun()?;
        let base_fee = moment.place.base_fee;
        let limit = kept(&mut context, &l2::BLOCK_GAS_LIMIT).saturating_to();
        let mut gas = BlockGas::new(self.config.arbos, limit);
        let mut pool = GAS_LIMIT;
        let (mut taken, mut encoded) = (Vec::new(), Vec::new());
        for transaction in transactions {
            let terms = Terms {
                arbos: self.config.arbos,
                chain_id: self.config.chain_id,
                base_fee,
                calldata_floor: kept(&mut context, &root::FEATURES_ON).bit(root::CALLDATA_FLOOR),
                pool,
            };
            let prepared = terms
                .admit(transaction)
                .and_then(|()| {
                    let signed = transaction.encoded();
                    let posting = posting::price(context.journal_mut(), &signed, base_fee.into());
                    gas.admit(transaction.gas_limit(), posting.gas)
                })
                .and_then(|()| terms.check(transaction, &sender(&mut context, transaction.from())));
            if let Err(refused) = prepared {
                taken.push(Err(refused.into()));
                continue;
            }
            let pays_tip = !kept(&mut context, &root::COLLECT_TIPS).is_zero();
            let prepared = Prepared::signed(transaction, self.config.chain_id, pays_tip);
            let bytes = prepared.encoded.clone();
            let recent = context.chain.recent.clone();
            match moment.run(&mut context, prepared, encoded.len() as u64) {
                Ok(executed) => {
                    encoded.push(bytes);
                    gas.spend(executed.gas_used, executed.gas_used_for_l1);
                    pool = pool.saturating_sub(executed.gas_used);
                    taken.push(Ok(executed));
                }
                Err(TxError::Store(failure)) => return Err(failure.into()),
                Err(TxError::Invalid(invalid)) => taken.push(Err(Refused::from(invalid).into())),
                Err(error) => {
                    // All else that it changed was in the journal.
                    context.chain.recent = recent;
                    taken.push(Err(error.into()));
                }
            }
        }
        let receipts = taken.iter().flatten();
        let receipts = receipts.map(|executed| executed.receipt.clone()).collect();
        let filled = Filled::new(moment.place, context, encoded, receipts)?;
        Ok((taken, filled))
    }
}

/// Who sends a transaction, as the state has them at its turn.
fn sender(context: &mut Context, from: Address) -> Sender {
    let state = context.db_mut();
    let account = state.account(from);
    Sender {
        nonce: account.nonce,
        balance: account.balance,
        code_hash: account.code_hash,
        is_delegated: state.code(account.code_hash).is_eip7702(),
    }
}

/// A figure that ArbOS keeps.
fn kept(context: &mut Context, field: &Field) -> U256 {
    context.db_mut().slot(ARBOS_ACCOUNT, **field)
}
