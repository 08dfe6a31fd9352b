//! EXIF: the texts of certain tags. A TIFF file has the same form.

mod comment;
mod minimal;
mod tiff;

pub(crate) use minimal::minimal;

use super::{LONGEST_TEXT, MOST_TEXTS, as_written, iptc, xmp};
use crate::Source;
use crate::disclosures::{DATE, DEVICE, LOCATION};
use crate::field::Carried;
use std::io::Cursor;
use tiff::{Entry, Tiff};

const PLACE: &str = "EXIF";
/// What some files have before EXIF data.
const HEAD: &[u8] = b"Exif\0\0";

/// The entry that points to the directory of EXIF's own tags (EXIF 3.0, 4.6.3).
const OWN: u16 = 0x8769;
const USER_COMMENT: u16 = 0x9286;
const MAKER_NOTE: u16 = 0x927c;
/// XMP and IPTC-IIM in TIFF (XMP 3, 1.1.3; TIFF/EP).
const XMP: u16 = 0x02bc;
const IPTC: u16 = 0x83bb;

/// The tags in which programs and people write, each looked at once: entries can be without number and share their data. They
/// are read in this order from either directory, since programs put some into the wrong one.
const TAGS: [(u16, &str); 37] = [
    (USER_COMMENT, "UserComment"),
    (0x010e, "ImageDescription"),
    (0x010d, "DocumentName"),
    (0x010f, "Make"),
    (0x0110, "Model"),
    (0x011d, "PageName"),
    (0x0131, "Software"),
    (0x013b, "Artist"),
    (0x013c, "HostComputer"),
    (0x8298, "Copyright"),
    (MAKER_NOTE, "MakerNote"),
    (0x9c9b, "XPTitle"),
    (0x9c9c, "XPComment"),
    (0x9c9d, "XPAuthor"),
    (0x9c9e, "XPKeywords"),
    (0x9c9f, "XPSubject"),
    (0xa430, "CameraOwnerName"),
    (0xa431, "BodySerialNumber"),
    (0xa433, "LensMake"),
    (0xa434, "LensModel"),
    (0xa435, "LensSerialNumber"),
    (0xa420, "ImageUniqueID"),
    (0xa436, "ImageTitle"),
    (0xa437, "Photographer"),
    (0xa438, "ImageEditor"),
    (0xa43a, "RAWDevelopingSoftware"),
    (0xa43b, "ImageEditingSoftware"),
    // Those of raw pictures (DNG 1.7) and of Camera Raw.
    (0x9213, "ImageHistory"),
    (0xc614, "UniqueCameraModel"),
    (0xc62f, "CameraSerialNumber"),
    (0xc68b, "OriginalRawFileName"),
    (0xc7a1, "CameraLabel"),
    (0xfde8, "OwnerName"),
    (0xfde9, "SerialNumber"),
    (0xfdea, "Lens"),
    (XMP, "XMP"),
    (IPTC, "IPTC"),
];

/// The entry that points to the directory of the position (EXIF 3.0, 4.6.3), and those of its tags that tell of it (4.6.6).
const GPS: u16 = 0x8825;
const POSITION: [(u16, &str, &str); 8] = [
    (0x0002, "GPSLatitude", LOCATION),
    (0x0004, "GPSLongitude", LOCATION),
    (0x0006, "GPSAltitude", LOCATION),
    (0x0014, "GPSDestLatitude", LOCATION),
    (0x0016, "GPSDestLongitude", LOCATION),
    (0x001c, "GPSAreaInformation", LOCATION),
    (0x0007, "GPSTimeStamp", DATE),
    (0x001d, "GPSDateStamp", DATE),
];
/// Tags with a date in letters, which is blank or nought where it is not known.
const DATES: [(u16, &str); 4] = [
    (0x0132, "DateTime"),
    (0x9003, "DateTimeOriginal"),
    (0x9004, "DateTimeDigitized"),
    (0xc71b, "PreviewDateTime"),
];
/// Most bytes of a date; they have twenty.
const LONGEST_DATE: usize = 100;

/// Tags of Windows, in UTF-16.
const WINDOWS: std::ops::RangeInclusive<u16> = 0x9c9b..=0x9c9f;
/// Tags in which ComfyUI's `SaveAnimatedWEBP` puts `prompt:{…}`, from Model downwards, and `workflow:{…}`.
const COMFYUI: std::ops::RangeInclusive<u16> = 0x010d..=0x0110;

/// Types of values (TIFF 6.0, section 2; EXIF 3.0, 4.6.2, has UTF-8).
const BYTE: u16 = 1;
const ASCII: u16 = 2;
const UNDEFINED: u16 = 7;
const UTF_8: u16 = 129;

/// Adds the texts of EXIF data. Of data that is broken, what can be read is.
pub(super) fn read(data: Vec<u8>, carried: &mut Carried) {
    let mut data = data;
    if data.starts_with(HEAD) {
        data.drain(..HEAD.len());
    }
    read_file(&mut Cursor::new(data), carried);
}

/// Adds the texts of a TIFF file.
pub(super) fn read_file(source: &mut dyn Source, carried: &mut Carried) {
    let Some((mut tiff, first)) = Tiff::open(source) else {
        return carried.fail(PLACE, "data", "it does not begin as EXIF does");
    };
    let is_date = |tag| DATES.iter().any(|(known, _)| *known == tag);
    let wanted = |tag| {
        tag == OWN || tag == GPS || is_date(tag) || TAGS.iter().any(|(known, _)| *known == tag)
    };
    let main = tiff.directory(first, wanted);
    if main.is_empty() && !tiff.has(first) {
        return carried.fail(PLACE, "data", "it breaks off");
    }
    let own = main.iter().find(|entry| entry.tag == OWN).copied();
    let own = own.map_or_else(Vec::new, |own| {
        let at = tiff.target(own);
        tiff.directory(at, wanted)
    });
    for (tag, name) in TAGS {
        for entry in own.iter().chain(&main).filter(|entry| entry.tag == tag) {
            match tiff.value(*entry, LONGEST_TEXT) {
                Ok(value) => add(*entry, name, value, tiff.little_endian, carried),
                Err(reason) => carried.fail(PLACE, name, reason),
            }
        }
    }
    dates(&mut tiff, own.iter().chain(&main), carried);
    if let Some(gps) = main.iter().find(|entry| entry.tag == GPS) {
        position(&mut tiff, *gps, carried);
    }
}

/// Tells of the dates.
fn dates<'a>(tiff: &mut Tiff, entries: impl Iterator<Item = &'a Entry>, carried: &mut Carried) {
    for entry in entries {
        let Some((_, name)) = DATES.iter().find(|(tag, _)| *tag == entry.tag) else {
            continue;
        };
        let value = tiff.value(*entry, LONGEST_DATE).unwrap_or_default();
        if value.iter().any(|byte| matches!(byte, b'1'..=b'9')) {
            carried.value(DATE, PLACE, name);
        }
    }
}

/// Tells of the position.
fn position(tiff: &mut Tiff, gps: Entry, carried: &mut Carried) {
    let at = tiff.target(gps);
    let entries = tiff.directory(at, |tag| POSITION.iter().any(|(known, _, _)| *known == tag));
    for (tag, name, what) in POSITION {
        let is_there = |entry: &Entry| entry.tag == tag && !entry.is_empty();
        if entries.iter().any(is_there) {
            carried.value(what, PLACE, name);
        }
    }
}

fn add(entry: Entry, name: &str, value: Vec<u8>, little_endian: bool, carried: &mut Carried) {
    let is_text = [BYTE, ASCII, UNDEFINED, UTF_8].contains(&entry.kind);
    match entry.tag {
        XMP => xmp::read(&value, carried),
        IPTC => iptc::records(&value, carried),
        _ if !is_text => carried.fail(PLACE, name, "it is no text"),
        USER_COMMENT => match comment::comment(&value, little_endian) {
            Ok(text) => push(entry.tag, name, &text, carried),
            Err(reason) => carried.fail(PLACE, name, reason),
        },
        // Cameras have data of their own in it, such as their number and owner.
        MAKER_NOTE => {
            let text = std::str::from_utf8(&value).unwrap_or("\0.");
            let text = text.trim_end_matches('\0');
            match text.contains(|char: char| char.is_control() && !char.is_whitespace()) {
                true => carried.value(DEVICE, PLACE, name),
                false => push(entry.tag, name, text, carried),
            }
        }
        tag if WINDOWS.contains(&tag) => push(tag, name, &comment::windows(&value), carried),
        // Several texts, each with its end.
        tag => {
            let texts = value.split(|byte| *byte == 0);
            for text in texts.filter(|text| !text.is_empty()).take(MOST_TEXTS) {
                push(tag, name, &as_written(text), carried);
            }
        }
    }
}

fn push(tag: u16, name: &str, text: &str, carried: &mut Carried) {
    if text.trim().is_empty() {
        return;
    }
    let (name, text) = match COMFYUI.contains(&tag).then(|| comfyui(text)).flatten() {
        Some(named) => named,
        None => (name, text),
    };
    carried.push(PLACE, name, text.to_owned());
}

/// The name and the JSON of a text of ComfyUI.
fn comfyui(text: &str) -> Option<(&str, &str)> {
    let (head, body) = text.split_once(':')?;
    let name = ["prompt", "workflow"]
        .into_iter()
        .find(|name| head.eq_ignore_ascii_case(name))?;
    let body = body.trim_start();
    body.starts_with('{').then_some((name, body))
}
