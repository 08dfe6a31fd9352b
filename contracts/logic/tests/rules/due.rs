use crate::graph::amounts;
use logic::{
    bps::Bps,
    due::{parent_due, parent_share, payee_due, payee_entitled},
    ledger::Ledger,
};
use num_bigint::BigUint;
use proptest::prelude::*;

fn bps(share: u16) -> Bps {
    Bps::new(share).expect("at most the whole")
}

fn big(value: impl Into<BigUint>) -> BigUint {
    value.into()
}

proptest! {
    #[test]
    fn prop_parent_share_is_the_floor(amount in amounts(128), share in 0..=10_000u16) {
        let expected = big(amount) * share / 10_000u32;
        prop_assert_eq!(big(parent_share(amount, bps(share))), expected);
    }

    #[test]
    fn prop_payee_entitled_is_one_floor(received in amounts(128), keep in 0..=10_000u16, share in 0..=10_000u16) {
        let expected = big(received) * keep * share / 100_000_000u32;
        prop_assert_eq!(big(payee_entitled(received, bps(keep), bps(share))), expected);
    }

    #[test]
    fn prop_parent_due_is_what_settling_adds_to_its_floor(
        (settled, received) in (amounts(128), amounts(128)).prop_map(|(a, b)| (a.min(b), a.max(b))),
        share in 0..=10_000u16,
    ) {
        let expected = big(received) * share / 10_000u32 - big(settled) * share / 10_000u32;
        prop_assert_eq!(big(parent_due(Ledger { received, settled }, bps(share))), expected);
    }

    #[test]
    fn prop_i6_no_parent_share_rounds_to_zero_for_good(share in 1..=10_000u16) {
        let enough = 10_000u128.div_ceil(share.into());
        prop_assert_eq!(parent_share(enough, bps(share)), 1);
        prop_assert_eq!(parent_share(enough - 1, bps(share)), 0);
    }

    #[test]
    fn prop_i6_no_payee_share_rounds_to_zero_for_good(keep in 1..=10_000u16, share in 1..=10_000u16) {
        let enough = 100_000_000u128.div_ceil(u128::from(keep) * u128::from(share));
        prop_assert_eq!(payee_entitled(enough, bps(keep), bps(share)), 1);
        prop_assert_eq!(payee_entitled(enough - 1, bps(keep), bps(share)), 0);
    }
}

#[test]
fn whole_shares_of_the_greatest_amount_are_all_of_it() {
    assert_eq!(parent_share(u128::MAX, Bps::WHOLE), u128::MAX);
    assert_eq!(payee_entitled(u128::MAX, Bps::WHOLE, Bps::WHOLE), u128::MAX);
}

#[test]
fn payee_due_is_what_was_not_claimed_yet() {
    assert_eq!(payee_due(1_000, bps(8_000), bps(5_000), 150), 250);
    assert_eq!(payee_due(1_000, bps(8_000), bps(5_000), 400), 0);
}
