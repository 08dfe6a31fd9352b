//! The terms of a work: the word that stores them, and whom they admit.

use logic::bps::Bps;
use logic::children::Children;
use logic::terms::{Derivation, Mode, Refusal, Terms};
use proptest::prelude::*;

const OPEN: Terms = Terms {
    mode: Mode::Open,
    expires: true,
    handed_over: false,
    licensed: false,
    limited: false,
    min_share: Bps::WHOLE.rest(),
    version: 3,
    expiry: 1_000,
};

fn open_from(bps: u16) -> Terms {
    Terms {
        min_share: Bps::new(bps).expect("at most 10,000"),
        ..OPEN
    }
}

fn child(share: u16) -> Derivation {
    Derivation {
        share,
        version: 3,
        cover: 0,
    }
}

#[test]
fn terms_lie_where_the_layout_says() {
    let terms = Terms {
        mode: Mode::Open,
        expires: true,
        handed_over: true,
        licensed: true,
        limited: true,
        min_share: Bps::new(0x1234).expect("4,660 is at most 10,000"),
        version: 0x5566_7788,
        expiry: 0x99aa_bbcc_ddee_ff01,
    };
    let mut word = [0; 32];
    word[31] = 1;
    word[30] = 0b11_0011;
    word[28..30].copy_from_slice(&[0x12, 0x34]);
    word[24..28].copy_from_slice(&[0x55, 0x66, 0x77, 0x88]);
    word[16..24].copy_from_slice(&[0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x01]);
    assert_eq!(terms.to_word(), word);
    assert_eq!(Terms::from_word(&word), terms);
}

#[test]
fn terms_never_set_are_closed_in_version_zero() {
    let never = Terms::from_word(&[0; 32]);
    assert_eq!((never.mode, never.version), (Mode::Closed, 0));
    let any = Derivation {
        share: 10_000,
        version: 0,
        cover: 0,
    };
    assert_eq!(never.admit(any, 0), Err(Refusal::Closed));
}

#[test]
fn terms_of_an_unknown_mode_are_closed() {
    let mut word = OPEN.to_word();
    word[31] = 2;
    assert_eq!(Terms::from_word(&word).mode, Mode::Closed);
    assert_eq!(Mode::from_code(2), None);
}

/// No word with more than the whole is ever stored; read all the same, it lets nobody in for less.
#[test]
fn least_share_above_the_whole_is_the_whole() {
    let mut word = OPEN.to_word();
    word[28..30].copy_from_slice(&10_001_u16.to_be_bytes());
    assert_eq!(Terms::from_word(&word).min_share, Bps::WHOLE);
}

#[test]
fn offer_is_good_in_its_last_second_and_not_after() {
    assert_eq!(OPEN.admit(child(0), 1_000), Ok(()));
    assert_eq!(
        OPEN.admit(child(0), 1_001),
        Err(Refusal::Expired { expiry: 1_000 })
    );
    let lasting = Terms {
        expires: false,
        ..OPEN
    };
    assert_eq!(lasting.admit(child(0), u64::MAX), Ok(()));
}

#[test]
fn share_may_equal_the_least_and_no_less() {
    let terms = open_from(2_000);
    assert_eq!(terms.admit(child(2_000), 0), Ok(()));
    assert_eq!(
        terms.admit(child(1_999), 0),
        Err(Refusal::ShareTooSmall {
            got: 1_999,
            min: 2_000
        })
    );
}

#[test]
fn version_must_be_the_one_in_force() {
    for version in [2, 4] {
        let other = Derivation {
            version,
            ..child(0)
        };
        assert_eq!(
            OPEN.admit(other, 0),
            Err(Refusal::Stale {
                got: version,
                current: 3
            })
        );
    }
}

#[test]
fn cover_other_than_open_terms_is_refused() {
    let other = Derivation {
        cover: 1,
        ..child(0)
    };
    assert_eq!(
        OPEN.admit(other, 0),
        Err(Refusal::CoverNotOffered { got: 1 })
    );
}

#[test]
fn refusals_keep_their_order() {
    let closed = Terms {
        mode: Mode::Closed,
        ..open_from(1)
    };
    let wrong = Derivation {
        share: 0,
        version: 9,
        cover: 7,
    };
    let covered = Derivation { cover: 0, ..wrong };
    let current = Derivation {
        version: 3,
        ..covered
    };
    assert_eq!(
        closed.admit(wrong, 2_000),
        Err(Refusal::CoverNotOffered { got: 7 })
    );
    assert_eq!(closed.admit(covered, 2_000), Err(Refusal::Closed));
    assert!(matches!(
        open_from(1).admit(covered, 2_000),
        Err(Refusal::Stale { .. })
    ));
    assert!(matches!(
        open_from(1).admit(current, 2_000),
        Err(Refusal::Expired { .. })
    ));
}

#[test]
fn version_ends_at_its_greatest() {
    let last = Terms {
        version: u32::MAX,
        ..OPEN
    };
    assert_eq!(OPEN.next_version(), Some(4));
    assert_eq!(last.next_version(), None);
}

const COUNT: Children = Children {
    most: 2,
    version: 3,
    admitted: 1,
};

#[test]
fn count_lies_where_the_layout_says() {
    let count = Children {
        most: 0x1122_3344,
        version: 0x5566_7788,
        admitted: 0x99aa_bbcc,
    };
    let mut word = [0; 32];
    word[28..].copy_from_slice(&[0x11, 0x22, 0x33, 0x44]);
    word[24..28].copy_from_slice(&[0x55, 0x66, 0x77, 0x88]);
    word[20..24].copy_from_slice(&[0x99, 0xaa, 0xbb, 0xcc]);
    assert_eq!(count.to_word(), word);
    assert_eq!(Children::from_word(&word), count);
}

#[test]
fn version_admits_its_most_and_no_more() {
    let full = COUNT.admit(3).expect("one of two");
    assert_eq!(
        full,
        Children {
            admitted: 2,
            ..COUNT
        }
    );
    assert_eq!(full.admit(3), Err(Refusal::Exhausted { max: 2 }));
}

#[test]
fn count_of_another_version_begins_anew() {
    for version in [2, 4, u32::MAX] {
        assert_eq!(COUNT.admitted_under(version), 0);
        let first = Children {
            version,
            admitted: 1,
            ..COUNT
        };
        assert_eq!(COUNT.admit(version), Ok(first));
    }
    assert_eq!(COUNT.admitted_under(3), 1);
}

#[test]
fn greatest_count_is_reached_and_not_passed() {
    let last = Children {
        most: u32::MAX,
        admitted: u32::MAX - 1,
        ..COUNT
    };
    let full = last.admit(3).expect("the last");
    assert_eq!(full.admitted, u32::MAX);
    assert_eq!(full.admit(3), Err(Refusal::Exhausted { max: u32::MAX }));
}

prop_compose! {
    fn any_terms()(
        open: bool, expires: bool, handed_over: bool, licensed: bool, limited: bool, bps in 0u16..=10_000, version: u32, expiry: u64,
    ) -> Terms {
        Terms {
            mode: if open { Mode::Open } else { Mode::Closed },
            expires,
            handed_over,
            licensed,
            limited,
            min_share: Bps::new(bps).expect("at most 10,000"),
            version,
            expiry,
        }
    }
}

proptest! {
    #[test]
    fn prop_terms_survive_their_word(terms in any_terms()) {
        prop_assert_eq!(Terms::from_word(&terms.to_word()), terms);
    }

    #[test]
    fn prop_count_survives_its_word(most: u32, version: u32, admitted: u32) {
        let count = Children { most, version, admitted };
        prop_assert_eq!(Children::from_word(&count.to_word()), count);
    }
}
