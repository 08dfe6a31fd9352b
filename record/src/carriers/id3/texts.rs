//! The texts of a frame.

use super::super::as_written;
use super::super::stream::utf16;
use super::PLACE;
use crate::field::Carried;

/// Whether a frame holds text that somebody wrote: text frames, and comments and lyrics by both of their names.
pub(super) fn is_wanted(name: &[u8; 4]) -> bool {
    name[0] == b'T' || kind(name) != Kind::Plain
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Texts.
    Plain,
    /// What it is about, then the text.
    Named,
    /// A language, what it is about, then the text.
    Spoken,
}

fn kind(name: &[u8; 4]) -> Kind {
    match name {
        b"TXXX" | b"TXX " => Kind::Named,
        b"COMM" | b"COM " | b"USLT" | b"ULT " => Kind::Spoken,
        _ => Kind::Plain,
    }
}

/// Adds the texts of a frame: an encoding, and what its kind has.
pub(super) fn read(name: &[u8; 4], data: &[u8], carried: &mut Carried) {
    let Some((encoding, mut rest)) = data.split_first() else {
        return;
    };
    let frame = String::from_utf8_lossy(name).trim_end().to_owned();
    let kind = kind(name);
    if kind == Kind::Spoken {
        let Some(text) = rest.get(3..) else {
            return;
        };
        rest = text;
    }
    // Of UTF-16 with a mark, each text may have its own.
    let mut texts = split(*encoding, rest);
    if kind == Kind::Plain {
        for text in texts {
            add(PLACE.to_owned(), frame.clone(), text, carried);
        }
        return;
    }
    let about = match texts.next() {
        Some(about) if !about.trim().is_empty() => about,
        _ if frame.starts_with("COM") => "comment".to_owned(),
        _ => "lyrics".to_owned(),
    };
    for text in texts {
        add(format!("{PLACE} {frame}"), about.clone(), text, carried);
    }
}

fn add(place: String, name: String, text: String, carried: &mut Carried) {
    if !text.trim().is_empty() {
        carried.push(place, name, text);
    }
}

/// The texts between zeros. Programs write UTF-8 where Latin-1 is said.
fn split(encoding: u8, data: &[u8]) -> Box<dyn Iterator<Item = String> + '_> {
    match encoding {
        1 | 2 => {
            let (pairs, _) = data.as_chunks::<2>();
            let parts = pairs.split(|pair| *pair == [0, 0]);
            Box::new(parts.map(move |part| utf16(part.as_flattened(), encoding == 1)))
        }
        _ => Box::new(data.split(|byte| *byte == 0).map(as_written)),
    }
}
