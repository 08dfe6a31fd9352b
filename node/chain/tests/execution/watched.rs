//! Who watches an execution is told of it in order, and can end it.

use alloy_primitives::{Address, Bytes, U256, hex};
use std::sync::{Arc, Mutex};
use stylus_chain::context::Unsupported;
use stylus_chain::watch::{Begun, Entered, Ledger, Left, Step, Transfer, Watcher};
use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction, TxError};

const ALICE: Address = DEV_ACCOUNTS[0];
const CODE: Address = Address::repeat_byte(0xc0);

/// Goes round until its gas is gone.
const ROUND: [u8; 3] = hex!("5b5f56");

/// Writes down what it is told.
#[derive(Clone, Debug, Default)]
struct Notes {
    told: Arc<Mutex<Vec<String>>>,
    /// How much is enough.
    enough: usize,
}

impl Notes {
    fn note(&self, what: impl Into<String>) {
        self.told.lock().expect("no panic").push(what.into());
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().expect("no panic").clone()
    }
}

impl Watcher for Notes {
    fn begins(&mut self, ledger: &mut dyn Ledger, begun: &Begun) {
        self.note(format!("begins with nonce {}", ledger.nonce(begun.from)));
    }

    fn ends(&mut self, ledger: &mut dyn Ledger, gas_used: u64) {
        let slot = ledger.slot(CODE, U256::ZERO);
        self.note(format!("ends after {gas_used} gas, slot 0 is {slot}"));
    }

    fn enters(&mut self, entered: &Entered) {
        self.note(format!("enters {:#x}", entered.opcode));
    }

    fn leaves(&mut self, left: &Left) {
        self.note(format!("leaves {:?}", left.failure));
    }

    fn wants_steps(&self) -> bool {
        true
    }

    fn has_enough(&mut self) -> bool {
        self.told.lock().expect("no panic").len() >= self.enough
    }

    fn steps(&mut self, ledger: &mut dyn Ledger, step: &Step<'_>) {
        let slot = ledger.slot(CODE, U256::ZERO);
        self.note(format!(
            "{:#x} at {}, slot 0 is {slot}",
            step.opcode, step.pc
        ));
    }

    fn stepped(&mut self, cost: u64, failure: Option<&str>) {
        self.note(format!("for {cost} {failure:?}"));
    }

    fn transfers(&mut self, transfer: &Transfer) {
        self.note(transfer.purpose);
    }
}

fn watched(code: &[u8], gas: u64, enough: usize) -> (Vec<String>, Option<TxError>) {
    let mut chain = Chain::default();
    chain.set_code(CODE, code.to_vec());
    let notes = Notes {
        enough,
        ..Notes::default()
    };
    let call = Transaction::call(ALICE, CODE, Bytes::new()).gas_limit(gas);
    let moment = chain.head().expect("a state");
    let run = moment.watched_call(call, Box::new(notes.clone()));
    (notes.told(), run.err())
}

#[test]
fn an_execution_is_told_in_order_with_the_state_of_each_moment() {
    // writes 7 to slot 0
    let (told, error) = watched(&hex!("60075f55"), 100_000, usize::MAX);
    assert_eq!(error, None);
    assert_eq!(
        told,
        [
            "begins with nonce 0",
            "feePayment",
            "enters 0xf1",
            "0x60 at 0, slot 0 is 0",
            "for 3 None",
            "0x5f at 2, slot 0 is 0",
            "for 2 None",
            "0x55 at 3, slot 0 is 0",
            "for 22100 None",
            "0x0 at 4, slot 0 is 7",
            "for 0 None",
            "leaves None",
            "gasRefund",
            "feeCollection",
            "feeCollection",
            "ends after 43105 gas, slot 0 is 7",
        ]
    );
}

#[test]
fn a_step_that_cannot_be_paid_is_told_with_its_price() {
    let (told, error) = watched(&ROUND, 21_004, usize::MAX);
    assert_eq!(error, None);
    let steps = &told[3..told.len() - 4];
    assert_eq!(
        steps,
        [
            "0x5b at 0, slot 0 is 0",
            "for 1 None",
            "0x5f at 1, slot 0 is 0",
            "for 2 None",
            "0x56 at 2, slot 0 is 0",
            "for 8 Some(\"out of gas\")",
            "leaves Some(\"out of gas\")",
        ]
    );
}

#[test]
fn who_has_enough_ends_the_execution() {
    let (told, error) = watched(&ROUND, 30_000_000, 20);
    assert_eq!(
        error,
        Some(TxError::Unsupported(Unsupported::WatchedEnough))
    );
    assert!((20..24).contains(&told.len()), "{told:?}");
}
