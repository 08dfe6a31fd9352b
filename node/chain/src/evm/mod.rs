//! Execution of transactions: EVM bytecode by revm, programs by the WASM runtime, in one stack of frames.

mod frames;
mod handler;
mod machine;
mod opcodes;
mod precompiles;
mod transfers;
mod watched;

pub use handler::MAX_TX_GAS;

use crate::arbos::fields::root::{self, CALLDATA_FLOOR};
use crate::arbos::params::StylusParams;
use crate::arbos::space;
use crate::arbos::start::{self, Start, UpgradeDue};
use crate::context::{Broken, Context, Unsupported};
use crate::store::StoreError;
use crate::telling::{self, Telling, around};
use alloy_primitives::{B256, Bytes};
use core::convert::Infallible;
use handler::ArbHandler;
use machine::Machine;
use revm::context::TxEnv;
use revm::context::result::{EVMError, ExecutionResult, HaltReason, InvalidTransaction};
use revm::context_interface::{ContextTr, JournalTr, LocalContextTr};
use revm::database_interface::DatabaseCommit;
use revm::handler::{FrameResult, Handler};
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{CallInputs, CallOutcome, FrameInput, SharedMemory};
use revm::state::EvmState;

/// Why a transaction did not run to an end. The state is as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExecError {
    /// The transaction or its block is invalid.
    #[error("invalid transaction: {0}")]
    Invalid(InvalidTransaction),
    /// The chain does not have what the transaction needs, and will not guess.
    #[error("unsupported: {0}")]
    Unsupported(Unsupported),
    /// The chain is wrong in itself.
    #[error("the chain is broken: {0}")]
    Broken(Broken),
    /// The store of the chain failed, which says nothing about the transaction.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of the transactions of a block did not run to an end, and so there is no block.
    #[error("transaction {index} of the block, {hash}: {error}")]
    OfBlock {
        /// Its place among those that were to be in the block, counted from zero.
        index: usize,
        /// The hash that names it.
        hash: B256,
        /// What is wrong with it.
        error: Box<Self>,
    },
}

impl ExecError {
    /// Names the transaction that it is about; a failure of the store is about none.
    pub(crate) fn of(self, index: usize, hash: B256) -> Self {
        match self {
            Self::Store(failure) => Self::Store(failure),
            error => Self::OfBlock {
                index,
                hash,
                error: Box::new(error),
            },
        }
    }

    /// What is wrong with a transaction that is alone in its block.
    pub(crate) fn alone(self) -> Self {
        match self {
            Self::OfBlock { error, .. } => *error,
            error => error,
        }
    }
}

impl From<EVMError<Infallible>> for ExecError {
    fn from(error: EVMError<Infallible>) -> Self {
        match error {
            EVMError::Transaction(invalid) => Self::Invalid(invalid),
            EVMError::Header(invalid) => Self::Unsupported(Unsupported::Header(invalid)),
            EVMError::Custom(name) => Self::Unsupported(Unsupported::Evm(name)),
            EVMError::CustomAny(error) => Self::Unsupported(Unsupported::Evm(error.to_string())),
            EVMError::Database(never) => match never {},
        }
    }
}

/// Runs one transaction to its end and commits the state.
///
/// # Errors
/// An invalid transaction, or something unsupported; both leave the state as it was.
pub fn transact(
    context: &mut Context,
    tx: TxEnv,
) -> Result<ExecutionResult<HaltReason>, ExecError> {
    let (result, changes) = execute(context, tx)?;
    context.journaled_state.db_mut().commit(changes);
    Ok(result)
}

/// Begins a block and commits what this changes.
///
/// # Errors
/// Something unsupported; the state is as before.
pub(crate) fn begin_block(context: &mut Context, start: &Start) -> Result<(), ExecError> {
    let arbos = context.chain.arbos;
    let begun = start::begin(context.journal_mut(), arbos, start);
    committed(context, begun)
}

/// As [`begin_block`], with somebody watching what the block's first transaction, which has this input, does.
///
/// # Errors
/// As [`begin_block`].
pub(crate) fn begin_block_watched(
    context: &mut Context,
    start: &Start,
    input: Bytes,
) -> Result<(), ExecError> {
    let arbos = context.chain.arbos;
    context.chain.begin_transaction();
    telling::start::begin(context, input);
    if let Some(inputs) = telling::start::keeping(context, start) {
        context.tell_protocol(true);
        call_within(context, inputs, 1)?;
        context.tell_protocol(false);
    }
    let begun = telling::start::using(context, start, |context| {
        start::begin(context.journal_mut(), arbos, start)
    });
    telling::start::end(context);
    committed(context, begun)
}

/// Commits what the beginning of a block changed.
fn committed(context: &mut Context, begun: Result<(), UpgradeDue>) -> Result<(), ExecError> {
    let changes = context.journal_mut().finalize();
    kept(context)?;
    begun
        .map_err(|UpgradeDue(version)| ExecError::Unsupported(Unsupported::Upgrade { version }))?;
    context.journaled_state.db_mut().commit(changes);
    Ok(())
}

/// Runs one transaction to its end and leaves the state as it was.
///
/// # Errors
/// As [`transact`].
pub fn simulate(
    context: &mut Context,
    tx: TxEnv,
) -> Result<ExecutionResult<HaltReason>, ExecError> {
    execute(context, tx).map(|(result, _)| result)
}

/// As [`simulate`], with all accounts and slots that were loaded on the way, also in frames that failed.
///
/// # Errors
/// As [`transact`].
pub(crate) fn simulate_loaded(
    context: &mut Context,
    tx: TxEnv,
) -> Result<(ExecutionResult<HaltReason>, EvmState), ExecError> {
    execute(context, tx)
}

/// Runs one call as it would run inside of a transaction that has begun: no nonce, no fee, no intrinsic gas, and its
/// changes stay in the context's journal.
///
/// # Errors
/// Something unsupported; the journal is then to be thrown away.
pub fn call(context: &mut Context, inputs: CallInputs) -> Result<CallOutcome, ExecError> {
    call_within(context, inputs, 0)
}

/// Runs a call as one that has so many frames around it.
fn call_within(
    context: &mut Context,
    inputs: CallInputs,
    depth: usize,
) -> Result<CallOutcome, ExecError> {
    context.error = Ok(());
    let buffer = context.local().shared_memory_buffer().clone();
    let mut machine = Machine::new(context);
    let mut handler = ArbHandler::default();
    let frame = FrameInit {
        depth,
        memory: SharedMemory::new_with_buffer(buffer),
        frame_input: FrameInput::Call(Box::new(inputs)),
    };
    let result = handler.run_exec_loop(&mut machine, frame);
    // or what runs next would find its memory in use
    context.local_mut().clear();
    kept(context)?;
    told(context)?;
    match result? {
        FrameResult::Call(outcome) => Ok(outcome),
        FrameResult::Create(_) => Err(ExecError::Broken(Broken::CallCreated)),
    }
}

/// Whether the store has told all that was asked of it, without which a run comes to nothing.
fn kept(context: &Context) -> Result<(), StoreError> {
    let failure = context.db().failure();
    failure.map_or(Ok(()), |failure| Err(failure.clone()))
}

/// Why a run could not go on, as a type, for which revm's own errors have no room.
fn told(context: &mut Context) -> Result<(), ExecError> {
    let unsupported = context.chain.unsupported.take();
    if let Some(broken) = context.chain.broken.take() {
        return Err(ExecError::Broken(broken));
    }
    unsupported.map_or(Ok(()), |what| Err(ExecError::Unsupported(what)))
}

/// Takes what ArbOS keeps of the prices of programs and calldata for the next transaction, if this is a chain with ArbOS.
fn take_settings(context: &mut Context) {
    if !context.chain.settles {
        return;
    }
    let arbos = context.chain.arbos;
    let journal = context.journal_mut();
    let params = StylusParams::read(journal, arbos);
    let calldata_floor = space::read(journal, *root::FEATURES_ON).bit(CALLDATA_FLOOR);
    context.chain.params = params;
    context.cfg.disable_eip7623 = !calldata_floor;
}

fn execute(
    context: &mut Context,
    tx: TxEnv,
) -> Result<(ExecutionResult<HaltReason>, EvmState), ExecError> {
    context.tx = tx;
    context.error = Ok(());
    context.chain.begin_transaction();
    take_settings(context);
    around::begin(context);
    let mut machine = Machine::new(context);
    let mut handler = ArbHandler::default();
    let result = handler.run(&mut machine);
    if let Ok(result) = &result {
        context.tell_end(result.tx_gas_used());
    }
    let changes = context.journal_mut().finalize();
    kept(context)?;
    told(context)?;
    Ok((result?, changes))
}
