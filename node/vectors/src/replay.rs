//! One recorded call, set up and run.

use crate::vector::Run;
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::bytecode::Bytecode;
use revm::context_interface::{ContextTr, JournalTr};
use revm::interpreter::{CallInput, CallInputs, CallScheme, CallValue};
use revm::state::AccountInfo;
use stylus_chain::arbos::params::StylusParams;
use stylus_chain::arbos::programs::{self, Program as Activated};
use stylus_chain::context::{self, Context, OpenFrame, Session};
use stylus_chain::evm::{self, ExecError};
use stylus_chain::store::State;
use stylus_chain::trace::{End, Event, EventKind, Trace};
use stylus_chain::units::Gas;
use stylus_chain::version::ArbOs;
use stylus_chain::wasm::activate::Estimates;
use stylus_chain::wasm::code;
use stylus_chain::wasm::modules::Modules;
use stylus_chain::wasm::pages::Pages;

/// Why a call could not be replayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The chain could not run it.
    #[error(transparent)]
    Chain(#[from] ExecError),
    /// The chain did not trace its end.
    #[error("a trace without an end")]
    NoEnd,
}

/// The program of a vector, ready to be called.
pub(crate) struct Program {
    arbos: ArbOs,
    code: Bytecode,
    code_hash: B256,
    activated: Activated,
    modules: Modules,
}

/// What came of a call.
pub(crate) struct Replayed {
    pub(crate) contract: Address,
    pub(crate) refund: i64,
    pub(crate) end: End,
    /// Events of the program's own frame.
    pub(crate) events: Vec<EventKind>,
    pub(crate) context: Context,
}

impl Program {
    pub(crate) fn new(wasm: &[u8], arbos: ArbOs, estimates: &Estimates) -> Self {
        let code = Bytecode::new_legacy(code::compress(wasm).into());
        Self {
            arbos,
            code_hash: code.hash_slow(),
            code,
            activated: Activated {
                version: arbos.stylus_version(),
                init: estimates.init,
                cached_init: estimates.cached_init,
                footprint: estimates.footprint,
                asm: estimates.asm,
                activated_at: 0,
                cached: false,
            },
            modules: Modules::default(),
        }
    }

    /// Runs a call with the gas it is recorded with and the price of entry on top.
    pub(crate) fn replay(&self, run: &Run, cached: bool) -> Result<Replayed, ReplayError> {
        let contract = run.environment.contract;
        let mut context = self.context(run);
        let activated = Activated {
            cached,
            ..self.activated
        };
        programs::set_entry(context.journal_mut(), self.code_hash, activated);
        let entry = activated.entry_gas(&context.chain.params).when(cached);
        let gas = entry + Gas(run.entry_page_gas) + Gas(run.gas_limit);
        let inputs = CallInputs {
            input: CallInput::Bytes(run.calldata.clone()),
            return_memory_offset: 0..0,
            gas_limit: gas.0,
            reservoir: 0,
            bytecode_address: contract,
            known_bytecode: (self.code_hash, self.code.clone()),
            target_address: contract,
            caller: run.sender,
            value: CallValue::Transfer(run.value),
            scheme: CallScheme::Call,
            is_static: run.is_static,
            charged_new_account_state_gas: false,
        };
        let outcome = evm::call(&mut context, inputs)?;
        let trace = context.chain.trace.take().unwrap_or_default();
        let own = |event: &Event| event.depth == 0;
        let mut events: Vec<_> = trace
            .events
            .into_iter()
            .filter(own)
            .map(|event| event.kind)
            .collect();
        let Some(EventKind::End(end)) = events.pop() else {
            return Err(ReplayError::NoEnd);
        };
        Ok(Replayed {
            contract,
            refund: outcome.result.gas.refunded(),
            end,
            events,
            context,
        })
    }

    /// The world that the call begins in.
    fn context(&self, run: &Run) -> Context {
        let environment = &run.environment;
        let params = StylusParams::new(self.arbos);
        let mut session = Session::new(self.arbos, params, self.modules.clone());
        session.trace = Some(Trace::default());
        // what is recorded begins after activation, at any time there can be
        session.checks_activation = false;
        session.pages = Pages {
            open: environment.pages_open,
            ever: environment.pages_ever,
        };
        if run.reentrant {
            session.open.push(OpenFrame {
                acting: environment.contract,
                ..OpenFrame::default()
            });
        }
        let mut context = context::context(self.state(run), session, environment.chain_id);
        context.block.basefee = environment.basefee.saturating_to();
        context.block.number = U256::from(environment.block_number);
        context.block.timestamp = U256::from(environment.block_timestamp);
        context.block.gas_limit = environment.block_gas_limit;
        context.block.beneficiary = environment.coinbase;
        context.tx.caller = environment.origin;
        context.tx.gas_price = environment.gas_price.saturating_to();
        warm(&mut context, run);
        context
    }

    fn state(&self, run: &Run) -> State {
        let contract = run.environment.contract;
        let mut state = State::default();
        let mut put = |address, balance, nonce, code: Bytecode| {
            let info = AccountInfo::new(balance, nonce, code.hash_slow(), code);
            state.insert_account_info(address, info);
        };
        put(contract, U256::ZERO, 1, self.code.clone());
        put(run.sender, run.value, 0, Bytecode::default());
        let legacy = |code: &Bytes| match code.is_empty() {
            true => Bytecode::default(),
            false => Bytecode::new_legacy(code.clone()),
        };
        for callee in &run.callees {
            if let Some(address) = callee.address {
                put(address, U256::ZERO, 0, legacy(&callee.code));
            }
        }
        for (&address, account) in &run.accounts {
            let (nonce, code) = match address == contract {
                true => (1, self.code.clone()),
                false => (0, legacy(&account.code)),
            };
            let nonce = account.nonce.unwrap_or(nonce);
            put(address, account.balance, nonce, code);
        }
        for (&slot, &value) in run.storage_before.iter().chain(&run.storage_original) {
            state.set_slot(contract, slot, value);
        }
        state
    }
}

/// What the transaction has done before the call.
fn warm(context: &mut Context, run: &Run) {
    let environment = &run.environment;
    let contract = environment.contract;
    let journal = context.journal_mut();
    let always = [
        contract,
        run.sender,
        environment.origin,
        environment.coinbase,
    ];
    for address in always.into_iter().chain(run.warm_addresses.iter().copied()) {
        let Ok(_) = journal.load_account_with_code(address);
    }
    for &slot in &run.warm_slots {
        let Ok(_) = journal.sload(contract, slot);
    }
    for &slot in run.storage_original.keys() {
        let before = run.storage_before.get(&slot).copied().unwrap_or_default();
        let Ok(_) = journal.sstore(contract, slot, before);
    }
    for (&slot, &value) in &run.transient_before {
        journal.tstore(contract, slot, value);
    }
}
