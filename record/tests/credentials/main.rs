//! Content Credentials: files are signed here by a signer made for the test, and read.
#![cfg(feature = "credentials")]

mod changes;
#[path = "../common/mod.rs"]
mod common;
mod files;
mod hostile;
mod said;
mod states;

use c2pa::{Builder, Context, EphemeralSigner, Signer as _};
use record::{Inspection, Reading, Subject, Trust};
use serde_json::{Value, json};
use std::io::Cursor;

const AI: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/// What signs the files of a test.
fn signer() -> EphemeralSigner {
    EphemeralSigner::new("lineage.test").expect("a signer")
}

/// A builder of what this definition says.
fn builder(definition: &Value) -> Builder {
    let builder = Builder::from_context(Context::new());
    builder
        .with_definition(definition.to_string())
        .expect("a definition")
}

/// The file, signed.
fn sign(mut builder: Builder, format: &str, bytes: &[u8]) -> Vec<u8> {
    let mut signed = Cursor::new(Vec::new());
    builder
        .sign(&signer(), format, &mut Cursor::new(bytes), &mut signed)
        .expect("signed");
    signed.into_inner()
}

/// A picture that a program made by AI.
fn made() -> Value {
    json!({
        "claim_generator_info": [{ "name": "Painter", "version": "2.0" }],
        "assertions": [{ "label": "c2pa.actions.v2", "data": { "actions": [{
            "action": "c2pa.created",
            "softwareAgent": { "name": "Model Server", "version": "7" },
            "digitalSourceType": AI,
        }] } }],
    })
}

/// A picture, signed to be made by AI.
fn signed_picture() -> Vec<u8> {
    sign(builder(&made()), "image/png", &common::picture(&[]))
}

fn inspect(bytes: &[u8]) -> Inspection {
    inspect_trusting(bytes, &Trust::default())
}

fn inspect_trusting(bytes: &[u8], trust: &Trust) -> Inspection {
    let subject = Subject {
        file: "file",
        bytes: bytes.len() as u64,
        hashes: None,
        sidecars: &[],
        trust,
    };
    Inspection::of(subject, &mut Cursor::new(bytes))
}

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

/// The state, whether and how it was changed, and the reasons.
fn credentials(inspection: &Inspection) -> (&str, Option<&str>, Vec<&str>) {
    let credentials = &inspection.credentials;
    let reasons = credentials.reasons.iter().map(String::as_str).collect();
    (
        credentials.state,
        credentials.changed_after_signing,
        reasons,
    )
}

/// All steps: kind, text and field; of parameters only the field.
fn steps(reading: &Reading) -> Vec<String> {
    let steps = reading.found.iter().map(|found| match found.kind.name() {
        "parameters" => format!("parameters | {}", found.from),
        kind => format!("{kind} {} | {}", found.content, found.from),
    });
    steps.collect()
}

/// The certificate of who certified a signer.
fn authority(signer: &EphemeralSigner) -> String {
    let certificates = signer.certs().expect("certificates");
    let text = base64(certificates.last().expect("an authority"));
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// RFC 4648, 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let all = bytes.iter().chain(&[0, 0]).take(3);
        let bits = all.fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        let letter = |at: usize| match at <= bytes.len() {
            true => char::from(LETTERS[bits >> (18 - 6 * at) & 63]),
            false => '=',
        };
        [0, 1, 2, 3].map(letter)
    };
    let letters: Vec<char> = bytes.chunks(3).flat_map(group).collect();
    let lines = letters.chunks(64).map(String::from_iter);
    lines.collect::<Vec<_>>().join("\n")
}
