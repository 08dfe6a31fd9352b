//! Video, sound, models and texts made to break who reads them: lengths that lie, depth, multitudes.

use super::common::{media, told};
use super::{ALLOCATED, MOST, alone, read_soon};
use record::Sidecar;
use std::io::Cursor;

/// More texts than are read of a file, and more than a graph may have nodes.
const MANY: usize = 50_000;

/// A box of MP4.
fn boxed(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32 + 8).to_be_bytes();
    [&length[..], name, data].concat()
}

/// An MP4 with these items in its list.
fn mp4(items: &[u8]) -> Vec<u8> {
    let handler = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0");
    let list = boxed(b"ilst", items);
    let meta = boxed(b"meta", &[&[0; 4], &handler[..], &list].concat());
    let moov = boxed(b"moov", &boxed(b"udta", &meta));
    [boxed(b"ftyp", b"isom\0\0\0\0"), moov].concat()
}

/// An element of Matroska with eight bytes of length.
fn element(id: &[u8], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64 | 1 << 56).to_be_bytes();
    [id, &length, data].concat()
}

fn webm(tags: &[u8]) -> Vec<u8> {
    let head = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], b"webm"));
    let tags = element(&[0x12, 0x54, 0xc3, 0x67], &element(&[0x73, 0x73], tags));
    [head, element(&[0x18, 0x53, 0x80, 0x67], &tags)].concat()
}

fn flac(comments: &[Vec<u8>]) -> Vec<u8> {
    let mut block = [
        &0_u32.to_le_bytes()[..],
        &(comments.len() as u32).to_le_bytes(),
    ]
    .concat();
    for comment in comments {
        block.extend((comment.len() as u32).to_le_bytes());
        block.extend(comment);
    }
    let length = (block.len() as u32).to_be_bytes();
    [b"fLaC\x84", &length[1..], &block].concat()
}

/// An ID3 tag of version 2.3 with these frames, each with its flags.
fn id3(frames: &[(&[u8; 4], u8, Vec<u8>)]) -> Vec<u8> {
    let mut all = Vec::new();
    for (name, flags, data) in frames {
        all.extend(&name[..]);
        all.extend((data.len() as u32).to_be_bytes());
        all.extend([0, *flags]);
        all.extend(data);
    }
    let length = [21, 14, 7, 0].map(|by| (all.len() >> by) as u8 & 0x7f);
    [b"ID3\x03\0\0", &length[..], &all].concat()
}

fn gguf(count: u64, values: &[u8]) -> Vec<u8> {
    let head = [
        &3_u32.to_le_bytes()[..],
        &0_u64.to_le_bytes(),
        &count.to_le_bytes(),
    ]
    .concat();
    [b"GGUF", &head[..], values].concat()
}

/// A key of GGUF and the kind of its value.
fn key(name: &str, kind: u32) -> Vec<u8> {
    let length = (name.len() as u64).to_le_bytes();
    [&length[..], name.as_bytes(), &kind.to_le_bytes()].concat()
}

#[test]
fn lengths_that_lie_take_no_memory() {
    let _alone = alone();
    for name in [
        "comfyui.mp4",
        "vhs.mov",
        "freeform.m4a",
        "comfyui.webm",
        "vhs.avi",
        "id3.wav",
        "a1111.flac",
        "comfyui.opus",
        "a1111-v23.mp3",
        "lora.safetensors",
        "small.gguf",
    ] {
        let whole = media(name);
        // Whatever is a length there.
        let stride = std::env::var_os("EVERY_BYTE").map_or(7, |_| 1);
        for at in (0..whole.len().min(1_500) - 8).step_by(stride) {
            for claimed in [
                [0xff; 4],
                [0x7f; 4],
                [0x7f, 0xff, 0xff, 0xff],
                [0, 0, 0, 0x40],
            ] {
                let mut bytes = whole.clone();
                bytes[at..at + 4].copy_from_slice(&claimed);
                let _ = read_soon(&bytes);
            }
            let mut bytes = whole.clone();
            bytes[at..at + 8].copy_from_slice(&[0xff; 8]);
            let _ = read_soon(&bytes);
        }
    }
}

#[test]
fn depth_of_100_000_is_not_followed() {
    let _alone = alone();
    let mut boxes = Vec::new();
    let mut tags = Vec::new();
    for at in (0..100_000_u32).rev() {
        boxes.extend((at * 8 + 8).to_be_bytes());
        boxes.extend(b"udta");
        tags.extend([0x67, 0xc8]);
        tags.extend(((u64::from(at) * 10) | (1 << 56)).to_be_bytes());
    }
    let _ = read_soon(&[boxed(b"ftyp", b"isom\0\0\0\0"), boxes].concat());
    let _ = read_soon(&webm(&tags));
    let list = [9_u32.to_le_bytes().to_vec(), 1_u64.to_le_bytes().to_vec()].concat();
    let lists = [key("a", 9), list.repeat(100_000)].concat();
    let _ = read_soon(&gguf(1, &lists));
    let deep = format!("{{\"a\":{}", "[".repeat(100_000));
    let _ = read_soon(deep.as_bytes());
    let header = format!(
        "{{\"a\":{},\"__metadata__\":{{\"ss_v2\":\"x\"}}}}",
        "[".repeat(100_000) + &"]".repeat(100_000)
    );
    let length = (header.len() as u64).to_le_bytes();
    let reading = read_soon(&[&length[..], header.as_bytes()].concat());
    assert_eq!(reading.found.len(), 1);
}

#[test]
fn multitudes_of_texts_are_read_up_to_a_limit() {
    let _alone = alone();
    let value = [&[0, 0, 0, 1, 0, 0, 0, 0][..], b"Steps: 20, Sampler: Euler"].concat();
    let item = boxed(b"\xa9cmt", &boxed(b"data", &value));
    let name = element(&[0x45, 0xa3], b"COMMENT");
    let tag = element(
        &[0x67, 0xc8],
        &[name, element(&[0x44, 0x87], b"{\"prompt\": 1}")].concat(),
    );
    let comment = b"prompt={\"1\": {\"class_type\": \"A\"}}".to_vec();
    let frame = (b"TXXX", 0, b"\0prompt\0{}".to_vec());
    let values: Vec<_> = (0..MANY)
        .map(|at| {
            [
                key(&format!("general.base_model.{at}.name"), 8),
                1_u64.to_le_bytes().to_vec(),
                b"m".to_vec(),
            ]
            .concat()
        })
        .collect();
    let texts: Vec<_> = (0..MANY).map(|at| format!(r#""ss_{at}":"x""#)).collect();
    let header = format!(r#"{{"__metadata__":{{{}}}}}"#, texts.join(","));
    let length = (header.len() as u64).to_le_bytes();
    for bytes in [
        mp4(&item.repeat(MANY)),
        webm(&tag.repeat(MANY)),
        flac(&vec![comment; MANY]),
        id3(&vec![frame; MANY]),
        gguf(MANY as u64, &values.concat()),
        [&length[..], header.as_bytes()].concat(),
    ] {
        let reading = read_soon(&bytes);
        let left_out = reading.unreadable.iter();
        let mut left_out = left_out.filter(|told| told.reason.contains("left out"));
        assert!(left_out.next().is_some());
    }
}

#[test]
fn data_of_models_is_read_in_time() {
    let _alone = alone();
    let folders: Vec<_> = (0..MANY).map(|at| format!(r#""{at}_a":{{}}"#)).collect();
    let folders = format!("{{{}}}", folders.join(","));
    let texts = serde_json::json!({ "__metadata__": {
        "ss_dataset_dirs": folders, "ss_reg_dataset_dirs": folders, "modelspec.merged_from": "a,".repeat(1 << 20),
    }});
    let header = texts.to_string();
    let length = (header.len() as u64).to_le_bytes();
    let reading = read_soon(&[&length[..], header.as_bytes()].concat());
    assert_eq!(reading.found.len(), 2_000);
}

#[test]
fn texts_that_are_too_long_are_told() {
    let _alone = alone();
    let long = vec![b'a'; (4 << 20) + 1];
    let value = [&[0, 0, 0, 1, 0, 0, 0, 0][..], &long].concat();
    let name = element(&[0x45, 0xa3], b"COMMENT");
    let tag = element(
        &[0x67, 0xc8],
        &[name, element(&[0x44, 0x87], &long)].concat(),
    );
    let list = [b"ICMT", &(long.len() as u32).to_le_bytes()[..], &long].concat();
    let list = [
        b"LIST",
        &(list.len() as u32 + 4).to_le_bytes()[..],
        b"INFO",
        &list,
    ]
    .concat();
    let header = format!(
        r#"{{"__metadata__":{{"a":"{}","b":"c"}}}}"#,
        "a".repeat(4 << 20)
    );
    let length = (header.len() as u64).to_le_bytes();
    for (bytes, field) in [
        (
            mp4(&boxed(b"\xa9cmt", &boxed(b"data", &value))),
            "MP4 comment",
        ),
        (webm(&tag), "WebM comment"),
        (flac(&[[b"COMMENT=", &long[..]].concat()]), "FLAC comment"),
        (id3(&[(b"COMM", 0, long.clone())]), "ID3 COMM"),
        ([b"RIFF\0\0\0\0WAVE", &list[..]].concat(), "WAV comment"),
        (
            gguf(
                1,
                &[
                    key("a", 8),
                    (long.len() as u64).to_le_bytes().to_vec(),
                    long.clone(),
                ]
                .concat(),
            ),
            "GGUF a",
        ),
        ([&length[..], header.as_bytes()].concat(), "safetensors a"),
    ] {
        let reading = read_soon(&bytes);
        let fields: Vec<_> = reading.unreadable.iter().map(|told| &*told.field).collect();
        assert_eq!(fields, [field]);
    }
}

#[test]
fn packed_frames_are_unpacked_up_to_a_limit() {
    let _alone = alone();
    let packed = |length: usize| {
        let text = [&b"\0prompt\0"[..], &vec![b'a'; length]].concat();
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&text, 6);
        // The length when unpacked stands before it.
        (
            b"TXXX",
            0x80,
            [&(text.len() as u32).to_be_bytes()[..], &packed].concat(),
        )
    };
    let reading = read_soon(&id3(&vec![packed(64 << 20); 4]));
    assert_eq!(reading.unreadable.len(), 4);
    let graph = br#"{"1": {"class_type": "VAELoader", "inputs": {"vae_name": "kl.pt"}}}"#;
    let text = [&b"\0prompt\0"[..], graph].concat();
    let data = miniz_oxide::deflate::compress_to_vec_zlib(&text, 6);
    let data = [&(text.len() as u32).to_be_bytes()[..], &data].concat();
    let reading = read_soon(&id3(&[(b"TXXX", 0x80, data)]));
    assert_eq!(
        told(&reading).last().expect("a step"),
        "tool: ComfyUI < ID3 TXXX prompt"
    );
}

#[test]
fn encrypted_frames_are_told() {
    let _alone = alone();
    let reading = read_soon(&id3(&[(b"TXXX", 0x40, vec![1, 2, 3])]));
    assert_eq!(reading.unreadable[0].reason, "it is encrypted");
}

#[test]
fn sidecars_that_are_long_or_many_take_little_memory() {
    let _alone = alone();
    let text = format!("{}\nSteps: 20, Sampler: Euler", "a".repeat(3 << 20));
    let sidecars = vec![
        Sidecar {
            name: "x.txt",
            bytes: text.as_bytes()
        };
        20
    ];
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let _ = record::read_with(&mut Cursor::new(b""), &sidecars);
    let taken = ALLOCATED.peak_usage() - before;
    assert!(taken <= MOST, "{} MiB", taken >> 20);
}
