//! Transactions as wallets and tools send them: encoded, with their sender's signature.

use super::refused::{MAX_BYTES, Refused};
use alloy_consensus::transaction::SignerRecoverable;
use alloy_consensus::{Transaction as _, TxEnvelope, Typed2718};
use alloy_eips::Encodable2718;
use alloy_eips::eip2718::{Decodable2718, Eip2718Error};
use alloy_primitives::{Address, B256, Bytes};
use revm::context::TxEnv;
use revm::context_interface::either::Either;

/// A signed transaction with the sender that its signature names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTransaction {
    envelope: TxEnvelope,
    from: Address,
}

impl SignedTransaction {
    /// The transaction in these bytes, encoded as for `eth_sendRawTransaction` (EIP-2718): of before there were types, with a
    /// chain id (EIP-155) or without, or of the types 1 (EIP-2930), 2 (EIP-1559) and 4 (EIP-7702).
    ///
    /// # Errors
    /// [`Refused`] if they are too many or none, of a type that Arbitrum does not take, or badly signed.
    pub fn decode(raw: &[u8]) -> Result<Self, Refused> {
        // before anything that costs time
        let got = raw.len();
        if got > MAX_BYTES {
            return Err(Refused::Oversized { got });
        }
        // what begins otherwise is of before there were types
        match raw {
            [] | [_] => return Err(Refused::TooShort),
            [0x03, ..] => return Err(Refused::Blobs),
            [0x00 | 0x05..=0x7f, ..] => return Err(Refused::UnknownType),
            _ => {}
        }
        let envelope = TxEnvelope::decode_2718_exact(raw)?;
        let from = envelope
            .recover_signer()
            .map_err(|_| Refused::BadSignature)?;
        Ok(Self { envelope, from })
    }

    /// The transaction itself.
    #[must_use]
    pub const fn envelope(&self) -> &TxEnvelope {
        &self.envelope
    }

    /// Who signed it.
    #[must_use]
    pub const fn from(&self) -> Address {
        self.from
    }

    /// What names it: the hash of its bytes.
    #[must_use]
    pub fn hash(&self) -> B256 {
        *self.envelope.tx_hash()
    }

    /// Its type; zero for one of before there were types.
    #[must_use]
    pub fn tx_type(&self) -> u8 {
        self.envelope.ty()
    }

    /// Most gas it pays for.
    #[must_use]
    pub fn gas_limit(&self) -> u64 {
        self.envelope.gas_limit()
    }

    /// The bytes that it was decoded from.
    #[must_use]
    pub fn encoded(&self) -> Bytes {
        self.envelope.encoded_2718().into()
    }

    /// The transaction as the EVM takes it. All types pay as EIP-1559's do: one of before there were tips gives all that it
    /// offers beyond the base fee. Unless the chain's owner collects tips, gas costs the base fee for everyone.
    pub(super) fn env(&self, chain_id: u64, pays_tip: bool) -> TxEnv {
        let tx = &self.envelope;
        let authorizations = tx.authorization_list().unwrap_or_default();
        let has_authorizations = tx.is_eip7702();
        let max_fee = tx.max_fee_per_gas();
        let tip = tx.max_priority_fee_per_gas().unwrap_or(max_fee);
        TxEnv {
            tx_type: if has_authorizations { 4 } else { 2 },
            caller: self.from,
            gas_limit: tx.gas_limit(),
            gas_price: max_fee,
            gas_priority_fee: Some(if pays_tip { tip } else { 0 }),
            kind: tx.kind(),
            value: tx.value(),
            data: tx.input().clone(),
            nonce: tx.nonce(),
            chain_id: Some(chain_id),
            access_list: tx.access_list().cloned().unwrap_or_default(),
            authorization_list: authorizations.iter().cloned().map(Either::Left).collect(),
            ..TxEnv::default()
        }
    }
}

impl From<Eip2718Error> for Refused {
    fn from(error: Eip2718Error) -> Self {
        match error {
            Eip2718Error::RlpError(error) => Self::Malformed(error),
            _ => Self::UnknownType,
        }
    }
}
