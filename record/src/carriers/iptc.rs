//! Texts in the resources of Photoshop: IPTC-IIM, such as the caption, and its own.

use super::{as_written, exif, stream, xmp};
use crate::field::Carried;

const PLACE: &str = "IPTC";
/// The resource of Photoshop that holds IPTC's records.
const RECORDS: u16 = 0x0404;
/// Its own (Photoshop File Formats Specification, Image Resource IDs): a caption, whether it is marked as under copyright, the URL and
/// those of its parts, EXIF and XMP.
const PHOTOSHOP: &str = "Photoshop";
const CAPTION: u16 = 0x03f0;
const COPYRIGHT: u16 = 0x040a;
const URL: u16 = 0x040b;
const URLS: u16 = 0x041e;
const EXIF: [u16; 2] = [0x0422, 0x0423];
const XMP: u16 = 0x0424;
/// What resources begin with: Photoshop's, and those of programs that write others among them (ExifTool, Photoshop Tags).
const BEGINS: [&[u8; 4]; 6] = [b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa", b"PHIQ"];

/// Texts of the application record (IPTC-IIM 4.2, chapter 6), by the numbers of their datasets.
const TEXTS: [(u8, &str); 30] = [
    (5, "ObjectName"),
    (25, "Keywords"),
    (22, "FixtureIdentifier"),
    (26, "ContentLocationCode"),
    (27, "ContentLocationName"),
    (30, "ReleaseDate"),
    (35, "ReleaseTime"),
    (40, "SpecialInstructions"),
    (55, "DateCreated"),
    (60, "TimeCreated"),
    (62, "DigitalCreationDate"),
    (63, "DigitalCreationTime"),
    (65, "OriginatingProgram"),
    (70, "ProgramVersion"),
    (80, "By-line"),
    (85, "By-lineTitle"),
    (90, "City"),
    (92, "Sub-location"),
    (95, "Province-State"),
    (100, "CountryCode"),
    (101, "Country"),
    (103, "OriginalTransmissionReference"),
    (105, "Headline"),
    (110, "Credit"),
    (115, "Source"),
    (116, "CopyrightNotice"),
    (118, "Contact"),
    (120, "Caption"),
    (121, "LocalCaption"),
    (122, "Writer-Editor"),
];

/// Adds the texts in resources of Photoshop: each is `8BIM` or the like, a number, a name, a length and data, padded to even lengths.
pub(super) fn resources(data: &[u8], carried: &mut Carried) {
    let mut rest = data;
    while let Some((number, data, left)) = resource(rest) {
        match number {
            RECORDS => records(data, carried),
            CAPTION => {
                let length = usize::from(data.first().copied().unwrap_or_default());
                text("Caption", data.get(1..=length).unwrap_or_default(), carried);
            }
            COPYRIGHT if data.iter().any(|byte| *byte != 0) => {
                carried.value("text", PHOTOSHOP, "CopyrightFlag");
            }
            URL => text("URL", data, carried),
            URLS => {
                let _ = urls(data, carried);
            }
            number if EXIF.contains(&number) => exif::read(data.to_vec(), carried),
            XMP => xmp::read(data, carried),
            _ => {}
        }
        rest = left;
    }
}

fn text(name: &str, bytes: &[u8], carried: &mut Carried) {
    let text = as_written(bytes);
    if !text.trim().is_empty() {
        carried.push(PHOTOSHOP, name, text);
    }
}

/// The URLs of parts: how many, and for each two numbers, its length in UTF-16 and itself.
fn urls(data: &[u8], carried: &mut Carried) -> Option<()> {
    let (_, mut rest) = data.split_first_chunk::<4>()?;
    loop {
        let (_, behind) = rest.split_at_checked(8)?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let bytes = (u32::from_be_bytes(*length) as usize).checked_mul(2)?;
        let (url, left) = behind.split_at_checked(bytes)?;
        let url = stream::utf16(url, false);
        if !url.trim().is_empty() {
            carried.push(PHOTOSHOP, "URL list", url);
        }
        rest = left;
    }
}

fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (begin, rest) = bytes.split_first_chunk::<4>()?;
    if !BEGINS.contains(&begin) {
        return None;
    }
    let (number, rest) = rest.split_first_chunk::<2>()?;
    let named = usize::from(*rest.first()?) + 1;
    let rest = rest.get(named + named % 2..)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    // The last may lack its padding.
    let data = rest.get(..length)?;
    let left = rest.get(length + length % 2..).unwrap_or_default();
    Some((u16::from_be_bytes(*number), data, left))
}

/// Adds the texts of IPTC's records. Those of data that breaks off are read to the break.
pub(super) fn records(data: &[u8], carried: &mut Carried) {
    let mut rest = data;
    while let Some((record, number, value, left)) = dataset(rest) {
        let text = TEXTS.iter().find(|(known, _)| *known == number);
        if let (2, Some((_, name))) = (record, text) {
            let text = as_written(value);
            if !text.trim().is_empty() {
                carried.push(PLACE, *name, text);
            }
        }
        rest = left;
    }
}

/// A dataset: a mark, its record and number, its length, and its data. Those beyond 32 KiB, whose length is longer, are no texts.
fn dataset(bytes: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let ([0x1c, record, number, high, low], rest) = bytes.split_first_chunk::<5>()? else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let (value, left) = rest.split_at_checked(length)?;
    Some((*record, *number, value, left))
}
