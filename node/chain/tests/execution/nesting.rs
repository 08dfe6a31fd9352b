//! Depth: nothing a program does may use the native stack.

use super::world::{ALICE, World};
use alloy_primitives::{Address, U256, hex};
use revm::bytecode::Bytecode;
use revm::context_interface::{ContextTr, JournalTr};
use revm::interpreter::{CallInput, CallInputs, CallScheme, CallValue};
use revm::state::AccountInfo;
use stylus_chain::ArbOs;
use stylus_chain::arbos::params::StylusParams;
use stylus_chain::arbos::programs::{Program, set_entry};
use stylus_chain::context::{self, Session};
use stylus_chain::evm;
use stylus_chain::store::State;
use stylus_chain::trace::{EndStatus, Event, EventKind, Halt};
use stylus_chain::wasm::modules::Modules;
use stylus_chain::{Transaction, compress};

const NEST: &str = include_str!("nest.wat");
const TURNS: &str = include_str!("turns.wat");
const ENDLESS: &str = r#"(module
    (memory (export "memory") 0 0)
    (func $down (call $down))
    (func (export "user_entrypoint") (param i32) (result i32) (call $down) (i32.const 0)))"#;
/// Calls its caller back with all gas and the same calldata, and answers what comes back.
const MIRROR: [u8; 20] = hex!("365f5f375f5f365f5f335af1503d5f5f3e3d5ff3");
/// Wants more pages than there are, and does not get them.
const GREEDY: &str = r#"(module
    (import "vm_hooks" "pay_for_memory_grow" (func $pay (param i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $pay (i32.const 65000)) (i32.const 0)))"#;
/// Pages that are open when the next one has no price, unless more were wanted before.
const PAGES: u32 = 128;

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let thread = thread.spawn(test).expect("a thread");
    thread.join().expect("the test passes");
}

fn number(output: &[u8]) -> u32 {
    u32::from_le_bytes(output.try_into().expect("four bytes"))
}

/// Calls programs with more gas than a transaction may have.
fn call_with_endless_gas(mirrored: bool) -> u32 {
    let program = Address::repeat_byte(1);
    let mirror = Address::repeat_byte(2);
    let wasm = wat::parse_str(NEST).expect("the program assembles");
    let code = Bytecode::new_legacy(compress(&wasm).into());
    let code_hash = code.hash_slow();
    let arbos = ArbOs::LATEST;
    let mut state = State::default();
    let mut put = |address, code: &Bytecode| {
        let info = AccountInfo::new(U256::ZERO, 1, code.hash_slow(), code.clone());
        state.insert_account_info(address, info);
    };
    put(program, &code);
    put(mirror, &Bytecode::new_legacy(MIRROR.into()));
    let session = Session::new(arbos, StylusParams::new(arbos), Modules::default());
    let mut context = context::context(state, session, 1);
    context.block.timestamp = U256::from(1_750_000_000);
    let activated = Program {
        version: arbos.stylus_version(),
        init: 0,
        cached_init: 0,
        footprint: 1,
        asm: 0,
        activated_at: 1_750_000_000,
        cached: true,
    };
    set_entry(context.journal_mut(), code_hash, activated);
    for account in [program, mirror, Address::ZERO] {
        let Ok(_) = context.journal_mut().load_account(account);
    }
    let called = if mirrored { mirror } else { program };
    let inputs = CallInputs {
        input: CallInput::Bytes(called.to_vec().into()),
        return_memory_offset: 0..0,
        gas_limit: 1 << 50,
        reservoir: 0,
        bytecode_address: program,
        known_bytecode: (code_hash, code),
        target_address: program,
        caller: Address::ZERO,
        value: CallValue::Transfer(U256::ZERO),
        scheme: CallScheme::Call,
        is_static: false,
        charged_new_account_state_gas: false,
    };
    let outcome = evm::call(&mut context, inputs).expect("a supported call");
    assert!(outcome.result.is_ok());
    number(&outcome.result.output)
}

#[test]
fn programs_nest_until_no_page_can_be_opened() {
    on_a_small_stack(|| assert_eq!(call_with_endless_gas(false), PAGES));
}

#[test]
fn programs_and_bytecode_nest_until_no_page_can_be_opened() {
    on_a_small_stack(|| assert_eq!(call_with_endless_gas(true), PAGES));
}

/// The first page that a transaction's gas does not pay for is a little below the last that exists, since the price
/// of pages doubles every five.
#[test]
fn programs_nest_as_deep_as_a_transaction_pays_for() {
    on_a_small_stack(|| {
        let mut world = World::new();
        let nest = world.program(NEST);
        let mirror = world.contract(&MIRROR);
        for called in [nest, mirror] {
            let receipt = world.call(nest, called.as_slice());
            let depth = number(&receipt.output);
            assert!((100..PAGES).contains(&depth), "{depth} programs");
            let deepest = receipt.trace.events.iter().max_by_key(|event| event.depth);
            let ended = |event: &Event| match &event.kind {
                EventKind::End(end) => Some(end.status.clone()),
                _ => None,
            };
            let depth = deepest.expect("a trace").depth;
            let mut ends = receipt
                .trace
                .events
                .iter()
                .filter(|event| event.depth == depth);
            let Some(EndStatus::Halt(halt)) = ends.find_map(ended) else {
                panic!("the deepest frame did not halt");
            };
            assert!(matches!(halt, Halt::UnpaidEntry { .. }), "{halt}");
        }
    });
}

/// The price of pages grows with the most that a transaction ever wanted. Once a call with little gas has wanted too many,
/// and failed, the pages after it cost 1,000 gas each, and gas alone bounds the depth (`arbos/programs/memory.go`).
#[test]
fn programs_nest_past_128_pages_once_more_were_wanted() {
    on_a_small_stack(|| {
        let mut world = World::new();
        let (nest, greedy) = (world.program(NEST), world.program(GREEDY));
        // calls the greedy one with 100,000 gas, then the other with all there is and its own calldata
        let code = [
            &hex!("5f5f5f5f5f73")[..],
            greedy.as_slice(),
            &hex!("620186a0f150365f5f3760045f365f5f73"),
            nest.as_slice(),
            &hex!("5af15060045ff3"),
        ];
        let both = world.contract(&code.concat());
        let receipt = world.call(both, nest.as_slice());
        let depth = number(&receipt.output);
        assert!((300..400).contains(&depth), "{depth} programs");
    });
}

#[test]
fn ten_million_turns_fit_in_a_transaction() {
    on_a_small_stack(|| {
        let mut world = World::new();
        let turns = world.program(TURNS);
        let receipt = world.call(turns, &10_000_000_u32.to_le_bytes());
        // a turn is one block of local.get, i32.const, i32.sub, local.tee and br_if
        let ink = 10_000_000 * (2_450 + 75 + 1 + 70 + 75 + 765);
        assert_eq!(
            receipt.gas_used / 100_000,
            (ink / 10_000 + 21_000) / 100_000
        );
    });
}

/// Before ArbOS 50 a program had 262,144 words, 43,690 of the smallest frames there can be.
#[test]
fn endless_recursion_ends_by_the_metered_stack_alone() {
    on_a_small_stack(|| {
        for arbos in [41, 61] {
            let mut world = World::at(arbos);
            let program = world.program(ENDLESS);
            let call = Transaction::call(ALICE, program, Vec::new());
            let receipt = world.chain.send(call).expect("a valid transaction");
            let ends = receipt
                .trace
                .events
                .iter()
                .filter_map(|event| match &event.kind {
                    EventKind::End(end) => Some(end.status.clone()),
                    _ => None,
                });
            let out_of_stack = EndStatus::Halt(Halt::OutOfStack);
            assert_eq!(ends.collect::<Vec<_>>(), [out_of_stack]);
            assert_eq!(receipt.gas_used, Transaction::MAX_GAS);
        }
    });
}
