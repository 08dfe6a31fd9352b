//! Activation against what Nitro's own engine made of the same programs.

use serde_json::Value;
use std::path::Path;
use stylus_chain::stylus::activate::{activate, entry_gas};
use stylus_chain::stylus::arbos::ArbOs;

fn vectors() -> (std::path::PathBuf, Vec<Value>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/vectors");
    let text =
        std::fs::read_to_string(folder.join("vectors.json")).expect("the vectors are checked in");
    (
        folder,
        serde_json::from_str(&text).expect("the vectors are JSON"),
    )
}

fn wasm_of(folder: &Path, vector: &Value) -> Vec<u8> {
    match vector["wasm"].as_str() {
        Some(bytes) => hex::decode(&bytes[2..]).expect("hex"),
        None => wat::parse_file(folder.join(vector["wat"].as_str().expect("a file")))
            .expect("the program assembles"),
    }
}

#[test]
fn activation_agrees_with_every_vector() {
    let (folder, vectors) = vectors();
    let mut wrong = Vec::new();
    let mut refused = 0;
    for vector in &vectors {
        let name = vector["name"].as_str().expect("a name");
        let arbos =
            ArbOs::try_from(vector["arbos"].as_u64().expect("a version")).expect("a known version");
        let pages = vector["page_limit"].as_u64().unwrap_or(128) as u16;
        let expected = &vector["activation"];
        match activate(&wasm_of(&folder, vector), arbos, pages) {
            Err(refusal) => {
                refused += 1;
                let part = expected["error_contains"].as_str().unwrap_or("accepted");
                if !refusal.0.contains(part) {
                    wrong.push(format!(
                        "{name}: got refusal «{refusal}», expected «{part}»"
                    ));
                }
            }
            Ok(_) if expected["ok"] == false => {
                wrong.push(format!("{name}: accepted, expected {expected}"))
            }
            Ok(got) => {
                let (init_gas, cached_gas) = entry_gas(&got.estimates, arbos);
                let figures = [
                    ("init", u64::from(got.estimates.init)),
                    ("cached_init", u64::from(got.estimates.cached_init)),
                    ("init_gas", init_gas),
                    ("cached_gas", cached_gas),
                    ("footprint", u64::from(got.estimates.footprint)),
                    ("asm_estimate", u64::from(got.estimates.asm)),
                    ("activation_gas", got.estimates.activation_gas),
                ];
                for (key, figure) in figures {
                    if expected[key] != figure {
                        wrong.push(format!(
                            "{name}: {key} got {figure}, expected {}",
                            expected[key]
                        ));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!((vectors.len(), refused), (97, 25));
}
