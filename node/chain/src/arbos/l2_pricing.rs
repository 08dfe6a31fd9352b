//! The price of gas: a least one, which grows with the gas that waits to be worked off
//! (`arbos/l2pricing/model.go`; Arbitrum's documentation, "Gas and fees").

use super::fields::l2;
use super::pricer::{BASIS, exponential};
use super::space::{self, Journal};
use alloy_primitives::U256;

/// Gas a second that a chain can keep up for long.
pub(crate) const SPEED_LIMIT: u64 = 7_000_000;
/// Gas that a block may use, and that one transaction may.
pub(crate) const GAS_LIMIT: u64 = 32_000_000;
/// Seconds of full speed that must wait beyond the tolerance to multiply the price by e.
pub(crate) const INERTIA: u64 = 102;
/// Seconds of full speed that may wait before the price grows.
pub(crate) const TOLERANCE: u64 = 10;

/// Terms of the series that stands for the exponential function.
const TERMS: u64 = 4;

/// Works off what the seconds since the last block allow, and sets the price of the next block by what is left.
pub(crate) fn update(journal: &mut Journal, seconds: u64) {
    let limit = number(journal, *l2::SPEED_LIMIT);
    let before = number(journal, *l2::BACKLOG);
    let backlog = before.saturating_sub(seconds.saturating_mul(limit));
    if backlog != before {
        space::write(journal, *l2::BACKLOG, U256::from(backlog));
    }

    let inertia = number(journal, *l2::INERTIA);
    let tolerated = number(journal, *l2::TOLERANCE).saturating_mul(limit);
    let min_base_fee = space::read(journal, *l2::MIN_BASE_FEE);
    let base_fee = price(
        min_base_fee,
        backlog,
        tolerated,
        inertia.saturating_mul(limit),
    );
    if base_fee != space::read(journal, *l2::BASE_FEE) {
        space::write(journal, *l2::BASE_FEE, base_fee);
    }
}

/// Counts gas that was used as waiting to be worked off.
pub(crate) fn add_used(journal: &mut Journal, gas: u64) {
    let backlog = number(journal, *l2::BACKLOG).saturating_add(gas);
    space::write(journal, *l2::BACKLOG, U256::from(backlog));
}

fn price(min_base_fee: U256, backlog: u64, tolerated: u64, window: u64) -> U256 {
    let Some(excess) = backlog.checked_sub(tolerated).filter(|&excess| excess > 0) else {
        return min_base_fee;
    };
    let exponent = excess.saturating_mul(BASIS) / window.max(1);
    min_base_fee.saturating_mul(U256::from(exponential(exponent, TERMS))) / U256::from(BASIS)
}

fn number(journal: &mut Journal, slot: U256) -> u64 {
    space::read(journal, slot).saturating_to()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIN_BASE_FEE: u64 = 100_000_000;

    /// Backlogs and prices from Nitro's answers to a chain under load.
    #[test]
    fn price_is_nitros_under_load() {
        let price = |backlog| {
            let least = U256::from(MIN_BASE_FEE);
            price(
                least,
                backlog,
                TOLERANCE * SPEED_LIMIT,
                INERTIA * SPEED_LIMIT,
            )
        };
        let expected = [
            (62_369_352, 100_000_000),
            (83_054_028, 101_830_000),
            (166_108_056, 114_400_000),
        ];
        for (backlog, wei) in expected {
            assert_eq!(price(backlog), U256::from(wei), "{backlog}");
        }
    }
}
