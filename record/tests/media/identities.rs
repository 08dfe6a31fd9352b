//! Models by the hashes of their whole files.

use crate::common::{line, read};
use record::models::{ModelHasher, ModelIdentity, Naming};
use record::{Reading, sha256};
use serde_json::json;

/// A safetensors whose weights go on to the third MiB.
fn model() -> Vec<u8> {
    let header = br#"{"a":{"dtype":"U8","shape":[2097152],"data_offsets":[0,2097152]}}"#;
    let weights = (0..2_097_152_u32).map(|at| (at.wrapping_mul(at) >> 7) as u8);
    let length = (header.len() as u64).to_le_bytes();
    [&length[..], header]
        .concat()
        .into_iter()
        .chain(weights)
        .collect()
}

fn identity(bytes: &[u8], pieces: usize) -> ModelIdentity {
    let mut hasher = ModelHasher::default();
    for piece in bytes.chunks(pieces) {
        hasher.update(piece);
    }
    hasher.finish()
}

/// What was read of these models, each by its name and its hash.
fn naming(models: &[(&str, Option<&str>)]) -> Reading {
    let mut reading = read(&[]);
    for (name, hash) in models {
        let text = match hash {
            Some(hash) => format!("a\nSteps: 1, Sampler: Euler, Model hash: {hash}, Model: {name}"),
            None => format!("a\nSteps: 1, Sampler: Euler, Model: {name}"),
        };
        let found = read(&[("parameters", &text)]).found.into_iter();
        reading
            .found
            .extend(found.filter(|found| found.kind.name() == "model"));
    }
    reading
}

#[test]
fn hashes_are_those_of_sites_and_programs_however_the_file_is_read() {
    let bytes = model();
    let whole = identity(&bytes, bytes.len());
    let behind = 8 + u64::from_le_bytes(*bytes.first_chunk().expect("a length")) as usize;
    let known = ModelIdentity {
        sha256: sha256(&bytes),
        blake3: blake3::hash(&bytes).as_bytes().into(),
        crc32: crc32fast::hash(&bytes),
        second_mib: Some(sha256(&bytes[0x10_0000..0x11_0000])),
        weights: Some(sha256(&bytes[behind..])),
    };
    assert_eq!(whole, known);
    for pieces in [1 << 20, 65_536, 4_099, 7] {
        assert_eq!(identity(&bytes, pieces), known, "{pieces}");
    }
    let digits = |hash: &[u8], count: usize| hex::encode(sha256(hash))[..count].to_owned();
    assert_eq!(
        known.auto_v1(),
        Some(digits(&bytes[0x10_0000..0x11_0000], 8))
    );
    assert_eq!(known.auto_v2(), digits(&bytes, 10));
    assert_eq!(known.auto_v3(), Some(digits(&bytes[behind..], 12)));
}

#[test]
fn file_that_is_short_or_no_safetensors_has_no_hash_of_what_it_lacks() {
    for bytes in [
        &b""[..],
        b"GGUF",
        b"\x02\0\0\0\0\0\0\0{",
        b"\x02\0\0\0\0\0\0\0{}",
    ] {
        let known = identity(bytes, 3);
        assert_eq!((known.second_mib, known.weights), (None, None), "{bytes:?}");
        assert_eq!((known.auto_v1(), known.auto_v3()), (None, None));
        assert_eq!(known.sha256, sha256(bytes));
    }
    assert!(identity(b"\x02\0\0\0\0\0\0\0{}a", 3).weights.is_some());
    // A part of the second MiB is hashed as the web UI hashes it.
    let bytes = vec![1; 0x10_0005];
    assert_eq!(identity(&bytes, 1_000).second_mib, Some(sha256(&[1; 5])));
}

#[test]
fn every_short_hash_of_the_model_becomes_its_whole_sha_256() {
    let known = identity(&model(), 1 << 20);
    let whole = hex::encode(known.sha256);
    let weights = hex::encode(known.weights.expect("weights"));
    let blake3 = hex::encode(known.blake3);
    for hash in [
        known.auto_v1().expect("AutoV1"),
        known.auto_v2(),
        known.auto_v2().to_uppercase(),
        known.auto_v3().expect("AutoV3"),
        whole[..8].to_owned(),
        whole[..12].to_owned(),
        whole.to_uppercase(),
        weights.clone(),
        format!("0x{weights}"),
        blake3.clone(),
        format!("{:08X}", known.crc32),
    ] {
        let mut reading = naming(&[("coot", Some("1234567890")), ("any name", Some(&hash))]);
        let naming = reading.name_model("duck.safetensors", &known);
        assert_eq!(
            naming,
            Naming {
                named: vec![1],
                disagree: Vec::new()
            },
            "{hash}"
        );
        let models: Vec<_> = reading.found.iter().map(line).collect();
        assert_eq!(
            models,
            [
                "model hash=1234567890: coot".to_owned(),
                format!("model hash={whole}: any name")
            ]
        );
    }
    let metadata = json!({ "app_version": "5.0.0", "positive_prompt": "a", "model": { "name": "duck", "hash": format!("blake3:{blake3}") } });
    let mut reading = read(&[("invokeai_metadata", &metadata.to_string())]);
    let naming = reading.name_model("other.safetensors", &known);
    assert_eq!(naming.named.len(), 1);
    assert_eq!(
        line(&reading.found[naming.named[0]]),
        format!("model hash={whole}: duck")
    );
}

#[test]
fn name_of_the_file_counts_only_where_there_is_no_hash_at_all() {
    let known = identity(&model(), 1 << 20);
    let whole = hex::encode(known.sha256);
    let mut reading = naming(&[
        ("SDXL\\duck.safetensors", None),
        ("duck", Some("1234567890")),
        ("duck.v2", None),
        ("duck.ckpt", Some(&known.auto_v2())),
        ("old/duck", None),
    ]);
    let before = reading.clone();
    let naming = reading.name_model("duck.safetensors", &known);
    assert_eq!(
        naming,
        Naming {
            named: vec![0, 3, 4],
            disagree: vec![1]
        }
    );
    let models: Vec<_> = reading.found.iter().map(line).collect();
    assert_eq!(
        models,
        [
            format!("model hash={whole}: SDXL\\duck.safetensors"),
            "model hash=1234567890: duck".to_owned(),
            "model: duck.v2".to_owned(),
            format!("model hash={whole}: duck.ckpt"),
            format!("model hash={whole}: old/duck"),
        ]
    );
    // Of another file nothing is said.
    let mut reading = before.clone();
    assert_eq!(
        reading.name_model("heron.gguf", &identity(b"heron", 9)),
        Naming::default()
    );
    assert_eq!(reading, before);
}

#[test]
fn steps_that_become_the_same_are_one_and_prompts_are_no_models() {
    let known = identity(&model(), 1 << 20);
    let mut reading = naming(&[
        ("duck", Some(&known.auto_v2())),
        ("duck", None),
        ("coot", None),
    ]);
    let naming = reading.name_model("duck.safetensors", &known);
    assert_eq!(naming.named, [0]);
    let models: Vec<_> = reading.found.iter().map(line).collect();
    assert_eq!(models[1..], ["model: coot"]);
    let mut reading = read(&[("parameters", "duck\nSteps: 1, Sampler: Euler")]);
    assert_eq!(
        reading.name_model("duck.safetensors", &known),
        Naming::default()
    );
}
