//! What everybody learns who gets a picture, also where it is no text.

use super::exif::tiff;
use super::inspect;
use super::jpeg::jpeg;
use crate::common::picture;

/// What is disclosed and where, a line each.
fn disclosed(bytes: &[u8]) -> Vec<String> {
    let told = inspect(bytes).discloses.into_iter();
    told.map(|told| format!("{} in {}", told.what, told.place))
        .collect()
}

/// A directory of these entries without data: tag, type, count and four bytes.
fn directory(entries: &[(u16, u16, u32, [u8; 4])]) -> Vec<u8> {
    let mut bytes = (entries.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value);
    }
    bytes.extend([0; 4]);
    bytes
}

/// A JPEG of a camera with a directory of its position.
fn photograph(date: &[u8], gps: &[u8]) -> Vec<u8> {
    let whole = |at: u32| {
        let entries: [(u16, u16, &[u8]); 5] = [
            (0x010f, 2, b"Heron Works\0"),
            (0x0132, 2, date),
            (0x013b, 2, b"A. Duck\0"),
            (0x8825, 4, &at.to_le_bytes()),
            (0xa431, 2, b"12345\0"),
        ];
        tiff(&entries, true)
    };
    let exif = whole(whole(0).len() as u32);
    jpeg(&[(0xe1, &[b"Exif\0\0", &exif[..], gps].concat())])
}

const ALWAYS: [&str; 3] = [
    "device in EXIF Make",
    "person in EXIF Artist",
    "device in EXIF BodySerialNumber",
];

#[test]
fn position_and_date_of_a_photograph_are_told_without_their_values() {
    let gps = directory(&[
        (1, 2, 2, *b"N\0\0\0"),
        (2, 5, 3, [0; 4]),
        (4, 5, 3, [0; 4]),
        (0x1d, 2, 11, [0; 4]),
    ]);
    let bytes = photograph(b"2026:11:30 12:00:00\0", &gps);
    let told = disclosed(&bytes);
    assert_eq!(told[..3], ALWAYS);
    assert_eq!(
        told[3..],
        [
            "date in EXIF DateTime",
            "location in EXIF GPSLatitude",
            "location in EXIF GPSLongitude",
            "date in EXIF GPSDateStamp",
        ]
    );
    let json = serde_json::to_string(&inspect(&bytes)).expect("JSON");
    assert!(!json.contains("2026") && !json.contains("Duck"), "{json}");
}

#[test]
fn what_cameras_and_raw_pictures_have_of_their_own_is_told() {
    let entries: [(u16, u16, &[u8]); 6] = [
        (0x927c, 7, b"Heron\0\0\x01\xff\xfe"),
        (0xc62f, 2, b"12345\0"),
        (0xc68b, 1, b"duck.raw\0"),
        (0xc71b, 2, b"2026:11:30 12:00:00\0"),
        (0xfde8, 2, b"A. Duck\0"),
        (0xfdea, 2, b"50mm f/1.8\0"),
    ];
    let exif = tiff(&entries, true);
    let bytes = jpeg(&[(0xe1, &[b"Exif\0\0", &exif[..]].concat())]);
    assert_eq!(
        disclosed(&bytes),
        [
            "device in EXIF CameraSerialNumber",
            "text in EXIF OriginalRawFileName",
            "person in EXIF OwnerName",
            "device in EXIF Lens",
            "device in EXIF MakerNote",
            "date in EXIF PreviewDateTime",
        ]
    );
}

#[test]
fn date_and_position_that_are_not_known_are_not_told() {
    // A version alone, and values that are empty.
    for gps in [
        directory(&[(0, 1, 4, [2, 3, 0, 0])]),
        directory(&[(2, 5, 0, [0; 4])]),
        Vec::new(),
    ] {
        for date in [&b"    :  :     :  :  \0"[..], b"0000:00:00 00:00:00\0"] {
            assert_eq!(disclosed(&photograph(date, &gps)), ALWAYS);
        }
    }
}

#[test]
fn properties_say_what_they_tell_of() {
    let xmp = "<rdf:RDF><rdf:Description tiff:Model='H1' xmp:CreateDate='2026' exif:GPSLatitude='1,2N' aux:SerialNumber='5' \
        xmp:CreatorTool='a program'><dc:creator><rdf:Seq><rdf:li>A. Duck</rdf:li></rdf:Seq></dc:creator><dc:title>a</dc:title>\
        <Iptc4xmpExt:LocationShown Iptc4xmpExt:Sublocation='a pond' Iptc4xmpExt:LocationId='7'/>\
        <mwg-rs:Regions><mwg-rs:RegionList mwg-rs:Name='A. Duck'/></mwg-rs:Regions></rdf:Description></rdf:RDF>";
    let bytes = picture(&[
        ("XML:com.adobe.xmp", xmp),
        ("Author", "A. Duck"),
        ("Creation Time", "today"),
        ("date:create", "2026"),
        ("Model", "no camera"),
        ("parameters", "a heron\nSteps: 2, Sampler: Euler"),
    ]);
    assert_eq!(
        disclosed(&bytes),
        [
            "device in XMP tiff:Model",
            "date in XMP xmp:CreateDate",
            "location in XMP exif:GPSLatitude",
            "device in XMP aux:SerialNumber",
            "text in XMP xmp:CreatorTool",
            "person in XMP dc:creator",
            "text in XMP dc:title",
            "location in XMP Iptc4xmpExt:LocationShown/Iptc4xmpExt:Sublocation",
            "location in XMP Iptc4xmpExt:LocationShown/Iptc4xmpExt:LocationId",
            "person in XMP mwg-rs:Regions/mwg-rs:RegionList/mwg-rs:Name",
            "person in PNG iTXt Author",
            "date in PNG iTXt Creation Time",
            "date in PNG iTXt date:create",
            "text in PNG iTXt Model",
            "prompt, parameters in PNG iTXt parameters",
        ]
    );
}

#[test]
fn texts_of_iptc_say_what_they_tell_of() {
    let dataset = |number: u8, text: &str| {
        [&[0x1c, 2, number, 0, text.len() as u8], text.as_bytes()].concat()
    };
    let records = [
        dataset(5, "a title"),
        dataset(27, "a town"),
        dataset(55, "20261130"),
        dataset(63, "120000"),
        dataset(80, "A. Duck"),
        dataset(92, "a pond"),
        dataset(100, "CHE"),
        dataset(121, "a local caption"),
        dataset(122, "A. Coot"),
    ]
    .concat();
    let resource = [
        &b"8BIM\x04\x04\0\0"[..],
        &(records.len() as u32).to_be_bytes(),
        &records,
    ]
    .concat();
    let bytes = jpeg(&[(0xed, &[b"Photoshop 3.0\0", &resource[..]].concat())]);
    assert_eq!(
        disclosed(&bytes),
        [
            "text in IPTC ObjectName",
            "location in IPTC ContentLocationName",
            "date in IPTC DateCreated",
            "date in IPTC DigitalCreationTime",
            "person in IPTC By-line",
            "location in IPTC Sub-location",
            "location in IPTC CountryCode",
            "text in IPTC LocalCaption",
            "person in IPTC Writer-Editor",
        ]
    );
}

#[test]
fn time_of_a_png_is_told() {
    let mut bytes = picture(&[]);
    let data = [&b"tIME"[..], &[7, 234, 11, 30, 12, 0, 0]].concat();
    let chunk = [
        &7_u32.to_be_bytes()[..],
        &data,
        &crc32fast::hash(&data).to_be_bytes(),
    ]
    .concat();
    // Behind the signature and the header.
    bytes.splice(33..33, chunk);
    assert_eq!(disclosed(&bytes), ["date in PNG tIME"]);
}
