//! Where else texts stand, and what fields tell of.

use super::tags::{boxed, frame, id3, mp4, page, value};
use crate::common::{inspected, read_bytes, told};

/// What is disclosed and where, a line each.
fn disclosed(bytes: &[u8]) -> Vec<String> {
    let told = inspected("", bytes, &[]).discloses.into_iter();
    told.map(|told| format!("{} in {}", told.what, told.place))
        .collect()
}

#[test]
fn frames_say_what_they_tell_of() {
    let frames = [
        frame(b"TPE1", 0, b"\x03A. Duck"),
        frame(b"TDRC", 0, b"\x032026"),
        frame(b"TIT2", 0, b"\x03a pond"),
    ];
    assert_eq!(
        disclosed(&id3(4, 0, &frames.concat())),
        ["person in ID3 TPE1", "date in ID3 TDRC", "text in ID3 TIT2"]
    );
}

/// A film with these boxes in `moov`.
fn film(boxes: &[Vec<u8>]) -> Vec<u8> {
    let brand = boxed(b"ftyp", b"isom\0\0\0\0isom");
    [brand, boxed(b"moov", &boxes.concat())].concat()
}

#[test]
fn time_and_place_of_a_film_are_told() {
    for head in [
        &[0, 0, 0, 0, 0xe0, 0, 0, 0][..],
        &[1, 0, 0, 0, 0, 0, 0, 0, 0xe0, 0, 0, 0],
    ] {
        let made = boxed(b"mvhd", head);
        let place = boxed(b"loci", b"\0\0\0\0");
        let quicktime = boxed(b"\xa9xyz", b"\0\x08\0\0+1+2+3/ ");
        assert_eq!(
            disclosed(&film(&[made, boxed(b"udta", &[place, quicktime].concat())])),
            [
                "location in MP4 \u{a9}xyz",
                "date in MP4 creation_time",
                "location in MP4 loci"
            ]
        );
    }
    assert_eq!(disclosed(&film(&[boxed(b"mvhd", &[0; 8])])), [""; 0]);
}

#[test]
fn every_key_of_a_place_in_a_film_tells_of_it() {
    // QuickTime, Metadata, Metadata Keys: what all may stand in the location of a film.
    for (name, what) in [
        ("location.ISO6709", "location"),
        ("location.name", "location"),
        ("location.body", "location"),
        ("location.note", "location"),
        ("location.role", "location"),
        ("location.accuracy.horizontal", "location"),
        ("location.date", "date"),
        ("title", "text"),
        ("dislocation.name", "text"),
    ] {
        let key = format!("com.apple.quicktime.{name}");
        let item = boxed(&[0, 0, 0, 1], &value(1, b"a pond"));
        let told = disclosed(&mp4(b"qt  ", &[key.as_str()], &item));
        let expected = format!("{what} in MP4 com.apple.quicktime {name}");
        assert_eq!(told, [expected], "{name}");
    }
}

#[test]
fn links_and_who_rated_are_told() {
    let linked = [&b"\x01\xff\xfea\0 \0\0\0"[..], b"https://a.example"].concat();
    let frames = [
        frame(b"WXXX", 0, b"\x03\0https://b.example"),
        frame(b"WXXX", 0, &linked),
        frame(b"WOAS", 0, b"https://c.example\0rest"),
        frame(b"POPM", 0, b"duck@a.example\0\xff\0\0\0\x05"),
        frame(b"UFID", 0, b"owner\0\x01\x02"),
    ];
    let bytes = id3(4, 0, &frames.concat());
    assert_eq!(
        disclosed(&bytes),
        [
            "text in ID3 WXXX link",
            "text in ID3 WXXX a ",
            "text in ID3 WOAS",
            "person in ID3 POPM",
        ]
    );
    let reading = read_bytes(&bytes);
    assert_eq!((reading.found.len(), reading.unreadable.len()), (0, 0));
    // A text of a program may stand in a link, too.
    let text = [b"\0parameters\0", SAVED_ASCII.as_bytes()].concat();
    let told = told(&read_bytes(&id3(3, 0, &frame(b"WXXX", 0, &text))));
    assert_eq!(told[0], "prompt: a heron < ID3 WXXX parameters");
}

const SAVED_ASCII: &str = "a heron\nSteps: 20, Sampler: Euler, Model: m";

#[test]
fn texts_of_phones_are_read() {
    let text = |name: &[u8; 4], words: &[u8]| {
        boxed(name, &[&[0, 0, 0, 0, 0x15, 0xc7][..], words].concat())
    };
    let wide: Vec<u8> = "\u{feff}a caf\u{e9}\0"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let said = [SAVED_ASCII.as_bytes(), b"\0"].concat();
    let udta = [
        text(b"titl", &wide),
        text(b"auth", b"A. Duck\0"),
        text(b"dscp", &said),
        text(b"albm", b"ponds\0\x01"),
        text(b"kywd", b"\x02\x05duck\0\x05coot\0"),
        // Of a version that nobody knows.
        boxed(b"perf", b"\x01\0\0\0\x15\xc7A. Coot\0"),
    ];
    let bytes = film(&[boxed(b"udta", &udta.concat())]);
    assert_eq!(
        disclosed(&bytes),
        [
            "text in MP4 title",
            "person in MP4 author",
            "prompt, model, parameters in MP4 description",
            "text in MP4 album",
            "text in MP4 keywords",
            "text in MP4 keywords",
        ]
    );
    let reading = read_bytes(&bytes);
    assert_eq!(told(&reading)[0], "prompt: a heron < MP4 description");
    assert_eq!(reading.unreadable, []);
}

/// Comments of one text, as a stream of Opus has them.
fn comments(text: &str) -> Vec<u8> {
    let text = format!("parameters={text}");
    let lengths = [0, 1, text.len() as u32].map(u32::to_le_bytes).concat();
    [b"OpusTags", &lengths[..], text.as_bytes()].concat()
}

/// A page that begins a stream.
fn first_page(stream: u8, segment: &[u8]) -> Vec<u8> {
    let mut bytes = page(stream, &[segment]);
    bytes[5] = 2;
    bytes
}

#[test]
fn ogg_that_begins_with_another_stream_is_read() {
    let head = b"OpusHead\x01\x02\0\0\0\0\0\0\0\0\0";
    let text = comments(SAVED_ASCII);
    for foreign in [&b"fishead\0\x03\0"[..], b"\x01video\0", b""] {
        let bytes = [
            first_page(7, foreign),
            first_page(1, head),
            page(7, &[b"a foreign packet"]),
            page(1, &[&text]),
        ];
        let reading = read_bytes(&bytes.concat());
        assert_eq!(told(&reading)[0], "prompt: a heron < Opus parameters");
        assert_eq!(reading.found.len(), 3);
    }
    // Two streams have each its own.
    let theora = [
        b"\x81theora",
        &comments("a coot\nSteps: 2, Sampler: Euler")[8..],
    ]
    .concat();
    let bytes = [
        first_page(7, b"\x80theora\x03\x02\x01"),
        first_page(1, head),
        page(7, &[&theora]),
        page(1, &[&text]),
    ];
    assert_eq!(
        disclosed(&bytes.concat()),
        [
            "prompt, parameters in Theora parameters",
            // Which of two is about the whole, nobody knows.
            "parameters in Opus parameters",
        ]
    );
}

#[test]
fn ogg_behind_a_tag_of_id3_is_read() {
    let head = b"OpusHead\x01\x02\0\0\0\0\0\0\0\0\0";
    let bytes = [
        id3(4, 0, &frame(b"TIT2", 0, b"\x03a pond")),
        first_page(1, head),
        page(1, &[&comments(SAVED_ASCII)]),
    ]
    .concat();
    assert_eq!(
        disclosed(&bytes),
        [
            "text in ID3 TIT2",
            "prompt, model, parameters in Opus parameters"
        ]
    );
}

/// An element of Matroska of less than 127 bytes.
fn element(id: &[u8], data: &[u8]) -> Vec<u8> {
    [id, &[0x80 | data.len() as u8], data].concat()
}

#[test]
fn text_of_a_tag_before_its_name_is_read_by_it() {
    let string = |text: &str| element(&[0x44, 0x87], text.as_bytes());
    let name = |text: &str| element(&[0x45, 0xa3], text.as_bytes());
    let simple = |parts: &[Vec<u8>]| element(&[0x67, 0xc8], &parts.concat());
    let tag = [
        simple(&[string(SAVED_ASCII), name("PARAMETERS")]),
        simple(&[name("TITLE"), string("a pond")]),
        simple(&[string("of no name")]),
    ];
    let tags = element(
        &[0x12, 0x54, 0xc3, 0x67],
        &element(&[0x73, 0x73], &tag.concat()),
    );
    let date = element(&[0x15, 0x49, 0xa9, 0x66], &element(&[0x44, 0x61], &[0; 8]));
    let mut bytes = element(
        &[0x1a, 0x45, 0xdf, 0xa3],
        &element(&[0x42, 0x82], b"matroska"),
    );
    bytes.extend([
        0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    ]);
    bytes.extend([date, tags].concat());
    assert_eq!(
        disclosed(&bytes),
        [
            "prompt, model, parameters in Matroska parameters",
            "text in Matroska title",
            "text in Matroska ",
            "date in Matroska DateUTC",
        ]
    );
    assert_eq!(read_bytes(&bytes).unreadable, []);
}
