//! Titles: short, well-formed UTF-8 without control characters.

/// The most bytes of a title.
pub const MAX_LEN: usize = 64;

/// Why a title is refused; the errors are `IProvenance.sol`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleError {
    /// `TitleTooLong`.
    TooLong {
        /// Its bytes.
        got: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// `TitleInvalid`: broken UTF-8 or a control character.
    Invalid {
        /// The byte it begins at.
        offset: usize,
    },
}

/// Checks a title.
///
/// Control characters are Unicode's category Cc: below U+0020, and U+007F to U+009F. They would break the JSON and SVG a
/// title is put into, or the terminal that shows it.
///
/// # Errors
/// The length first, then the first byte that is not part of a well-formed sequence or begins a control character.
pub fn check(title: &[u8]) -> Result<(), TitleError> {
    if title.len() > MAX_LEN {
        return Err(TitleError::TooLong {
            got: title.len(),
            max: MAX_LEN,
        });
    }
    let mut rest = title;
    while !rest.is_empty() {
        rest = after_character(rest).ok_or(TitleError::Invalid {
            // `rest` is the end of `title`.
            offset: title.len().wrapping_sub(rest.len()),
        })?;
    }
    Ok(())
}

/// What follows the first character; `None` unless it is a well-formed one (Unicode, table 3-7) and no control.
fn after_character(bytes: &[u8]) -> Option<&[u8]> {
    let (&first, rest) = bytes.split_first()?;
    // The second byte's range keeps out overlong forms, surrogates, what is above U+10FFFF, and the controls U+0080 to
    // U+009F.
    let (low, high, following) = match first {
        0x20..=0x7e => return Some(rest),
        0xc2 => (0xa0, 0xbf, 1),
        0xc3..=0xdf => (0x80, 0xbf, 1),
        0xe0 => (0xa0, 0xbf, 2),
        0xed => (0x80, 0x9f, 2),
        0xe1..=0xef => (0x80, 0xbf, 2),
        0xf0 => (0x90, 0xbf, 3),
        0xf1..=0xf3 => (0x80, 0xbf, 3),
        0xf4 => (0x80, 0x8f, 3),
        _ => return None,
    };
    let (tail, rest) = rest.split_at_checked(following)?;
    let (&second, others) = tail.split_first()?;
    let well_formed =
        (low..=high).contains(&second) && others.iter().all(|byte| (0x80..=0xbf).contains(byte));
    well_formed.then_some(rest)
}
