//! HEIF, AVIF among it: EXIF and XMP as items of the file. JPEG XL in boxes has them as boxes.

pub(crate) mod beside;

use super::stream::{array, pass, vec};
use super::{LONGEST_TEXT, exif, xmp};
use crate::Source;
use crate::field::Carried;
use std::io::SeekFrom;

/// Most items with texts that are read. Files have two.
const MOST: usize = 16;
/// Most references that are followed. Each picture of a file has two.
const MOST_REFERENCES: usize = 1_000;
/// Most pieces of an item.
const PIECES: usize = 1_024;

/// Adds the texts of a HEIF file (ISO 23008-12, annex A).
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    while let Some((kind, length)) = next(source) {
        if &kind != b"meta" {
            if length.and_then(|length| pass(source, length)).is_none() {
                return;
            }
            continue;
        }
        // Where it is not told, it goes to the end of the file.
        let length = length.unwrap_or(LONGEST_TEXT as u64);
        let meta = match usize::try_from(length) {
            Ok(length) if length <= LONGEST_TEXT => vec(source, length as u64),
            _ => {
                return carried.fail(
                    "HEIF",
                    "meta",
                    format!("it has more than {LONGEST_TEXT} bytes"),
                );
            }
        };
        if let Some(meta) = meta {
            items(&meta, source, carried);
        }
        return;
    }
}

/// Adds the texts of a JPEG XL file (ISO 18181-2, 9). A bare stream has none, and those that are compressed are told.
pub(super) fn read_jxl(source: &mut dyn Source, carried: &mut Carried) {
    while let Some((kind, Some(length))) = next(source) {
        let is_text = [b"Exif", b"xml ", b"brob"].contains(&&kind);
        if !is_text {
            if pass(source, length).is_none() {
                return;
            }
            continue;
        }
        let name = String::from_utf8_lossy(&kind).trim().to_owned();
        if length > LONGEST_TEXT as u64 {
            return carried.fail(
                "JPEG XL",
                &name,
                format!("it has more than {LONGEST_TEXT} bytes"),
            );
        }
        let Some(data) = vec(source, length) else {
            return;
        };
        match &kind {
            b"Exif" => exif_item(data, carried),
            b"xml " => xmp::read(&data, carried),
            _ if data.starts_with(b"Exif") || data.starts_with(b"xml ") => {
                let packed = String::from_utf8_lossy(&data[..4]).trim().to_owned();
                carried.fail("JPEG XL", &packed, "it is compressed, which is not read");
            }
            _ => {}
        }
    }
}

/// The kind of the next box and the length of its data, where that is told (ISO 14496-12, 4.2).
fn next(source: &mut dyn Source) -> Option<([u8; 4], Option<u64>)> {
    let [a, b, c, d, kind @ ..] = array::<8>(source)?;
    let length = match u32::from_be_bytes([a, b, c, d]) {
        0 => None,
        1 => Some(u64::from_be_bytes(array(source)?).checked_sub(16)?),
        length => Some(u64::from(length).checked_sub(8)?),
    };
    Some((kind, length))
}

/// EXIF with how many bytes stand before it.
fn exif_item(mut data: Vec<u8>, carried: &mut Carried) {
    let Some((before, _)) = data.split_first_chunk::<4>() else {
        return;
    };
    let start = (u32::from_be_bytes(*before) as usize).saturating_add(4);
    data.drain(..start.min(data.len()));
    exif::read(data, carried);
}

/// What an item is that is no picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Exif,
    Xmp,
    /// A file of some other kind.
    Other,
}

impl Kind {
    /// What is disclosed of an item that is about another picture of the file.
    fn of_other(self) -> &'static str {
        match self {
            Self::Exif => "Exif item of another picture",
            Self::Xmp => "XMP item of another picture",
            Self::Other => "item of another picture",
        }
    }
}

/// The items that describe pictures of the file and not its primary one (ISO 14496-12, 8.11.4 and 8.11.12; ISO 23008-12, 6.5.2): a
/// map of depth or of brightness, or the next picture of a series.
fn of_others(boxes: &[u8]) -> Vec<u32> {
    let Some((primary, references)) = inner(boxes, b"pitm").zip(inner(boxes, b"iref")) else {
        return Vec::new();
    };
    let wide = |version: Option<&u8>| if version == Some(&0) { 2 } else { 4 };
    let mut rest = Places(primary.get(4..).unwrap_or_default());
    let primary = rest.number(wide(primary.first()));
    let wide = wide(references.first());
    let mut described: Vec<(u64, bool)> = Vec::new();
    let boxes = each(references.get(4..).unwrap_or_default());
    for (_, reference) in boxes
        .filter(|(kind, _)| kind == b"cdsc")
        .take(MOST_REFERENCES)
    {
        let mut rest = Places(reference);
        let (Some(from), Some(count)) = (rest.number(wide), rest.number(2)) else {
            continue;
        };
        let is_primary = (0..count).any(|_| rest.number(wide) == primary);
        described.push((from, is_primary));
    }
    let of_primary = |id: &u64| {
        described
            .iter()
            .any(|(from, is_primary)| from == id && *is_primary)
    };
    let others = described
        .iter()
        .map(|(from, _)| *from)
        .filter(|id| !of_primary(id));
    others.map(|id| id as u32).collect()
}

fn items(meta: &[u8], source: &mut dyn Source, carried: &mut Carried) {
    // The version and flags of the box.
    let boxes = meta.get(4..).unwrap_or_default();
    for told in beside::told(boxes) {
        let (name, what) = told.says();
        carried.value(what, "HEIF", &name);
    }
    let (Some(infos), Some(places)) = (inner(boxes, b"iinf"), inner(boxes, b"iloc")) else {
        return;
    };
    let mut wanted = wanted(infos);
    let others = of_others(boxes);
    wanted.retain(|(kind, id)| {
        let is_of_other = others.contains(id);
        if is_of_other {
            carried.value("text", "HEIF", kind.of_other());
        }
        !is_of_other
    });
    let data = inner(boxes, b"idat").unwrap_or_default();
    let places = Places(places).read(&wanted).unwrap_or_default();
    for (kind, id) in wanted {
        let Some((_, in_data, pieces)) = places.iter().find(|(place, _, _)| *place == id) else {
            continue;
        };
        let name = match kind {
            Kind::Exif => "Exif item",
            _ => "XMP item",
        };
        match (collect(*in_data, pieces, data, source), kind) {
            (Some(item), Kind::Exif) => exif_item(item, carried),
            (Some(item), _) => xmp::read(&item, carried),
            (None, _) => carried.fail("HEIF", name, "it breaks off or is too long"),
        }
    }
}

/// The first box of a kind within these.
fn inner<'a>(boxes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    each(boxes)
        .find(|(found, _)| found == kind)
        .map(|(_, data)| data)
}

/// Boxes by their kinds, up to one that breaks off.
pub(crate) fn each(mut boxes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let ([a, b, c, d, kind @ ..], _) = boxes.split_first_chunk::<8>()?;
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let data = boxes.get(8..length)?;
        boxes = &boxes[length..];
        Some((*kind, data))
    })
}

/// The items that hold texts, by their numbers.
fn wanted(infos: &[u8]) -> Vec<(Kind, u32)> {
    let texts = told(infos).filter(|(kind, _)| *kind != Kind::Other);
    texts.take(MOST).collect()
}

/// The items that are no pictures, by their numbers (ISO 14496-12, 8.11.6).
pub(crate) fn told(infos: &[u8]) -> impl Iterator<Item = (Kind, u32)> {
    let entries = match infos.first() {
        Some(0) => infos.get(6..),
        _ => infos.get(8..),
    };
    let infos = each(entries.unwrap_or_default()).filter(|(kind, _)| kind == b"infe");
    infos.filter_map(|(_, info)| {
        let (version, rest) = (*info.first()?, info.get(4..)?);
        let (id, rest) = match version {
            2 => {
                let (id, rest) = rest.split_first_chunk::<2>()?;
                (u32::from(u16::from_be_bytes(*id)), rest)
            }
            3 => {
                let (id, rest) = rest.split_first_chunk::<4>()?;
                (u32::from_be_bytes(*id), rest)
            }
            _ => return None,
        };
        let ([_, _, kind @ ..], rest) = rest.split_first_chunk::<6>()?;
        match kind {
            b"Exif" => Some((Kind::Exif, id)),
            b"mime" => {
                // Its name, then its media type.
                let media_type = rest.split(|byte| *byte == 0).nth(1)?;
                match media_type == b"application/rdf+xml" {
                    true => Some((Kind::Xmp, id)),
                    false => Some((Kind::Other, id)),
                }
            }
            b"uri " => Some((Kind::Other, id)),
            _ => None,
        }
    })
}

/// Where an item is: its number, whether in the box of data, and its pieces (offset and length).
pub(crate) type Place = (u32, bool, Vec<(u64, u64)>);

/// What is left of the box of places (ISO 14496-12, 8.11.3).
pub(crate) struct Places<'a>(pub(crate) &'a [u8]);

impl Places<'_> {
    /// A number of so many bytes, of which zero are the number zero.
    fn number(&mut self, bytes: usize) -> Option<u64> {
        let (number, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(
            number
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    }

    /// The places of these items.
    pub(crate) fn read(self, wanted: &[(Kind, u32)]) -> Option<Vec<Place>> {
        let mut places: Vec<Place> = Vec::new();
        let mut numbers = Vec::new();
        self.pieces(|piece| {
            let known = numbers.iter().position(|number| *number == piece.number);
            let is_new = known.is_none()
                && wanted.iter().any(|(_, wanted)| *wanted == piece.item)
                && !places.iter().any(|(place, _, _)| *place == piece.item)
                && piece.method < 2;
            if is_new {
                numbers.push(piece.number);
                places.push((piece.item, piece.method == 1, Vec::new()));
            }
            let at = if is_new {
                places.len().checked_sub(1)
            } else {
                known
            };
            if let Some((_, _, pieces)) = at.and_then(|at| places.get_mut(at))
                && pieces.len() < PIECES
            {
                pieces.push((piece.start, piece.length));
            }
        })?;
        Some(places)
    }

    /// Every piece of every item.
    pub(crate) fn pieces(mut self, mut take: impl FnMut(Piece)) -> Option<()> {
        let version = self.number(4)? >> 24;
        let sizes = self.number(2)?;
        let [offset, length, base, index] = [12, 8, 4, 0].map(|at| (sizes >> at & 15) as usize);
        let index = if version == 0 { 0 } else { index };
        let wide = if version < 2 { 2 } else { 4 };
        let count = self.number(wide)?;
        for number in 0..count {
            let item = self.number(wide)? as u32;
            let method = if version == 0 {
                0
            } else {
                self.number(2)? & 15
            };
            self.number(2)?;
            let base = self.number(base)?;
            // Where pieces have no bytes, any number of them would be claimed for nothing.
            let pieces = match (self.number(2)?, index + offset + length) {
                (_, 0) => 0,
                (pieces, _) => pieces,
            };
            for _ in 0..pieces {
                self.number(index)?;
                let start = base.saturating_add(self.number(offset)?);
                let length = self.number(length)?;
                take(Piece {
                    number,
                    item,
                    method,
                    start,
                    length,
                });
            }
        }
        Some(())
    }
}

/// A piece of an item.
pub(crate) struct Piece {
    /// Which of the items it is by their places.
    number: u64,
    pub(crate) item: u32,
    /// Where its place is counted from: the file, the box of data, or another item (ISO 14496-12, 8.11.3.3).
    pub(crate) method: u64,
    pub(crate) start: u64,
    pub(crate) length: u64,
}

/// The pieces of an item one behind the other.
pub(crate) fn collect(
    in_data: bool,
    pieces: &[(u64, u64)],
    data: &[u8],
    source: &mut dyn Source,
) -> Option<Vec<u8>> {
    let mut item = Vec::new();
    for (at, length) in pieces {
        let length = usize::try_from(*length).ok()?;
        if item.len().checked_add(length)? > LONGEST_TEXT {
            return None;
        }
        match in_data {
            true => {
                let at = usize::try_from(*at).ok()?;
                item.extend(data.get(at..at.checked_add(length)?)?);
            }
            false => {
                source.seek(SeekFrom::Start(*at)).ok()?;
                item.extend(vec(source, length as u64)?);
            }
        }
    }
    Some(item)
}
