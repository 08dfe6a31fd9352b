//! Signed transactions: taken as a sequencer takes them, or refused in the words of one.

use super::block_gas::BlockGas;
use super::execute::Prepared;
use super::refused::{Sender, Terms};
use super::seal::Filled;
use super::{Chain, Executed, Refused, SignedTransaction, Transaction, TxError};
use crate::arbos::fields::{Field, l2, root};
use crate::arbos::posting;
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::block::header::GAS_LIMIT;
use crate::context::Context;
use crate::store::Store;
use alloy_consensus::Transaction as _;
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

/// A transaction that is to be in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent<'a> {
    /// As wallets send it.
    Signed(&'a SignedTransaction),
    /// One whose sender is taken on trust.
    Unsigned(&'a Transaction),
}

/// What became of each transaction of a block; what is not taken is not in it.
pub(super) type Taken = Vec<Result<Executed, SendError>>;

impl<S: Store> Chain<S> {
    /// Runs a signed transaction, encoded as for `eth_sendRawTransaction`, in a block of its own.
    ///
    /// # Errors
    /// A [`SendError`] if it is not taken or cannot be run; then the chain is as before.
    pub fn send_raw(&mut self, raw: &[u8]) -> Result<Executed, SendError> {
        let transaction = SignedTransaction::decode(raw)?;
        let (taken, filled) = self.fill(&[Sent::Signed(&transaction)])?;
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
        let sent: Vec<_> = transactions.iter().map(Sent::Signed).collect();
        self.send_mixed(&sent)
    }

    /// As [`send_signed`](Self::send_signed), with transactions that nobody signed among them.
    ///
    /// # Errors
    /// As [`send_signed`](Self::send_signed).
    pub fn send_mixed(&mut self, transactions: &[Sent<'_>]) -> Result<Taken, TxError> {
        let (taken, filled) = self.fill(transactions)?;
        self.seal(filled)?;
        Ok(taken)
    }

    /// Whether a signed transaction would be taken as the first of the next block, so far as that shows before it runs. Its
    /// nonce may be later than its sender's next.
    ///
    /// # Errors
    /// A [`SendError`] if it would not.
    pub fn check(&self, transaction: &SignedTransaction) -> Result<(), SendError> {
        let moment = self.head().map_err(TxError::from)?;
        let mut context = moment.begun()?;
        let gas = self.block_gas(&mut context);
        let mut sender = sender(&mut context, transaction.from());
        sender.nonce = sender.nonce.max(transaction.envelope().nonce());
        let base_fee = moment.place.base_fee;
        self.admit(
            &mut context,
            (base_fee, GAS_LIMIT),
            gas,
            transaction,
            sender,
        )?;
        Ok(())
    }

    /// The gas of a block that begins.
    fn block_gas(&self, context: &mut Context) -> BlockGas {
        let limit = kept(context, &l2::BLOCK_GAS_LIMIT).saturating_to();
        BlockGas::new(self.config.arbos, limit)
    }

    /// Whether a signed transaction may run at a price of gas, and with what is left of the gas that a header can say.
    fn admit(
        &self,
        context: &mut Context,
        (base_fee, pool): (u64, u64),
        gas: BlockGas,
        transaction: &SignedTransaction,
        sender: Sender,
    ) -> Result<(), Refused> {
        let terms = Terms {
            arbos: self.config.arbos,
            chain_id: self.config.chain_id,
            base_fee,
            calldata_floor: kept(context, &root::FEATURES_ON).bit(root::CALLDATA_FLOOR),
            pool,
        };
        terms.admit(transaction)?;
        let signed = transaction.encoded();
        let posting = posting::price(context.journal_mut(), &signed, base_fee.into());
        gas.admit(transaction.gas_limit(), posting.gas)?;
        terms.check(transaction, &sender)
    }

    pub(super) fn fill(&self, transactions: &[Sent<'_>]) -> Result<(Taken, Filled), TxError> {
        let moment = self.head()?;
        let mut context = moment.begun()?;
        let base_fee = moment.place.base_fee;
        let mut gas = self.block_gas(&mut context);
        let mut pool = GAS_LIMIT;
        let (mut taken, mut encoded) = (Vec::new(), Vec::new());
        for transaction in transactions {
            let prepared = match transaction {
                Sent::Signed(signed) => {
                    let sender = sender(&mut context, signed.from());
                    let admitted = self.admit(&mut context, (base_fee, pool), gas, signed, sender);
                    let pays_tip = pays_tip(&mut context);
                    admitted.map(|()| Prepared::signed(signed, self.config.chain_id, pays_tip))
                }
                Sent::Unsigned(unsigned) => match gas.admit(unsigned.gas_limit, 0) {
                    Ok(()) => Ok(moment.prepare(&mut context, unsigned)?),
                    Err(refused) => Err(refused),
                },
            };
            let prepared = match prepared {
                Ok(prepared) => prepared,
                Err(refused) => {
                    taken.push(Err(refused.into()));
                    continue;
                }
            };
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

/// Whether who makes blocks is paid beyond the price of gas, as the chain's owner has it.
pub(super) fn pays_tip(context: &mut Context) -> bool {
    !kept(context, &root::COLLECT_TIPS).is_zero()
}

/// A figure that ArbOS keeps.
fn kept(context: &mut Context, field: &Field) -> U256 {
    context.db_mut().slot(ARBOS_ACCOUNT, **field)
}
