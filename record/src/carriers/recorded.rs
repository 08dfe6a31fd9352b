//! What cameras write among the samples of a film: where they were, when, and how they were set.
//!
//! Drones and cameras in cars write it as subtitles (ExifTool, QuickTimeStream: DJI, Autel, Yuneec, NMEA 0183), which look like those
//! that people read. They are told apart by what no subtitle needs: degrees to four places and more, a time to the second of a day.

use crate::disclosures::{DATE, DEVICE, LOCATION};

/// Most bytes of a sample that are looked at. What a camera says of a moment is one line.
pub(super) const LONGEST: u64 = 4 << 10;
/// Most samples of a track that are looked at, and most tracks.
pub(super) const MOST: usize = 500;
pub(super) const MOST_TRACKS: usize = 32;

/// Digits behind the point from which on a number may be degrees, and those of minutes in NMEA.
const OF_DEGREES: usize = 4;
const OF_MINUTES: usize = 3;
/// Most bytes of seconds and what stands before them.
const OF_SECONDS: usize = 12;
/// Most bytes between the two numbers of a place, such as `] [longitude: `.
const BETWEEN: usize = 24;

/// What the texts of a track tell, gathered.
#[derive(Clone, Copy, Default)]
pub(super) struct Recorded {
    location: bool,
    date: bool,
    device: bool,
}

impl Recorded {
    /// Adds what a sample tells, in UTF-8 or UTF-16.
    pub(super) fn add(&mut self, sample: &[u8]) {
        let text = plain(sample);
        self.location |= is_place(&text) || is_in_seconds(&text);
        self.date |= is_time(&text);
        self.device |= is_setting(&text);
    }

    /// Whether there is no more that could be told.
    pub(super) fn is_full(&self) -> bool {
        self.location && self.date && self.device
    }

    /// What is told, as `discloses` has it. [`None`] where these are texts for people.
    pub(super) fn what(&self) -> Option<String> {
        let all = [
            (self.location, LOCATION),
            (self.date, DATE),
            (self.device, DEVICE),
        ];
        let told: Vec<_> = all
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, what)| *what)
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// The letters of ASCII, small, without zeros of UTF-16 and without what stands in braces, where subtitles of ASS say how they are
/// drawn. What such a subtitle draws is no text at all.
fn plain(sample: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(sample.len());
    let mut begun = None;
    for byte in sample.iter().filter(|byte| **byte != 0) {
        match (byte, begun) {
            (b'{', None) => begun = Some(text.len()),
            (b'}', Some(start)) => {
                let drawn = |pair: &[u8]| matches!(pair, [b'\\', b'p', b'1'..=b'9']);
                if text[start..].windows(3).any(drawn) {
                    text.clear();
                    return text;
                }
                text.truncate(start);
                begun = None;
                continue;
            }
            _ => {}
        }
        text.push(byte.to_ascii_lowercase());
    }
    text
}

/// Whether two numbers that may be degrees stand beside each other, or one of NMEA before its half of the earth.
fn is_place(text: &[u8]) -> bool {
    let mut before: Option<(usize, f64)> = None;
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(u8::is_ascii_digit) {
        let start = at + found;
        let digits = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            rest.iter().take_while(|it| it.is_ascii_digit()).count()
        };
        let point = start + digits(start);
        let decimals = digits(point + 1);
        let places = match text.get(point) {
            Some(b'.') => decimals,
            // Where people write a comma, and no list of numbers as in NMEA.
            Some(b',') if text.get(point + 1 + decimals) != Some(&b'.') => {
                if decimals < OF_DEGREES { 0 } else { decimals }
            }
            _ => 0,
        };
        at = if places > 0 {
            point + 1 + places
        } else {
            point
        };
        let rest = &text[at..];
        let is_half = matches!(rest, [b',', b'n' | b's', b',', ..]);
        if places >= OF_MINUTES && is_half {
            return true;
        }
        // Subtitles of TTML say in percent where they stand.
        if places < OF_DEGREES || rest.first() == Some(&b'%') {
            continue;
        }
        let number = std::str::from_utf8(&text[start..at]).ok();
        let number = number.map(|it| it.replace(',', "."));
        let Some(number) = number.and_then(|it| it.parse::<f64>().ok()) else {
            continue;
        };
        let are_degrees = |other: f64| number.max(other) <= 180.0 && number.min(other) <= 90.0;
        if before.is_some_and(|(end, other)| start - end <= BETWEEN && are_degrees(other)) {
            return true;
        }
        before = Some((at, number));
    }
    false
}

/// Whether a place stands there in degrees, minutes and parts of seconds, `52 deg 7' 24.12" N`, as no subtitle for people has them.
fn is_in_seconds(text: &[u8]) -> bool {
    memchr::memchr_iter(b'"', text).any(|at| {
        let before = &text[at.saturating_sub(OF_SECONDS)..at];
        let minutes = before.iter().rposition(|byte| *byte == b'\'');
        let seconds = minutes.and_then(|at| str::from_utf8(&before[at + 1..]).ok());
        let seconds = seconds.map(str::trim).filter(|it| it.contains('.'));
        let seconds = seconds.and_then(|it| it.parse::<f64>().ok());
        let half = text[at + 1..].trim_ascii_start();
        let is_half = matches!(half.first(), Some(b'n' | b's' | b'e' | b'w'))
            && !half.get(1).is_some_and(u8::is_ascii_alphabetic);
        is_half && seconds.is_some_and(|it| (0.0..60.0).contains(&it))
    })
}

/// Whether a day and a time to the second stand there, `2026-11-30 19:30:00`, in any order.
fn is_time(text: &[u8]) -> bool {
    const LIKE: [&[u8; 19]; 4] = [
        b"0000-00-00 00:00:00",
        b"00-00-0000 00:00:00",
        b"00:00:00 0000-00-00",
        b"00:00:00 00-00-0000",
    ];
    let fits = |(byte, like): (&u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        b'-' => b"-/.:".contains(byte),
        b' ' => b" t,_".contains(byte),
        like => byte == like,
    };
    let is_like = |window: &[u8]| LIKE.iter().any(|like| window.iter().zip(*like).all(fits));
    text.windows(LIKE[0].len()).any(is_like)
}

/// Whether a camera says how it was set: its ISO, and its shutter or aperture.
fn is_setting(text: &[u8]) -> bool {
    let is_set = |word: &str| {
        memchr::memmem::find_iter(text, word).any(|at| {
            let is_word = at == 0 || !text[at - 1].is_ascii_alphanumeric();
            let rest = text[at + word.len()..].iter().take(4);
            let mut rest = rest.skip_while(|byte| b" :/.".contains(byte));
            is_word && rest.next().is_some_and(u8::is_ascii_digit)
        })
    };
    is_set("iso")
        && ["ss", "shutter", "fnum", "f"]
            .iter()
            .any(|word| is_set(word))
}
