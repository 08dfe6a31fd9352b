//! Files that are broken, or made to break who reads them: a short answer, and never a panic.

use peak_alloc::PeakAlloc;
use record::Reading;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Memory that a file may take beside its own bytes.
const MOST: usize = 64 << 20;

/// Memory is counted for the whole process, so that one test runs at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

/// Reads within the memory that is allowed.
fn read_within(bytes: &[u8]) -> Reading {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let reading = read(bytes);
    let taken = ALLOCATED.peak_usage() - before;
    assert!(taken <= MOST + bytes.len(), "{} MiB", taken >> 20);
    reading
}

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

/// A PNG with these chunks between its header and its end, each with a right checksum.
fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&[0, 0, 0, 1, 0, 0, 0, 1][..], &[8, 0, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1];
    let ends: [(&[u8; 4], Vec<u8>); 2] = [(b"IDAT", pixels.to_vec()), (b"IEND", Vec::new())];
    let header: [(&[u8; 4], Vec<u8>); 1] = [(b"IHDR", header)];
    for (kind, data) in header.iter().chain(chunks).chain(&ends) {
        let named = [&kind[..], data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(&named);
        bytes.extend(crc32fast::hash(&named).to_be_bytes());
    }
    bytes
}

/// A text chunk of a PNG.
fn text(keyword: &str, says: &str) -> Vec<u8> {
    png(&[(
        b"tEXt",
        [keyword.as_bytes(), &[0], says.as_bytes()].concat(),
    )])
}

/// The names of the fields that cannot be read.
fn unreadable(reading: &Reading) -> Vec<&str> {
    let fields = reading.unreadable.iter();
    fields.map(|unreadable| unreadable.field.as_str()).collect()
}

#[test]
fn json_of_depth_100_000_is_kept_whole_and_told() {
    let _alone = alone();
    let graph = r#"{"1": {"class_type": "KSampler", "inputs": "#;
    for inner in ["[", "{\"a\":"] {
        let says = format!("{graph}{}", inner.repeat(100_000));
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
        assert!(reading.found[0].content == says, "kept whole");
    }
}

#[test]
fn graphs_of_50_000_nodes_are_read_or_told() {
    let _alone = alone();
    let chain = |at: usize| {
        format!(
            r#""{at}": {{"class_type": "Reroute", "inputs": {{"": ["{}", 0]}}}}"#,
            at + 1
        )
    };
    let star = |at: usize| {
        format!(r#""{at}": {{"class_type": "KSampler", "inputs": {{"positive": ["1", 0]}}}}"#)
    };
    for node in [&chain as &dyn Fn(usize) -> String, &star] {
        let nodes: Vec<_> = (0..50_000).map(node).collect();
        let reading = read_within(&text("prompt", &format!("{{{}}}", nodes.join(","))));
        assert!(!reading.found.is_empty());
    }
}

#[test]
fn texts_of_many_values_take_little_memory() {
    let _alone = alone();
    for value in ["[],", "0,", "{},", "{\"a\":0},", "\"\","] {
        let values = value.repeat((4 << 20) / value.len());
        let says = format!("{{\"1\": {{\"class_type\": \"A\", \"inputs\": [{values}0]}}}}");
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
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

/// Reads a file within the memory, and twice as much of the same in not much more than twice the time.
fn read_in_time(make: impl Fn(usize) -> Vec<u8>, size: usize) {
    let _alone = alone();
    let took = |size| {
        let bytes = make(size);
        let begun = Instant::now();
        let _ = read_within(&bytes);
        begun.elapsed().as_secs_f64()
    };
    let (once, twice) = (took(size), took(2 * size));
    assert!(
        twice < 3.0 * once || twice < 1.0,
        "{once:.2} s, then {twice:.2} s"
    );
}

/// A graph of nodes, each by its id, class and inputs.
fn graph(nodes: impl Iterator<Item = (String, String, String)>) -> Vec<u8> {
    let node =
        |(id, class, inputs)| format!(r#""{id}":{{"class_type":"{class}","inputs":{{{inputs}}}}}"#);
    let nodes: Vec<_> = nodes.map(node).collect();
    text("prompt", &format!("{{{}}}", nodes.join(",")))
}

fn sampler(at: usize, from: &str) -> (String, String, String) {
    (
        format!("s{at}"),
        "KSampler".to_owned(),
        format!(r#""seed":1,"positive":["{from}",0]"#),
    )
}

#[test]
fn many_samplers_at_the_end_of_a_chain_are_read_in_time() {
    let link = |at: usize| {
        (
            at.to_string(),
            "C".to_owned(),
            format!(r#""conditioning":["{}",0]"#, at + 1),
        )
    };
    read_in_time(
        |size| {
            graph(
                (0..size)
                    .map(link)
                    .chain((0..size).map(|at| sampler(at, &at.to_string()))),
            )
        },
        3_000,
    );
}

#[test]
fn one_node_by_all_its_outputs_is_read_in_time() {
    let inputs = |to: &str, numbered: usize, size: usize| {
        let inputs = (0..size).map(|at| format!(r#""cond{at}":["{to}",{}]"#, at * numbered));
        inputs.collect::<Vec<_>>().join(",")
    };
    let make = |size| {
        let nodes = [
            ("x", inputs("e", 0, size)),
            ("y", inputs("x", 1, size)),
            ("e", r#""text":"a""#.to_owned()),
        ];
        let nodes = nodes
            .into_iter()
            .map(|(id, inputs)| (id.to_owned(), "C".to_owned(), inputs));
        graph(nodes.chain([sampler(0, "y")]))
    };
    read_in_time(make, 3_000);
}

#[test]
fn long_texts_that_many_nodes_join_take_little_memory() {
    let make = |size| {
        let long = (
            "t".to_owned(),
            "Text".to_owned(),
            format!(r#""text":"{}""#, "a".repeat(200_000)),
        );
        let joined = |at: usize| {
            let inputs = format!(r#""text_a":["t",0],"text_b":"{at}","delimiter":"""#);
            let encoded = format!(r#""text":["j{at}",0]"#);
            [
                (format!("j{at}"), "JoinText".to_owned(), inputs),
                (format!("e{at}"), "CLIPTextEncode".to_owned(), encoded),
                sampler(at, &format!("e{at}")),
            ]
        };
        graph([long].into_iter().chain((0..size).flat_map(joined)))
    };
    read_in_time(make, 400);
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

#[test]
fn loras_and_models_of_swarmui_are_read_in_time() {
    let make = |size| {
        let loras = "\"a\",".repeat(size);
        let models: Vec<_> = (0..size)
            .map(|at| format!(r#"{{"name":"m{at}","hash":"0x1"}}"#))
            .collect();
        let says = format!(
            r#"{{"sui_image_params":{{"loras":[{loras}"b"]}},"sui_models":[{}]}}"#,
            models.join(",")
        );
        text("parameters", &says)
    };
    read_in_time(make, 5_000);
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
