//! EXIF that says how a picture is to be shown, and nothing else.

use super::HEAD;
use super::tiff::Tiff;
use std::io::Cursor;

/// How the picture is turned; its density across and down, and the unit of these (TIFF 6.0, section 8).
const TURNED: u16 = 0x0112;
const ACROSS: u16 = 0x011a;
const DOWN: u16 = 0x011b;
const UNIT: u16 = 0x0128;

/// Where the directory of the camera stands, in it the space of its colours, and behind that the rules that it follows (Exif 2.32,
/// sections 4.6.3 and 4.6.6).
const CAMERA: u16 = 0x8769;
const COLOURS: u16 = 0xa001;
const RULES: u16 = 0xa005;
const INDEX: u16 = 1;
/// The rules of cameras that take pictures in Adobe RGB (DCF 2.0, DCF optional colour space).
const ADOBE_RGB: &[u8; 4] = b"R03\0";
/// What some programs write of Adobe RGB in place of that.
const ADOBE_SPACE: u16 = 2;

/// The types of these (TIFF 6.0, section 2).
const TEXT: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// EXIF data, without `Exif` before it, that says how the picture is turned, if it is, whether its colours are those of Adobe RGB, and
/// with `density` its density too; nothing where there is none of it to say.
pub(crate) fn minimal(mut data: Vec<u8>, density: bool) -> Option<Vec<u8>> {
    if data.starts_with(HEAD) {
        data.drain(..HEAD.len());
    }
    let head = *data.first_chunk::<4>()?;
    let mut source = Cursor::new(data);
    let (mut tiff, first) = Tiff::open(&mut source)?;
    let little = tiff.little_endian;
    let wanted = |tag| tag == TURNED || density && [ACROSS, DOWN, UNIT].contains(&tag);
    let mut entries = Vec::new();
    for entry in tiff.directory(first, wanted) {
        let (kind, length) = match entry.tag {
            TURNED | UNIT => (SHORT, 2),
            _ => (RATIONAL, 8),
        };
        let value = tiff.value(entry, length).unwrap_or_default();
        let is_turned = || {
            let value = [value[0], value[1]];
            (2..=8).contains(&short(value, little))
        };
        let fits = entry.kind == kind && value.len() == length;
        if fits && (entry.tag != TURNED || is_turned()) {
            entries.push((entry.tag, kind, value));
        }
    }
    let colours = Colours::read(&mut tiff, first);
    // A unit of nothing.
    if colours.is_none() && !entries.iter().any(|(tag, _, _)| *tag != UNIT) {
        return None;
    }
    entries.sort_by_key(|(tag, _, _)| *tag);
    Some(written(head, little, &entries, colours))
}

/// Colours that are not those of every screen, and that no profile need tell.
#[derive(Clone, Copy)]
struct Colours {
    space: u16,
    /// Whether the rules say it.
    by_rules: bool,
}

impl Colours {
    /// Adobe RGB. Nothing where it is not told.
    fn read(tiff: &mut Tiff, first: u32) -> Option<Self> {
        let below = |tiff: &mut Tiff, at, tag| {
            let entry = *tiff.directory(at, |it| it == tag).first()?;
            (entry.kind == LONG).then(|| tiff.target(entry))
        };
        let camera = below(tiff, first, CAMERA)?;
        let space = *tiff.directory(camera, |it| it == COLOURS).first()?;
        let value = tiff.value(space, 2).ok()?;
        let space = short(*value.first_chunk()?, tiff.little_endian);
        let rules = below(tiff, camera, RULES);
        let index = rules.and_then(|at| {
            let entry = *tiff.directory(at, |it| it == INDEX).first()?;
            tiff.value(entry, ADOBE_RGB.len()).ok()
        });
        let by_rules = index.is_some_and(|index| index == ADOBE_RGB);
        (by_rules || space == ADOBE_SPACE).then_some(Self { space, by_rules })
    }
}

fn short(bytes: [u8; 2], little: bool) -> u16 {
    match little {
        true => u16::from_le_bytes(bytes),
        false => u16::from_be_bytes(bytes),
    }
}

/// Writes numbers in the order of bytes that the data had.
#[derive(Clone, Copy)]
struct Order {
    little: bool,
}

impl Order {
    fn two(self, number: u16) -> [u8; 2] {
        match self.little {
            true => number.to_le_bytes(),
            false => number.to_be_bytes(),
        }
    }

    fn four(self, number: u32) -> [u8; 4] {
        match self.little {
            true => number.to_le_bytes(),
            false => number.to_be_bytes(),
        }
    }

    /// An entry of a directory, whose value stands in it or is where it stands.
    fn entry(self, tag: u16, kind: u16, count: u32, value: [u8; 4]) -> Vec<u8> {
        let [tag, kind] = [tag, kind].map(|number| self.two(number));
        [&tag[..], &kind, &self.four(count), &value].concat()
    }
}

/// Bytes of a directory with so many entries (TIFF 6.0, section 2).
fn directory(entries: usize) -> usize {
    2 + 12 * entries + 4
}

/// One directory, behind it the values that have no place in it, and then what is told of colours.
fn written(
    head: [u8; 4],
    little: bool,
    entries: &[(u16, u16, Vec<u8>)],
    colours: Option<Colours>,
) -> Vec<u8> {
    let order = Order { little };
    let count = entries.len() + usize::from(colours.is_some());
    let mut bytes = [head, order.four(8)].concat();
    bytes.extend(order.two(count as u16));
    let mut behind: Vec<u8> = Vec::new();
    let end = 8 + directory(count);
    for (tag, kind, value) in entries {
        let value = match value[..] {
            [a, b] => [a, b, 0, 0],
            _ => {
                let at = end + behind.len();
                behind.extend(value);
                order.four(at as u32)
            }
        };
        bytes.extend(order.entry(*tag, *kind, 1, value));
    }
    let camera = end + behind.len();
    if let Some(colours) = colours {
        let [a, b] = order.two(colours.space);
        let rules = camera + directory(2);
        let count = 1 + u16::from(colours.by_rules);
        bytes.extend(order.entry(CAMERA, LONG, 1, order.four(camera as u32)));
        behind.extend(order.two(count));
        behind.extend(order.entry(COLOURS, SHORT, 1, [a, b, 0, 0]));
        if colours.by_rules {
            behind.extend(order.entry(RULES, LONG, 1, order.four(rules as u32)));
            behind.extend([0; 4]);
            behind.extend(order.two(1));
            behind.extend(order.entry(INDEX, TEXT, ADOBE_RGB.len() as u32, *ADOBE_RGB));
        }
        behind.extend([0; 4]);
    }
    bytes.extend([0; 4]);
    bytes.extend(behind);
    bytes
}
