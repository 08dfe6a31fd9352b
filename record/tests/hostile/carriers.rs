//! Files whose structures are broken, or claim what is not so.

use super::{alone, png, read, read_in_time, read_within, text, unreadable};
use std::fs;
use std::path::{Path, PathBuf};

/// Every sample and case.
fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let folders = ["works", "cases", "pictures"].map(|folder| fixtures.join(folder));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    let paths = files.map(|file| file.expect("a file").path());
    let pictures = paths.filter(|path| {
        path.extension()
            .is_some_and(|is| !["md", "json"].iter().any(|no| is == *no))
    });
    pictures
        .map(|path| (path.clone(), fs::read(&path).expect("a file")))
        .collect()
}

/// Two hundred bytes of each file; every byte with EVERY_BYTE set, which takes some minutes.
fn stride(length: usize) -> usize {
    match std::env::var_os("EVERY_BYTE") {
        Some(_) => 1,
        None => length / 200 + 1,
    }
}

#[test]
fn samples_that_break_off_are_read_to_the_break() {
    let _alone = alone();
    for (_, bytes) in samples() {
        for length in (0..bytes.len()).step_by(stride(bytes.len())) {
            let _ = read(&bytes[..length]);
        }
    }
}

#[test]
fn samples_with_a_flipped_byte_are_read_or_not() {
    let _alone = alone();
    for (_, mut bytes) in samples() {
        for at in (0..bytes.len()).step_by(stride(bytes.len())) {
            for mask in [0xff, 0x01, 0x80] {
                bytes[at] ^= mask;
                let _ = read(&bytes);
                bytes[at] ^= mask;
            }
        }
    }
}

#[test]
fn bombs_are_unpacked_up_to_a_limit() {
    let _alone = alone();
    let long = "[\"a\"],".repeat(40 << 17);
    let bomb = |keyword: &str| {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
        let text = [keyword.as_bytes(), &[0, 0], &packed].concat();
        let unicode = [keyword.as_bytes(), &[0, 1, 0, 0, 0], &packed].concat();
        [(b"zTXt", text), (b"iTXt", unicode)]
    };
    let bytes = png(&["prompt", "workflow", "parameters"].map(bomb).concat());
    assert!(bytes.len() < 1 << 20);
    let reading = read_within(&bytes);
    assert_eq!(unreadable(&reading).len(), 6);
    // Ten of a size that each is read by itself.
    let long = "a duck, ".repeat(3 << 17);
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
    let text = [&b"parameters\0\0"[..], &packed].concat();
    let _ = read_within(&png(&vec![(b"zTXt", text); 10]));
    // One that is as long as may be, and is read.
    for end in [
        "\nSteps: 20, Sampler: Euler",
        "\nNegative prompt: \nSteps: 20, Model: \u{e9}",
    ] {
        let long = format!("{}{end}", "a duck, ".repeat((3 << 17) + (7 << 14)));
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
        let text = [&b"parameters\0\0"[..], &packed].concat();
        let reading = read_within(&png(&[(b"zTXt", text)]));
        assert_eq!(unreadable(&reading), [""; 0]);
    }
}

#[test]
fn chunks_that_claim_more_than_there_is_take_no_memory() {
    let _alone = alone();
    let whole = text("parameters", "a duck\nSteps: 20, Sampler: Euler");
    // The length of the text, of the pixels, of the end.
    let mut at = 8;
    while at < whole.len() {
        let length = u32::from_be_bytes(whole[at..at + 4].try_into().expect("four bytes"));
        let mut bytes = whole.clone();
        for claimed in [u32::MAX, i32::MAX as u32, 1 << 30] {
            bytes[at..at + 4].copy_from_slice(&claimed.to_be_bytes());
            let _ = read_within(&bytes);
        }
        at += length as usize + 12;
    }
}

#[test]
fn many_fields_are_read_in_time_and_little_memory() {
    let texts = |size: usize, text: &dyn Fn(usize) -> String| {
        png(&(0..size)
            .map(|at| (b"tEXt", text(at).into_bytes()))
            .collect::<Vec<_>>())
    };
    read_in_time(
        |size| texts(size, &|at| format!("k{at}\0{{\"class_type\" {at}")),
        20_000,
    );
    read_in_time(|size| texts(size, &|_| "a\0".to_owned()), 200_000);
    read_in_time(
        |size| {
            texts(size, &|at| {
                format!("Comment\0p{at}\nSteps: 1, Model: m{at}")
            })
        },
        20_000,
    );
    read_in_time(
        |size| texts(1, &|_| format!("parameters\0{}", "\u{e9}".repeat(size))),
        4 << 20,
    );
}

/// EXIF of these entries (tag, type, count, offset) and the data behind them.
fn tiff(entries: &[(u16, u16, u32, u32)], data: &[u8]) -> Vec<u8> {
    let mut bytes = b"MM\0\x2a\0\0\0\x08".to_vec();
    bytes.extend((entries.len() as u16).to_be_bytes());
    for (tag, kind, count, offset) in entries {
        bytes.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        bytes.extend([count.to_be_bytes(), offset.to_be_bytes()].concat());
    }
    bytes.extend([0; 4]);
    bytes.extend(data);
    bytes
}

/// A JPEG with this EXIF.
fn jpeg(exif: &[u8]) -> Vec<u8> {
    let length = (exif.len() as u16 + 8).to_be_bytes();
    [
        &[0xff, 0xd8, 0xff, 0xe1][..],
        &length,
        b"Exif\0\0",
        exif,
        &[0xff, 0xd9],
    ]
    .concat()
}

#[test]
fn exif_whose_entries_share_their_data_takes_little_memory() {
    let shared = |size: usize, byte: u8| {
        let data = vec![byte; size * 12];
        let offset = 14 + size as u32 * 12;
        let entries: Vec<_> = (0..size)
            .map(|at| (0x0100 + at as u16, 2, data.len() as u32, offset))
            .collect();
        tiff(&entries, &data)
    };
    for byte in [b'a', 0] {
        read_in_time(|size| jpeg(&shared(size, byte)), 1_300);
        read_in_time(|size| png(&[(b"eXIf", shared(size, byte))]), 4_000);
    }
}

/// A JPEG whose UserComment this is, with the name of its encoding.
fn comment(bytes: &[u8]) -> Vec<u8> {
    let data = [
        &0x9286_u16.to_be_bytes()[..],
        &7_u16.to_be_bytes(),
        &(bytes.len() as u32).to_be_bytes(),
        &44_u32.to_be_bytes(),
    ];
    let own = [&1_u16.to_be_bytes()[..], &data.concat(), &[0; 4], bytes].concat();
    jpeg(&tiff(&[(0x8769, 4, 1, 26)], &own))
}

#[test]
fn comment_is_read_in_every_encoding_or_told() {
    let says = "caf\u{e9}\nSteps: 20, Model: m";
    let little: Vec<u8> = says.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = says.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin1: Vec<u8> = says.chars().map(|char| char as u8).collect();
    for (head, text) in [
        (&b"ASCII\0\0\0"[..], says.as_bytes()),
        (b"ASCII\0\0\0", &latin1),
        (&[0; 8], says.as_bytes()),
        (&[0; 8], &big),
        (b"UNICODE\0", &little),
        (b"UNICODE\0", &big),
        (b"", says.as_bytes()),
    ] {
        let reading = read(&comment(&[head, text].concat()));
        let prompt = reading.found.first().map(|found| found.content.as_str());
        assert_eq!(prompt, Some("caf\u{e9}"), "{head:?} {text:?}");
        assert_eq!(unreadable(&reading), [""; 0]);
    }
    let plain = read(&comment(b"UNICODE\0a duck\nSteps: 20, Model: m"));
    assert_eq!(plain.found[0].content, "a duck");
    for unknown in [
        &b"JIS\0\0\0\0\0a duck \xff"[..],
        b"Unicode\0a duck",
        b"a\xff duck on a lake",
    ] {
        let reading = read(&comment(unknown));
        assert_eq!(
            (reading.found.len(), unreadable(&reading)),
            (0, vec!["EXIF UserComment"])
        );
    }
}

#[test]
fn texts_before_a_break_and_broken_ones_are_told() {
    let whole = text("parameters", "a duck\nSteps: 20, Model: m");
    let before_the_picture = whole
        .windows(4)
        .position(|kind| kind == b"IDAT")
        .expect("a picture")
        - 4;
    assert_eq!(read(&whole[..before_the_picture]).found.len(), 3);
    let mut broken = whole.clone();
    broken[before_the_picture - 1] ^= 1;
    assert_eq!(unreadable(&read(&broken)), ["PNG tEXt parameters"]);
    let no_utf8 = png(&[(
        b"iTXt",
        b"parameters\0\0\0\0\0a \xff duck\nSteps: 20".to_vec(),
    )]);
    assert_eq!(unreadable(&read(&no_utf8)), ["PNG iTXt parameters"]);
}
