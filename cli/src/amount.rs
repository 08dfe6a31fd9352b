//! Amounts of money as people write them.

use alloy_primitives::U256;
use alloy_primitives::utils::{format_units, parse_units};
use anyhow::{Context as _, Result, bail};

/// Units of the native coin, the longest name first, with their decimals.
const UNITS: [(&str, u8); 4] = [("gwei", 9), ("wei", 0), ("ether", 18), ("eth", 18)];

/// Reads `1234`, `1234wei`, `1.5gwei` or `0.02eth`; a bare number is wei, or the smallest unit of an ERC-20.
///
/// # Errors
/// No number, a fraction of the smallest unit, or an unknown unit.
pub fn parse(text: &str) -> Result<U256> {
    let text = text.trim().replace('_', "");
    let lower = text.to_lowercase();
    let (number, decimals) = UNITS
        .iter()
        .find_map(|(unit, decimals)| Some((lower.strip_suffix(unit)?.trim_end(), *decimals)))
        .unwrap_or((&lower, 0));
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
    if number.is_empty() || !plain {
        bail!("{text:?} is no amount: write 1234 (wei), 1.5gwei or 0.02eth");
    }
    if fraction.len() > usize::from(decimals) {
        bail!("{text:?} has a fraction of a wei");
    }
    let units = parse_units(number, decimals)
        .with_context(|| format!("{text:?} is no amount: write 1234 (wei), 1.5gwei or 0.02eth"))?;
    Ok(units.get_absolute())
}

/// An amount that a ledger can hold.
///
/// # Errors
/// It is beyond 128 bits.
pub fn ledger(amount: U256) -> Result<u128> {
    let max = u128::MAX;
    u128::try_from(amount)
        .ok()
        .with_context(|| format!("the amount is {amount}, at most {max} fit in a ledger"))
}

/// An amount of the native coin, in ETH to the last wei.
#[must_use]
pub fn ether(wei: U256) -> String {
    let text = format_units(wei, 18).unwrap_or_else(|_| wei.to_string());
    let text = match text.trim_end_matches('0') {
        whole if whole.ends_with('.') => &text[..whole.len() + 1],
        exact => exact,
    };
    format!("{text} ETH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_to_the_wei() {
        let read = [
            ("1234567890123456789", 1_234_567_890_123_456_789_u128),
            ("1_000 wei", 1_000),
            ("1.5gwei", 1_500_000_000),
            ("0.000000000000000001eth", 1),
            ("2 ETH", 2_000_000_000_000_000_000),
        ];
        for (text, wei) in read {
            assert_eq!(parse(text).expect(text), U256::from(wei), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "eth",
            "-1",
            "1.5",
            "1.5wei",
            "0.0000000000000000001eth",
            "1e18",
            "five",
            "1.2.3eth",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ether_is_shown_to_the_wei() {
        assert_eq!(
            ether(U256::from(1_234_567_890_123_456_789_u128)),
            "1.234567890123456789 ETH"
        );
        assert_eq!(ether(U256::from(2_000_000_000_000_000_000_u128)), "2.0 ETH");
        assert_eq!(ether(U256::ZERO), "0.0 ETH");
        assert_eq!(ether(U256::ONE), "0.000000000000000001 ETH");
    }
}
