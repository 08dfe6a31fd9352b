//! One call of a precompile: its gas, the storage it reaches, and how it ends (`precompiles/context.go`,
//! `arbos/storage/storage.go`).

use crate::arbos::fields::Field;
use crate::arbos::merkle::Access;
use crate::arbos::params::StylusParams;
use crate::arbos::space;
use crate::context::{Context, NotActivated, Unsupported};
use crate::telling::{Telling, pseudo};
use crate::version::ArbOs;
use alloy_primitives::{Address, B256, Log, U256, keccak256};
use alloy_sol_types::{SolError, SolEvent};
use revm::context_interface::{Block, ContextTr, JournalTr};
use revm::interpreter::CallInputs;

/// Gas of a word of arguments or results (`params.CopyGas`).
pub(super) const WORD: u64 = 3;
/// Gas of a read of ArbOS storage, and of writing a nonzero or zero value (`arbos/storage/storage.go`).
pub(super) const READ: u64 = 800;
const WRITE: u64 = 20_000;
const WRITE_ZERO: u64 = 5_000;
/// Gas of reading the parameters, which count as warm (`arbos/programs/params.go`).
const PARAMS: u64 = 100;
/// Gas of reading a code hash.
const CODE_HASH: u64 = 2_600;
/// Gas of a hash, and of a word of what is hashed.
const HASH: u64 = 30;
const HASH_WORD: u64 = 6;
/// Gas of a log, of a topic and of a byte of its data.
const LOG: u64 = 375;
const LOG_TOPIC: u64 = 375;
const LOG_BYTE: u64 = 8;

/// How a call ends other than well.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// A revert with a typed error; the gas left is kept.
    Error(Vec<u8>),
    /// A revert without data; the gas left is kept.
    Plain,
    /// A revert without data that takes all gas.
    Burnt,
    /// A program that the engine refuses: takes all gas, and says why.
    Refused(NotActivated),
    /// Something that this chain does not have: ends the transaction.
    Unsupported(Unsupported),
}

impl Failure {
    pub(super) fn error(error: &impl SolError) -> Self {
        Self::Error(error.abi_encode())
    }
}

/// What a function may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purity {
    /// Reads nothing.
    Pure,
    /// Reads state.
    View,
    /// Changes state.
    Write,
    /// Changes state, and takes value.
    Payable,
}

/// A call being run.
pub(super) struct Call<'a> {
    pub(super) context: &'a mut Context,
    pub(super) arbos: ArbOs,
    pub(super) address: Address,
    pub(super) caller: Address,
    pub(super) value: U256,
    gas_limit: u64,
    gas_used: u64,
}

impl<'a> Call<'a> {
    /// Whether nothing of it will last: it is of a call or an estimate.
    pub(super) const fn is_only_tried(&self) -> bool {
        !self.context.chain.settles
    }

    pub(super) fn new(
        context: &'a mut Context,
        arbos: ArbOs,
        address: Address,
        inputs: &CallInputs,
    ) -> Self {
        Self {
            context,
            arbos,
            address,
            caller: inputs.caller,
            value: inputs.call_value(),
            gas_limit: inputs.gas_limit,
            gas_used: 0,
        }
    }

    pub(super) const fn gas_left(&self) -> u64 {
        self.gas_limit - self.gas_used
    }

    pub(super) fn burn(&mut self, gas: u64) -> Result<(), Failure> {
        if self.gas_left() < gas {
            return Err(Failure::Burnt);
        }
        self.gas_used += gas;
        Ok(())
    }

    pub(super) fn read(&mut self, slot: U256) -> Result<U256, Failure> {
        self.burn_read(slot)?;
        Ok(space::read(self.context.journal_mut(), slot))
    }

    pub(super) fn write(&mut self, slot: U256, value: U256) -> Result<(), Failure> {
        self.burn_write(value)?;
        let (depth, caller) = (self.depth(), self.caller);
        pseudo::write(self.context, depth, caller, slot, value);
        space::write(self.context.journal_mut(), slot, value);
        Ok(())
    }

    /// Pays for a read of a slot that is made elsewhere, or whose result nobody needs.
    pub(super) fn burn_read(&mut self, slot: U256) -> Result<(), Failure> {
        self.burn(READ)?;
        let (depth, caller) = (self.depth(), self.caller);
        pseudo::read(self.context, depth, caller, slot);
        Ok(())
    }

    /// Tells of wei that change hands.
    pub(super) fn tell_transfer(&mut self, from: Address, to: Address, value: U256) {
        if self.context.is_watched() {
            let depth = self.depth();
            pseudo::transfer(self.context, depth, from, to, value);
        }
    }

    /// How many frames there are, the call's own with them.
    pub(super) fn depth(&self) -> usize {
        self.context.journal().depth()
    }

    /// Pays for so many reads that are made elsewhere.
    pub(super) fn burn_reads(&mut self, count: u64) -> Result<(), Failure> {
        self.burn(READ * count)
    }

    /// Pays for a write that is made elsewhere.
    pub(super) fn burn_write(&mut self, value: U256) -> Result<(), Failure> {
        self.burn(if value.is_zero() { WRITE_ZERO } else { WRITE })
    }

    /// The parameters of Stylus that are in force.
    pub(super) fn params(&mut self) -> Result<StylusParams, Failure> {
        self.burn(PARAMS)?;
        Ok(self.context.chain.params)
    }

    /// A number that fits in 64 bits.
    pub(super) fn number(&mut self, field: &Field) -> Result<u64, Failure> {
        Ok(self.read(**field)?.saturating_to())
    }

    /// Whether something is on.
    pub(super) fn flag(&mut self, field: &Field) -> Result<bool, Failure> {
        Ok(!self.read(**field)?.is_zero())
    }

    /// The block's time in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        self.context.block().timestamp().saturating_to()
    }

    /// Gives back all gas that was paid since there was so much of it.
    pub(super) const fn refund_to(&mut self, gas_left: u64) {
        self.gas_used = self.gas_limit - gas_left;
    }

    /// The code hash of an account; zero where there is none.
    pub(super) fn code_hash(&mut self, address: Address) -> Result<B256, Failure> {
        self.burn(CODE_HASH)?;
        let (_, code_hash) = space::code(self.context.journal_mut(), address);
        Ok(code_hash)
    }

    pub(super) fn emit(&mut self, event: &impl SolEvent) -> Result<(), Failure> {
        let data = event.encode_log_data();
        let topics = data.topics().len() as u64;
        self.burn(LOG + LOG_TOPIC * topics + LOG_BYTE * data.data.len() as u64)?;
        let address = self.address;
        let log = Log { address, data };
        self.context.tell_log(&log);
        self.context.journal_mut().log(log);
        Ok(())
    }

    /// Pays for words of arguments or results.
    pub(super) fn burn_words(&mut self, bytes: usize) -> Result<(), Failure> {
        self.burn(WORD * (bytes as u64).div_ceil(32))
    }
}

impl Access for Call<'_> {
    type Error = Failure;

    fn get(&mut self, slot: U256) -> Result<U256, Failure> {
        self.read(slot)
    }

    fn set(&mut self, slot: U256, value: U256) -> Result<(), Failure> {
        self.write(slot, value)
    }

    fn hash(&mut self, bytes: &[u8]) -> Result<B256, Failure> {
        self.burn(HASH + HASH_WORD * (bytes.len() as u64).div_ceil(32))?;
        Ok(keccak256(bytes))
    }
}
