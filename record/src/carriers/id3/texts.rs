//! The texts of a frame.

use super::super::as_written;
use super::super::stream::utf16;
use super::PLACE;
use crate::field::Carried;

/// Whether a frame holds text that somebody wrote: text frames, comments, lyrics and who took part by both of their names, links,
/// and whose rating it has.
pub(super) fn is_wanted(name: &[u8; 4]) -> bool {
    matches!(name[0], b'T' | b'W') || matches!(name, b"IPLS" | b"IPL ") || kind(name) != Kind::Plain
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Texts.
    Plain,
    /// What it is about, then the text.
    Named,
    /// A language, what it is about, then the text.
    Spoken,
    /// Latin-1 up to a zero, without an encoding: a link, or an address before a rating (id3v2.4.0-frames, 4.3 and 4.17).
    Bare,
    /// What it is about in its encoding, then a link.
    Linked,
}

fn kind(name: &[u8; 4]) -> Kind {
    match name {
        b"TXXX" | b"TXX " => Kind::Named,
        b"COMM" | b"COM " | b"USLT" | b"ULT " => Kind::Spoken,
        b"WXXX" | b"WXX " => Kind::Linked,
        [b'W', ..] | b"POPM" | b"POP " => Kind::Bare,
        _ => Kind::Plain,
    }
}

/// Most bytes of what a text is about, which is its name.
const LONGEST_NAME: usize = 1_000;

/// Adds the texts of a frame: an encoding, and what its kind has.
pub(super) fn read(name: &[u8; 4], data: &[u8], carried: &mut Carried) {
    let frame = String::from_utf8_lossy(name).trim_end().to_owned();
    let kind = kind(name);
    if kind == Kind::Bare {
        return add(PLACE.to_owned(), frame, as_written(data), carried);
    }
    let Some((encoding, mut rest)) = data.split_first() else {
        return;
    };
    if kind == Kind::Spoken {
        let Some(text) = rest.get(3..) else {
            return;
        };
        rest = text;
    }
    // Of UTF-16 with a mark, each text may have its own.
    let mut texts = match split(*encoding, rest) {
        Ok(texts) => texts,
        Err(reason) => return carried.fail(PLACE, &frame, reason),
    };
    if kind == Kind::Plain {
        for text in texts {
            add(PLACE.to_owned(), frame.clone(), text, carried);
        }
        return;
    }
    let about = match texts.next() {
        Some(about) if !about.trim().is_empty() => about,
        _ if frame.starts_with("COM") => "comment".to_owned(),
        _ if kind == Kind::Linked => "link".to_owned(),
        _ => "lyrics".to_owned(),
    };
    if about.len() > LONGEST_NAME {
        let reason = format!("its name has more than {LONGEST_NAME} bytes");
        return carried.fail(PLACE, &frame, reason);
    }
    if kind == Kind::Linked {
        drop(texts);
        let link = as_written(behind(*encoding, rest));
        return add(format!("{PLACE} {frame}"), about, link, carried);
    }
    for text in texts {
        add(format!("{PLACE} {frame}"), about.clone(), text, carried);
    }
}

/// What stands behind the first text and its zero, which has two bytes in UTF-16.
fn behind(encoding: u8, data: &[u8]) -> &[u8] {
    let end = match encoding {
        1 | 2 => {
            let (pairs, _) = data.as_chunks::<2>();
            pairs
                .iter()
                .position(|pair| *pair == [0, 0])
                .map(|at| 2 * at + 2)
        }
        _ => data.iter().position(|byte| *byte == 0).map(|at| at + 1),
    };
    &data[end.unwrap_or(data.len())..]
}

fn add(place: String, name: String, text: String, carried: &mut Carried) {
    if !text.trim().is_empty() {
        carried.push(place, name, text);
    }
}

/// The texts between zeros, or why there are none. Programs write UTF-8 where Latin-1 is said.
fn split(encoding: u8, data: &[u8]) -> Result<Texts<'_>, &'static str> {
    Ok(match encoding {
        1 | 2 => {
            let (pairs, _) = data.as_chunks::<2>();
            let parts = pairs.split(|pair| *pair == [0, 0]);
            Box::new(parts.map(move |part| utf16(part.as_flattened(), encoding == 1)))
        }
        3 => {
            let text = str::from_utf8(data);
            let text = text.map_err(|_| "it is not the UTF-8 that it says to be")?;
            Box::new(text.split('\0').map(str::to_owned))
        }
        0 => Box::new(data.split(|byte| *byte == 0).map(as_written)),
        _ => return Err("its encoding is not known"),
    })
}

type Texts<'a> = Box<dyn Iterator<Item = String> + 'a>;
