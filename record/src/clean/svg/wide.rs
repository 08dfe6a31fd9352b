//! An SVG whose letters have two bytes. It is planned in UTF-8, and what is kept of that is found again in the file.

use super::super::Uncleanable;
use super::super::plan::Plan;

/// The text, with its mark. [`None`] where it is no UTF-16.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let is_little = matches!(bytes, [0xff, 0xfe, ..] | [b'<', 0, ..]);
    let units = pairs.iter().map(|pair| match is_little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

/// Keeps what a plan of the text keeps. Its parts stand in the order of the text.
pub(super) fn keep(text: &str, narrow: &Plan, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut at = 0;
    let mut wide = 0;
    let mut place = |to: u64| {
        // The text is in memory, so that places in it fit.
        let units = text[at..to as usize].chars().map(char::len_utf16);
        wide += 2 * units.sum::<usize>() as u64;
        at = to as usize;
        wide
    };
    for (from, to) in narrow.kept() {
        let (from, to) = (place(from), place(to));
        plan.keep(from, to)?;
    }
    Ok(())
}
