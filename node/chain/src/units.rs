//! Gas and ink, the two units in which execution is paid for.

use core::fmt;
use core::ops::{Add, AddAssign, Mul};

/// Gas, which a transaction buys.
///
/// Sums and products stop at the greatest number: nothing that dear can be paid, so that how dear it is does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gas(pub u64);

/// Ink, of which a program is given so much for each gas; sums and products stop as those of [`Gas`] do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink(pub u64);

/// The ink that one gas buys; never none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InkPrice(u64);

impl InkPrice {
    /// A price; none is taken for one.
    #[must_use]
    pub const fn new(ink: u32) -> Self {
        Self(if ink == 0 { 1 } else { ink as u64 })
    }
}

impl Gas {
    /// The ink it buys.
    #[must_use]
    pub const fn to_ink(self, price: InkPrice) -> Ink {
        Ink(self.0.saturating_mul(price.0))
    }
}

impl Ink {
    /// The whole gas that it is worth; what is left of a gas is lost.
    #[must_use]
    pub const fn whole_gas(self, price: InkPrice) -> Gas {
        Gas(self.0 / price.0)
    }
}

macro_rules! unit {
    ($unit:ident) => {
        impl $unit {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// What is left of it; none if it is too little.
            #[must_use]
            pub const fn checked_sub(self, cost: Self) -> Option<Self> {
                match self.0.checked_sub(cost.0) {
                    Some(left) => Some(Self(left)),
                    None => None,
                }
            }

            /// What is left of it; nothing if it is too little.
            #[must_use]
            pub const fn saturating_sub(self, cost: Self) -> Self {
                Self(self.0.saturating_sub(cost.0))
            }
        }

        impl Add for $unit {
            type Output = Self;

            fn add(self, more: Self) -> Self {
                Self(self.0.saturating_add(more.0))
            }
        }

        impl AddAssign for $unit {
            fn add_assign(&mut self, more: Self) {
                *self = *self + more;
            }
        }

        impl Mul<u64> for $unit {
            type Output = Self;

            fn mul(self, times: u64) -> Self {
                Self(self.0.saturating_mul(times))
            }
        }

        impl fmt::Display for $unit {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

unit!(Gas);
unit!(Ink);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_worth_whole_gas_only() {
        let price = InkPrice::new(10_000);
        assert_eq!(Gas(3).to_ink(price), Ink(30_000));
        assert_eq!(Ink(29_999).whole_gas(price), Gas(2));
    }

    #[test]
    fn ink_of_more_gas_than_there_can_be_is_all_there_can_be() {
        assert_eq!(Gas(u64::MAX).to_ink(InkPrice::new(2)), Ink(u64::MAX));
        assert_eq!(Ink(u64::MAX) + Ink(1), Ink(u64::MAX));
        assert_eq!(Ink(u64::MAX) * 2, Ink(u64::MAX));
    }

    #[test]
    fn price_of_no_ink_is_one() {
        assert_eq!(Gas(7).to_ink(InkPrice::new(0)), Ink(7));
    }
}
