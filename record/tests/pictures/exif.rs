//! EXIF in every kind of file: which tags are texts, and in which encoding.

use super::common::{program, steps};
use super::jpeg::jpeg;
use super::{SAID, TEXT, fixture, places, read, says_the_text, unreadable};

/// EXIF of these entries in its first directory: tag, type and value.
pub(super) fn tiff(entries: &[(u16, u16, &[u8])], little_endian: bool) -> Vec<u8> {
    let short = |number: u16| match little_endian {
        true => number.to_le_bytes(),
        false => number.to_be_bytes(),
    };
    let long = |number: usize| match little_endian {
        true => (number as u32).to_le_bytes(),
        false => (number as u32).to_be_bytes(),
    };
    let mark: &[u8] = if little_endian { b"II" } else { b"MM" };
    let mut bytes = [mark, &short(42), &long(8), &short(entries.len() as u16)].concat();
    let mut data = Vec::new();
    let start = 8 + 2 + entries.len() * 12 + 4;
    for (tag, kind, value) in entries {
        bytes.extend([&short(*tag)[..], &short(*kind), &long(value.len())].concat());
        let mut inline = [0; 4];
        if value.len() > 4 {
            inline = long(start + data.len());
            data.extend(*value);
        } else {
            inline[..value.len()].copy_from_slice(value);
        }
        bytes.extend(inline);
    }
    [bytes, vec![0; 4], data].concat()
}

fn with(entries: &[(u16, u16, &[u8])], little_endian: bool) -> Vec<u8> {
    let exif = [b"Exif\0\0", &tiff(entries, little_endian)[..]].concat();
    jpeg(&[(0xe1, &exif)])
}

fn utf16(text: &str, little_endian: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    units
        .flat_map(|unit| match little_endian {
            true => unit.to_le_bytes(),
            false => unit.to_be_bytes(),
        })
        .collect()
}

const COMMENT: u16 = 0x9286;

#[test]
fn comment_by_piexif_is_read_in_every_carrier() {
    for kind in ["jpg", "webp", "avif"] {
        let bytes = fixture(&format!("pictures/a1111.{kind}"));
        says_the_text(&bytes, "EXIF UserComment");
    }
}

#[test]
fn comment_is_read_in_both_byte_orders_of_file_and_text() {
    for (file, text) in [(true, true), (true, false), (false, true), (false, false)] {
        let comment = [b"UNICODE\0", &utf16(TEXT, text)[..]].concat();
        says_the_text(&with(&[(COMMENT, 7, &comment)], file), "EXIF UserComment");
    }
}

#[test]
fn comment_in_jis_is_read() {
    let text = [
        b"JIS\0\0\0\0\0\x1b$B:m\x1b(B a heron",
        &TEXT.as_bytes()["a heron".len()..],
    ];
    let reading = read(&with(&[(COMMENT, 7, &text.concat())], true));
    assert_eq!(steps(&reading)[0], "prompt: 鷺 a heron");
    assert_eq!(steps(&reading)[1..], SAID[1..]);
    let broken = [&b"JIS\0\0\0\0\0"[..], &[0xff, 0xfe, 0x80]].concat();
    assert_eq!(
        unreadable(&read(&with(&[(COMMENT, 7, &broken)], true))),
        ["EXIF UserComment: it is not the JIS that it says to be"]
    );
}

#[test]
fn comment_in_the_first_directory_is_read_as_fooocus_writes_it() {
    for kind in ["jpg", "webp"] {
        let bytes = fixture(&format!("pictures/fooocus.{kind}"));
        let said = steps(&read(&bytes));
        assert_eq!(said[..4], SAID);
        assert_eq!(said[4..], ["tool: Fooocus v2.5.5"]);
        assert_eq!(
            places(&bytes),
            ["EXIF UserComment", "EXIF Software", "EXIF MakerNote"]
        );
    }
}

#[test]
fn maker_note_of_a_camera_is_no_text_and_is_disclosed() {
    let note = (0x927c, 7, &b"Nikon\0\x02\x10\0\0MM\0*"[..]);
    let bytes = with(&[note], false);
    let read = read(&bytes);
    assert_eq!((read.found.len(), unreadable(&read).len()), (0, 0));
    assert_eq!(places(&bytes), ["EXIF MakerNote"]);
}

#[test]
fn graph_and_workflow_in_model_and_make_are_told_by_their_names() {
    let bytes = fixture("pictures/comfy.webp");
    let reading = read(&bytes);
    assert_eq!(program(&reading).as_deref(), Some("ComfyUI"));
    assert_eq!(places(&bytes), ["EXIF workflow", "EXIF prompt"]);
    let said = steps(&reading);
    assert_eq!(
        said[..3],
        [
            "prompt: a heron",
            "prompt negative: blurry",
            "model: reeds.safetensors"
        ]
    );
    assert!(said[3].starts_with("parameters: {\"3\": {\"class_type\": \"KSampler\""));
    assert_eq!(
        said[4..],
        [
            "parameters: {\"nodes\": [], \"links\": [], \"version\": 0.4}",
            "tool: ComfyUI"
        ]
    );
}

#[test]
fn camera_stays_what_it_is() {
    let make = (0x010f, 2, &b"workflow: none\0"[..]);
    assert_eq!(places(&with(&[make], true)), ["EXIF Make"]);
}

#[test]
fn comment_of_windows_is_read_low_byte_first() {
    for file in [true, false] {
        let comment = [utf16(TEXT, true), vec![0, 0]].concat();
        says_the_text(&with(&[(0x9c9c, 1, &comment)], file), "EXIF XPComment");
    }
}

#[test]
fn tiff_file_has_description_and_xmp() {
    let bytes = fixture("pictures/iptc.tif");
    let reading = read(&bytes);
    let expected = [
        "prompt: a heron",
        "prompt: a heron & reeds",
        "prompt negative: blurry",
    ];
    let said = steps(&reading);
    assert!(
        expected
            .iter()
            .all(|step| said.iter().any(|said| said == step)),
        "{said:?}"
    );
    assert_eq!(said.len(), 7);
    assert_eq!(places(&bytes)[0], "EXIF ImageDescription");
}

#[test]
fn what_breaks_off_or_is_no_text_is_told() {
    let far = with(&[(COMMENT, 7, &[b'a'; 300]), (0x0131, 2, b"A\0")], true);
    // The comment's data ends the segment, which is made shorter.
    let mut short = far.clone();
    let cut = far.len() - 9 - 100;
    short.truncate(cut);
    let length = (cut as u16 - 4).to_be_bytes();
    short[4..6].copy_from_slice(&length);
    assert_eq!(
        unreadable(&read(&short)),
        ["EXIF UserComment: it breaks off"]
    );
    assert_eq!(places(&short), ["EXIF Software"]);
    let number = with(&[(0x0131, 3, &[1, 0])], true);
    assert_eq!(unreadable(&read(&number)), ["EXIF Software: it is no text"]);
    let none = jpeg(&[(0xe1, b"Exif\0\0 nothing here")]);
    assert_eq!(
        unreadable(&read(&none)),
        ["EXIF data: it does not begin as EXIF does"]
    );
}

#[test]
fn letters_of_which_every_byte_is_ascii_are_told_from_ascii() {
    let said = |text: &[u8]| {
        let comment = [b"UNICODE\0", text].concat();
        let bytes = with(&[(COMMENT, 7, &comment)], true);
        assert_eq!(places(&bytes), ["EXIF UserComment"]);
        assert_eq!(unreadable(&read(&bytes)), [""; 0]);
        steps(&read(&bytes))
    };
    // What says to be UTF-16 and is ASCII.
    assert_eq!(said(TEXT.as_bytes()), SAID);
    // What is UTF-16, such as U+0161 at its start, and whose bytes spell the same.
    let letters = [b"a\x01", TEXT.as_bytes()].concat();
    assert_eq!(said(&letters), [""; 0]);
}
