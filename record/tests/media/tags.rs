//! Forms of tags that few programs write.

use crate::common::{media, read_bytes, told};

/// Of Latin-1, with the byte that looks like sound.
const SAVED: &str = "a caf\u{e9}\u{ff} by a pond\nSteps: 20, Sampler: Euler, Model: m";

/// What is read of the text above.
fn expected(place: &str) -> [String; 3] {
    [
        "prompt: a caf\u{e9}\u{ff} by a pond",
        "model: m",
        "parameters: Steps: 20, Sampler: Euler, ",
    ]
    .map(|step| format!("{step} < {place}"))
}

/// A tag of ID3 with these frames.
pub(super) fn id3(version: u8, flags: u8, frames: &[u8]) -> Vec<u8> {
    let length = [21, 14, 7, 0].map(|by| (frames.len() >> by) as u8 & 0x7f);
    [b"ID3", &[version, 0, flags][..], &length, frames].concat()
}

/// A frame of version 2.3 or 2.4 of less than 128 bytes.
pub(super) fn frame(name: &[u8; 4], flags: u8, data: &[u8]) -> Vec<u8> {
    [&name[..], &[0, 0, 0, data.len() as u8, 0, flags], data].concat()
}

/// Puts a zero behind every 0xff.
fn unsynchronised(data: &[u8]) -> Vec<u8> {
    let pair = |byte: &u8| {
        if *byte == 0xff {
            vec![0xff, 0]
        } else {
            vec![*byte]
        }
    };
    data.iter().flat_map(pair).collect()
}

#[test]
fn every_version_and_encoding_of_id3_is_read() {
    let text = SAVED;
    let latin1: Vec<u8> = text.chars().map(|char| char as u8).collect();
    let latin1 = [&b"\0parameters\0"[..], &latin1].concat();
    let utf8 = [b"\x03parameters\0", text.as_bytes()].concat();
    let wide = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        let words = format!("{mark}parameters\0{mark}{text}");
        words.encode_utf16().flat_map(order).collect()
    };
    let short = [b"TXX", &[0, 0, utf8.len() as u8][..], &utf8].concat();
    let marked = [&[1][..], &wide(u16::to_le_bytes, "\u{feff}")].concat();
    let marked_big = [&[1][..], &wide(u16::to_be_bytes, "\u{feff}")].concat();
    let big = [&[2][..], &wide(u16::to_be_bytes, "")].concat();
    let long = |data: &[u8]| {
        let length = [0, 0, (data.len() >> 7) as u8, data.len() as u8 & 0x7f];
        [b"TXXX", &length[..], &[0, 0], data].concat()
    };
    let whole = unsynchronised(&frame(b"TXXX", 0, &latin1));
    let alone = unsynchronised(&latin1);
    let counted = [&[0, 0, 0, latin1.len() as u8], &alone[..]].concat();
    let extended = [
        &[0, 0, 0, 6, 0, 0, 0, 0, 0, 0],
        &frame(b"TXXX", 0, &utf8)[..],
    ]
    .concat();
    let extended_4 = [&[0, 0, 0, 6, 1, 0], &frame(b"TXXX", 0, &utf8)[..]].concat();
    let grouped = [&[7], &utf8[..]].concat();
    for (place, bytes) in [
        ("ID3 TXX", id3(2, 0, &short)),
        ("ID3 TXXX", id3(3, 0, &frame(b"TXXX", 0, &latin1))),
        ("ID3 TXXX", id3(4, 0, &frame(b"TXXX", 0, &utf8))),
        ("ID3 TXXX", id3(4, 0, &long(&marked))),
        ("ID3 TXXX", id3(4, 0, &long(&marked_big))),
        ("ID3 TXXX", id3(4, 0, &long(&big))),
        ("ID3 TXXX", id3(3, 0x80, &whole)),
        ("ID3 TXXX", id3(4, 0, &frame(b"TXXX", 0x03, &counted))),
        // The flag of the tag alone, which means every frame.
        ("ID3 TXXX", id3(4, 0x80, &frame(b"TXXX", 0, &alone))),
        // One that is set where nothing was put in.
        ("ID3 TXXX", id3(4, 0x80, &long(&marked))),
        ("ID3 TXXX", id3(3, 0x40, &extended)),
        ("ID3 TXXX", id3(4, 0x40, &extended_4)),
        ("ID3 TXXX", id3(3, 0, &frame(b"TXXX", 0x20, &grouped))),
        // A picture before it, and another tag.
        (
            "ID3 TXXX",
            [
                id3(4, 0, &frame(b"APIC", 0, &[0xff; 90])),
                id3(
                    4,
                    0,
                    &[frame(b"PRIV", 0, b"a\0b"), frame(b"TXXX", 0, &utf8)].concat(),
                ),
            ]
            .concat(),
        ),
    ] {
        let place = format!("{place} parameters");
        let reading = read_bytes(&bytes);
        assert_eq!(told(&reading), expected(&place), "{bytes:?}");
        assert_eq!(reading.unreadable, []);
    }
}

#[test]
fn flac_behind_a_tag_is_read() {
    let bytes = [id3(4, 0, &frame(b"TIT2", 0, b"\x03a")), media("a1111.flac")].concat();
    assert_eq!(
        told(&read_bytes(&bytes))[0],
        "prompt: a duck, reeds < FLAC parameters"
    );
}

/// A page of an Ogg: whose it is, and its segments.
pub(super) fn page(stream: u8, segments: &[&[u8]]) -> Vec<u8> {
    let lengths: Vec<_> = segments.iter().map(|segment| segment.len() as u8).collect();
    let mut bytes = b"OggS\0\0".to_vec();
    bytes.extend([0; 8]);
    bytes.extend([stream, 0, 0, 0]);
    bytes.extend([0; 8]);
    bytes.push(lengths.len() as u8);
    bytes.extend(lengths);
    bytes.extend(segments.concat());
    bytes
}

#[test]
fn comments_over_many_pages_of_an_ogg_are_read() {
    let text = format!(
        "{}\nSteps: 20, Sampler: Euler, Model: m",
        "a pond, ".repeat(20_000)
    );
    let comment = format!("Parameters={text}");
    let mut packet = b"OpusTags".to_vec();
    packet.extend(4_u32.to_le_bytes());
    packet.extend(b"who?");
    packet.extend(1_u32.to_le_bytes());
    packet.extend((comment.len() as u32).to_le_bytes());
    packet.extend(comment.as_bytes());
    let mut bytes = page(1, &[b"OpusHead\x01\x01\0\0\0\0\0\0\0\0\0"]);
    let segments: Vec<_> = packet.chunks(255).collect();
    for segments in segments.chunks(100) {
        bytes.extend(page(2, &[b"of another stream"]));
        bytes.extend(page(1, segments));
    }
    let reading = read_bytes(&bytes);
    assert_eq!(reading.found.len(), 3);
    assert_eq!(reading.found[0].content.len(), 20_000 * 8 - 1);
    assert_eq!(reading.found[0].from, "Opus parameters");
}

/// A box of MP4.
pub(super) fn boxed(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32 + 8).to_be_bytes();
    [&length[..], name, data].concat()
}

/// An MP4 of this brand with a list of this item, behind these keys.
pub(super) fn mp4(brand: &[u8; 4], keys: &[&str], item: &[u8]) -> Vec<u8> {
    let mut all = vec![0; 4];
    all.extend((keys.len() as u32).to_be_bytes());
    for key in keys {
        all.extend(boxed(b"mdta", key.as_bytes()));
    }
    let handler = boxed(b"hdlr", &[0; 25]);
    let meta = [handler, boxed(b"keys", &all), boxed(b"ilst", item)].concat();
    let moov = boxed(b"moov", &boxed(b"meta", &meta));
    [boxed(b"ftyp", &[&brand[..], &[0; 4]].concat()), moov].concat()
}

pub(super) fn value(kind: u8, bytes: &[u8]) -> Vec<u8> {
    boxed(b"data", &[&[0, 0, 0, kind, 0, 0, 0, 0], bytes].concat())
}

#[test]
fn every_kind_of_item_of_mp4_is_read() {
    let text = SAVED;
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let keys = ["title", "com.apple.quicktime.comment"];
    let second = [0, 0, 0, 2];
    for (bytes, place) in [
        (
            mp4(b"3gp5", &keys, &boxed(&second, &value(1, text.as_bytes()))),
            "MP4 com.apple.quicktime comment",
        ),
        (
            mp4(b"M4A ", &[], &boxed(b"\xa9cmt", &value(2, &wide))),
            "MP4 comment",
        ),
        (
            mp4(b"isom", &[], &boxed(b"desc", &value(0, text.as_bytes()))),
            "MP4 description",
        ),
        (
            mp4(
                b"mp42",
                &[],
                &boxed(
                    b"\xa9cmt",
                    &[value(13, b"\xff\xd8"), value(1, text.as_bytes())].concat(),
                ),
            ),
            "MP4 comment",
        ),
    ] {
        let reading = read_bytes(&bytes);
        assert_eq!(told(&reading), expected(place));
        assert_eq!(reading.unreadable, []);
    }
    let broken = mp4(b"isom", &[], &boxed(b"\xa9cmt", &value(1, b"a \xff duck")));
    let reading = read_bytes(&broken);
    assert_eq!(reading.unreadable[0].field, "MP4 comment");
    // The number of a track is no text.
    let track = mp4(
        b"isom",
        &[],
        &boxed(b"trkn", &value(0, &[0, 0, 0, 1, 0, 2, 0, 0])),
    );
    assert_eq!(read_bytes(&track).unreadable, []);
}

#[test]
fn tags_within_tags_of_matroska_are_read() {
    let element = |id: &[u8], data: &[u8]| [id, &[0x40, data.len() as u8], data].concat();
    let text = SAVED;
    let tag = |name: &[u8], more: &[u8]| {
        let name = element(&[0x45, 0xa3], name);
        element(&[0x67, 0xc8], &[&name, more].concat())
    };
    let inner = tag(b"COMMENT", &element(&[0x44, 0x87], text.as_bytes()));
    let tags = element(&[0x73, 0x73], &tag(b"ORIGINAL", &inner));
    let tags = element(&[0x12, 0x54, 0xc3, 0x67], &tags);
    let head = element(
        &[0x1a, 0x45, 0xdf, 0xa3],
        &element(&[0x42, 0x82], b"matroska"),
    );
    let bytes = [head, element(&[0x18, 0x53, 0x80, 0x67], &tags)].concat();
    assert_eq!(told(&read_bytes(&bytes)), expected("Matroska comment"));
}

#[test]
fn list_of_wav_has_its_texts_at_even_places() {
    let chunk = |name: &[u8], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        let end = vec![0; data.len() % 2];
        [name, &length, data, &end].concat()
    };
    let texts = [chunk(b"INAM", b"odd"), chunk(b"ICMT", SAVED.as_bytes())].concat();
    let list = chunk(b"LIST", &[b"INFO", &texts[..]].concat());
    let bytes = [b"RIFF\0\0\0\0WAVE", &chunk(b"data", &[0; 3])[..], &list].concat();
    assert_eq!(told(&read_bytes(&bytes)), expected("WAV comment"));
}

#[test]
fn long_boxes_of_mp4_are_passed_over() {
    let list = boxed(b"ilst", &boxed(b"\xa9cmt", &value(1, SAVED.as_bytes())));
    let moov = boxed(
        b"moov",
        &boxed(b"udta", &boxed(b"meta", &[&[0; 4], &list[..]].concat())),
    );
    let long = [
        &1_u32.to_be_bytes()[..],
        b"mdat",
        &32_u64.to_be_bytes(),
        &[0xff; 16],
    ]
    .concat();
    let bytes = [boxed(b"ftyp", b"isom\0\0\0\0"), long, moov].concat();
    assert_eq!(told(&read_bytes(&bytes)), expected("MP4 comment"));
}
