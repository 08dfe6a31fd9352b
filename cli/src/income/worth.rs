//! Which sums are worth the gas of moving them.
//!
//! What ETH is worth beside gas is known: the base fee says it. Sums that are not worth their gas are left where they are,
//! but for the small sums with which people try things. Of those, the one that brings most for its gas is moved, and beside it
//! others as long as all of them together take no more gas than that one does by itself. Nobody knows the price of an ERC-20;
//! there a sum is left if it brings, for its gas, a hundredth or less of what the best one does. Either way a stranger can make
//! nobody pay for moving dust, and whoever wants to may say how much is dust.

use super::Errand;
use crate::session::Session;
use alloy_primitives::U256;

/// Gas of a sweep into an inbox's first ledger (docs/gas.md).
pub(super) const SWEEP_GAS: u64 = 125_000;
/// Gas of a transaction that settles, without what it settles.
pub(super) const SETTLE_GAS: u64 = 45_000;
/// Gas of one ledger written by a settlement, the first time (IRouter.sol, settleUp).
pub(super) const LEDGER_GAS: u64 = 25_000;
/// Gas of a claim of one position.
pub(super) const CLAIM_GAS: u64 = 100_000;
/// Gas of one more position in a claim, the first time.
pub(super) const POSITION_GAS: u64 = 30_000;

/// Gas of a claim of one position in ETH into whose ledgers claims were made before: as much as others may take beside it.
pub(super) const LATER_CLAIM_GAS: u64 = 60_000;
/// Gas that may be spent on a sum that is not worth it, even the best one.
const MOST_SPARE: u64 = 1_000_000;
/// A sum is dust beside the best if, so many times greater, it brought no more for its gas: in ETH where it is not worth its gas,
/// in an ERC-20 always. Who gives away such sums to bill another gives at least a hundredth of what that one is due for each
/// claim's gas.
const SMALL: u64 = 100;

enum Rule {
    /// What the user says.
    Least(U256),
    /// ETH, with the wei that one gas costs.
    Gas(u64),
    /// An asset whose price nobody knows.
    Unpriced,
}

/// Says what is worth its gas.
pub(super) struct Worth {
    rule: Rule,
    /// The sum that brings most for its gas, and that gas.
    best: (U256, u64),
    /// Gas left for sums that are not worth theirs, beside the best of them.
    spare: u64,
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

    fn by(rule: Rule) -> Self {
        Self {
            rule,
            best: (U256::ZERO, 1),
            spare: 0,
        }
    }

    /// ETH at this base fee.
    #[cfg(test)]
    pub(super) fn at(base_fee: u64) -> Self {
        Self::by(Rule::Gas(base_fee))
    }

    /// An asset without a price.
    #[cfg(test)]
    pub(super) fn unpriced() -> Self {
        Self::by(Rule::Unpriced)
    }

    /// Takes note of a sum, so that others are compared with it.
    pub(super) fn compare(&mut self, amount: U256, gas: u64) {
        if above(1, (amount, gas), self.best) {
            self.best = (amount, gas);
        }
    }

    /// Whether there is a sum to move, and not less than the user wants.
    pub(super) fn asked_for(&self, amount: U256) -> bool {
        !amount.is_zero() && !matches!(self.rule, Rule::Least(least) if amount < least)
    }

    /// Whether a sum is worth this gas by itself.
    pub(super) fn gas(&self, amount: U256, gas: u64) -> bool {
        match self.rule {
            _ if amount.is_zero() => false,
            Rule::Least(least) => amount >= least,
            Rule::Gas(base_fee) => amount >= U256::from(gas) * U256::from(base_fee),
            Rule::Unpriced => above(SMALL, (amount, gas), self.best),
        }
    }

    /// Lets the sums that are not worth their gas take so much in all, beside the best of them.
    pub(super) const fn set_spare(&mut self, gas: u64) {
        self.spare = gas;
    }

    /// Gives back gas that was taken from the spare and not used yet.
    pub(super) const fn give_back(&mut self, gas: u64) {
        self.spare = self.spare.saturating_add(gas);
    }

    /// Whether a sum is moved because none brings more for its gas, though it is not worth it.
    pub(super) fn gas_or_best(&self, amount: U256, gas: u64) -> bool {
        self.gas(amount, gas) || (gas <= MOST_SPARE && self.is_small(amount, gas))
    }

    /// Whether a sum is worth this gas, or small like the best and cheap enough to be moved all the same; then less is
    /// to spare for the next.
    pub(super) fn gas_or_spare(&mut self, amount: U256, gas: u64) -> bool {
        if self.gas(amount, gas) {
            return true;
        }
        match self.spare.checked_sub(gas) {
            Some(left) if self.is_small(amount, gas) => {
                self.spare = left;
                true
            }
            _ => false,
        }
    }

    /// Whether a sum that is not worth its gas is one of those with which people try things.
    fn is_small(&self, amount: U256, gas: u64) -> bool {
        matches!(self.rule, Rule::Gas(_)) && above(SMALL, (amount, gas), self.best)
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
pub(super) fn above(
    times: u64,
    (amount, gas): (U256, u64),
    (other, other_gas): (U256, u64),
) -> bool {
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
        assert!(worth.gas(units(7_000), 1_000));
        assert!(!worth.gas(units(6_999), 1_000));
        assert!(!Worth::at(0).gas(U256::ZERO, 1_000));
    }

    #[test]
    fn small_sums_are_moved_as_long_as_there_is_gas_to_spare() {
        let mut worth = Worth::at(100_000_000);
        worth.compare(units(1_000), 100_000);
        assert!(!worth.gas_or_spare(units(1_000), 1));
        worth.set_spare(1_000_000);
        assert!(worth.gas_or_spare(units(1_000), 600_000));
        assert!(!worth.gas_or_spare(units(1_000), 400_001));
        assert!(worth.gas_or_spare(units(1_000), 400_000));
    }

    #[test]
    fn dust_beside_a_small_sum_is_left() {
        let mut worth = Worth::at(100_000_000);
        worth.compare(units(1_000), 100_000);
        worth.set_spare(1_000_000);
        assert!(!worth.gas_or_spare(units(10), 100_000));
        assert!(worth.gas_or_spare(units(11), 100_000));
    }

    #[test]
    fn best_of_the_small_sums_takes_a_million_gas_at_most() {
        let mut worth = Worth::at(100_000_000);
        worth.compare(units(1_000), 1_000_000);
        assert!(worth.gas_or_best(units(1_000), 1_000_000));
        assert!(!worth.gas_or_best(units(1_000), 1_000_001));
        assert!(!worth.gas_or_best(U256::ZERO, 1));
    }

    #[test]
    fn coins_are_left_that_are_a_hundredth_of_the_best() {
        let mut worth = Worth::unpriced();
        assert!(worth.gas(units(1), 100_000));
        worth.compare(units(500), 100_000);
        worth.compare(units(3), 100_000);
        assert!(worth.gas(units(6), 100_000));
        assert!(!worth.gas(units(5), 100_000));
        assert!(!worth.gas(U256::ZERO, 0));
    }

    #[test]
    fn least_is_what_the_user_says() {
        let mut worth = Worth::by(Rule::Least(units(5)));
        worth.compare(units(1_000_000), 1);
        assert!(worth.gas(units(5), u64::MAX));
        assert!(!worth.gas_or_spare(units(4), 1));
        assert!(!Worth::by(Rule::Least(U256::ZERO)).gas(U256::ZERO, 1));
    }
}
