//! What Arbitrum changes in the life of a transaction: how much of its gas it may use, and who gets its fee.

use super::machine::Machine;
use crate::arbos::fields::{Field, l2, root};
use crate::arbos::settle::{Paid, settle};
use crate::arbos::{filtered, posting, space};
use crate::context::Context;
use crate::telling::{Telling, around};
use crate::version::Feature;
use alloy_primitives::{TxKind, U256};
use core::convert::Infallible;
use revm::context::journaled_state::JournalCheckpoint;
use revm::context::result::ResultGas;
use revm::context::result::{EVMError, HaltReason, InvalidTransaction};
use revm::context_interface::{Block, Cfg, ContextTr, JournalTr, LocalContextTr, Transaction};
use revm::handler::{EvmTr, FrameResult, Handler, execution, post_execution, pre_execution};
use revm::interpreter::{
    CallOutcome, CreateOutcome, GasTracker, InitialAndFloorGas, InstructionResult,
};

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
        if is_filtered(machine.ctx()) {
            // undoes delegations, and counts a creation as sent
            execution::runtime_oog_unwind(machine.ctx(), checkpoint)?;
            let mut result = unrun(machine.ctx());
            self.last_frame_result(machine, &mut result, gas)?;
            result.gas_mut().erase_cost(held);
            return Ok(Some(result));
        }
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

    /// As on Ethereum; whoever watches counts what delegations refund from the first step on.
    fn apply_eip7702_auth_list(
        &self,
        machine: &mut Machine<'a>,
        gas: &mut GasTracker,
    ) -> Result<Option<u64>, Error> {
        let refund = pre_execution::apply_eip7702_auth_list::<_, Error>(machine.ctx(), gas)?;
        if let Some(hold) = &mut machine.ctx().chain.watched {
            hold.refunds.extend(refund.map(u64::cast_signed));
        }
        Ok(refund)
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
        let gas = result.gas();
        let left = gas.limit().saturating_sub(gas.used());
        around::give_back(machine.ctx(), left);
        self.reward_beneficiary(machine, result)?;
        Ok(used)
    }

    /// As on Ethereum, but that the gas of posting counts for nothing in what refunds may come to at most
    /// (geth `core/state_transition.go`).
    fn refund(
        &self,
        machine: &mut Machine<'a>,
        result: &mut FrameResult,
        authorized: i64,
    ) -> Result<(), Error> {
        let context = machine.ctx();
        let quotient = context.cfg().gas_params().max_refund_quotient();
        let posting = context.chain.posting.gas;
        let authorized = match authorized > 0 && is_filtered(context) {
            true => 0,
            false => authorized,
        };
        let gas = result.gas_mut();
        gas.record_refund(authorized);
        let most = gas.total_gas_spent().saturating_sub(posting) / quotient;
        gas.set_refund(gas.refunded().clamp(0, most.try_into().unwrap_or(i64::MAX)));
        Ok(())
    }

    /// Nobody who makes blocks is rewarded on Arbitrum: the fee goes where ArbOS says.
    fn reward_beneficiary(
        &self,
        machine: &mut Machine<'a>,
        result: &mut FrameResult,
    ) -> Result<(), Error> {
        let context = machine.ctx();
        if !context.chain.settles && !context.is_watched() {
            return Ok(());
        }
        let base_fee = context.block().basefee();
        let price = context.tx().effective_gas_price(base_fee.into());
        let paid = Paid {
            from: context.tx().caller(),
            gas: result.gas().used(),
            without_kind: context.chain.without_kind,
            base_fee,
            tip: U256::from(price.saturating_sub(base_fee.into())),
            posting: context.chain.posting,
        };
        around::settle(context, &paid);
        if !context.chain.settles {
            return Ok(());
        }
        let arbos = context.chain.arbos;
        settle(context.journal_mut(), arbos, &paid);
        Ok(())
    }
}

/// Whether the transaction is one that is not to run, though it is in a block (`arbos/tx_processor.go`).
fn is_filtered(context: &mut Context) -> bool {
    let Some(hash) = context.chain.hash else {
        return false;
    };
    context.chain.arbos.has(Feature::FilteredTransactions)
        && filtered::contains(context.journal_mut(), hash)
}

/// What becomes of a transaction that was not run: all its gas is gone.
fn unrun(context: &mut Context) -> FrameResult {
    let limit = context.tx().gas_limit();
    let reason = "filtered transaction".to_owned();
    context.local_mut().set_precompile_error_context(reason);
    let ended = InstructionResult::PrecompileError;
    match context.tx().kind() {
        TxKind::Call(_) => {
            let mut outcome = CallOutcome::new_oog(limit, 0..0, 0);
            outcome.result.result = ended;
            FrameResult::Call(outcome)
        }
        TxKind::Create => {
            let mut outcome = CreateOutcome::new_oog(limit, 0);
            outcome.result.result = ended;
            FrameResult::Create(outcome)
        }
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
    // a tip buys gas for posting too, of which fewer are then needed
    let price = context.tx().effective_gas_price(base_fee.into());
    let posting = posting::charge(context.journal_mut(), &signed, price);
    let Some(left) = gas.remaining().checked_sub(posting.gas) else {
        let needed = (gas.limit() - gas.remaining()).saturating_add(posting.gas);
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
