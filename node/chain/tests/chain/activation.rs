//! Activation: gas to the unit, the data fee to the wei, events and errors.

use crate::world::{
    ALICE, BOB, CALLER, ECHO, STORER, WRITER, activation, ask, chain_at, create, create_active,
    entry, ether, intrinsic_gas, program, send, word,
};
use alloy_primitives::{Address, Log, U256, keccak256};
use alloy_sol_types::{SolCall, SolError, SolEvent};
use std::collections::BTreeSet;
use stylus_chain::arbos::predeploys::ARB_WASM;
use stylus_chain::arbos::space::ARBOS_ACCOUNT;
use stylus_chain::context::{NotActivated, Unsupported};
use stylus_chain::precompiles::abi::ArbWasm;
use stylus_chain::wasm::code::{CodeError, PROGRAM_PREFIX};
use stylus_chain::{Chain, Status, Transaction, TxError, compress};

/// What Nitro's engine charged for the program, and its estimates (vector `host_args_result`).
const ECHO_METERED: u64 = 64_596;
const ECHO_ASM: u64 = 514_170;
/// Least wei for a byte of native code.
const BYTE: u64 = 82_928_201;

fn calldata(program: Address) -> Vec<u8> {
    ArbWasm::activateProgramCall { program }.abi_encode()
}

/// Gas of activation beside the metered part and what later versions add: the fixed part, a word of arguments, reading
/// the version, parameters, program, five figures of the pricer and the fee account, writing module hash, demand, time
/// and program, an event of two topics and four words, and two words of results.
const AROUND: u64 =
    1_659_168 + 3 + 800 + 100 + 800 + 5 * 800 + 800 + 4 * 20_000 + (375 + 2 * 375 + 8 * 128) + 6;

#[test]
fn gas_is_that_of_nitro_to_the_unit() {
    // from ArbOS 60 on the gas that an owner may add is read too
    for (arbos, more) in [(61, 800), (51, 0), (32, 0)] {
        let mut chain = chain_at(arbos);
        let echo = create(&mut chain, &program(ECHO));

        let receipt = send(&mut chain, activation(echo));

        let expected = intrinsic_gas(&calldata(echo)) + AROUND + ECHO_METERED + more;
        assert_eq!(receipt.gas_used, expected, "ArbOS {arbos}");
    }
}

#[test]
fn gas_below_arbos_32_leaves_out_the_bytes() {
    let mut chain = chain_at(31);
    let program = create(&mut chain, &program("stylus_version_1"));

    let receipt = send(&mut chain, activation(program));

    let expected = intrinsic_gas(&calldata(program)) + AROUND + 62_748;
    assert_eq!(receipt.gas_used, expected);
}

#[test]
fn data_fee_goes_to_the_network_and_the_rest_comes_back() {
    let mut chain = Chain::default();
    let echo = create(&mut chain, &program(ECHO));
    let network = chain.config().network_fee_account;
    let (sender, collected) = (chain.balance(ALICE), chain.balance(network));

    let receipt = send(&mut chain, activation(echo));

    // demand of 514,170 bytes is 240 basis points of the inertia, and e^0.0240 is 1.0242
    let fee = U256::from(BYTE * 10_242 / 10_000 * ECHO_ASM);
    let gas = U256::from(receipt.gas_used) * U256::from(receipt.gas_price);
    assert_eq!(sender - chain.balance(ALICE), fee + gas);
    assert_eq!(chain.balance(network) - collected, fee + gas);
    assert_eq!(chain.balance(ARB_WASM), U256::ZERO);
    let answer = ArbWasm::activateProgramCall::abi_decode_returns(&receipt.output);
    assert_eq!(
        answer.map(|answer| (answer.version, answer.dataFee)),
        Ok((2, fee))
    );
    let log = ArbWasm::ProgramActivated::decode_log(&receipt.logs[0]).expect("the event");
    assert_eq!(log.address, ARB_WASM);
    assert_eq!(log.codehash, chain.code_hash(echo));
    assert_eq!((log.program, log.dataFee, log.version), (echo, fee, 2));
    assert_eq!(receipt.logs.len(), 1);
}

#[test]
fn data_fee_rises_with_demand_and_falls_with_time() {
    let mut chain = Chain::default();
    let (echo, writer) = (
        create(&mut chain, &program(ECHO)),
        create(&mut chain, &program(WRITER)),
    );
    let again = create(&mut chain, &program("storage_load"));
    let fee = |log: &Log| {
        ArbWasm::ProgramActivated::decode_log(log)
            .expect("the event")
            .dataFee
    };

    let together = chain
        .send_all(vec![activation(echo), activation(writer)])
        .expect("valid transactions");
    // 1,029,129 bytes of demand fall by 34,865 a second
    chain.increase_time(1_029_129_u64.div_ceil(34_865));
    let later = send(&mut chain, activation(again));

    // 514,170 + 514,959 bytes are 481 basis points, and e^0.0481 is 1.0492
    assert_eq!(
        fee(&together[1].logs[0]),
        U256::from(BYTE * 10_492 / 10_000 * 514_959)
    );
    // 514,640 bytes are 240 again
    assert_eq!(
        fee(&later.logs[0]),
        U256::from(BYTE * 10_242 / 10_000 * 514_640)
    );
}

#[test]
fn program_is_known_with_its_estimates() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let (program, code_hash) = (echo, chain.code_hash(echo));

    assert_eq!(
        ask(&chain, ARB_WASM, &ArbWasm::programVersionCall { program }),
        2
    );
    assert_eq!(
        ask(
            &chain,
            ARB_WASM,
            &ArbWasm::codehashVersionCall {
                codehash: code_hash
            }
        ),
        2
    );
    let gas = ask(&chain, ARB_WASM, &ArbWasm::programInitGasCall { program });
    assert_eq!((gas.gas, gas.gasWhenCached), (9_228, 363));
    assert_eq!(chain.program_entry_gas(echo), Some(entry(9_228, 363)));
    assert_eq!(
        ask(
            &chain,
            ARB_WASM,
            &ArbWasm::programMemoryFootprintCall { program }
        ),
        1
    );
    // 514,170 bytes are kept as 503 whole kilobytes
    assert_eq!(
        ask(
            &chain,
            ARB_WASM,
            &ArbWasm::codehashAsmSizeCall {
                codehash: code_hash
            }
        ),
        503 * 1_024
    );
}

#[test]
fn accounts_with_the_same_code_share_one_activation() {
    let mut chain = Chain::default();
    let first = create_active(&mut chain, ECHO);
    let second = create(&mut chain, &program(ECHO));
    assert_ne!(first, second);

    assert_eq!(chain.program_entry_gas(second), Some(entry(9_228, 363)));
    let receipt = chain.send(activation(second)).expect("a valid transaction");

    assert_eq!(receipt.status, Status::Revert);
    assert_eq!(receipt.output, ArbWasm::ProgramUpToDate {}.abi_encode());
}

#[test]
fn refused_activation_keeps_the_gas_left_and_says_why() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let echo = create(&mut chain, &program(ECHO));
    let fee = U256::from(BYTE * 10_242 / 10_000 * ECHO_ASM);
    let not_wasm = ArbWasm::ProgramNotWasm {}.abi_encode();
    let poor = ArbWasm::ProgramInsufficientValue {
        have: fee - U256::from(1),
        want: fee,
    };
    let cases = [
        (activation(storer), not_wasm.clone()),
        (activation(Address::repeat_byte(9)), not_wasm),
        (
            activation(echo).value(fee - U256::from(1)),
            poor.abi_encode(),
        ),
    ];
    for (transaction, error) in cases {
        let before = chain.balance(ALICE);
        let receipt = chain.send(transaction).expect("a valid transaction");
        assert_eq!(receipt.status, Status::Revert);
        assert_eq!(receipt.output, error);
        assert!(receipt.gas_used < 2_000_000, "{}", receipt.gas_used);
        let gas = U256::from(receipt.gas_used) * U256::from(receipt.gas_price);
        assert_eq!(before - chain.balance(ALICE), gas);
    }
    assert_eq!(chain.program_entry_gas(echo), None);
}

#[test]
fn program_that_the_engine_refuses_burns_all_gas() {
    let mut chain = Chain::default();
    let start = create(&mut chain, &program("act_start"));

    let receipt = chain
        .send(activation(start).gas_limit(5_000_000))
        .expect("a valid transaction");

    let Status::Halt(reason) = &receipt.status else {
        panic!("got {:?}", receipt.status);
    };
    assert!(reason.contains("start"), "{reason}");
    assert_eq!(receipt.gas_used, 5_000_000);
}

#[test]
fn refused_program_burns_only_what_the_call_was_given() {
    let mut chain = Chain::default();
    let start = create(&mut chain, &program("act_start"));
    let caller = create(&mut chain, &CALLER);
    let input = [word(ARB_WASM).to_be_bytes::<32>().to_vec(), calldata(start)].concat();

    let receipt = chain
        .send(Transaction::call(ALICE, caller, input).gas_limit(5_000_000))
        .expect("a valid transaction");

    // all but a 64th went with the call
    assert_eq!(receipt.status, Status::Revert);
    assert_eq!(receipt.output.len(), 0);
    assert!(receipt.gas_used > 4_900_000 && receipt.gas_used < 5_000_000);
}

#[test]
fn activation_runs_out_of_gas_where_it_is_a_unit_short() {
    let mut chain = Chain::default();
    let echo = create(&mut chain, &program(ECHO));
    let enough = chain.estimate_gas(activation(echo)).expect("it succeeds");
    assert_eq!(
        enough,
        intrinsic_gas(&calldata(echo)) + AROUND + ECHO_METERED + 800
    );

    let short = chain
        .send(activation(echo).gas_limit(enough - 1))
        .expect("a valid transaction");

    assert_eq!(short.status, Status::Revert);
    assert_eq!(short.gas_used, enough - 1);
    assert_eq!(chain.program_entry_gas(echo), None);
}

#[test]
fn activation_is_undone_with_the_frame_around_it() {
    let mut chain = Chain::default();
    let echo = create(&mut chain, &program(ECHO));
    // calls as CALLER does, then reverts whatever came of it
    let mut reverter = CALLER.to_vec();
    reverter.truncate(0x16);
    reverter.extend([0x3d, 0x5f, 0xfd]);
    let reverter = create(&mut chain, &reverter);
    let input = [word(ARB_WASM).to_be_bytes::<32>().to_vec(), calldata(echo)].concat();
    let before = chain.storage_dump(ARBOS_ACCOUNT);
    // what every block changes: the hashes of blocks, and the gas that waits to be worked off
    let changed = |chain: &Chain| -> Vec<U256> {
        let after = chain.storage_dump(ARBOS_ACCOUNT);
        let slots = before.keys().chain(after.keys());
        let changed = slots.filter(|slot| before.get(*slot) != after.get(*slot));
        BTreeSet::from_iter(changed).into_iter().copied().collect()
    };
    let mut other = chain.clone();
    send(&mut other, Transaction::transfer(ALICE, BOB, U256::ZERO));

    let receipt = chain
        .send(Transaction::call(ALICE, reverter, input).value(ether(1)))
        .expect("a valid transaction");

    assert_eq!(receipt.status, Status::Revert);
    assert_eq!(receipt.output.len(), 64, "the activation itself went well");
    assert_eq!(changed(&chain), changed(&other));
    assert_eq!(receipt.logs, []);
}

#[test]
fn code_that_cannot_be_unpacked_reverts_without_data() {
    let mut chain = Chain::default();
    let too_long = compress(&[0; 131_073]);
    for code in [
        &too_long[..],
        &[0xef, 0xf0, 0, 0, 1, 2, 3],
        &[0xef, 0xf0, 0, 9, 1],
    ] {
        let address = create(&mut chain, code);

        let receipt = chain
            .send(activation(address))
            .expect("a valid transaction");

        assert_eq!(
            (&receipt.status, receipt.output.len()),
            (&Status::Revert, 0)
        );
        assert!(receipt.gas_used < 2_000_000, "{}", receipt.gas_used);
    }
}

#[test]
fn code_that_is_no_program_reverts_and_the_reason_is_told_beside_the_chain() {
    let mut chain = Chain::default();
    let most = 128 * 1_024;
    let unknown = [&PROGRAM_PREFIX[..], &[2, 1]].concat();
    for (code, reason) in [
        (
            compress(&vec![0; most as usize + 1]),
            CodeError::TooLong { max: most },
        ),
        (unknown, CodeError::UnknownDictionary(2)),
    ] {
        let address = create(&mut chain, &code);

        let executed = chain.send(activation(address)).expect("a valid one");

        assert_eq!(
            (&executed.status, executed.output.len()),
            (&Status::Revert, 0)
        );
        assert_eq!(executed.refusal, Some(NotActivated::Code(reason)));
    }
}

#[test]
fn dictionary_that_the_chain_lacks_ends_the_transaction() {
    let mut chain = Chain::default();
    let address = create(&mut chain, &[0xef, 0xf0, 0, 1, 1]);
    let nonce = chain.nonce(ALICE);

    let error = chain.send(activation(address));

    assert_eq!(error, Err(TxError::Unsupported(Unsupported::Dictionary)));
    assert_eq!(chain.nonce(ALICE), nonce);
}

#[test]
fn module_hash_is_kept_beside_the_program() {
    let mut chain = Chain::default();
    let echo = create(&mut chain, &program(ECHO));

    let receipt = send(&mut chain, activation(echo));

    let log = ArbWasm::ProgramActivated::decode_log(&receipt.logs[0]).expect("the event");
    // keccak(keccak(keccak(8), 2), first 31 bytes of the code hash), its last byte that of the code hash
    let space = keccak256([keccak256([8]).as_slice(), &[2]].concat());
    let code_hash = chain.code_hash(echo);
    let mut slot = keccak256([space.as_slice(), &code_hash[..31]].concat());
    slot[31] = code_hash[31];
    let kept = chain.storage(stylus_chain::arbos::space::ARBOS_ACCOUNT, slot.into());
    assert_eq!(kept, U256::from_be_bytes(log.moduleHash.0));
}
