//! A transaction that waits for its block.

use alloy_consensus::Transaction as _;
use alloy_primitives::{Address, B256, Bytes, U256};
use stylus_chain::Transaction;
use stylus_chain::chain::{Sent, SignedTransaction};

/// A transaction that waits for its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// As wallets send it.
    Signed(SignedTransaction),
    /// Of an account that is impersonated.
    Unsigned(Unsigned),
}

/// A transaction that nobody signed, complete but for a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    /// The transaction.
    pub transaction: Transaction,
    /// Its sender's nonce.
    pub nonce: u64,
    /// Most wei it pays for one gas.
    pub max_fee: u128,
    /// What names it.
    pub hash: B256,
}

impl Waiting {
    /// What names it.
    #[must_use]
    pub fn hash(&self) -> B256 {
        match self {
            Self::Signed(signed) => signed.hash(),
            Self::Unsigned(unsigned) => unsigned.hash,
        }
    }

    /// Who sends it.
    #[must_use]
    pub const fn from(&self) -> Address {
        match self {
            Self::Signed(signed) => signed.from(),
            Self::Unsigned(unsigned) => unsigned.transaction.from,
        }
    }

    /// Its sender's nonce.
    #[must_use]
    pub fn nonce(&self) -> u64 {
        match self {
            Self::Signed(signed) => signed.envelope().nonce(),
            Self::Unsigned(unsigned) => unsigned.nonce,
        }
    }

    /// Most wei it pays for one gas.
    #[must_use]
    pub fn max_fee(&self) -> u128 {
        match self {
            Self::Signed(signed) => signed.envelope().max_fee_per_gas(),
            Self::Unsigned(unsigned) => unsigned.max_fee,
        }
    }

    /// Most wei of these that are a tip.
    #[must_use]
    pub fn tip(&self) -> u128 {
        match self {
            Self::Signed(signed) => {
                let tip = signed.envelope().max_priority_fee_per_gas();
                tip.unwrap_or_else(|| self.max_fee())
            }
            Self::Unsigned(_) => 0,
        }
    }

    /// Whom it calls; none creates a contract.
    #[must_use]
    pub fn to(&self) -> Option<Address> {
        match self {
            Self::Signed(signed) => signed.envelope().to(),
            Self::Unsigned(unsigned) => unsigned.transaction.to,
        }
    }

    /// Wei sent with it.
    #[must_use]
    pub fn value(&self) -> U256 {
        match self {
            Self::Signed(signed) => signed.envelope().value(),
            Self::Unsigned(unsigned) => unsigned.transaction.value,
        }
    }

    /// Most gas it pays for.
    #[must_use]
    pub fn gas_limit(&self) -> u64 {
        match self {
            Self::Signed(signed) => signed.gas_limit(),
            Self::Unsigned(unsigned) => unsigned.transaction.gas_limit,
        }
    }

    /// Its calldata, or init code.
    #[must_use]
    pub fn input(&self) -> &Bytes {
        match self {
            Self::Signed(signed) => signed.envelope().input(),
            Self::Unsigned(unsigned) => &unsigned.transaction.input,
        }
    }

    /// Whether it pays enough to take another's place: a tenth more, as in go-ethereum's pool.
    pub(super) fn outbids(&self, other: &Self) -> bool {
        let more = |fee: u128| fee.saturating_add(fee.div_ceil(10));
        let raised = self.max_fee() > other.max_fee() && self.max_fee() >= more(other.max_fee());
        raised && self.tip() >= more(other.tip())
    }

    /// As the chain takes it.
    pub(in crate::node) const fn sent(&self) -> Sent<'_> {
        match self {
            Self::Signed(signed) => Sent::Signed(signed),
            Self::Unsigned(unsigned) => Sent::Unsigned(&unsigned.transaction),
        }
    }
}
