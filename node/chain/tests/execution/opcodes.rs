//! Opcodes that Arbitrum changes.

use super::world::{ALICE, World};
use alloy_primitives::{Address, U256, hex};
use stylus_chain::trace::{End, EndStatus, Event, EventKind};
use stylus_chain::{Executed, Status, Transaction};

const RELAY: &str = include_str!("relay.wat");
const DELEGATE: U256 = U256::from_limbs([1, 0, 0, 0]);
/// Gives what it has to its caller and destroys itself.
const DESTROYER: [u8; 2] = hex!("33ff");
/// As [`DESTROYER`], for an account that does not exist.
const GIVER: [u8; 3] = hex!("60aaff");
/// Borrows the code of the account in the first word of its calldata.
const BORROWER: [u8; 12] = hex!("5f5f5f5f5f355af4005b5b5b");

fn send(world: &mut World, transaction: Transaction) -> Executed {
    world.chain.send(transaction).expect("a valid transaction")
}

fn end_at(receipt: &Executed, depth: usize) -> End {
    let end = |event: &Event| match &event.kind {
        EventKind::End(end) if event.depth == depth => Some(end.clone()),
        _ => None,
    };
    let ends = receipt.trace.events.iter();
    ends.rev().find_map(end).expect("a frame at this depth")
}

#[test]
fn borrowed_code_cannot_destroy_a_program() {
    // CALLER or PUSH1, then the opcode: 5,000, 2,600 for a cold target, 25,000 for a new account that gets value
    for (code, gas) in [(&DESTROYER[..], 2 + 5_000), (&GIVER, 3 + 32_600)] {
        let mut world = World::new();
        let (relay, destroyer) = (world.program(RELAY), world.contract(code));
        world.chain.set_balance(relay, U256::from(77));
        let input = [DELEGATE.to_be_bytes::<32>(), destroyer.into_word().0].concat();
        let receipt = send(&mut world, Transaction::call(ALICE, relay, input));
        let end = end_at(&receipt, 1);
        assert_eq!((end.status, end.gas_used), (EndStatus::Revert, gas));
        assert_eq!(end.output.len(), 0);
        assert_eq!(world.chain.balance(relay), U256::from(77));
    }
}

#[test]
fn bytecode_still_destroys_itself() {
    let mut world = World::new();
    let (borrower, destroyer) = (world.contract(&BORROWER), world.contract(&GIVER));
    world.chain.set_balance(borrower, U256::from(77));
    world.call(borrower, destroyer.into_word().as_slice());
    assert_eq!(
        world.chain.balance(Address::with_last_byte(0xaa)),
        U256::from(77)
    );
}

#[test]
fn blob_base_fee_fails_and_takes_all_gas() {
    for arbos in [32, 61] {
        let mut world = World::at(arbos);
        let asker = world.contract(&hex!("4a5f5260205ff3"));
        let call = Transaction::call(ALICE, asker, Vec::new()).gas_limit(100_000);
        let receipt = send(&mut world, call);
        assert_eq!(receipt.status, Status::Halt("OpcodeNotFound".into()));
        assert_eq!(receipt.gas_used, 100_000);
    }
}
