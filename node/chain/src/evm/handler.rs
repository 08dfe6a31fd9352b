//! What Arbitrum changes in the life of a transaction: how much of its gas it may use, and who gets its fee.

use super::machine::Machine;
use crate::arbos::fields::{Field, l2, root};
use crate::arbos::settle::{Paid, settle};
use crate::arbos::{posting, space};
use crate::context::Context;
use crate::version::Feature;
use core::convert::Infallible;
use revm::context::journaled_state::JournalCheckpoint;
use revm::context::result::ResultGas;
use revm::context::result::{EVMError, HaltReason, InvalidTransaction};
use revm::context_interface::{Block, ContextTr, JournalTr, Transaction};
use revm::handler::{EvmTr, FrameResult, Handler, execution, post_execution};
use revm::interpreter::{GasTracker, InitialAndFloorGas};

/// Gas that one transaction may use unless the chain's owner says otherwise; below ArbOS 50, on top of its intrinsic gas
/// (`arbos/l2pricing/model.go`).
pub const MAX_TX_GAS: u64 = crate::arbos::l2_pricing::GAS_LIMIT;

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
        let intrinsic = gas.limit() - gas.remaining();
        pay_for_posting(machine.ctx(), gas)?;
        let held = match machine.ctx().chain.holds_gas_back {
            true => held_back(machine.ctx(), intrinsic, gas),
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

    /// The floor under the price of calldata (EIP-7623) holds only if the transaction has not turned it off.
    fn post_execution(
        &self,
        machine: &mut Machine<'a>,
        result: &mut FrameResult,
        mut gas: InitialAndFloorGas,
        refund: i64,
    ) -> Result<ResultGas, Error> {
        let context = machine.ctx();
        if context.chain.settles && gas.floor_gas() > 0 {
            let features = space::read(context.journal_mut(), *root::FEATURES_ON);
            if !features.bit(root::CALLDATA_FLOOR) {
                gas.set_floor_gas(0);
            }
        }
        self.refund(machine, result, refund)?;
        let halted = result.instruction_result().is_halt();
        let used = post_execution::build_result_gas(halted, result.gas(), gas);
        self.eip7623_check_gas_floor(machine, result, gas);
        self.reimburse_caller(machine, result)?;
        self.reward_beneficiary(machine, result)?;
        Ok(used)
    }

    /// Nobody who makes blocks is rewarded on Arbitrum: the fee goes where ArbOS says.
    fn reward_beneficiary(
        &self,
        machine: &mut Machine<'a>,
        result: &mut FrameResult,
    ) -> Result<(), Error> {
        let context = machine.ctx();
        if !context.chain.settles {
            return Ok(());
        }
        let gas = result.gas();
        let paid = Paid {
            from: context.tx().caller(),
            gas: gas.used(),
            base_fee: context.block().basefee(),
            posting: context.chain.posting,
        };
        let arbos = context.chain.arbos;
        settle(context.journal_mut(), arbos, &paid);
        Ok(())
    }
}

/// Takes the gas that pays for posting a signed transaction to the parent chain.
///
/// # Errors
/// If there is not so much gas.
fn pay_for_posting(context: &mut Context, gas: &mut GasTracker) -> Result<(), Error> {
    let base_fee = context.block().basefee();
    let Some(signed) = context.chain.signed.clone().filter(|_| base_fee > 0) else {
        return Ok(());
    };
    let posting = posting::charge(context.journal_mut(), &signed, base_fee);
    let Some(left) = gas.remaining().checked_sub(posting.gas) else {
        let needed = gas.limit() - gas.remaining() + posting.gas;
        return Err(EVMError::Transaction(
            InvalidTransaction::CallGasCostMoreThanGasLimit {
                initial_gas: needed,
                gas_limit: gas.limit(),
            },
        ));
    };
    gas.set_remaining(left);
    context.chain.posting = posting;
    Ok(())
}

/// Gas that a transaction named beyond what it may use: below ArbOS 50 the most comes on top of its intrinsic gas, since
/// then it is all there is (`arbos/tx_processor.go`).
fn held_back(context: &mut Context, intrinsic: u64, gas: &GasTracker) -> u64 {
    let limit = |context: &mut Context, field: &Field| {
        space::read(context.journal_mut(), **field).saturating_to::<u64>()
    };
    let most = match context.chain.arbos.has(Feature::GasCapIsWhole) {
        true => limit(context, &l2::TX_GAS_LIMIT).saturating_sub(intrinsic),
        false => limit(context, &l2::BLOCK_GAS_LIMIT),
    };
    gas.remaining().saturating_sub(most)
}
