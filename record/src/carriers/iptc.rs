//! IPTC-IIM: texts in the resources of Photoshop, such as the caption.

use super::as_written;
use crate::field::Carried;

const PLACE: &str = "IPTC";
/// The resource of Photoshop that holds IPTC's records.
const RECORDS: u16 = 0x0404;

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

/// Adds the texts in resources of Photoshop: each is `8BIM`, a number, a name, a length and data, padded to even lengths.
pub(super) fn resources(data: &[u8], carried: &mut Carried) {
    let mut rest = data;
    while let Some((number, data, left)) = resource(rest) {
        if number == RECORDS {
            records(data, carried);
        }
        rest = left;
    }
}

fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
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
