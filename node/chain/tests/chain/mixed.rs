//! What a node asks of a chain: whether a transaction may wait, blocks of what is signed and what is not, and the chain as it
//! is now, set by hand or not.

use crate::raw::{ALICES_KEY, signed, transfer};
use crate::world::{ALICE, BOB};
use alloy_primitives::U256;
use stylus_chain::chain::{Refused, Sent, SignedTransaction};
use stylus_chain::{Chain, Transaction};

fn from_alice(nonce: u64) -> SignedTransaction {
    let raw = signed(transfer(nonce), ALICES_KEY);
    SignedTransaction::decode(&raw).expect("a transaction")
}

#[test]
fn block_holds_what_is_signed_beside_what_is_not() {
    let mut chain = Chain::default();
    let unsigned = Transaction::transfer(BOB, ALICE, U256::from(1))
        .nonce(0)
        .max_fee(1_000_000_000);
    let hash = unsigned.hash(chain.config().chain_id);
    let signed = from_alice(0);
    let sent = [Sent::Unsigned(&unsigned), Sent::Signed(&signed)];
    let taken = chain.send_mixed(&sent).expect("a block");
    let hashes: Vec<_> = taken
        .into_iter()
        .map(|taken| taken.expect("taken").transaction_hash)
        .collect();
    assert_eq!(hashes, [hash.expect("all is said"), signed.hash()]);
    assert_eq!(
        (chain.block_number(), chain.nonce(ALICE), chain.nonce(BOB)),
        (1, 1, 1)
    );
}

#[test]
fn transaction_may_wait_for_its_nonce_and_for_nothing_else() {
    let mut chain = Chain::default();
    assert_eq!(chain.check(&from_alice(7)), Ok(()));
    chain.set_nonce(ALICE, 8);
    let (got, expected) = (7, 8);
    let past = Refused::NonceTooLow {
        from: ALICE,
        got,
        expected,
    };
    assert_eq!(chain.check(&from_alice(7)), Err(past.into()));
    chain.set_balance(ALICE, U256::from(5));
    let (got, needed) = (U256::from(5), U256::from(100_000_000_000_001_u64));
    let poor = Refused::Funds {
        from: ALICE,
        got,
        needed,
    };
    assert_eq!(chain.check(&from_alice(9)), Err(poor.into()));
}

#[test]
fn what_is_set_by_hand_is_seen_at_once_from_the_last_block() {
    let mut chain = Chain::default();
    chain.send_signed(&[from_alice(0)]).expect("a block");
    chain.set_balance(BOB, U256::from(5));
    let balance = |moment: stylus_chain::chain::Moment| moment.balance(BOB).expect("a balance");
    let latest = chain.latest().expect("a moment");
    assert_eq!(balance(latest), U256::from(5));
    assert_ne!(balance(chain.at(1).expect("a moment")), U256::from(5));
}
