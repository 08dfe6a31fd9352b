//! Shares as people write them: `20%`, `12.5%`, `2000bps`.

use anyhow::{Context as _, Result, bail};

/// Reads a share in basis points, at most 100%.
///
/// # Errors
/// No share, more than 100%, or finer than a hundredth of a percent.
pub fn parse(text: &str) -> Result<u16> {
    let trimmed = text.trim();
    let bps = match (trimmed.strip_suffix('%'), trimmed.strip_suffix("bps")) {
        (Some(percent), _) => hundredths(percent.trim()),
        (_, Some(bps)) => bps.trim().parse().ok(),
        _ => None,
    };
    let bps: u32 =
        bps.with_context(|| format!("{text:?} is no share: write 20%, 12.5% or 2000bps"))?;
    match u16::try_from(bps) {
        Ok(bps) if bps <= 10_000 => Ok(bps),
        _ => bail!("{text:?} is more than 100%"),
    }
}

fn hundredths(percent: &str) -> Option<u32> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    if fraction.len() > 2 || !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let fraction: u32 = format!("{fraction:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(fraction)
}

/// A share in percent.
#[must_use]
pub fn percent(bps: u16) -> String {
    let (whole, rest) = (bps / 100, bps % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}%"),
        (_, 0) => format!("{whole}.{}%", rest / 10),
        _ => format!("{whole}.{rest:02}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_and_shown() {
        for (text, bps) in [
            ("20%", 2_000),
            ("12.5%", 1_250),
            ("0.01%", 1),
            ("100%", 10_000),
            ("0%", 0),
        ] {
            assert_eq!(parse(text).expect(text), bps, "{text}");
            assert_eq!(percent(bps), text);
        }
        assert_eq!(parse("2000bps").expect("bps"), 2_000);
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in [
            "20",
            "",
            "%",
            "100.01%",
            "1.234%",
            "-5%",
            "10001bps",
            "70000bps",
            "4294967295%",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
