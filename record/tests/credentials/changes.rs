//! What was changed after a file was signed.

use super::states::find;
use super::*;

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&kind[..], data].concat();
    let length = (data.len() as u32).to_be_bytes();
    let sum = crc32fast::hash(&named).to_be_bytes();
    [&length[..], &named, &sum].concat()
}

/// The file with something before these bytes.
fn insert(bytes: &[u8], before: &[u8], added: &[u8]) -> Vec<u8> {
    let at = find(bytes, before) - 4;
    [&bytes[..at], added, &bytes[at..]].concat()
}

#[test]
fn texts_that_were_added_to_a_png_are_no_change_of_its_content() {
    let text = chunk(b"tEXt", b"Comment\0added");
    for before in [b"caBX", b"IDAT", b"IEND"] {
        let bytes = insert(&signed_picture(), before, &text);
        let inspection = inspect(&bytes);
        let (state, changed, reasons) = credentials(&inspection);
        assert_eq!((state, changed), ("invalid", Some("metadata")));
        assert!(reasons.contains(&"assertion.dataHash.mismatch"));
        assert!(
            steps(&read(&bytes)).contains(&"tool Model Server 7 | C2PA c2pa.actions.v2".to_owned())
        );
    }
}

#[test]
fn a_text_that_was_signed_is_left_where_it_is() {
    let picture = common::picture(&[("Title", "signed"), ("Author", "signed")]);
    let signed = sign(builder(&made()), "image/png", &picture);
    assert_eq!(credentials(&inspect(&signed)).0, "valid");
    let bytes = insert(&signed, b"IEND", &chunk(b"tEXt", b"Comment\0added"));
    assert_eq!(credentials(&inspect(&bytes)).1, Some("metadata"));
    let twice = insert(&bytes, b"IDAT", &chunk(b"zTXt", b"Comment\0\0x"));
    assert_eq!(credentials(&inspect(&twice)).1, Some("content"));
}

#[test]
fn one_signed_text_beside_two_added_is_left_where_it_is() {
    let picture = common::picture(&[("Title", "signed")]);
    let signed = sign(builder(&made()), "image/png", &picture);
    let bytes = insert(&signed, b"IEND", &chunk(b"tEXt", b"Comment\0added"));
    let bytes = insert(&bytes, b"IDAT", &chunk(b"tEXt", b"Software\0added"));
    assert_eq!(credentials(&inspect(&bytes)).1, Some("metadata"));
}

#[test]
fn a_changed_picture_is_changed_content_and_gives_no_step() {
    let mut bytes = signed_picture();
    let at = find(&bytes, b"IDAT") + 5;
    bytes[at] ^= 1;
    for bytes in [
        bytes.clone(),
        insert(&bytes, b"IEND", &chunk(b"tEXt", b"a\0b")),
    ] {
        let inspection = inspect(&bytes);
        assert_eq!(credentials(&inspection).0, "invalid");
        assert_eq!(credentials(&inspection).1, Some("content"));
        assert_eq!(steps(&read(&bytes)).len(), usize::from(false));
        assert_eq!(inspection.generator, None);
    }
}

#[test]
fn a_text_that_was_signed_and_is_gone_is_changed_content() {
    let picture = common::picture(&[("Title", "signed")]);
    let mut signed = sign(builder(&made()), "image/png", &picture);
    let at = find(&signed, b"iTXt") - 4;
    let length = u32::from_be_bytes(signed[at..at + 4].try_into().expect("four"));
    signed.drain(at..at + 12 + length as usize);
    assert_eq!(credentials(&inspect(&signed)).1, Some("content"));
}

#[test]
fn segments_that_were_added_to_a_jpeg_are_no_change_of_its_content() {
    let signed = sign(builder(&made()), "image/jpeg", &files::jpeg());
    assert_eq!(credentials(&inspect(&signed)).0, "valid");
    for marker in [0xe1, 0xed, 0xfe] {
        let added = [&[0xff, marker, 0, 7][..], b"added"].concat();
        let bytes = [&signed[..2], &added, &signed[2..]].concat();
        let inspection = inspect(&bytes);
        assert_eq!(credentials(&inspection).0, "invalid");
        assert_eq!(credentials(&inspection).1, Some("metadata"));
    }
    let mut bytes = signed.clone();
    *bytes.iter_mut().rev().nth(3).expect("a byte") ^= 1;
    assert_eq!(credentials(&inspect(&bytes)).1, Some("content"));
}
