//! Why an execution could not be carried to its end, which is nothing that a contract may see.

use super::Unsupported;
use crate::wasm::code::CodeError;
use alloy_primitives::B256;

/// Why an execution could not be carried to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The chain does not have what is needed.
    Unsupported(Unsupported),
    /// The chain is wrong in itself.
    Broken(Broken),
}

/// What must never be, and was found to be: a fault of this chain or of the state it was given, and not of the transaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A frame on the stack has no program behind it.
    #[error("a program got lost")]
    ProgramLost,
    /// A program was to go on that has ended.
    #[error("a program was run after its end")]
    RunAfterEnd,
    /// A program was to go on before the call it made had a result.
    #[error("a program was run before its call had a result")]
    NoResult,
    /// A call ended as a creation does.
    #[error("a call ended as a creation")]
    CallCreated,
    /// A transaction that was run again, to be traced, did not come to what it came to in its block.
    #[error("transaction {hash} does not come to the same when it is run again")]
    NotAgain {
        /// The hash that names it.
        hash: B256,
    },
    /// Who watched an execution is gone.
    #[error("who watched an execution got lost")]
    WatcherLost,
    /// ArbOS holds a program as activated whose code cannot be one.
    #[error("program {code_hash}, which was activated: {error}")]
    Code {
        /// Hash of its code.
        code_hash: B256,
        /// What is wrong with it.
        error: Box<CodeError>,
    },
    /// The WASM runtime failed on a program that was activated: its words.
    #[error("the WASM runtime failed: {0}")]
    Runtime(String),
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}
