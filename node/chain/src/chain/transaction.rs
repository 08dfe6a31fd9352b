//! Transactions that nobody signed: who sends one is taken on trust. Those that were signed come in as bytes.

use super::TxError;
use crate::context::Unsupported;
use alloy_eips::eip2930::AccessList;
use alloy_eips::eip7702::SignedAuthorization;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, keccak256};
use alloy_rlp::{Decodable, Encodable, RlpDecodable, RlpEncodable};
use revm::context::TxEnv;

/// The type of a transaction that nobody signed.
pub(super) const UNSIGNED_TX: u8 = 0x65;

/// A transaction to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Who sends it and pays for it.
    pub from: Address,
    /// The account it calls; none creates a contract.
    pub to: Option<Address>,
    /// Wei sent with it.
    pub value: U256,
    /// Calldata, or init code.
    pub input: Bytes,
    /// Most gas it pays for. Of more than it may use, the rest is held back and returned.
    pub gas_limit: u64,
    /// The sender's nonce; none takes the next one.
    pub nonce: Option<u64>,
    /// Most wei it pays for one gas; none takes the block's base fee. More than the base fee is never paid.
    pub max_fee: Option<u128>,
    /// What it says that it will touch; only calls and estimates look at it.
    pub access_list: AccessList,
    /// Accounts that lend themselves another's code by it (EIP-7702); only calls and estimates look at it.
    pub authorizations: Vec<SignedAuthorization>,
}

impl Transaction {
    /// Gas that one transaction may use, below ArbOS 50 on top of its intrinsic gas; and its limit unless it says otherwise.
    pub const MAX_GAS: u64 = crate::evm::MAX_TX_GAS;

    /// A transaction that does nothing yet.
    #[must_use]
    pub const fn new(from: Address) -> Self {
        Self {
            from,
            to: None,
            value: U256::ZERO,
            input: Bytes::new(),
            gas_limit: Self::MAX_GAS,
            nonce: None,
            max_fee: None,
            access_list: AccessList(Vec::new()),
            authorizations: Vec::new(),
        }
    }

    /// Calls an account.
    #[must_use]
    pub fn call(from: Address, to: Address, input: impl Into<Bytes>) -> Self {
        Self::new(from).to(to).input(input)
    }

    /// Creates a contract.
    #[must_use]
    pub fn create(from: Address, init_code: impl Into<Bytes>) -> Self {
        Self::new(from).input(init_code)
    }

    /// Sends value and no calldata.
    #[must_use]
    pub const fn transfer(from: Address, to: Address, value: U256) -> Self {
        Self::new(from).to(to).value(value)
    }

    /// Sets the account it calls.
    #[must_use]
    pub const fn to(mut self, to: Address) -> Self {
        self.to = Some(to);
        self
    }

    /// Sets the wei sent with it.
    #[must_use]
    pub const fn value(mut self, value: U256) -> Self {
        self.value = value;
        self
    }

    /// Sets the calldata or init code.
    #[must_use]
    pub fn input(mut self, input: impl Into<Bytes>) -> Self {
        self.input = input.into();
        self
    }

    /// Sets the most gas it pays for.
    #[must_use]
    pub const fn gas_limit(mut self, gas_limit: u64) -> Self {
        self.gas_limit = gas_limit;
        self
    }

    /// Sets the sender's nonce.
    #[must_use]
    pub const fn nonce(mut self, nonce: u64) -> Self {
        self.nonce = Some(nonce);
        self
    }

    /// Sets the most wei it pays for one gas.
    #[must_use]
    pub const fn max_fee(mut self, max_fee: u128) -> Self {
        self.max_fee = Some(max_fee);
        self
    }

    /// Sets what it says that it will touch.
    #[must_use]
    pub fn access_list(mut self, access_list: AccessList) -> Self {
        self.access_list = access_list;
        self
    }

    /// Sets who lends their account another's code by it.
    #[must_use]
    pub fn authorizations(mut self, authorizations: Vec<SignedAuthorization>) -> Self {
        self.authorizations = authorizations;
        self
    }

    /// The hash that names it in a block, if it says its nonce and what it pays at most for gas.
    #[must_use]
    pub fn hash(&self, chain_id: u64) -> Option<B256> {
        // a base fee stands in only for a fee that is not said
        let encoded = self
            .max_fee
            .and(self.nonce)
            .map(|nonce| self.encoded(nonce, 0, chain_id));
        encoded.map(keccak256)
    }

    /// The transaction as the EVM takes it. The tip is zero, since Arbitrum takes none.
    pub(super) fn to_env(
        &self,
        nonce: u64,
        base_fee: u64,
        chain_id: u64,
    ) -> Result<TxEnv, TxError> {
        TxEnv::builder()
            .caller(self.from)
            .kind(self.to.map_or(TxKind::Create, TxKind::Call))
            .value(self.value)
            .data(self.input.clone())
            .gas_limit(self.gas_limit)
            .nonce(nonce)
            .chain_id(Some(chain_id))
            .max_fee_per_gas(self.max_fee.unwrap_or(base_fee.into()))
            .gas_priority_fee(Some(0))
            .access_list(self.access_list.clone())
            .authorization_list_signed(self.authorizations.clone())
            .build()
            .map_err(|error| TxError::Unsupported(Unsupported::Transaction(error)))
    }

    /// The transaction as it is hashed: of the type that Arbitrum has for what nobody signed
    /// (`ArbitrumUnsignedTx` in `core/types/arb_types.go` of Nitro's go-ethereum).
    pub(super) fn encoded(&self, nonce: u64, base_fee: u64, chain_id: u64) -> Bytes {
        let mut bytes = vec![UNSIGNED_TX];
        Fields {
            chain_id,
            from: self.from,
            nonce,
            max_fee: self.max_fee.unwrap_or(base_fee.into()),
            gas_limit: self.gas_limit,
            to: self.to.map_or(TxKind::Create, TxKind::Call),
            value: self.value,
            input: self.input.clone(),
        }
        .encode(&mut bytes);
        bytes.into()
    }

    /// The transaction in these bytes, if nobody signed it. What it said that it would touch is not in them.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (&UNSIGNED_TX, mut rest) = bytes.split_first()? else {
            return None;
        };
        let fields = Fields::decode(&mut rest).ok()?;
        Some(Self {
            from: fields.from,
            to: fields.to.into_to(),
            value: fields.value,
            input: fields.input,
            gas_limit: fields.gas_limit,
            nonce: Some(fields.nonce),
            max_fee: Some(fields.max_fee),
            access_list: AccessList::default(),
            authorizations: Vec::new(),
        })
    }
}

#[derive(RlpDecodable, RlpEncodable)]
struct Fields {
    chain_id: u64,
    from: Address,
    nonce: u64,
    max_fee: u128,
    gas_limit: u64,
    to: TxKind,
    value: U256,
    input: Bytes,
}
