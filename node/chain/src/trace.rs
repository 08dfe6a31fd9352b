//! A record of what an execution did: frames, host calls and what they cost.

use crate::units::Gas;
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::interpreter::InstructionResult;

/// Events of one execution in the order in which they ended, frames in the order in which they began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The events.
    pub events: Vec<Event>,
}

/// Something that happened in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Depth of the frame; the outermost is 0.
    pub depth: usize,
    /// The account that the frame acts for.
    pub acting: Address,
    /// What happened.
    pub kind: EventKind,
}

/// What an [`Event`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A frame begins.
    Begin(Begin),
    /// A program was entered and paid for.
    Entry(Entry),
    /// A call or creation by a program ended, after the frame that it had, if any.
    SubCall(SubCall),
    /// A host call ended normally.
    HostCall(HostCall),
    /// The frame ends.
    End(End),
}

/// How a frame came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// An ordinary call, or the transaction itself.
    Call,
    /// `CALLCODE`.
    CallCode,
    /// `DELEGATECALL`.
    DelegateCall,
    /// `STATICCALL`.
    StaticCall,
    /// `CREATE`.
    Create,
    /// `CREATE2`.
    Create2,
}

/// The beginning of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// How it came about.
    pub kind: FrameKind,
    /// Who called.
    pub caller: Address,
    /// The account that the code is from; the account itself in a creation.
    pub code: Address,
    /// Value transferred, or seen in a delegate call.
    pub value: U256,
    /// Calldata, or the init code.
    pub input: Bytes,
    /// Gas the frame has.
    pub gas: u64,
    /// Whether the code is a Stylus program.
    pub program: bool,
}

/// What entering a program cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Hash of the program's code.
    pub code_hash: B256,
    /// Whether it counted as cached.
    pub cached: bool,
    /// Gas for the entry, without pages.
    pub entry_gas: u64,
    /// Initial pages of its memory.
    pub pages: u16,
    /// Gas for them.
    pub page_gas: u64,
}

/// A host call that ended normally.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCall {
    /// Its name in `vm_hooks`.
    pub name: &'static str,
    /// Ink it took, gas included.
    pub ink: u64,
    /// What it did to the state.
    pub detail: Detail,
}

/// What a host call did, where that decides its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing beyond its name.
    None,
    /// A slot was loaded.
    Load {
        /// The slot.
        slot: U256,
        /// The value it has for the program.
        value: U256,
        /// Where the value came from.
        access: Access,
    },
    /// A slot was written in the program's cache.
    Write {
        /// The slot.
        slot: U256,
        /// The value.
        value: U256,
    },
    /// The cache was written to the state.
    Flush {
        /// Slots written, in the order of their first use.
        writes: Vec<SlotWrite>,
    },
    /// A log was emitted.
    Log {
        /// Its topics.
        topics: Vec<B256>,
        /// Bytes of data after them.
        data_len: u64,
    },
    /// An account was looked at.
    Account {
        /// The account.
        address: Address,
        /// Whether the transaction had not accessed it before; none where its code was known from before.
        cold: Option<bool>,
    },
}

/// Where a loaded slot came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// From the program's own cache.
    Cached,
    /// From the state; accessed before in this transaction.
    Warm,
    /// From the state; accessed for the first time.
    Cold,
}

/// A slot written by a flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotWrite {
    /// The slot.
    pub slot: U256,
    /// Value at the start of the transaction.
    pub original: U256,
    /// Value before.
    pub before: U256,
    /// Value after.
    pub after: U256,
    /// Whether the slot was accessed for the first time.
    pub cold: bool,
    /// Gas it cost.
    pub gas: u64,
}

impl SlotWrite {
    /// The case of EIP-2200 that priced it.
    #[must_use]
    pub fn class(&self) -> SstoreClass {
        if self.before == self.after {
            SstoreClass::NoChange
        } else if self.original != self.before {
            SstoreClass::Dirty
        } else if self.before.is_zero() {
            SstoreClass::ZeroToNonzero
        } else if self.after.is_zero() {
            SstoreClass::NonzeroToZero
        } else {
            SstoreClass::NonzeroToOther
        }
    }
}

/// The cases of EIP-2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SstoreClass {
    /// The value it has already.
    NoChange,
    /// Written before in this transaction.
    Dirty,
    /// An empty slot is filled.
    ZeroToNonzero,
    /// A slot is emptied.
    NonzeroToZero,
    /// A slot changes its value.
    NonzeroToOther,
}

/// A call or creation that a program made and that was given gas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubCall {
    /// Which kind.
    pub kind: FrameKind,
    /// The account called or created.
    pub address: Address,
    /// Value sent with it.
    pub value: U256,
    /// Calldata or init code.
    pub input: Bytes,
    /// Gas passed, the stipend included.
    pub gas_passed: u64,
    /// Gas of the call itself.
    pub base_cost: u64,
    /// Gas the program paid in all.
    pub cost: u64,
    /// Whether it succeeded.
    pub ok: bool,
}

/// The end of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// How it ended.
    pub status: EndStatus,
    /// Gas it used, its sub-frames included.
    pub gas_used: u64,
    /// Ink a program used after it was entered.
    pub ink_used: Option<u64>,
    /// Return or revert data.
    pub output: Bytes,
}

/// How a frame ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndStatus {
    /// It succeeded.
    Success,
    /// It reverted.
    Revert,
    /// A program trapped or asked for the impossible; the EVM sees a revert without data.
    Failure(String),
    /// It halted and its gas is gone.
    Halt(Halt),
}

/// Why a program cannot run, or its activation not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// It was never activated.
    #[error("the program is not activated")]
    NotActivated,
    /// It was activated under another Stylus version.
    #[error("the program was activated under Stylus version {version}, the chain has {current}")]
    NeedsUpgrade {
        /// Its version.
        version: u16,
        /// The chain's.
        current: u16,
    },
    /// It was activated too long ago.
    #[error("the program was activated {age} seconds ago, allowed are {allowed}")]
    Expired {
        /// Seconds since its activation.
        age: u64,
        /// Seconds an activation lasts.
        allowed: u64,
    },
}

/// Why a frame halted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// It is of a program that may not run.
    #[error(transparent)]
    Barred(#[from] ProgramError),
    /// The call has less gas than entering the program costs.
    #[error("out of gas: entering the program costs {cost}, {given} were given")]
    UnpaidEntry {
        /// What entering costs, its memory included.
        cost: Gas,
        /// The gas of the call.
        given: Gas,
    },
    /// The call has less gas than it costs at least to return so much data.
    #[error("out of gas: returned data costs {cost}, {given} were given")]
    UnpaidOutput {
        /// What the data cost.
        cost: Gas,
        /// The gas of the call.
        given: Gas,
    },
    /// A program used up its ink.
    #[error("out of ink")]
    OutOfInk,
    /// A program used up its stack.
    #[error("out of stack")]
    OutOfStack,
    /// The EVM stopped it: revm's name of the reason.
    #[error("{0:?}")]
    Evm(InstructionResult),
}

impl Halt {
    /// What the EVM is told.
    pub(crate) const fn result(self) -> InstructionResult {
        match self {
            Self::Barred(_) => InstructionResult::NotActivated,
            Self::UnpaidEntry { .. } | Self::UnpaidOutput { .. } | Self::OutOfInk => {
                InstructionResult::OutOfGas
            }
            Self::OutOfStack => InstructionResult::CallTooDeep,
            Self::Evm(result) => result,
        }
    }
}
