//! Moving in parts what cannot move as one: a coin may cap its transfers, or take a fee on top.

use crate::asset;
use alloy_primitives::{Address, U256};
use anyhow::Result;

/// Transactions that may be spent on the parts of one sum.
pub(super) const MOST_PARTS: usize = 16;
/// How often a sum is halved before it is given up: down to a million millionth.
const HALVINGS: usize = 40;
/// How often the part that goes is brought nearer to the one that does not.
const NARROWINGS: usize = 20;

/// The largest part of a sum that goes, found by trying, where the whole does not; none if no part goes that was tried.
pub(super) fn largest(whole: U256, mut goes: impl FnMut(U256) -> Result<bool>) -> Result<Option<U256>> {
    let mut fails = whole;
    let mut found = None;
    for _ in 0..HALVINGS {
        let half: U256 = fails >> 1;
        if half.is_zero() {
            return Ok(None);
        }
        if goes(half)? {
            found = Some(half);
            break;
        }
        fails = half;
    }
    let Some(mut part) = found else {
        return Ok(None);
    };
    for _ in 0..NARROWINGS {
        let middle: U256 = part + ((fails - part) >> 1);
        if middle == part {
            break;
        }
        if goes(middle)? {
            part = middle;
        } else {
            fails = middle;
        }
    }
    Ok(Some(part))
}

/// What is said of a sum of which the first parts have moved.
pub(super) fn left_over(asset: Address, left: U256) -> String {
    let left = asset::shown(asset, left);
    format!("{MOST_PARTS} transactions moved parts of it; for the other {left}, run the command again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(whole: u64, most: u64) -> Option<u64> {
        let goes = |part: U256| Ok(!part.is_zero() && part <= U256::from(most));
        let part = largest(U256::from(whole), goes).expect("nothing fails");
        part.map(|part| part.to())
    }

    #[test]
    fn largest_part_is_found_to_the_unit() {
        for (whole, most) in [(160, 100), (100, 99), (2, 1), (1_000_000, 777_777), (1 << 40, 3)] {
            assert_eq!(found(whole, most), Some(most), "{whole} at most {most}");
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_goes() {
        assert_eq!(found(160, 0), None);
        assert_eq!(found(1, 0), None);
        assert_eq!(found(u64::MAX, 0), None);
    }

    #[test]
    fn trials_are_bounded() {
        let mut trials = 0;
        let part = largest(U256::MAX, |_| {
            trials += 1;
            Ok(false)
        });
        assert_eq!((part.expect("nothing fails"), trials), (None, HALVINGS));
    }
}
