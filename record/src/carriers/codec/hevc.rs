//! What an encoder wrote into the description of HEVC (ISO/IEC 14496-15, 8.3.3.1): its name and how it was set, as x265 does, in
//! messages of data that nobody registered (H.265, D.2.7).

use std::ops::Range;

/// The name of its box in MP4. In Matroska it is all of the description.
const BOX: &[u8] = b"hvcC";
/// Where the arrays of units are counted.
const ARRAYS: usize = 22;
/// Units of messages, before pictures and behind them, and the kind of message.
const MESSAGES: [u8; 2] = [39, 40];
const UNREGISTERED: usize = 5;
/// What stands in the place of what was said. Zeros could look like the begin of a unit.
pub(crate) const BLANK: u8 = 0xff;

/// Where such messages stand that say something.
pub(crate) fn messages(description: &[u8]) -> Vec<Range<usize>> {
    let found = match memchr::memmem::find(description, BOX) {
        Some(at) => in_box(description, at),
        None => Some((description, 0)),
    };
    let Some((config, start)) = found else {
        return Vec::new();
    };
    let mut messages = units(config).unwrap_or_default();
    messages.retain(|range| config[range.clone()].iter().any(|byte| *byte != BLANK));
    let moved = messages.into_iter();
    moved
        .map(|range| range.start + start..range.end + start)
        .collect()
}

fn in_box(description: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let length = description.get(at.checked_sub(4)?..at)?.first_chunk()?;
    let end = (at - 4).checked_add(u32::from_be_bytes(*length) as usize)?;
    Some((description.get(at + 4..end)?, at + 4))
}

/// The messages in all units. [`None`] where it is no description of HEVC.
fn units(config: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut messages = Vec::new();
    if config.first()? != &1 {
        return None;
    }
    let mut at = ARRAYS + 1;
    for _ in 0..*config.get(ARRAYS)? {
        let [kind, a, b] = *config.get(at..)?.first_chunk()?;
        at += 3;
        for _ in 0..u16::from_be_bytes([a, b]) {
            let length = u16::from_be_bytes(*config.get(at..)?.first_chunk()?) as usize;
            at += 2;
            let unit = config.get(at..at + length)?;
            if MESSAGES.contains(&(kind & 0x3f)) {
                unregistered(unit, at, &mut messages);
            }
            at += length;
        }
    }
    (at == config.len()).then_some(messages)
}

/// Adds the messages of a unit that begins at a place.
fn unregistered(unit: &[u8], start: usize, messages: &mut Vec<Range<usize>>) {
    // Bytes that only keep others apart are none of a message (H.265, 7.3.1.1).
    let mut zeros = 0;
    let bytes = unit.iter().enumerate().skip(2).filter(|(_, byte)| {
        let parts = zeros >= 2 && **byte == 3;
        zeros = if **byte == 0 { zeros + 1 } else { 0 };
        !parts
    });
    let places: Vec<usize> = bytes.map(|(at, _)| at).collect();
    let mut rest = &places[..];
    while rest.len() > 2 {
        let (Some(kind), Some(length)) = (number(unit, &mut rest), number(unit, &mut rest)) else {
            return;
        };
        let (message, left) = rest.split_at(length.min(rest.len()));
        if let (UNREGISTERED, [first, .., last]) = (kind, message) {
            messages.push(start + first..start + last + 1);
        }
        rest = left;
    }
}

/// A number of bytes that are added up to the first that is not full.
fn number(unit: &[u8], rest: &mut &[usize]) -> Option<usize> {
    let mut sum = 0;
    loop {
        let (place, left) = rest.split_first()?;
        *rest = left;
        sum += usize::from(unit[*place]);
        if unit[*place] != 0xff {
            return Some(sum);
        }
    }
}
