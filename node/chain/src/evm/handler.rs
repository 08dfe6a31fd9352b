//! What Arbitrum changes in the life of a transaction: how much of its gas it may use.

use super::machine::Machine;
use crate::context::Context;
use crate::version::{ArbOs, Feature};
use core::convert::Infallible;
use revm::context::journaled_state::JournalCheckpoint;
use revm::context::result::{EVMError, HaltReason};
use revm::context_interface::{ContextTr, JournalTr};
use revm::handler::{EvmTr, FrameResult, Handler, execution};
use revm::interpreter::GasTracker;

/// Gas that one transaction may use; below ArbOS 50, on top of its intrinsic gas (`arbos/l2pricing/model.go`).
pub const MAX_TX_GAS: u64 = 32_000_000;

type Error = EVMError<Infallible>;

/// Ethereum's steps, but that gas beyond what a transaction may use is held back from its execution and returned after it.
/// Its sender must be able to pay for all the gas it names.
#[derive(Debug, Default)]
pub(super) struct ArbHandler<'a>(core::marker::PhantomData<&'a mut Context>);

impl<'a> Handler for ArbHandler<'a> {
    type Evm = Machine<'a>;
    type Error = Error;
    type HaltReason = HaltReason;

    fn execution(
        &mut self,
        machine: &mut Machine<'a>,
        checkpoint: JournalCheckpoint,
        gas: &mut GasTracker,
    ) -> Result<Option<FrameResult>, Error> {
        let session = &machine.ctx().chain;
        let held = match session.holds_gas_back {
            true => held_back(session.arbos, gas),
            false => 0,
        };
        gas.set_remaining(gas.remaining() - held);
        let Some(frame) = self.first_frame_input(machine, gas)? else {
            execution::runtime_oog_unwind(machine.ctx(), checkpoint)?;
            return Ok(None);
        };
        machine.ctx().journal_mut().checkpoint_commit();
        let mut result = self.run_exec_loop(machine, frame)?;
        self.last_frame_result(machine, &mut result, gas)?;
        result.gas_mut().erase_cost(held);
        Ok(Some(result))
    }
}

/// Gas that a transaction named beyond what it may use: below ArbOS 50 the most comes on top of its intrinsic gas, since
/// then it is all there is (`arbos/tx_processor.go`).
fn held_back(arbos: ArbOs, gas: &GasTracker) -> u64 {
    let intrinsic = gas.limit() - gas.remaining();
    let most = match arbos.has(Feature::GasCapIsWhole) {
        true => MAX_TX_GAS.saturating_sub(intrinsic),
        false => MAX_TX_GAS,
    };
    gas.remaining().saturating_sub(most)
}
