//! What does not run: programs that may not, code that may not be deployed, and what the chain does not have.

use super::world::{ALICE, World};
use alloy_primitives::{Address, U256, hex, keccak256};
use stylus_chain::ArbOs;
use stylus_chain::arbos::predeploys::BLOCK_HASHES;
use stylus_chain::arbos::programs::ProgramError;
use stylus_chain::context::Unsupported;
use stylus_chain::trace::{EndStatus, EventKind, Halt};
use stylus_chain::wasm::activate::activate;
use stylus_chain::{Status, Transaction, TxError, compress, deploy, init_code};

const PROBE: &str = include_str!("probe.wat");
/// Calls the account in the first word of its calldata with the rest, and answers whether it succeeded.
const TRIER: [u8; 28] = hex!("602036038060205f375f5f825f5f5f355af15f5260205ff300000000");

fn created(world: &mut World, code: &[u8]) -> Result<Status, TxError> {
    let creation = Transaction::create(ALICE, init_code(code));
    world
        .chain
        .send(creation)
        .map(|executed| executed.receipt.status)
}

fn inactive(world: &mut World) -> Address {
    world.contract(&compress(
        &wat::parse_str(PROBE).expect("the program assembles"),
    ))
}

#[test]
fn program_that_nobody_activated_takes_all_gas_it_is_given() {
    let mut world = World::new();
    let probe = inactive(&mut world);
    let call = Transaction::call(ALICE, probe, vec![0; 32]).gas_limit(100_000);
    let receipt = world.chain.send(call).expect("a valid transaction");
    assert_eq!(receipt.gas_used, 100_000);
    let Some(EventKind::End(end)) = receipt.trace.events.last().map(|event| &event.kind) else {
        panic!("no end in {:?}", receipt.trace);
    };
    assert_eq!(
        end.status,
        EndStatus::Halt(Halt::Barred(ProgramError::NotActivated))
    );
}

#[test]
fn caller_goes_on_after_a_program_that_may_not_run() {
    let mut world = World::new();
    let probe = inactive(&mut world);
    let trier = world.contract(&TRIER);
    let input = [probe.into_word().as_slice(), &[0; 32]].concat();
    let receipt = world.call(trier, &input);
    assert_eq!(receipt.output.as_ref(), [0; 32]);
}

#[test]
fn code_that_begins_with_ef_is_deployed_only_as_a_program() {
    let mut world = World::new();
    let refused = [
        &hex!("ef00")[..],
        &hex!("ef0100"),
        &hex!("eff1000000"),
        // prefixes with nothing behind them
        &hex!("eff000"),
        &hex!("eff001"),
        &hex!("eff002"),
    ];
    for code in refused {
        let status = created(&mut world, code).expect("a valid transaction");
        assert_eq!(status, Status::Halt("CreateContractStartingWithEF".into()));
    }
    assert_eq!(created(&mut world, &hex!("eff00000")), Ok(Status::Success));
}

#[test]
fn fragment_is_unsupported_and_nobody_may_swallow_it() {
    let mut world = World::new();
    let factory = world.program(include_str!("factory.wat"));
    let before = world.chain.encode();
    for code in [&hex!("eff00100")[..], &hex!("eff0020000000000")] {
        let init = init_code(code);
        let direct = Transaction::create(ALICE, init.clone());
        let inside = Transaction::call(ALICE, factory, [&[0; 32], &init[..]].concat());
        for transaction in [direct, inside] {
            let error = world.chain.send(transaction).expect_err("unsupported");
            assert_eq!(error, TxError::Unsupported(Unsupported::DeployedFragments));
        }
    }
    assert_eq!(keccak256(before), keccak256(world.chain.encode()));
}

#[test]
fn fragment_is_no_code_before_arbos_60() {
    let mut world = World::at(51);
    let status = created(&mut world, &hex!("eff00100"));
    let refused = Status::Halt("CreateContractStartingWithEF".into());
    assert_eq!(status, Ok(refused));
}

#[test]
fn segment_past_the_end_is_refused_at_activation() {
    let entry = r#"(func (export "user_entrypoint") (param i32) (result i32) (i32.const 0))"#;
    for (segment, words) in [
        (
            r#"(data (i32.const 65535) "ab")"#,
            "data segment: 2 at 65535, there are 65536",
        ),
        (
            r#"(data (i32.const 65537) "")"#,
            "data segment: 0 at 65537, there are 65536",
        ),
        (
            "(table 1 1 funcref) (elem (i32.const 1) 0)",
            "element segment: 1 at 1, there are 1",
        ),
    ] {
        let wat = format!(r#"(module (memory (export "memory") 1 1) {entry} {segment})"#);
        let wasm = wat::parse_str(wat).expect("the program assembles");
        let refusal = activate(&wasm, ArbOs::LATEST, 128).expect_err("out of bounds");
        assert_eq!(refusal.to_string(), format!("out-of-bounds {words}"));
    }
}

/// The payment for growing memory sees 16 bits of the count, so 65,536 pages are free; they are not there either.
#[test]
fn memory_does_not_grow_past_128_pages_even_for_nothing() {
    let mut world = World::new();
    let program = world.program(
        r#"(module
            (import "vm_hooks" "pay_for_memory_grow" (func (param i32)))
            (memory (export "memory") 0)
            (func (export "user_entrypoint") (param i32) (result i32)
                (i32.ne (memory.grow (i32.const 65536)) (i32.const -1))))"#,
    );
    world.call(program, &[]);
}

const NOTHING: &str = r#"(memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32) (i32.const 0))"#;

fn refusal(wasm: &[u8]) -> Option<String> {
    let activation = activate(wasm, ArbOs::LATEST, 128);
    activation.err().map(|refusal| refusal.to_string())
}

fn assembled(head: &str) -> Vec<u8> {
    wat::parse_str(format!("(module {head} {NOTHING})")).expect("the program assembles")
}

#[test]
fn past_block_hashes_are_kept_by_the_number_of_this_chains_blocks() {
    let mut world = World::new();
    world.contract(&TRIER);
    let number = world.chain.block_number();
    let asked = U256::from(number - 1).to_be_bytes::<32>();

    let executed = world.call(BLOCK_HASHES, &asked);

    let hash = world.chain.block(number - 1).expect("a block").hash;
    assert_eq!(executed.output[..], hash[..]);
}

#[test]
fn past_block_hashes_are_an_empty_account_before_arbos_40() {
    let mut world = World::at(32);
    assert!(world.chain.code(BLOCK_HASHES).is_empty());
    world.call(BLOCK_HASHES, &[0; 32]);
}

/// The name of the `name` section is bounded, and not those of imports (`crates/prover/src/binary.rs`).
#[test]
fn module_may_have_a_name_of_512_bytes() {
    let named = |len: usize| assembled(&format!("${}", "m".repeat(len)));
    assert_eq!(refusal(&named(512)), None);
    let words = "wasm module name too long: 513 > 512";
    assert_eq!(refusal(&named(513)).as_deref(), Some(words));
    let import = format!(r#"(import "{}" "f" (func))"#, "m".repeat(513));
    let refused = refusal(&assembled(&import)).expect("no such module");
    assert!(refused.starts_with("No such import f in mmm"), "{refused}");
}

#[test]
fn broken_list_of_names_is_refused() {
    let with_section = |name: &str| {
        // a list of function names that ends before it begins
        let section = [&[4][..], name.as_bytes(), &[1, 127]].concat();
        [
            assembled("").as_slice(),
            &[0, section.len() as u8],
            &section,
        ]
        .concat()
    };
    assert_eq!(refusal(&with_section("eman")), None);
    assert!(refusal(&with_section("name")).is_some());
}

#[test]
fn host_call_is_imported_under_one_type_only() {
    let types = "(type $a (func (param i32))) (type $b (func (param i32)))";
    let import = |ty: &str| format!(r#"(import "vm_hooks" "read_args" (func (type ${ty})))"#);
    let twice = |first: &str, second: &str| {
        refusal(&assembled(&format!(
            "{types} {} {}",
            import(first),
            import(second)
        )))
    };
    assert_eq!(twice("a", "a"), None);
    let words = r#"inconsistent imports for vm_hooks "read_args""#;
    assert_eq!(twice("a", "b").as_deref(), Some(words));
}

/// Brotli has an extension for large windows, which the decoder must be told to accept.
#[test]
fn brotli_with_a_large_window_is_not_activated() {
    let wasm = assembled("");
    let mut world = World::new();
    for large_window in [false, true] {
        let mut code = hex!("eff00000").to_vec();
        let params = brotli::enc::BrotliEncoderParams {
            lgwin: if large_window { 28 } else { 22 },
            large_window,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &wasm[..], &mut code, &params).expect("written to memory");
        let program = world.contract(&code);
        let activation = deploy::activate(ALICE, program, U256::from(10_u64.pow(18)));
        let receipt = world.chain.send(activation).expect("a valid transaction");
        assert_eq!(receipt.status.is_success(), !large_window);
    }
}
