//! Being told of an execution step by step while it goes on, in the terms of go-ethereum's tracers: what they are told at
//! which moment is `core/tracing/hooks.go` of Nitro's go-ethereum, and `arbos/util/tracing.go` of Nitro.
//!
//! Nobody watches unless a transaction is traced, and then nothing here costs anything but the question whether.

mod hold;
mod ops;
mod words;

pub use ops::name as opcode_name;

pub(crate) use hold::Hold;
pub(crate) use ops::calls;
pub(crate) use words::{Failing, creation, failure, halt};

use crate::version::ArbOs;
use alloy_primitives::{Address, B256, Bytes, Log, U256};
use std::any::Any;
use std::fmt::Debug;

/// What a transaction is, before anything of it has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Who sends it.
    pub from: Address,
    /// Whom it calls; none creates a contract.
    pub to: Option<Address>,
    /// The gas it names.
    pub gas_limit: u64,
    /// Who is named as the maker of its block.
    pub beneficiary: Address,
    /// Who lends code to their own account by it (EIP-7702), if their signature is one.
    pub authorities: Vec<Address>,
    /// The chain's version.
    pub arbos: ArbOs,
}

/// A frame that begins. What destroys itself begins and ends one too, in which nothing runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// How many frames are around it.
    pub depth: usize,
    /// The opcode that makes such frames.
    pub opcode: u8,
    /// Who makes it.
    pub from: Address,
    /// Whose code runs, what is created, or who inherits.
    pub to: Address,
    /// Calldata, or init code.
    pub input: Bytes,
    /// Gas it has.
    pub gas: u64,
    /// The value that goes with it; none for a static call, which has none.
    pub value: Option<U256>,
}

/// A frame that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many frames are around it.
    pub depth: usize,
    /// What it returned; for a creation, the code.
    pub output: Bytes,
    /// Gas it used.
    pub gas_used: u64,
    /// Why it failed, in go-ethereum's words, if it did.
    pub failure: Option<String>,
}

impl Left {
    /// The words for a frame that reverted by itself, whose output is then a reason.
    pub const REVERTED: &'static str = "execution reverted";

    /// Whether it reverted by itself.
    #[must_use]
    pub fn has_reverted(&self) -> bool {
        self.failure.as_deref() == Some(Self::REVERTED)
    }
}

/// An opcode that is about to run, or what stands for one in a program or a precompile.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Where in the code it is.
    pub pc: usize,
    /// The opcode.
    pub opcode: u8,
    /// Gas there is.
    pub gas: u64,
    /// How many frames there are, its own with them.
    pub depth: usize,
    /// For whom the frame acts.
    pub acting: Address,
    /// The stack, its top last.
    pub stack: &'a [U256],
    /// The memory.
    pub memory: &'a [u8],
    /// What the last call returned.
    pub returned: &'a [u8],
    /// The refund counter.
    pub refund: u64,
}

impl Step<'_> {
    /// What lies so deep in the stack; the top is 0.
    #[must_use]
    pub fn peek(&self, at: usize) -> Option<U256> {
        let place = self.stack.len().checked_sub(at + 1)?;
        self.stack.get(place).copied()
    }

    /// The bytes of memory there, with zeros for what lies beyond its end.
    #[must_use]
    pub fn memory_at(&self, offset: usize, len: usize) -> Vec<u8> {
        let from = self.memory.len().min(offset);
        let to = self.memory.len().min(offset.saturating_add(len));
        let mut bytes = self.memory[from..to].to_vec();
        bytes.resize(len, 0);
        bytes
    }
}

/// Wei that change hands outside of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Whom it is taken from; none if it comes out of nothing.
    pub from: Option<Address>,
    /// Who gets it; none if it goes nowhere.
    pub to: Option<Address>,
    /// The wei.
    pub value: U256,
    /// Whether that is before the first frame, and not after the last.
    pub before: bool,
    /// What it is for, in Nitro's words.
    pub purpose: &'static str,
}

/// A host call that a program made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Its name.
    pub name: &'static str,
    /// What the program gave, packed as Nitro packs it (`crates/wasm-libraries/user-host-trait`).
    pub args: &'a [u8],
    /// What it got.
    pub outs: &'a [u8],
    /// Ink there was before.
    pub start_ink: u64,
    /// Ink there was after.
    pub end_ink: u64,
}

/// The state as it is at the moment. Looking at it changes nothing, not even what counts as accessed.
pub trait Ledger {
    /// The wei an account has.
    fn balance(&mut self, account: Address) -> U256;
    /// Transactions an account has sent, or contracts it has created.
    fn nonce(&mut self, account: Address) -> u64;
    /// The code of an account.
    fn code(&mut self, account: Address) -> Bytes;
    /// The hash of an account's code; that of nothing if there is none.
    fn code_hash(&mut self, account: Address) -> B256;
    /// What a slot of an account holds.
    fn slot(&mut self, account: Address, slot: U256) -> U256;
}

/// Who is told of an execution. What is not told of here does nothing.
pub trait Watcher: Any + Debug + Send {
    /// A transaction begins.
    fn begins(&mut self, _ledger: &mut dyn Ledger, _begun: &Begun) {}
    /// It has ended, and has used so much gas.
    fn ends(&mut self, _ledger: &mut dyn Ledger, _gas_used: u64) {}
    /// A frame begins.
    fn enters(&mut self, _entered: &Entered) {}
    /// The frame that began last, of those that have not ended, ends.
    fn leaves(&mut self, _left: &Left) {}
    /// Whether it wants to be told of steps, which is what costs most.
    fn wants_steps(&self) -> bool {
        false
    }
    /// Whether it has been told enough: then the execution ends with an error. It is asked often.
    fn has_enough(&mut self) -> bool {
        false
    }
    /// An opcode is about to run.
    fn steps(&mut self, _ledger: &mut dyn Ledger, _step: &Step<'_>) {}
    /// It has run, or failed before it ran for want of gas or of stack; and it cost so much, what a frame gets that it calls with
    /// it.
    fn stepped(&mut self, _cost: u64, _failure: Option<&str>) {}
    /// A log was made.
    fn logs(&mut self, _log: &Log) {}
    /// Wei change hands outside of frames.
    fn transfers(&mut self, _transfer: &Transfer) {}
    /// ArbOS is about to read or write a slot of its own.
    fn arbos(&mut self, _ledger: &mut dyn Ledger, _slot: U256) {}
    /// A program made a host call.
    fn asked(&mut self, _asked: &Asked<'_>) {}
    /// What the protocol calls by itself begins, or ends.
    fn protocol(&mut self, _begins: bool) {}
}
