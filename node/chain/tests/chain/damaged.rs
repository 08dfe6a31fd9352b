//! Encoded chains that were damaged on the way.

use crate::world::{BOB, STORER, create, send, words};
use alloy_primitives::{U256, keccak256};
use std::ops::Range;
use stylus_chain::chain::{DecodeError, Filter};
use stylus_chain::{Chain, Config, Transaction};

const SUM: usize = 32;

/// A chain without the contracts that genesis holds, so that there are few bytes to damage.
fn encoded() -> Vec<u8> {
    let mut chain = Chain::new(Config {
        predeploys: [].into(),
        ..Config::default()
    });
    let addresses: Vec<_> = chain.addresses().collect();
    for address in addresses {
        chain.set_code(address, []);
    }
    let storer = create(&mut chain, &STORER);
    let store = words([U256::from(7), U256::from(42)]);
    send(&mut chain, Transaction::call(BOB, storer, store));
    chain.encode()
}

/// Threads share the work: each byte costs a decoding of all.
fn each(range: Range<usize>, check: impl Fn(usize) + Sync) {
    let half = range.start.midpoint(range.end);
    let check = &check;
    std::thread::scope(|scope| {
        for part in [range.start..half, half..range.end] {
            scope.spawn(move || part.for_each(check));
        }
    });
}

#[test]
fn byte_that_was_flipped_is_noticed_wherever_it_is() {
    let bytes = encoded();
    let not = |at: usize| {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        Chain::decode(&damaged).expect_err("a flipped byte")
    };
    each(0..12, |at| assert_eq!(not(at), DecodeError::NotAChain));
    each(12..16, |at| {
        let error = not(at);
        assert!(
            matches!(error, DecodeError::UnknownVersion { .. }),
            "{at}: {error}"
        );
    });
    each(16..bytes.len(), |at| {
        let error = not(at);
        assert!(matches!(error, DecodeError::Damaged(_)), "{at}: {error}");
    });
}

#[test]
fn cut_is_noticed_wherever_it_is() {
    let bytes = encoded();
    each(0..bytes.len(), |len| {
        let error = Chain::decode(&bytes[..len]).expect_err("a cut");
        match len {
            0..16 => assert_eq!(error, DecodeError::NotAChain),
            _ => assert!(matches!(error, DecodeError::Damaged(_)), "{len}: {error}"),
        }
    });
}

/// As someone would write them who means harm: then what comes of it is an error, or a chain that can be read and goes on.
#[test]
fn bytes_that_were_changed_with_their_checksum_do_no_harm() {
    let bytes = encoded();
    let body = bytes.len() - SUM;
    // each costs a chain, so one byte of eleven is enough: no field is aligned to that
    each(16..body, |at| {
        if !at.is_multiple_of(11) {
            return;
        }
        for change in [1, 0x80] {
            let mut damaged = bytes[..body].to_vec();
            damaged[at] ^= change;
            let sum = keccak256(&damaged);
            damaged.extend(sum);
            let Ok(mut chain) = Chain::decode(&damaged) else {
                continue;
            };
            let hashes: Vec<_> = chain
                .receipts()
                .map(|receipt| receipt.transaction_hash)
                .collect();
            for hash in hashes {
                let receipt = chain.receipt(hash).expect("a receipt of its hash");
                assert_eq!(receipt.transaction_hash, hash);
            }
            let _ = chain.logs(&Filter::default());
            let last = chain.block_number();
            chain.proof(BOB, &[], last).expect("the last block");
            let _ = chain.send(Transaction::transfer(BOB, BOB, U256::ZERO));
        }
    });
}
