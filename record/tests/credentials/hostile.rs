//! Signed files that are broken: an answer, and never a panic.

use super::*;

#[test]
fn a_file_that_breaks_off_anywhere_is_read_as_far_as_it_goes() {
    let signed = signed_picture();
    for end in (0..signed.len()).step_by(signed.len() / 60) {
        let inspection = inspect(&signed[..end]);
        assert!(
            ["none", "invalid"].contains(&credentials(&inspection).0),
            "{end}"
        );
    }
}

/// Lengths of boxes and the bytes that fill a signature are not signed.
#[test]
fn a_file_that_is_changed_anywhere_says_nothing_else() {
    for (format, bytes) in [
        ("image/png", common::picture(&[])),
        ("image/jpeg", files::jpeg()),
    ] {
        let signed = sign(builder(&made()), format, &bytes);
        let said = steps(&read(&signed));
        for at in (2..signed.len()).step_by(signed.len() / 80) {
            let mut bytes = signed.clone();
            bytes[at] ^= 0xff;
            let steps = steps(&read(&bytes));
            assert!(steps.is_empty() || steps == said, "{format} {at}");
            let state = inspect(&bytes).credentials.state;
            assert!(state != "valid" || steps == said, "{format} {at}");
        }
    }
}

#[test]
fn a_manifest_store_of_nonsense_is_told() {
    let picture = common::picture(&[]);
    let (head, rest) = picture.split_at(33);
    for data in [&b"nonsense"[..], &[0; 100], &[0xff; 100], b"\0\0\0\x08jumb"] {
        let length = (data.len() as u32).to_be_bytes();
        let bytes = [head, &length, b"caBX", data, &[0; 4], rest].concat();
        let inspection = inspect(&bytes);
        assert_eq!(
            credentials(&inspection),
            ("invalid", None, vec!["general.error"])
        );
        assert_eq!(inspection.unreadable[0].field, "C2PA manifest store");
    }
}
