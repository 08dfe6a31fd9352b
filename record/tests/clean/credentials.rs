//! Content Credentials go by name only.

use super::{cleaned, cleaned_with, fixture};
use record::clean::{Options, Uncleanable};

/// A file with these bytes put in at a place.
fn with(bytes: &[u8], at: usize, what: &[u8]) -> Vec<u8> {
    [&bytes[..at], what, &bytes[at..]].concat()
}

/// Files with the part in which each kind keeps a manifest store.
fn signed() -> Vec<(&'static str, Vec<u8>)> {
    let png = super::common::picture(&[]);
    let store = super::pictures::chunk(b"caBX", b"a store");
    let jpeg = fixture("works/empty_image.jpg");
    let segment = b"\xff\xeb\x00\x12JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x0ajumb";
    let mut webp = fixture("pictures/comfy.webp");
    webp.extend(b"C2PA\x02\0\0\0ab");
    let length = webp.len() as u32 - 8;
    webp[4..8].copy_from_slice(&length.to_le_bytes());
    let gif = fixture("pictures/a1111.gif");
    let extension = b"\x21\xff\x0bC2PA_GIF\x01\0\0\x02ab\0";
    let mp4 = fixture("media/comfyui.mp4");
    let id = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
    let uuid = [&b"\0\0\0\x1cuuid"[..], id, b"abcd"].concat();
    let mp3 = fixture("media/comfyui.mp3");
    let tag = b"ID3\x03\0\0\0\0\0\x1fGEOB\0\0\0\x15\0\0\0application/c2pa\0\0\0a";
    let mut wav = fixture("media/vhs.wav");
    wav.extend(b"C2PA\x02\0\0\0ab");
    let length = wav.len() as u32 - 8;
    wav[4..8].copy_from_slice(&length.to_le_bytes());
    let svg = "<svg xmlns:c2pa=\"http://c2pa.org/manifest\"><metadata><c2pa:manifest>YQ==</c2pa:manifest></metadata></svg>";
    let first = u32::from_be_bytes(mp4[..4].try_into().expect("a length")) as usize;
    vec![
        ("png", with(&png, 33, &store)),
        ("jpg", with(&jpeg, 2, segment)),
        ("webp", webp),
        (
            "gif",
            with(&gif, 13 + (3 << ((gif[10] & 7) + 1)), extension),
        ),
        ("mp4", with(&mp4, first, &uuid)),
        ("mp3", with(&mp3, 0, tag)),
        ("wav", wav),
        ("svg", svg.as_bytes().to_vec()),
    ]
}

#[test]
fn signed_file_is_cleaned_only_where_its_credentials_may_go() {
    for (kind, bytes) in signed() {
        let refused = cleaned(&bytes);
        assert!(
            matches!(refused, Err(Uncleanable::Signed)),
            "{kind} {refused:?}"
        );
        let options = Options { credentials: true };
        let (copy, _) =
            cleaned_with(&bytes, options).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(cleaned(&copy).is_ok(), "{kind}");
    }
}
