//! One recorded call, set up and run.

use crate::VectorsError;
use crate::json::Json;
use alloy_primitives::{Address, B256, Bytes, U256, address};
use revm::bytecode::Bytecode;
use revm::context_interface::{ContextTr, JournalTr};
use revm::interpreter::{CallInput, CallInputs, CallOutcome, CallScheme, CallValue};
use revm::state::AccountInfo;
use stylus_chain::arbos::params::StylusParams;
use stylus_chain::arbos::programs::{self, Program as Activated};
use stylus_chain::context::{self, Context, OpenFrame, Session, State};
use stylus_chain::evm;
use stylus_chain::trace::{End, Event, EventKind, Trace};
use stylus_chain::units::Gas;
use stylus_chain::version::ArbOs;
use stylus_chain::wasm::activate::Estimates;
use stylus_chain::wasm::code;
use stylus_chain::wasm::modules::Modules;
use stylus_chain::wasm::pages::Pages;

const CONTRACT: Address = address!("00000000000000000000000000000000c0de0001");
const ORIGIN: Address = address!("0000000000000000000000000000000000000a11");
const COINBASE: Address = address!("a4b000000000000000000073657175656e636572");
const CHAIN_ID: u64 = 412_346;
const TIMESTAMP: u64 = 1_750_000_000;
const GAS_PRICE: u64 = 100_000_000;
const L1_BLOCK: u64 = 21_500_000;
const BLOCK_GAS_LIMIT: u64 = 1 << 50;

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
    pub(crate) outcome: CallOutcome,
    pub(crate) end: End,
    /// Events of the program's own frame.
    pub(crate) events: Vec<EventKind>,
    pub(crate) context: Context,
}

impl Replayed {
    pub(crate) fn contract(&self) -> Address {
        CONTRACT
    }
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
                activated_at: TIMESTAMP,
                cached: false,
            },
            modules: Modules::default(),
        }
    }

    /// Runs a call with the gas it is recorded with and the price of entry on top.
    pub(crate) fn replay(&self, run: &Json<'_>, cached: bool) -> Result<Replayed, VectorsError> {
        let mut context = self.context(run)?;
        let activated = Activated {
            cached,
            ..self.activated
        };
        programs::set_entry(context.journal_mut(), self.code_hash, activated);
        let entry = activated.entry_gas(&context.chain.params).when(cached);
        let inputs = CallInputs {
            input: CallInput::Bytes(run.at("calldata").as_bytes()?),
            return_memory_offset: 0..0,
            gas_limit: (entry + Gas(run.u64("entry_page_gas")?) + Gas(run.u64("gas_limit")?)).0,
            reservoir: 0,
            bytecode_address: CONTRACT,
            known_bytecode: (self.code_hash, self.code.clone()),
            target_address: CONTRACT,
            caller: run.at("sender").as_address()?,
            value: CallValue::Transfer(run.at("value").as_u256()?),
            scheme: CallScheme::Call,
            is_static: run.at("static").as_bool()?,
            charged_new_account_state_gas: false,
        };
        let outcome = evm::call(&mut context, inputs).map_err(|error| VectorsError::Run {
            vector: run.name.to_owned(),
            error,
        })?;
        let trace = context.chain.trace.take().unwrap_or_default();
        let own = |event: &Event| event.depth == 0;
        let mut events: Vec<_> = trace
            .events
            .into_iter()
            .filter(own)
            .map(|e| e.kind)
            .collect();
        let Some(EventKind::End(end)) = events.pop() else {
            return Err(VectorsError::Run {
                vector: run.name.to_owned(),
                error: evm::ExecError::Unsupported("a trace without an end".into()),
            });
        };
        Ok(Replayed {
            outcome,
            end,
            events,
            context,
        })
    }

    /// The world that the call begins in.
    fn context(&self, run: &Json<'_>) -> Result<Context, VectorsError> {
        let params = StylusParams::new(self.arbos);
        let mut session = Session::new(self.arbos, params, self.modules.clone());
        session.trace = Some(Trace::default());
        let environment = run.at("environment");
        session.pages = Pages {
            open: environment.u64_or("pages_open", 0)? as u16,
            ever: environment.u64_or("pages_ever", 0)? as u16,
        };
        if run.at("reentrant").as_bool()? {
            session.open.push(OpenFrame {
                acting: CONTRACT,
                ..OpenFrame::default()
            });
        }
        let chain_id = environment.u64_or("chain_id", CHAIN_ID)?;
        let mut context = context::context(self.state(run)?, session, chain_id);
        context.block.basefee = environment.quantity_or("basefee", GAS_PRICE)?;
        context.block.number = U256::from(environment.u64_or("block_number", L1_BLOCK)?);
        context.block.timestamp = U256::from(TIMESTAMP);
        context.block.gas_limit = BLOCK_GAS_LIMIT;
        context.block.beneficiary = COINBASE;
        context.tx.caller = ORIGIN;
        context.tx.gas_price = environment.quantity_or("gas_price", GAS_PRICE)?.into();
        warm(&mut context, run)?;
        Ok(context)
    }

    fn state(&self, run: &Json<'_>) -> Result<State, VectorsError> {
        let mut state = State::default();
        let mut put = |address, balance, nonce, code: Bytecode| {
            state.insert_account_info(
                address,
                AccountInfo::new(balance, nonce, code.hash_slow(), code),
            );
        };
        put(CONTRACT, U256::ZERO, 1, self.code.clone());
        put(
            run.at("sender").as_address()?,
            run.at("value").as_u256()?,
            0,
            Bytecode::default(),
        );
        let legacy = |bytes: Option<Json<'_>>| {
            let code = bytes.map_or(Ok(Bytes::new()), |code| code.as_bytes())?;
            Ok::<_, VectorsError>(match code.is_empty() {
                true => Bytecode::default(),
                false => Bytecode::new_legacy(code),
            })
        };
        for callee in run.list("callees")? {
            if let Some(address) = callee.optional("address") {
                let code = legacy(callee.optional("code"))?;
                put(address.as_address()?, U256::ZERO, 0, code);
            }
        }
        for (address, account) in run.entries("accounts")? {
            let address = address.parse().map_err(|_| VectorsError::Field {
                vector: run.name.to_owned(),
                field: address.to_owned(),
                wanted: "address",
            })?;
            let word = |key| {
                account
                    .optional(key)
                    .map_or(Ok(U256::ZERO), |at| at.as_u256())
            };
            let (nonce, code) = match address {
                CONTRACT => (1, self.code.clone()),
                _ => (0, legacy(account.optional("code"))?),
            };
            put(
                address,
                word("balance")?,
                account.u64_or("nonce", nonce)?,
                code,
            );
        }
        let original = run.slots("storage_original")?;
        for (slot, value) in run.slots("storage_before")?.into_iter().chain(original) {
            let Ok(()) = state.insert_account_storage(CONTRACT, slot, value);
        }
        Ok(state)
    }
}

/// What the transaction has done before the call.
fn warm(context: &mut Context, run: &Json<'_>) -> Result<(), VectorsError> {
    let journal = context.journal_mut();
    let sender = run.at("sender").as_address()?;
    let mut addresses = vec![CONTRACT, sender, ORIGIN, COINBASE];
    for address in run.list("warm_addresses")? {
        addresses.push(address.as_address()?);
    }
    for address in addresses {
        let Ok(_) = journal.load_account_with_code(address);
    }
    for slot in run.list("warm_slots")? {
        let Ok(_) = journal.sload(CONTRACT, slot.as_u256()?);
    }
    let before = run.slots("storage_before")?;
    for (slot, _) in run.slots("storage_original")? {
        let now = before.iter().find(|(at, _)| *at == slot);
        let now = now.map_or(U256::ZERO, |(_, value)| *value);
        let Ok(_) = journal.sstore(CONTRACT, slot, now);
    }
    for (slot, value) in run.slots("transient_before")? {
        journal.tstore(CONTRACT, slot, value);
    }
    Ok(())
}
