//! Signed files and manifest stores that are long.

use super::*;
use c2pa::{Builder, Context, EphemeralSigner};
use record::{Inspection, Subject};

/// A picture, signed.
fn signed() -> Vec<u8> {
    let definition = r#"{"assertions":[{"label":"c2pa.actions.v2","data":{"actions":[{"action":"c2pa.created",
        "digitalSourceType":"http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"}]}}]}"#;
    let builder = Builder::from_context(Context::new());
    let mut builder = builder.with_definition(definition).expect("a definition");
    let signer = EphemeralSigner::new("lineage.test").expect("a signer");
    let mut signed = Cursor::new(Vec::new());
    let mut picture = Cursor::new(png(&[]));
    builder
        .sign(&signer, "image/png", &mut picture, &mut signed)
        .expect("signed");
    signed.into_inner()
}

/// The state of the credentials, read within the memory that is allowed.
fn state(bytes: &[u8]) -> &'static str {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let subject = Subject {
        file: "",
        bytes: bytes.len() as u64,
        hashes: None,
        sidecars: &[],
        trust: &record::Trust::default(),
    };
    let inspection = Inspection::of(subject, &mut Cursor::new(bytes));
    let taken = ALLOCATED.peak_usage() - before;
    assert!(taken <= MOST, "{} MiB", taken >> 20);
    inspection.credentials.state
}

#[test]
fn a_long_signed_file_is_checked_within_the_memory() {
    let _alone = alone();
    let signed = signed();
    let (start, end) = signed.split_at(signed.len() - 12);
    for (more, expected) in [
        (0, "invalid"),
        (47 << 20, "invalid"),
        (48 << 20, "unchecked"),
    ] {
        let length = u32::to_be_bytes(more);
        let data = vec![0; more as usize];
        let bytes = [start, &length, b"prIv", &data, &[0; 4], end].concat();
        assert_eq!(state(&bytes), expected);
    }
}

#[test]
fn a_store_of_a_million_boxes_is_told_within_the_memory() {
    let _alone = alone();
    let boxes = b"\0\0\0\x08free".repeat((8 << 20) / 8 - 100);
    let picture = png(&[(b"caBX", [&b"\0\0\0\0jumb"[..], &boxes].concat())]);
    assert_eq!(state(&picture), "invalid");
    let described = b"\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\08\x9b\x71\x03c2pa\0";
    let picture = png(&[(
        b"caBX",
        [&b"\0\x7f\xfc\x06jumb"[..], described, &boxes].concat(),
    )]);
    assert_eq!(state(&picture), "invalid");
}
