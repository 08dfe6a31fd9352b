//! The oracle against figures worked out on paper.

use oracle::{Book, NATIVE, Parent, Payee};

fn only(name: u8) -> Vec<Payee> {
    vec![Payee {
        account: [name; 20],
        share: 10_000,
    }]
}

fn from(work: u64, share: u16) -> Parent {
    Parent { work, share }
}

/// 1 ← 2 (20%), 1 and 2 ← 3 (10% and 30%): a diamond.
fn diamond() -> Book {
    let mut book = Book::new();
    book.register(&[], &only(1));
    book.register(&[from(1, 2_000)], &only(2));
    book.register(&[from(1, 1_000), from(2, 3_000)], &only(3));
    book
}

#[test]
fn diamond_divides_an_awkward_amount() {
    let mut book = diamond();
    book.pay(3, NATIVE, 1_234_567_890_123_456_789);
    // Work 3 keeps 60%; 10% reach 1 directly; 30% reach 2, which keeps 80% of that and passes 20% on.
    assert_eq!(book.owed(3, NATIVE, 0), 740_740_734_074_074_073);
    assert_eq!(book.owed(2, NATIVE, 0), 296_296_293_629_629_628); // 80% of 370,370,367,037,037,036
    assert_eq!(
        book.owed(1, NATIVE, 0),
        123_456_789_012_345_678 + 74_074_073_407_407_407
    );
}

#[test]
fn settling_in_pieces_ends_where_settling_at_once_does() {
    let mut pieces = diamond();
    for amount in [1, 7, 9_999, 10_001, 3] {
        pieces.pay(3, NATIVE, amount);
        let rest = pieces.settle_up(&[3], NATIVE, 3);
        pieces.settle_up(&rest, NATIVE, 9);
    }
    let mut at_once = diamond();
    at_once.pay(3, NATIVE, 20_011);
    at_once.settle_all(NATIVE);
    for (work, payee) in at_once.positions() {
        assert_eq!(
            pieces.claimable(work, NATIVE, payee),
            at_once.claimable(work, NATIVE, payee)
        );
        assert_eq!(
            at_once.claimable(work, NATIVE, payee),
            at_once.owed(work, NATIVE, payee)
        );
    }
}

#[test]
fn spent_budget_leaves_the_youngest_open_work() {
    let mut book = diamond();
    book.pay(3, NATIVE, 10_000);
    // 3 and its two parents; 2 and its one.
    assert_eq!(book.settle_up(&[3], NATIVE, 2), [3]);
    assert_eq!(book.received(2, NATIVE), 0);
    assert_eq!(book.settle_up(&[3], NATIVE, 4), [2]);
    assert_eq!(
        (book.received(2, NATIVE), book.settled(2, NATIVE)),
        (3_000, 0)
    );
    assert_eq!(book.received(1, NATIVE), 1_000);
}

#[test]
fn full_work_takes_what_fits_and_the_other_parent_all() {
    let mut book = diamond();
    book.pay(1, NATIVE, u128::MAX - 700);
    book.pay(3, NATIVE, 10_000);
    book.settle_all(NATIVE);
    // 1,000 came from 3 and 600 from 2, of which 700 fit.
    assert_eq!(book.received(1, NATIVE), u128::MAX);
    assert_eq!(book.owed(1, NATIVE, 0), u128::MAX);
    assert_eq!(book.received(2, NATIVE), 3_000);
    assert_eq!(book.claim(2, NATIVE, 0), 2_400);
    assert_eq!(book.claim(3, NATIVE, 0), 6_000);
}

#[test]
fn inbox_is_swept_in_parts_as_far_as_the_work_has_room() {
    let mut book = diamond();
    book.drop_in_inbox(1, NATIVE, u128::MAX);
    book.drop_in_inbox(1, NATIVE, 100);
    assert_eq!(book.sweep(1, NATIVE, 40), 40);
    assert_eq!(book.sweep(1, NATIVE, u128::MAX), u128::MAX - 40);
    assert_eq!(book.sweep(1, NATIVE, u128::MAX), 0);
    assert_eq!(book.in_inbox(1, NATIVE), 100);
    assert_eq!(book.received(1, NATIVE), u128::MAX);
}

#[test]
fn claims_in_parts_are_the_claim() {
    let mut book = diamond();
    book.pay(1, NATIVE, 160);
    assert_eq!(book.claim_to(1, NATIVE, 0, [8; 20], 100), 100);
    assert_eq!(book.claim(1, NATIVE, 0), 60);
    assert_eq!(book.held(NATIVE), 0);
}

#[test]
fn dust_stays_and_is_paid_later() {
    let mut book = Book::new();
    let payees = [1, 2, 3].map(|name| Payee {
        account: [name; 20],
        share: if name == 3 { 3_334 } else { 3_333 },
    });
    book.register(&[], &payees);
    book.pay(1, NATIVE, 2);
    assert_eq!(
        [0, 1, 2].map(|payee| book.claim(1, NATIVE, payee)),
        [0, 0, 0]
    );
    book.pay(1, NATIVE, 9_998);
    assert_eq!(
        [0, 1, 2].map(|payee| book.claim(1, NATIVE, payee)),
        [3_333, 3_333, 3_334]
    );
    assert_eq!(book.held(NATIVE), 0);
}

#[test]
fn handing_over_takes_the_unclaimed_along() {
    let mut book = diamond();
    book.pay(1, NATIVE, 5);
    book.hand_over(1, 0, [9; 20]);
    assert_eq!(book.claim(1, NATIVE, 0), 5);
    assert_eq!(
        (
            book.paid_out([9; 20], NATIVE),
            book.paid_out([1; 20], NATIVE)
        ),
        (5, 0)
    );
}
