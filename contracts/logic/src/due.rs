//! What parents and payees are due.
//!
//! Everyone has an own floor share of what a ledger received in its lifetime; nobody is "the rest". A rest would shrink
//! whenever a floor beside it grows, and the ledger would owe more than it holds. What no floor covers is less than one
//! unit a party and becomes due as the ledger receives more.

use crate::{bps::Bps, ledger::Ledger};

/// What settling `ledger` credits to a parent with `share`: its floor of all received less its floor of all settled.
#[must_use]
pub fn parent_due(ledger: Ledger, share: Bps) -> u128 {
    // A floor share never falls while its amount grows, and a ledger never settled more than it received.
    parent_share(ledger.received, share).saturating_sub(parent_share(ledger.settled, share))
}

/// A parent's part of `amount`: ⌊amount · share ÷ 10⁴⌋.
#[must_use]
pub fn parent_share(amount: u128, share: Bps) -> u128 {
    floor_share::<10_000>(amount, u64::from(share.get()))
}

/// A payee's part of all a ledger received: ⌊received · keep · share ÷ 10⁸⌋, claimed or not. One floor and not two: two
/// would lose more than one unit, and to whom would depend on the order.
#[must_use]
pub fn payee_entitled(received: u128, keep: Bps, share: Bps) -> u128 {
    // At most 10⁸.
    let part = u64::from(keep.get()).wrapping_mul(share.get().into());
    floor_share::<100_000_000>(received, part)
}

/// What a payee can claim now: its part less what it claimed before.
#[must_use]
pub fn payee_due(received: u128, keep: Bps, share: Bps, claimed: u128) -> u128 {
    // Claims never pass the part, which never falls.
    payee_entitled(received, keep, share).saturating_sub(claimed)
}

/// ⌊amount · part ÷ `WHOLE`⌋ for `part` ≤ `WHOLE` < 2³¹, as q·part + ⌊r·part ÷ `WHOLE`⌋ with (q, r) = amount divmod
/// `WHOLE`. No step exceeds `amount`, so 128 bits always hold.
///
/// Long division by 32-bit limbs: WASM divides 64 bits by itself, while 128-bit division and multiplication would each
/// link a routine.
fn floor_share<const WHOLE: u64>(amount: u128, part: u64) -> u128 {
    let mut floor = 0u128;
    let mut rest = 0u64;
    let limbs = [amount >> 96, amount >> 64, amount >> 32, amount];
    for limb in limbs.map(|limb| limb as u32) {
        // rest < WHOLE < 2³¹, so 63 bits hold this, its quotient fits 32 bits and the product 63.
        let dividend = rest << 32 | u64::from(limb);
        let (quotient, remainder) = divide::<WHOLE>(dividend);
        floor = (floor << 32).wrapping_add(quotient.wrapping_mul(part).into());
        rest = remainder;
    }
    floor.wrapping_add(divide::<WHOLE>(rest.wrapping_mul(part)).0.into())
}

#[allow(
    clippy::arithmetic_side_effects,
    reason = "the divisor is a constant, 10⁴ or 10⁸"
)]
const fn divide<const WHOLE: u64>(dividend: u64) -> (u64, u64) {
    (dividend / WHOLE, dividend % WHOLE)
}
