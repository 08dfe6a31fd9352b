//! Which of the models that a file names is the one at hand.

use super::ModelIdentity;
use crate::reading::{Found, Reading};
use crate::sidecars::MODELS;
use alloy_primitives::B256;
use logic::step::StepKind;

/// What came of naming a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// The steps, by their places in the reading, that now have its whole SHA-256.
    pub named: Vec<usize>,
    /// The steps that have its name and a hash that is none of its own. They are left as they are: it is another file, or its hash
    /// was taken in a way that nobody here knows.
    pub disagree: Vec<usize>,
}

/// What a step says of a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    Disagrees,
    Another,
}

impl Reading {
    /// Gives the models that are this one its whole SHA-256 as their `hash`: those with a hash that is one of its own, and those
    /// without any hash that have the name of its file, with or without its ending. A hash that is none of its own is never
    /// replaced. Steps that become the same are one.
    pub fn name_model(&mut self, file_name: &str, identity: &ModelIdentity) -> Naming {
        let whole = hex::encode(identity.sha256);
        let mut naming = Naming::default();
        let mut kept: Vec<Found> = Vec::with_capacity(self.found.len());
        for mut found in std::mem::take(&mut self.found) {
            let verdict = verdict(&found, file_name, identity);
            if verdict == Verdict::Same {
                found.meta.insert("hash".to_owned(), whole.clone().into());
                if kept.iter().any(|other| other.same(&found)) {
                    continue;
                }
            }
            match verdict {
                Verdict::Same => naming.named.push(kept.len()),
                Verdict::Disagrees => naming.disagree.push(kept.len()),
                Verdict::Another => {}
            }
            kept.push(found);
        }
        self.found = kept;
        naming
    }
}

fn verdict(found: &Found, file_name: &str, identity: &ModelIdentity) -> Verdict {
    if found.kind != StepKind::Model {
        return Verdict::Another;
    }
    let is_named = stem(&found.content) == stem(file_name);
    match found.meta.get("hash").and_then(|hash| hash.as_str()) {
        Some(hash) if is_of(hash, identity) => Verdict::Same,
        Some(_) if is_named => Verdict::Disagrees,
        None if is_named => Verdict::Same,
        _ => Verdict::Another,
    }
}

/// The name of a model's file without folders, and without its ending where that is one of models.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let without = name.rsplit_once('.').filter(|(stem, ending)| {
        !stem.is_empty()
            && MODELS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
    });
    without.map_or(name, |(stem, _)| stem)
}

/// Whether a hash is one of a model's own, by its shape: a kind that it names, or else how many digits it has.
fn is_of(hash: &str, identity: &ModelIdentity) -> bool {
    let hash = hash.trim().to_ascii_lowercase();
    // InvokeAI names the kind (`model_hash.py`).
    if let Some((kind, hash)) = hash.split_once(':') {
        return match kind {
            "blake3" | "blake3_single" => begins(&identity.blake3, hash, &[64]),
            "sha256" => begins(&identity.sha256, hash, &[64]),
            _ => false,
        };
    }
    // SwarmUI puts this before the hash of weights.
    let hash = hash.strip_prefix("0x").unwrap_or(&hash);
    let is_crc32 = hash == format!("{:08x}", identity.crc32);
    let weights = identity.weights.as_ref();
    let second_mib = identity.second_mib.as_ref();
    // The web UI and its kin shorten SHA-256 of networks to eight digits (`extensions-builtin/Lora/network.py`), others to ten, twelve or
    // none; AutoV3 is whole where metadata says it (`sshs_model_hash`).
    is_crc32
        || begins(&identity.sha256, hash, &[8, 10, 12, 64])
        || begins(&identity.blake3, hash, &[64])
        || weights.is_some_and(|weights| begins(weights, hash, &[8, 10, 12, 64]))
        || second_mib.is_some_and(|part| begins(part, hash, &[8]))
}

/// Whether a hash begins with these digits, which are as many as are usual.
fn begins(hash: &B256, digits: &str, usual: &[usize]) -> bool {
    usual.contains(&digits.len()) && hex::encode(hash).starts_with(digits)
}
