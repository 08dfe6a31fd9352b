//! What posting will cost of a transaction that is not signed yet.

use crate::arbos::posting;
use crate::chain::{Moment, Transaction, TxError};
use alloy_consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy_eips::Encodable2718;
use alloy_primitives::{Signature, TxKind, U256, keccak256};
use revm::context_interface::ContextTr;

impl Moment {
    /// Gas that pays for the posting of a transaction once it is signed, and wei for a unit of the parent chain's data.
    pub(super) fn posting(&self, transaction: &Transaction) -> Result<(u64, U256), TxError> {
        let mut context = self.begun()?;
        let signed = as_if_signed(transaction, self.config.chain_id);
        let journal = context.journal_mut();
        Ok(posting::estimate(journal, &signed, self.place.base_fee))
    }
}

/// A transaction as it may be once it is signed: the figures that are not known yet are such as compress badly.
fn as_if_signed(transaction: &Transaction, chain_id: u64) -> Vec<u8> {
    let noise = |name: &str| keccak256(name);
    let number = |name: &str| u64::from_be_bytes(noise(name).0.as_chunks().0[0]);
    let fees = |name: &str| u128::from(number(name) >> 32);
    let unsigned = TxEip1559 {
        chain_id,
        nonce: number("nonce"),
        gas_limit: number("gas") >> 32,
        max_fee_per_gas: fees("max fee"),
        max_priority_fee_per_gas: fees("tip"),
        to: transaction.to.map_or(TxKind::Create, TxKind::Call),
        value: transaction.value,
        input: transaction.input.clone(),
        ..TxEip1559::default()
    };
    let (r, s) = (noise("r"), noise("s"));
    let signature = Signature::new(r.into(), s.into(), true);
    TxEnvelope::from(unsigned.into_signed(signature)).encoded_2718()
}
