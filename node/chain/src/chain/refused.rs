//! Why a signed transaction is not taken, in go-ethereum's words, which tools look for, and in its order
//! (`core/state_transition.go`; what ArbOS asks before that is in `arbos/block_processor.go`).

use super::signed::SignedTransaction;
use crate::context::MAX_CODE_SIZE;
use crate::version::{ArbOs, Feature};
use alloy_consensus::{Transaction as _, TxEnvelope};
use alloy_primitives::{Address, B256, KECCAK256_EMPTY, U256};
use revm::context::result::InvalidTransaction;
use revm::context_interface::cfg::gas::calculate_initial_tx_gas_for_tx;

/// Gas of a transaction that does nothing.
pub(super) const LEAST_GAS: u64 = 21_000;

/// Bytes that a transaction may have: what Nitro's sequencer takes unless it is told otherwise.
pub(super) const MAX_BYTES: usize = 95_000;

/// Bytes that init code may have (EIP-3860).
const MAX_INIT_CODE: usize = 2 * MAX_CODE_SIZE;

/// Why a signed transaction is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There are no bytes to speak of.
    #[error("typed transaction too short")]
    TooShort,
    /// It has more bytes than a sequencer takes, which is 95,000.
    #[error("oversized data")]
    Oversized {
        /// Its bytes.
        got: usize,
    },
    /// Its type is none that there is, or none yet in this version of ArbOS.
    #[error("transaction type not supported")]
    UnknownType,
    /// It carries blobs, which Arbitrum has none of.
    #[error("transaction type not supported: blobs (EIP-4844)")]
    Blobs,
    /// Its bytes are no transaction.
    #[error("rlp: {0}")]
    Malformed(alloy_rlp::Error),
    /// Its signature names no sender.
    #[error("invalid transaction v, r, s values")]
    BadSignature,
    /// It is meant for another chain.
    #[error("invalid chain id for signer: have {got} want {expected}")]
    OtherChain {
        /// The chain it is for.
        got: u64,
        /// This chain.
        expected: u64,
    },
    /// The block has no gas left for it.
    #[error("gas limit reached")]
    BlockFull,
    /// Less gas than a transaction that does nothing uses, or than its posting costs.
    #[error("intrinsic gas too low")]
    LittleGas,
    /// The sender has sent one with this number already.
    #[error("nonce too low: address {from}, tx: {got} state: {expected}")]
    NonceTooLow {
        /// The sender.
        from: Address,
        /// The number it has.
        got: u64,
        /// The number that is next.
        expected: u64,
    },
    /// The sender has not sent the ones before it.
    #[error("nonce too high: address {from}, tx: {got} state: {expected}")]
    NonceTooHigh {
        /// The sender.
        from: Address,
        /// The number it has.
        got: u64,
        /// The number that is next.
        expected: u64,
    },
    /// The sender has no number left (EIP-2681).
    #[error("nonce has max value: address {from}, nonce: {nonce}")]
    NonceSpent {
        /// The sender.
        from: Address,
        /// The number.
        nonce: u64,
    },
    /// The sender is a contract (EIP-3607).
    #[error("sender not an eoa: address {from}, codehash: {code_hash}")]
    Contract {
        /// The sender.
        from: Address,
        /// The hash of its code.
        code_hash: B256,
    },
    /// It offers more for the tip than for all.
    #[error(
        "max priority fee per gas higher than max fee per gas: address {from}, maxPriorityFeePerGas: {tip}, maxFeePerGas: {max_fee}"
    )]
    TipAboveFee {
        /// The sender.
        from: Address,
        /// Wei a gas that the tip may cost.
        tip: u128,
        /// Wei a gas that all may cost.
        max_fee: u128,
    },
    /// It offers less than gas costs.
    #[error(
        "max fee per gas less than block base fee: address {from}, maxFeePerGas: {max_fee}, baseFee: {base_fee}"
    )]
    FeeTooLow {
        /// The sender.
        from: Address,
        /// Wei a gas that it may cost.
        max_fee: u128,
        /// Wei that a gas costs.
        base_fee: u64,
    },
    /// It is of the type that delegates, and delegates nothing.
    #[error("EIP-7702 transaction with empty auth list (sender {from})")]
    NoAuthorizations {
        /// The sender.
        from: Address,
    },
    /// The sender has less than it may cost.
    #[error("insufficient funds for gas * price + value: address {from} have {got} want {needed}")]
    Funds {
        /// The sender.
        from: Address,
        /// The wei it has.
        got: U256,
        /// The wei it may cost.
        needed: U256,
    },
    /// It may cost more wei than a number can say.
    #[error(
        "insufficient funds for gas * price + value: address {from} required balance exceeds 256 bits"
    )]
    Uncountable {
        /// The sender.
        from: Address,
    },
    /// Less gas than what it carries costs before it runs.
    #[error("intrinsic gas too low: have {got}, want {needed}")]
    IntrinsicGas {
        /// The gas it has.
        got: u64,
        /// The gas it needs.
        needed: u64,
    },
    /// Less gas than EIP-7623 asks for its data.
    #[error("insufficient gas for floor data gas cost: have {got}, want {needed}")]
    FloorGas {
        /// The gas it has.
        got: u64,
        /// The gas it needs.
        needed: u64,
    },
    /// The EVM does not take it, for a reason that is not known here.
    #[error("{0}")]
    Invalid(InvalidTransaction),
    /// The code that is to create a contract is too long.
    #[error("max initcode size exceeded: code size {got} limit {MAX_INIT_CODE}")]
    InitCode {
        /// Its bytes.
        got: usize,
    },
}

/// Who sends a transaction, as the state has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sender {
    pub(super) nonce: u64,
    pub(super) balance: U256,
    pub(super) code_hash: B256,
    /// Whether the code only names another account's (EIP-7702).
    pub(super) is_delegated: bool,
}

/// What a block asks of the transactions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) arbos: ArbOs,
    pub(super) chain_id: u64,
    /// Wei for one gas.
    pub(super) base_fee: u64,
    /// Whether calldata has a least price (EIP-7623).
    pub(super) calldata_floor: bool,
    /// Gas that is left of what its header says it may use.
    pub(super) pool: u64,
}

impl Terms {
    /// Whether a transaction's type and chain are this chain's: what shows before its place in a block is asked for.
    pub(super) fn admit(&self, tx: &SignedTransaction) -> Result<(), Refused> {
        let envelope = tx.envelope();
        if envelope.is_eip7702() && !self.arbos.has(Feature::Prague) {
            return Err(Refused::UnknownType);
        }
        match envelope.chain_id() {
            Some(got) if got != self.chain_id => Err(Refused::OtherChain {
                got,
                expected: self.chain_id,
            }),
            _ => Ok(()),
        }
    }

    /// Whether a transaction may run now.
    pub(super) fn check(&self, tx: &SignedTransaction, sender: &Sender) -> Result<(), Refused> {
        let (envelope, from) = (tx.envelope(), tx.from());
        sender.check_nonce(from, envelope.nonce())?;
        sender.check_code(from)?;
        let max_fee = envelope.max_fee_per_gas();
        if let Some(tip) = envelope
            .max_priority_fee_per_gas()
            .filter(|&tip| tip > max_fee)
        {
            return Err(Refused::TipAboveFee { from, tip, max_fee });
        }
        let base_fee = self.base_fee;
        if max_fee < base_fee.into() {
            return Err(Refused::FeeTooLow {
                from,
                max_fee,
                base_fee,
            });
        }
        if envelope.is_eip7702() && envelope.authorization_list().is_none_or(<[_]>::is_empty) {
            return Err(Refused::NoAuthorizations { from });
        }
        let needed = most_paid(envelope).ok_or(Refused::Uncountable { from })?;
        let got = sender.balance;
        if got < needed {
            return Err(Refused::Funds { from, got, needed });
        }
        if envelope.gas_limit() > self.pool {
            return Err(Refused::BlockFull);
        }
        self.check_gas(tx)?;
        let got = envelope.input().len();
        if envelope.is_create() && got > MAX_INIT_CODE {
            return Err(Refused::InitCode { got });
        }
        Ok(())
    }

    fn check_gas(&self, tx: &SignedTransaction) -> Result<(), Refused> {
        let spec = crate::context::spec(self.arbos);
        let gas = calculate_initial_tx_gas_for_tx(tx.env(self.chain_id, false), spec, None);
        let got = tx.envelope().gas_limit();
        let needed = gas.initial_regular_gas;
        if got < needed {
            return Err(Refused::IntrinsicGas { got, needed });
        }
        let needed = gas.floor_gas;
        if self.calldata_floor && got < needed {
            return Err(Refused::FloorGas { got, needed });
        }
        Ok(())
    }
}

impl From<InvalidTransaction> for Refused {
    fn from(invalid: InvalidTransaction) -> Self {
        match invalid {
            // what it carries was paid for before: what is missing is for posting it, which Nitro gives no figures of
            InvalidTransaction::CallGasCostMoreThanGasLimit { .. } => Self::LittleGas,
            other => Self::Invalid(other),
        }
    }
}

impl Refused {
    /// Why a transaction is not taken that pays for no posting, and whose sender has been looked at: what it carries may cost
    /// more than its gas.
    #[must_use]
    pub fn of_unposted(invalid: InvalidTransaction) -> Self {
        match invalid {
            InvalidTransaction::CallGasCostMoreThanGasLimit {
                initial_gas,
                gas_limit,
            } => Self::IntrinsicGas {
                got: gas_limit,
                needed: initial_gas,
            },
            InvalidTransaction::GasFloorMoreThanGasLimit {
                gas_floor,
                gas_limit,
            } => Self::FloorGas {
                got: gas_limit,
                needed: gas_floor,
            },
            other => Self::Invalid(other),
        }
    }
}

impl Sender {
    fn check_nonce(&self, from: Address, got: u64) -> Result<(), Refused> {
        let expected = self.nonce;
        if got < expected {
            return Err(Refused::NonceTooLow {
                from,
                got,
                expected,
            });
        }
        if got > expected {
            return Err(Refused::NonceTooHigh {
                from,
                got,
                expected,
            });
        }
        match got.checked_add(1) {
            Some(_) => Ok(()),
            None => Err(Refused::NonceSpent { from, nonce: got }),
        }
    }

    fn check_code(&self, from: Address) -> Result<(), Refused> {
        let code_hash = self.code_hash;
        if self.is_delegated || code_hash == KECCAK256_EMPTY || code_hash.is_zero() {
            return Ok(());
        }
        Err(Refused::Contract { from, code_hash })
    }
}

/// The wei that a transaction may cost its sender.
fn most_paid(envelope: &TxEnvelope) -> Option<U256> {
    let gas = U256::from(envelope.gas_limit());
    let fee = gas.checked_mul(U256::from(envelope.max_fee_per_gas()))?;
    fee.checked_add(envelope.value())
}
