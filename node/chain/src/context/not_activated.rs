//! Why a program that was to be activated is not.

use crate::wasm::activate::Refusal;
use crate::wasm::code::CodeError;

/// Why a program that was to be activated is not, which a caller on the chain never learns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotActivated {
    /// The code of the account is no program, or one that is too long.
    #[error("program activation failed: {0}")]
    Code(#[from] CodeError),
    /// The engine refuses the program.
    #[error("program activation failed: {0}")]
    Refused(#[from] Refusal),
    /// There is less gas than activating it takes.
    #[error("program activation failed: out of gas: {left} left, {needed} needed")]
    OutOfGas {
        /// The gas there is.
        left: u64,
        /// The gas it takes.
        needed: u64,
    },
}
