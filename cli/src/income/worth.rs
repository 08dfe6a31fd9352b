//! Which sums are worth the gas of moving them.
//!
//! What ETH is worth beside gas is known: the base fee says it. Nobody knows the price of an ERC-20; there a sum is left if it
//! brings, for its gas, a hundredth or less of what the best one does that moves. Either way a stranger can make nobody pay for
//! moving dust, and whoever wants to may say how much is dust.

use super::Errand;
use crate::session::Session;
use alloy_primitives::U256;

/// Gas of a sweep into an inbox's first ledger (docs/gas.md).
pub(super) const SWEEP_GAS: u64 = 125_000;
/// Gas of a transaction that settles, without what it settles.
pub(super) const SETTLE_GAS: u64 = 45_000;
/// Gas of one ledger written by a settlement, the first time (IRouter.sol, settleUp).
pub(super) const LEDGER_GAS: u64 = 25_000;
/// Gas of one more position in a claim, the first time.
pub(super) const POSITION_GAS: u64 = 35_000;

/// In an ERC-20, a sum is dust beside the best if, so many times greater, it brought no more for its gas. Who gives away sums
/// that are not, to bill another, gives at least a hundredth of what that one gets for the gas of its best.
const SMALL: u64 = 100;

/// What a sum brings, and the gas of moving it.
pub(super) type Brings = (U256, u64);

#[derive(Clone, Copy)]
enum Rule {
    /// What the user says.
    Least(U256),
    /// ETH, with the wei that one gas costs.
    Gas(u64),
    /// An asset whose price nobody knows.
    Unpriced,
}

/// Says what is worth its gas.
#[derive(Clone, Copy)]
pub(super) struct Worth {
    rule: Rule,
    /// The sum that brings most for its gas.
    best: Brings,
}

impl Worth {
    pub(super) fn new(session: &Session, errand: &Errand) -> Self {
        let base_fee = session.chain.base_fee();
        Self::by(match errand.least {
            Some(least) => Rule::Least(least),
            None if errand.asset.is_zero() => Rule::Gas(base_fee),
            None => Rule::Unpriced,
        })
    }

    const fn by(rule: Rule) -> Self {
        Self {
            rule,
            best: (U256::ZERO, 1),
        }
    }

    /// ETH at this base fee.
    #[cfg(test)]
    pub(super) const fn at(base_fee: u64) -> Self {
        Self::by(Rule::Gas(base_fee))
    }

    /// An asset without a price.
    #[cfg(test)]
    pub(super) const fn unpriced() -> Self {
        Self::by(Rule::Unpriced)
    }

    /// What the user says.
    #[cfg(test)]
    pub(super) const fn least(least: u64) -> Self {
        Self::by(Rule::Least(U256::from_limbs([least, 0, 0, 0])))
    }

    /// Whether sums are compared with the best.
    pub(super) const fn compares(&self) -> bool {
        matches!(self.rule, Rule::Unpriced)
    }

    /// Whether a sum would be the best.
    pub(super) fn would_be_best(&self, brings: Brings) -> bool {
        above(1, brings, self.best)
    }

    /// Takes note of a sum that moves, so that others are compared with it.
    pub(super) fn compare(&mut self, brings: Brings) {
        if self.would_be_best(brings) {
            self.best = brings;
        }
    }

    /// Whether there is something, and not less than the user wants.
    pub(super) fn asked_for(&self, amount: U256) -> bool {
        !amount.is_zero() && !matches!(self.rule, Rule::Least(least) if amount < least)
    }

    /// Whether a sum is worth its gas.
    pub(super) fn covers(&self, (amount, gas): Brings) -> bool {
        match self.rule {
            _ if amount.is_zero() => false,
            Rule::Least(least) => amount >= least,
            Rule::Gas(base_fee) => amount >= U256::from(gas) * U256::from(base_fee),
            Rule::Unpriced => above(SMALL, (amount, gas), self.best),
        }
    }

    /// Why a sum is left.
    pub(super) const fn why(&self) -> &'static str {
        match self.rule {
            Rule::Least(_) => "less than --least",
            Rule::Gas(_) => "not worth its gas",
            Rule::Unpriced => "little beside the rest",
        }
    }
}

/// Whether a sum, made greater so many times, brings more for its gas than another.
pub(super) fn above(times: u64, (amount, gas): Brings, (other, other_gas): Brings) -> bool {
    let scaled = |amount: U256, by: u64| amount.saturating_mul(U256::from(by));
    scaled(scaled(amount, times), other_gas) > scaled(other, gas)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(amount: u64) -> U256 {
        U256::from(amount)
    }

    #[test]
    fn ether_is_moved_where_it_is_worth_its_gas() {
        let worth = Worth::at(7);
        assert!(worth.covers((units(7_000), 1_000)));
        assert!(!worth.covers((units(6_999), 1_000)));
        assert!(!Worth::at(0).covers((U256::ZERO, 1_000)));
    }

    #[test]
    fn coins_are_left_that_are_a_hundredth_of_the_best() {
        let mut worth = Worth::unpriced();
        assert!(worth.covers((units(1), 100_000)));
        worth.compare((units(500), 100_000));
        worth.compare((units(3), 100_000));
        assert!(worth.covers((units(6), 100_000)));
        assert!(!worth.covers((units(5), 100_000)));
        assert!(!worth.covers((U256::ZERO, 0)));
    }

    #[test]
    fn least_is_what_the_user_says() {
        let mut worth = Worth::least(5);
        worth.compare((units(1_000_000), 1));
        assert!(worth.covers((units(5), u64::MAX)) && worth.asked_for(units(5)));
        assert!(!worth.covers((units(4), 1)) && !worth.asked_for(units(4)));
        assert!(!Worth::least(0).covers((U256::ZERO, 1)));
    }
}
