//! The kinds of files that can be signed.

use super::*;

/// A JPEG of a few segments.
pub(super) fn jpeg() -> Vec<u8> {
    let head = [0xff, 0xd8, 0xff, 0xe0, 0, 16];
    let jfif = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
    let scan = [
        0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 4, 5, 0xff, 0xd9,
    ];
    [&head[..], jfif, &scan].concat()
}

/// A WebP of one pixel without loss.
fn webp() -> Vec<u8> {
    let pixel = [
        0x2f, 0, 0, 0, 0x10, 7, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 7, 0,
    ];
    [&b"RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0"[..], &pixel].concat()
}

/// An MP4 of boxes without a film.
fn mp4() -> Vec<u8> {
    let ftyp = b"\0\0\0\x18ftypisom\0\0\0\0isommp41";
    let mvhd = [&b"\0\0\0\x6cmvhd"[..], &[0; 100]].concat();
    let moov = [&b"\0\0\0\x74moov"[..], &mvhd].concat();
    [&ftyp[..], &moov, b"\0\0\0\x10mdat12345678"].concat()
}

/// A GIF of one pixel.
fn gif() -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let image = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
    [&head[..], image].concat()
}

/// A WAV of four samples.
fn wav() -> Vec<u8> {
    let format = b"fmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0";
    [
        &b"RIFF\x28\0\0\0WAVE"[..],
        format,
        b"data\x04\0\0\0\x80\x80\x80\x80",
    ]
    .concat()
}

#[test]
fn credentials_are_read_from_every_kind_of_file() {
    let kinds = [
        ("image/png", common::picture(&[])),
        ("image/jpeg", jpeg()),
        ("image/webp", webp()),
        ("video/mp4", mp4()),
        ("image/gif", gif()),
        ("audio/wav", wav()),
    ];
    for (kind, bytes) in kinds {
        assert_eq!(credentials(&inspect(&bytes)).0, "none", "{kind}");
        let signed = sign(builder(&made()), kind, &bytes);
        let inspection = inspect(&signed);
        assert_eq!(credentials(&inspection).0, "valid", "{kind}");
        assert_eq!(inspection.ai.source_type.as_deref(), Some(AI), "{kind}");
        assert_eq!(
            steps(&read(&signed)),
            [
                "parameters | C2PA c2pa.actions.v2",
                "tool Model Server 7 | C2PA c2pa.actions.v2",
                "tool Painter 2.0 | C2PA c2pa.claim",
            ],
            "{kind}"
        );
    }
}
