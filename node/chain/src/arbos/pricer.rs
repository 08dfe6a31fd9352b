//! The data fee of activation: a price per byte of native code that grows with recent demand
//! (`arbos/programs/data_pricer.go`).

use super::layout;
use super::space::{self, Journal};
use alloy_primitives::U256;

/// Seconds since 1970 when Arbitrum began.
pub(crate) const ARBITRUM_START: u64 = 1_421_388_000;

const BYTES_PER_SECOND: u64 = ((1 << 40) / (365 * 24)) / (60 * 60);
const MIN_PRICE: u64 = 82_928_201;
const INERTIA: u64 = 21_360_419;
pub(super) const BASIS: u64 = 10_000;
const TERMS: u64 = 12;

/// Keys of the pricer that activation reads, in order.
pub(crate) const READS: [u64; 5] = [0, 1, 2, 3, 4];
/// The key of the demand, and of the time when it was reckoned last. What activation writes there is never zero.
pub(crate) const DEMAND: u64 = 0;
pub(crate) const LAST_UPDATE: u64 = 2;

/// What a chain begins with, as (key in the pricer's space, value).
pub(crate) const GENESIS: [(u64, u64); 4] = [
    (1, BYTES_PER_SECOND),
    (LAST_UPDATE, ARBITRUM_START),
    (3, MIN_PRICE),
    (4, INERTIA),
];

/// The demand with so many bytes of native code at this time, and what they cost in wei.
pub(crate) fn take(journal: &mut Journal, bytes: u32, timestamp: u64) -> (U256, U256) {
    let space = layout::data_pricer();
    let figure = |journal: &mut Journal, key| {
        space::read(journal, space.slot_at(key)).saturating_to::<u64>()
    };
    let demand = figure(journal, DEMAND);
    let last = figure(journal, LAST_UPDATE);
    let demand = demand_after(demand, timestamp.saturating_sub(last), bytes);
    (U256::from(demand), U256::from(fee(demand, bytes)))
}

/// The demand is a 32-bit number, and so is the credit that passing time gives.
fn demand_after(demand: u64, seconds: u64, bytes: u32) -> u64 {
    let limit = u64::from(u32::MAX);
    let credit = BYTES_PER_SECOND
        .saturating_mul(seconds.min(limit))
        .min(limit);
    let waiting = demand.saturating_sub(credit);
    waiting.saturating_add(bytes.into()).min(limit)
}

fn fee(demand: u64, bytes: u32) -> u64 {
    let multiplier = exponential(BASIS * demand / INERTIA, TERMS);
    (MIN_PRICE.saturating_mul(multiplier) / BASIS).saturating_mul(u64::from(bytes))
}

/// e^x in basis points, x in basis points: the sum of the first terms of its series, each step rounded down.
pub(super) fn exponential(x: u64, terms: u64) -> u64 {
    (1..terms).rev().fold(BASIS + x / terms, |sum, term| {
        BASIS + sum.saturating_mul(x) / (term * BASIS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fee_is_the_least_price_when_nobody_asks() {
        assert_eq!(demand_after(1_000_000, 3_600, 600_000), 600_000);
        // 600,000 / 21,360,419 is 280 basis points, and e^0.0280 is 1.0283
        assert_eq!(
            fee(600_000, 600_000),
            82_928_201 * 10_283 / 10_000 * 600_000
        );
    }

    #[test]
    fn demand_falls_by_34865_bytes_a_second() {
        assert_eq!(demand_after(1_000_000, 10, 0), 1_000_000 - 348_650);
    }

    #[test]
    fn demand_and_fee_end_where_their_numbers_do() {
        assert_eq!(demand_after(u64::MAX, 0, u32::MAX), u64::from(u32::MAX));
        assert_eq!(
            demand_after(u64::MAX, u64::MAX, u32::MAX),
            u64::from(u32::MAX)
        );
        assert_eq!(fee(u32::MAX.into(), u32::MAX), u64::MAX);
        assert_eq!(exponential(u64::MAX, 4), 1_844_674_407_380_955);
    }

    #[test]
    fn exponential_is_within_a_basis_point_a_term_of_the_true_one() {
        for x in [0_u64, 1, 280, 5_000, 10_000, 20_000] {
            let exact = 10_000.0 * (x as f64 / 10_000.0).exp();
            let got = exponential(x, TERMS) as f64;
            assert!((exact - got).abs() < 12.0, "{x}: got {got}, exact {exact}");
        }
    }
}
