//! All that is known of a file, in the shape in which `lineage inspect --json` prints it.

use crate::field::Fields;
use crate::reading::{Found, Generator, Reading, Unreadable};
use crate::{
    Consents, Credentials, Ingredient, Source, Trust, carriers, cid, credentials, dialects,
};
use alloy_primitives::B256;
use serde::{Serialize, Serializer};
use std::collections::HashMap;

/// Largest file that IPFS keeps as one block, 1 MiB (profile unixfs-v1-2025 of IPIP-499); larger ones are a tree of blocks.
const ONE_BLOCK: u64 = 1 << 20;

/// What is known of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    /// Its name or path, as the caller has it.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    #[serde(serialize_with = "plain_hex")]
    pub sha256: B256,
    /// The CID under which IPFS has it, where it is one block.
    pub cid: Option<String>,
    /// What kind of file its first bytes say it is.
    pub media_type: Option<&'static str>,
    /// The program that made it, where it is known.
    pub generator: Option<Generator>,
    /// The steps that it tells of, in the order of the process.
    #[serde(serialize_with = "steps")]
    pub steps: Vec<Found>,
    /// Fields that are there and cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// What everybody learns who gets the file.
    pub discloses: Vec<Disclosure>,
    /// Whether it is marked as made by AI.
    pub ai: Ai,
    /// What its Content Credentials are.
    pub credentials: Credentials,
    /// Files that its Content Credentials say it was made of.
    pub ingredients: Vec<Ingredient>,
    /// Whether it may be used to train models and be mined, by its Content Credentials.
    pub training_and_mining: Consents,
}

/// A text that the file discloses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// What it is: the kinds of steps that stand in it, or `text`.
    pub what: String,
    /// The field, such as `PNG tEXt parameters`.
    #[serde(rename = "where")]
    pub place: String,
}

/// Whether a file is marked as made by AI. No mark does not mean that it was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ai {
    /// Whether it is.
    pub marked: bool,
    /// The layers that say so: `metadata` is what the program that made it wrote, `c2pa` its Content Credentials.
    pub by: Vec<&'static str>,
    /// How it came to be, by its Content Credentials: a digital source type of IPTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
}

impl Inspection {
    /// What is known of a file with this name, length and SHA-256, for one who trusts these signers.
    #[must_use]
    pub fn of(
        file: String,
        bytes: u64,
        sha256: B256,
        source: &mut dyn Source,
        trust: &Trust,
    ) -> Self {
        let media_type = carriers::media_type(source);
        let carried = carriers::read(source);
        let mut reading = dialects::read(&carried.fields);
        let checked = credentials::check(source, trust);
        // A camera is a program too, so that only the dialects' programs say that it is of AI.
        let ai = Ai::of(&reading, &checked);
        let credentials::Checked {
            credentials,
            reading: signed,
            ingredients,
            training_and_mining,
            ..
        } = checked;
        reading.add(signed);
        Self {
            file,
            bytes,
            sha256,
            cid: (bytes <= ONE_BLOCK).then(|| cid::raw(&sha256).to_string()),
            media_type,
            discloses: disclosures(&carried.fields, &reading),
            ai,
            credentials,
            ingredients,
            training_and_mining,
            unreadable: [carried.unreadable, reading.unreadable].concat(),
            generator: reading.generator,
            steps: reading.found,
        }
    }
}

impl Ai {
    fn of(reading: &Reading, checked: &credentials::Checked) -> Self {
        let layers = [
            (reading.is_of_ai(), "metadata"),
            (checked.is_of_ai(), "c2pa"),
        ];
        let by: Vec<_> = layers
            .into_iter()
            .filter_map(|(says, layer)| says.then_some(layer))
            .collect();
        Self {
            marked: !by.is_empty(),
            by,
            source_type: checked.source_type.clone(),
        }
    }
}

fn disclosures(fields: &Fields, reading: &Reading) -> Vec<Disclosure> {
    let mut kinds: HashMap<&str, Vec<&str>> = HashMap::new();
    for found in &reading.found {
        let kinds = kinds.entry(&found.from).or_default();
        if !kinds.contains(&found.kind.name()) {
            kinds.push(found.kind.name());
        }
    }
    let mut places: Vec<String> = fields.0.iter().map(ToString::to_string).collect();
    // What credentials say stands in no field.
    let signed = reading.found.iter().map(|found| &found.from);
    for place in signed.filter(|place| place.starts_with(credentials::PLACE)) {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    places
        .into_iter()
        .map(|place| Disclosure {
            what: kinds
                .get(place.as_str())
                .map_or_else(|| "text".to_owned(), |kinds| kinds.join(", ")),
            place,
        })
        .collect()
}

fn plain_hex<S: Serializer>(hash: &B256, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&hex::encode(hash))
}

fn steps<S: Serializer>(steps: &[Found], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(steps.iter().map(|found| {
        let mut step = serde_json::Map::new();
        step.insert("kind".to_owned(), found.kind.name().into());
        step.insert("content".to_owned(), found.content.as_str().into());
        step.extend(found.meta.clone());
        step.insert("from".to_owned(), found.from.as_str().into());
        step
    }))
}
