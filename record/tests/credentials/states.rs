//! Whether credentials hold.

use super::*;

#[test]
fn a_file_without_credentials_has_none() {
    let inspection = inspect(&common::picture(&[]));
    assert_eq!(credentials(&inspection), ("none", None, vec![]));
    assert!(!inspection.ai.marked);
    assert_eq!(inspection.ai.source_type, None);
}

#[test]
fn what_holds_of_an_unknown_signer_is_valid() {
    let inspection = inspect(&signed_picture());
    let (state, changed, reasons) = credentials(&inspection);
    assert_eq!((state, changed), ("valid", None));
    assert_eq!(reasons, ["signingCredential.untrusted"]);
}

#[test]
fn what_a_trusted_authority_certified_is_trusted() {
    let signer = signer();
    let mut signed = Cursor::new(Vec::new());
    let picture = common::picture(&[]);
    builder(&made())
        .sign(
            &signer,
            "image/png",
            &mut Cursor::new(&picture),
            &mut signed,
        )
        .expect("signed");
    let trust = Trust::of_pem(authority(&signer)).expect("certificates");
    let bytes = signed.into_inner();
    let inspection = inspect_trusting(&bytes, &trust);
    assert_eq!(credentials(&inspection), ("trusted", None, vec![]));
    let others = Trust::of_pem(authority(&super::signer())).expect("certificates");
    let inspection = inspect_trusting(&bytes, &others);
    let reasons = vec!["signingCredential.untrusted"];
    assert_eq!(credentials(&inspection), ("valid", None, reasons));
}

#[test]
fn a_file_of_no_certificates_is_refused() {
    assert!(Trust::of_pem("nothing".to_owned()).is_err());
    let broken = "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n";
    assert!(Trust::of_pem(broken.to_owned()).is_err());
}

#[test]
fn a_claim_that_was_changed_is_invalid_and_gives_no_step() {
    let mut bytes = signed_picture();
    let at = find(&bytes, b"Model Server");
    bytes[at] ^= 1;
    let inspection = inspect(&bytes);
    let (state, changed, reasons) = credentials(&inspection);
    assert_eq!((state, changed), ("invalid", None));
    assert_eq!(
        reasons,
        [
            "assertion.hashedURI.mismatch",
            "signingCredential.untrusted"
        ]
    );
    assert_eq!(steps(&read(&bytes)), [""; 0]);
    assert_eq!(inspection.unreadable.len(), 1);
    assert_eq!(inspection.unreadable[0].field, "C2PA manifest store");
    assert_eq!(inspection.generator, None);
    // It is a mark still, whoever changed it.
    assert!(inspection.ai.marked);
}

#[test]
fn a_store_of_more_than_8_mib_is_told_and_not_read() {
    let picture = common::picture(&[]);
    let (head, rest) = picture.split_at(33);
    let data = vec![0; (8 << 20) + 1];
    let length = (data.len() as u32).to_be_bytes();
    let bytes = [head, &length, b"caBX", &data, &[0; 4], rest].concat();
    let inspection = inspect(&bytes);
    assert_eq!(credentials(&inspection).0, "unchecked");
    assert_eq!(inspection.unreadable[0].field, "C2PA manifest store");
}

/// Where these bytes first stand.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    let mut windows = bytes.windows(wanted.len());
    windows.position(|window| window == wanted).expect("found")
}
