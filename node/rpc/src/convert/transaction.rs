//! Transactions: signed ones, those that nobody signed, and ArbOS's own.

use alloy_consensus::{Transaction as _, TxEnvelope, Typed2718 as _};
use alloy_eips::eip2930::AccessList;
use alloy_eips::eip7702::SignedAuthorization;
use alloy_primitives::{Address, B256, Bytes, TxKind, U64, U128, U256, keccak256};
use alloy_rlp::{Decodable, RlpDecodable};
use serde::Serialize;
use stylus_chain::arbos::predeploys::ARBOS;
use stylus_chain::chain::{Block, SignedTransaction};

/// A transaction with its place in the chain.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TransactionJson {
    block_hash: Option<B256>,
    block_number: Option<U64>,
    from: Address,
    gas: U64,
    gas_price: U128,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_fee_per_gas: Option<U128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_priority_fee_per_gas: Option<U128>,
    hash: B256,
    input: Bytes,
    nonce: U64,
    to: Option<Address>,
    transaction_index: Option<U64>,
    value: U256,
    r#type: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_list: Option<AccessList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chain_id: Option<U64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_list: Option<Vec<SignedAuthorization>>,
    v: U256,
    r: U256,
    s: U256,
    #[serde(skip_serializing_if = "Option::is_none")]
    y_parity: Option<U64>,
}

/// What nobody signed, as the chain encodes it.
#[derive(RlpDecodable)]
struct Unsigned {
    chain_id: u64,
    from: Address,
    nonce: u64,
    max_fee: u128,
    gas_limit: u64,
    to: TxKind,
    value: U256,
    input: Bytes,
}

/// What ArbOS begins a block with.
#[derive(RlpDecodable)]
struct Start {
    chain_id: u64,
    input: Bytes,
}

impl TransactionJson {
    /// The transaction at this place of a block.
    #[must_use]
    pub fn new(block: &Block, index: usize, chain_id: u64) -> Option<Self> {
        let bytes = block.transactions.get(index)?;
        let json = match bytes.first()? {
            0x6a => Self::start(bytes)?,
            0x65 => Self::unsigned(bytes)?,
            _ => {
                let signed = SignedTransaction::decode(bytes).ok()?;
                let mut json = Self::signed(&signed, chain_id);
                // what it offered: the tip is told even where it is not paid
                let price = signed
                    .envelope()
                    .effective_gas_price(Some(block.base_fee()));
                json.gas_price = U128::from(price);
                json
            }
        };
        Some(json.at(block, index))
    }

    /// The same at a place of a block.
    #[must_use]
    pub fn at(mut self, block: &Block, index: usize) -> Self {
        self.block_hash = Some(block.hash);
        self.block_number = Some(U64::from(block.number));
        self.transaction_index = Some(U64::from(index));
        self
    }

    /// Its number among those of its sender.
    #[must_use]
    pub fn nonce(&self) -> u64 {
        self.nonce.to()
    }

    /// A transaction that waits for a block.
    #[must_use]
    pub fn signed(signed: &SignedTransaction, chain_id: u64) -> Self {
        Self::of(signed.envelope(), signed.from(), chain_id)
    }

    /// A transaction by its parts, wherever its sender is known from.
    #[must_use]
    pub fn of(tx: &TxEnvelope, from: Address, chain_id: u64) -> Self {
        let signature = tx.signature();
        let parity = u64::from(signature.v());
        let is_typed = !matches!(tx, TxEnvelope::Legacy(_));
        let v = match (is_typed, tx.chain_id()) {
            (true, _) => parity,
            (false, Some(id)) => id.saturating_mul(2).saturating_add(35 + parity),
            (false, None) => 27 + parity,
        };
        let has_tip = tx.is_dynamic_fee();
        Self {
            from,
            gas: U64::from(tx.gas_limit()),
            gas_price: U128::from(tx.max_fee_per_gas()),
            max_fee_per_gas: has_tip.then(|| U128::from(tx.max_fee_per_gas())),
            max_priority_fee_per_gas: tx.max_priority_fee_per_gas().map(U128::from),
            hash: *tx.tx_hash(),
            input: tx.input().clone(),
            nonce: U64::from(tx.nonce()),
            to: tx.to(),
            value: tx.value(),
            r#type: U64::from(tx.ty()),
            access_list: tx.access_list().cloned(),
            // one without a chain id is for every chain
            chain_id: tx
                .chain_id()
                .or(is_typed.then_some(chain_id))
                .map(U64::from),
            authorization_list: tx.authorization_list().map(<[_]>::to_vec),
            v: U256::from(v),
            r: signature.r(),
            s: signature.s(),
            y_parity: is_typed.then(|| U64::from(parity)),
            ..Self::default()
        }
    }

    fn unsigned(bytes: &Bytes) -> Option<Self> {
        let tx = Unsigned::decode(&mut bytes.get(1..)?).ok()?;
        Some(Self {
            from: tx.from,
            gas: U64::from(tx.gas_limit),
            gas_price: U128::from(tx.max_fee),
            hash: keccak256(bytes),
            input: tx.input,
            nonce: U64::from(tx.nonce),
            to: tx.to.to().copied(),
            value: tx.value,
            r#type: U64::from(0x65),
            chain_id: Some(U64::from(tx.chain_id)),
            ..Self::default()
        })
    }

    fn start(bytes: &Bytes) -> Option<Self> {
        let tx = Start::decode(&mut bytes.get(1..)?).ok()?;
        Some(Self {
            from: ARBOS,
            hash: keccak256(bytes),
            input: tx.input,
            to: Some(ARBOS),
            r#type: U64::from(0x6a),
            chain_id: Some(U64::from(tx.chain_id)),
            ..Self::default()
        })
    }
}
