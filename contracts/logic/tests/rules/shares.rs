use logic::{
    bps::Bps,
    shares::{check_payees, keep_after, ParentsError, PayeesError},
    work::WorkId,
};

fn keep(parents: &[(u64, u16)]) -> Result<u16, ParentsError> {
    keep_after(parents.iter().map(|(work, share)| (WorkId(*work), *share))).map(Bps::get)
}

#[test]
fn keep_is_what_the_parents_leave() {
    assert_eq!(keep(&[]), Ok(10_000));
    assert_eq!(keep(&[(1, 0)]), Ok(10_000));
    assert_eq!(keep(&[(1, 2_000), (7, 500)]), Ok(7_500));
    assert_eq!(keep(&[(1, 4_000), (2, 6_000)]), Ok(0));
}

#[test]
fn parents_must_ascend_strictly_from_one() {
    let refused = |previous, work| {
        Err(ParentsError::NotAscending {
            previous: WorkId(previous),
            work: WorkId(work),
        })
    };
    assert_eq!(keep(&[(0, 1)]), refused(0, 0));
    assert_eq!(keep(&[(2, 1), (2, 1)]), refused(2, 2));
    assert_eq!(keep(&[(1, 1), (9, 1), (8, 1)]), refused(9, 8));
}

#[test]
fn sixteen_parents_are_the_most() {
    let parents: Vec<(u64, u16)> = (1..=17).map(|work| (work, 625)).collect();
    assert_eq!(keep(&parents[..16]), Ok(0));
    assert_eq!(
        keep(&parents),
        Err(ParentsError::TooMany { got: 17, max: 16 })
    );
}

#[test]
fn parents_share_no_more_than_the_whole() {
    assert_eq!(
        keep(&[(1, 10_001)]),
        Err(ParentsError::SharesTooLarge {
            got: 10_001,
            max: 10_000
        })
    );
    let most: Vec<(u64, u16)> = (1..=16).map(|work| (work, u16::MAX)).collect();
    assert_eq!(
        keep(&most),
        Err(ParentsError::SharesTooLarge {
            got: 16 * 65_535,
            max: 10_000
        })
    );
}

fn payees(keep: u16, shares: &[u16]) -> Result<(), PayeesError> {
    check_payees(
        Bps::new(keep).expect("at most the whole"),
        shares.iter().copied(),
    )
}

#[test]
fn payees_share_exactly_the_whole_or_are_not_named() {
    assert_eq!(payees(1, &[]), Ok(()));
    assert_eq!(payees(1, &[10_000]), Ok(()));
    assert_eq!(payees(9_000, &[1, 9_998, 1]), Ok(()));
    let mismatch = |got| {
        Err(PayeesError::SharesMismatch {
            got,
            expected: 10_000,
        })
    };
    assert_eq!(payees(9_000, &[9_999]), mismatch(9_999));
    assert_eq!(payees(9_000, &[5_000, 5_001]), mismatch(10_001));
    assert_eq!(payees(9_000, &[u16::MAX; 8]), mismatch(8 * 65_535));
}

#[test]
fn a_payee_has_a_share() {
    assert_eq!(
        payees(9_000, &[10_000, 0]),
        Err(PayeesError::ShareZero { index: 1 })
    );
}

#[test]
fn eight_payees_are_the_most() {
    assert_eq!(payees(9_000, &[1_250; 8]), Ok(()));
    assert_eq!(
        payees(9_000, &[1_000; 9]),
        Err(PayeesError::TooMany { got: 9, max: 8 })
    );
}

#[test]
fn a_work_that_keeps_nothing_has_no_payees() {
    assert_eq!(payees(0, &[]), Ok(()));
    assert_eq!(
        payees(0, &[10_000]),
        Err(PayeesError::TooMany { got: 1, max: 0 })
    );
}

#[test]
fn bps_end_at_the_whole() {
    assert_eq!(Bps::new(10_000), Some(Bps::WHOLE));
    assert_eq!(Bps::new(10_001), None);
}
