//! Programs that are compiled again, since only those used last are kept compiled.

use crate::world::{ALICE, BOB, activation, send};
use alloy_primitives::Address;
use stylus_chain::{Chain, Status, Transaction, compress};

/// More than twice what is kept.
const PROGRAMS: u32 = 600;

/// Returns its number, kept in memory.
fn code(number: u32) -> Vec<u8> {
    let text = format!(
        r#"(module
            (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
            (memory (export "memory") 1 1)
            (func (export "user_entrypoint") (param i32) (result i32)
                (i32.store (i32.const 0) (i32.const {number}))
                (call $write_result (i32.const 0) (i32.const 4))
                (i32.const 0)))"#
    );
    compress(&wat::parse_str(text).expect("it assembles"))
}

#[test]
fn program_that_was_forgotten_runs_as_before() {
    let mut chain = Chain::default();
    chain.set_balance(ALICE, alloy_primitives::U256::MAX >> 1);
    let address = |number: u32| Address::left_padding_from(&(0x1_0000 + number).to_be_bytes());
    for number in 0..PROGRAMS {
        chain.set_code(address(number), code(number));
    }
    let numbers: Vec<_> = (0..PROGRAMS).collect();
    for some in numbers.chunks(20) {
        // so that they do not become dear
        chain.increase_time(3_600);
        let activations = some
            .iter()
            .map(|number| activation(address(*number)))
            .collect();
        for activated in chain.send_all(activations).expect("valid transactions") {
            assert_eq!(activated.status, Status::Success, "{:?}", activated.refusal);
        }
    }
    let call = |chain: &Chain, number: u32| {
        let outcome = chain.call(Transaction::call(BOB, address(number), []));
        outcome.expect("a valid call")
    };

    let first: Vec<_> = numbers.iter().map(|number| call(&chain, *number)).collect();
    let again: Vec<_> = numbers.iter().map(|number| call(&chain, *number)).collect();

    assert_eq!(first, again);
    for (number, outcome) in numbers.iter().zip(&first) {
        assert_eq!(outcome.status, Status::Success);
        assert_eq!(outcome.output[..], number.to_le_bytes());
    }
    let sent = send(&mut chain, Transaction::call(BOB, address(0), []));
    assert_eq!(
        (sent.gas_used, &sent.output),
        (first[0].gas_used, &first[0].output)
    );
}
