//! JPEG: comments, EXIF, XMP and IPTC in segments.

use super::common::steps;
use super::{SAID, TEXT, fixture, inspect, places, read, says_the_text, unreadable};

/// A JPEG of these segments.
pub(crate) fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for (marker, data) in segments {
        let length = data.len() as u16 + 2;
        bytes.extend([&[0xff, *marker], &length.to_be_bytes()[..], data].concat());
    }
    bytes.extend([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
    bytes
}

/// The caption in Photoshop's resources, behind one of another kind.
fn caption(text: &str) -> Vec<u8> {
    let length = (text.len() as u16).to_be_bytes();
    let records = [
        b"\x1c\x02\x00\x00\x02\x00\x04\x1c\x02\x78",
        &length[..],
        text.as_bytes(),
    ];
    let records = records.concat();
    let length = (records.len() as u32).to_be_bytes();
    let other = b"8BIM\x04\x25\x03abc\0\0\0\x03abc\0";
    [
        b"Photoshop 3.0\0",
        &other[..],
        b"8BIM\x04\x04\0\0",
        &length,
        &records,
    ]
    .concat()
}

#[test]
fn comment_is_read() {
    says_the_text(&fixture("pictures/a1111_comment.jpg"), "JPEG Comment");
    says_the_text(&jpeg(&[(0xfe, TEXT.as_bytes())]), "JPEG Comment");
}

#[test]
fn caption_of_iptc_is_read_behind_other_resources() {
    says_the_text(&jpeg(&[(0xed, &caption(TEXT))]), "IPTC Caption");
}

#[test]
fn what_photoshop_says_itself_in_resources_is_read() {
    let resource = |begin: &[u8], number: [u8; 2], data: &[u8]| {
        let length = (data.len() as u32).to_be_bytes();
        let padding = &[0][..data.len() % 2];
        [begin, &number, b"\0\0", &length, data, padding].concat()
    };
    let url: Vec<u8> = "duck.example"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let urls = [&b"\0\0\0\x01abcdefgh\0\0\0\x0c"[..], &url].concat();
    let caption = [&[TEXT.len() as u8], TEXT.as_bytes(), b"\0"].concat();
    let whole = [
        b"Photoshop 3.0\0".to_vec(),
        resource(b"MeSa", [0x1b, 0x58], b"other"),
        resource(b"8BIM", [4, 0x0a], b"\x01"),
        resource(b"8BIM", [4, 0x0b], b"https://duck.example"),
        resource(b"8BIM", [4, 0x1e], &urls),
        resource(b"8BIM", [4, 0x24], b"<x xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:RDF><rdf:Description dc:title='x'/></rdf:RDF></x>"),
        resource(b"8BIM", [3, 0xf0], &caption),
    ];
    let bytes = jpeg(&[(0xed, &whole.concat())]);
    let told = inspect(&bytes);
    assert_eq!(told.unreadable, []);
    assert_eq!(
        places(&bytes),
        [
            "Photoshop URL",
            "Photoshop URL list",
            "XMP dc:title",
            "Photoshop Caption",
            "Photoshop CopyrightFlag"
        ]
    );
    let nothing = [
        &b"Photoshop 3.0\0"[..],
        &resource(b"8BIM", [4, 0x0a], b"\0"),
    ]
    .concat();
    assert_eq!(places(&jpeg(&[(0xed, &nothing)])), [""; 0]);
}

#[test]
fn resources_go_over_many_segments() {
    let whole = caption(TEXT);
    let (first, rest) = whole.split_at(60);
    let rest = [b"Photoshop 3.0\0", rest].concat();
    says_the_text(&jpeg(&[(0xed, first), (0xed, &rest)]), "IPTC Caption");
}

#[test]
fn segments_are_found_behind_filling_and_other_bytes() {
    let comment = jpeg(&[(0xfe, TEXT.as_bytes())]);
    let filled = [
        &[0xff, 0xd8, 0xff, 0xfe, 0, 2, 7, 0xff, 0xff],
        &comment[2..],
    ]
    .concat();
    says_the_text(&filled, "JPEG Comment");
}

#[test]
fn what_stands_in_the_picture_is_not_read() {
    let picture = jpeg(&[]);
    let comment = jpeg(&[(0xfe, TEXT.as_bytes())]);
    let behind = [&picture[..picture.len() - 2], &comment[2..]].concat();
    assert_eq!(places(&behind), [""; 0]);
}

#[test]
fn what_stands_before_a_break_is_read() {
    let whole = jpeg(&[(0xfe, TEXT.as_bytes()), (0xfe, b"more")]);
    let first = 2 + 4 + TEXT.len();
    assert_eq!(steps(&read(&whole[..first + 6])), SAID);
    assert_eq!(places(&whole[..first - 1]), [""; 0]);
}

const EXTENDED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const GUID: &[u8; 32] = b"0123456789ABCDEF0123456789ABCDEF";

fn main_packet() -> Vec<u8> {
    let named = format!(
        "<rdf:RDF><rdf:Description xmpNote:HasExtendedXMP='{}'/></rdf:RDF>",
        String::from_utf8_lossy(GUID)
    );
    [b"http://ns.adobe.com/xap/1.0/\0", named.as_bytes()].concat()
}

fn part(guid: &[u8], whole: &[u8], range: std::ops::Range<usize>) -> Vec<u8> {
    let length = (whole.len() as u32).to_be_bytes();
    let at = (range.start as u32).to_be_bytes();
    [EXTENDED, guid, &length, &at, &whole[range]].concat()
}

#[test]
fn extended_xmp_is_put_together_in_any_order() {
    let whole = format!("<rdf:RDF><dc:description>{TEXT}</dc:description></rdf:RDF>");
    let whole = whole.as_bytes();
    let [a, b] = [part(GUID, whole, 0..30), part(GUID, whole, 30..whole.len())];
    let other = part(b"another one has these 32 letters", whole, 0..30);
    let all = jpeg(&[
        (0xe1, &main_packet()),
        (0xe1, &b),
        (0xe1, &other),
        (0xe1, &a),
    ]);
    let reading = read(&all);
    assert_eq!(steps(&reading), SAID);
    assert_eq!(unreadable(&reading), [""; 0]);
    let without = read(&jpeg(&[(0xe1, &main_packet()), (0xe1, &b)]));
    assert_eq!(
        unreadable(&without),
        ["XMP extended packet: a part of it is missing"]
    );
    let unnamed = read(&jpeg(&[(0xe1, &a), (0xe1, &b)]));
    assert_eq!((steps(&unnamed).len(), unreadable(&unnamed).len()), (0, 0));
}

#[test]
fn segment_in_which_a_picture_breaks_off_is_told() {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<rdf:RDF></rdf:RDF>";
    for (marker, data, field) in [
        (0xfe, TEXT.as_bytes(), "JPEG Comment"),
        (0xe1, &b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0"[..], "EXIF data"),
        (0xe1, xmp, "XMP packet"),
        (0xed, b"Photoshop 3.0\08BIM", "JPEG APP13"),
    ] {
        let whole = jpeg(&[(0xe0, b"JFIF\0"), (marker, data)]);
        // The picture behind it has nine bytes.
        for end in [whole.len() - 10, whole.len() - data.len()] {
            let reading = read(&whole[..end]);
            assert_eq!(
                unreadable(&reading),
                [format!("{field}: the file breaks off in it")]
            );
            assert_eq!(reading.found, []);
        }
        assert_eq!(unreadable(&read(&whole)), [""; 0]);
    }
}
