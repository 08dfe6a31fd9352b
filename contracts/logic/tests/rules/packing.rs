//! Every word against the sum of its fields at their documented bits.

use crate::bytes::{hex, unhex};
use logic::{
    bps::Bps,
    edge::{Edge, Edges},
    head::Head,
    ledger::{ClaimedPair, Ledger},
    payee::{self, Payee},
    work::WorkId,
};
use num_bigint::BigUint;
use proptest::{array::uniform20, collection::vec, prelude::*};

fn word(fields: &[(u32, BigUint)]) -> [u8; 32] {
    let sum: BigUint = fields.iter().map(|(bit, value)| value << bit).sum();
    let bytes = sum.to_bytes_be();
    let mut word = [0; 32];
    word[32 - bytes.len()..].copy_from_slice(&bytes);
    word
}

fn shares() -> impl Strategy<Value = Bps> {
    (0..=10_000u16).prop_filter_map("whole shares", Bps::new)
}

fn edges() -> impl Strategy<Value = Edge> {
    (any::<u64>(), shares(), any::<bool>(), any::<bool>()).prop_map(
        |(work, share, carry, inherited)| Edge {
            work: WorkId(work),
            share,
            carry,
            inherited,
        },
    )
}

prop_compose! {
    fn heads()(
        creator in uniform20(any::<u8>()).prop_filter("a creator", |creator| *creator != [0; 20]),
        collection: u32,
        kind: u8,
        parents: u8,
        stored_payees: u8,
        epoch: u16,
        keep in shares(),
    ) -> Head {
        Head { creator, collection, kind, parents, stored_payees, epoch, keep }
    }
}

proptest! {
    #[test]
    fn prop_edges_stand_three_to_a_word(edges in vec(edges(), 0..=16)) {
        let packed = Edges::pack(edges.iter().copied());
        let expected: Vec<[u8; 32]> = edges.chunks(3).map(|three| {
            let fields: Vec<_> = (0..).zip(three).map(|(place, edge)| {
                let flags = u32::from(edge.inherited) << 15 | u32::from(edge.carry) << 14;
                let bits = (BigUint::from(edge.work.0) << 16) + flags + u32::from(edge.share.get());
                (80 * place, bits)
            }).collect();
            word(&fields)
        }).collect();
        prop_assert_eq!(packed.words(), &expected[..]);

        let read = Edges::load(packed.count(), |index| Ok::<_, ()>(expected[usize::from(index)]));
        prop_assert_eq!(read.map(|edges| edges.iter().collect::<Vec<_>>()), Ok(edges));
    }

    #[test]
    fn prop_head_fields_stand_where_documented(head in heads()) {
        let expected = word(&[
            (0, BigUint::from_bytes_be(&head.creator)),
            (160, head.collection.into()),
            (192, head.kind.into()),
            (200, head.parents.into()),
            (208, head.stored_payees.into()),
            (216, head.epoch.into()),
            (232, head.keep.get().into()),
        ]);
        prop_assert_eq!(head.to_word(), expected);
        prop_assert_eq!(Head::from_word(&expected), Some(head));
    }

    #[test]
    fn prop_payee_fields_stand_where_documented(account in uniform20(any::<u8>()), share in shares(), role: u8, reserved: bool) {
        let payee = Payee { account, share, role, reserved };
        let expected = word(&[
            (0, BigUint::from_bytes_be(&account)),
            (160, share.get().into()),
            (176, role.into()),
            (184, u8::from(reserved).into()),
        ]);
        prop_assert_eq!(payee.to_word(), expected);
        prop_assert_eq!(Payee::from_word(&expected), payee);
    }

    #[test]
    fn prop_ledger_has_received_in_the_lower_half(received: u128, settled: u128) {
        let ledger = Ledger { received, settled };
        let expected = word(&[(0, received.into()), (128, settled.into())]);
        prop_assert_eq!(ledger.to_word(), expected);
        prop_assert_eq!(Ledger::from_word(&expected), ledger);
    }

    #[test]
    fn prop_claims_keep_each_other(first: u128, second: u128, payee in 0..4u8) {
        let pair = ClaimedPair::from_word([0; 32]).with(2 * payee, first).with(2 * payee + 1, second);
        prop_assert_eq!(pair.to_word(), word(&[(0, first.into()), (128, second.into())]));
        prop_assert_eq!((pair.get(2 * payee), pair.get(2 * payee + 1)), (first, second));
        prop_assert_eq!((ClaimedPair::index_of(2 * payee), ClaimedPair::index_of(2 * payee + 1)), (payee, payee));
    }
}

#[test]
fn head_is_this_word() {
    let head = Head {
        creator: [0xc1; 20],
        collection: 0x0102_0304,
        kind: 5,
        parents: 16,
        stored_payees: 8,
        epoch: 0x0607,
        keep: Bps::new(10_000).expect("the whole"),
    };
    let expected = [
        "002710",
        "0607",
        "08",
        "10",
        "05",
        "01020304",
        &"c1".repeat(20),
    ]
    .concat();
    assert_eq!(hex(&head.to_word()), expected);
    assert_eq!(Head::from_word(&unhex(&expected)), Some(head));
}

#[test]
fn addresses_below_two_to_the_twentieth_are_nobodys() {
    let account = |high: u8, low: u32| {
        let mut account = [0; 20];
        account[15] = high;
        account[16..].copy_from_slice(&low.to_be_bytes());
        account
    };
    for low in [0, 1, 0x64, 0x6551, 0xa_4b05, 0xf_ffff] {
        assert!(payee::is_reserved(&account(0, low)), "{low:x}");
        assert!(!payee::is_reserved(&account(1, low)), "{low:x}");
    }
    assert!(!payee::is_reserved(&account(0, 0x10_0000)));
    let mut first = [0; 20];
    first[0] = 1;
    assert!(!payee::is_reserved(&first));
    assert_eq!(payee::BOUND, account(0, 0x6551));
}

#[test]
fn room_of_a_ledger_is_what_it_has_not_received() {
    let ledger = |received, settled| Ledger { received, settled };
    assert_eq!(ledger(0, 0).room(), u128::MAX);
    assert_eq!(ledger(7, 5).room(), u128::MAX - 7);
    assert_eq!(ledger(u128::MAX, 5).room(), 0);
    // What is paid fits into it or is refused whole.
    assert_eq!(
        ledger(u128::MAX - 7, 5).credited(7),
        Some(ledger(u128::MAX, 5))
    );
    assert_eq!(ledger(u128::MAX - 7, 5).credited(8), None);
}

#[test]
fn head_of_no_work_is_none() {
    assert_eq!(Head::from_word(&[0; 32]), None);
}

#[test]
fn head_counts_the_creator_as_payee_only_where_none_is_stored_and_something_is_kept() {
    let head = |stored_payees, keep| {
        Head {
            stored_payees,
            keep,
            ..Head::default()
        }
        .payees()
    };
    assert_eq!(head(0, Bps::WHOLE), 1);
    assert_eq!(head(3, Bps::WHOLE), 3);
    assert_eq!(head(0, Bps::ZERO), 0);
}

#[test]
fn loading_edges_reads_no_word_without_an_edge() {
    for (count, words) in [(0u8, 0u8), (1, 1), (3, 1), (4, 2), (16, 6)] {
        let mut read = Vec::new();
        let edges = Edges::load(count, |index| {
            read.push(index);
            Ok::<_, ()>([0; 32])
        });
        assert_eq!(edges.map(|edges| edges.count()), Ok(count));
        assert_eq!(read, (0..words).collect::<Vec<_>>());
    }
}

#[test]
fn loading_edges_passes_the_error_on() {
    assert_eq!(
        Edges::load(4, |index| if index == 1 {
            Err("word 1")
        } else {
            Ok([0; 32])
        }),
        Err("word 1")
    );
}
