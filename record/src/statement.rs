//! A record as an in-toto Statement v1.

use crate::record::{Record, RecordedStep, fits, meta_hash};
use crate::sha256;
use alloy_primitives::B256;
use anyhow::{Context as _, Result, bail, ensure};
use logic::step::StepKind;
use serde_json::{Map, Value, json};

const STATEMENT: &str = "https://in-toto.io/Statement/v1";
const IPFS: &str = "ipfs://";
/// Names the shape of the predicate; it changes when the shape does.
const PREDICATE: &str = "urn:lineage:provenance:v1";

pub(crate) fn encode(record: &Record) -> Value {
    let steps: Vec<Value> = record.steps.iter().map(encode_step).collect();
    json!({
        "_type": STATEMENT,
        "subject": [{
            "name": record.file,
            "uri": format!("{IPFS}{}", record.cid),
            "digest": { "sha256": hex::encode(record.output_hash) },
        }],
        "predicateType": PREDICATE,
        "predicate": {
            "creator": record.creator.to_checksum(None),
            "generator": record.generator,
            "processRoot": record.process_root().to_string(),
            "claimSalt": record.claim_salt.to_string(),
            "steps": steps,
        },
    })
}

pub(crate) fn encode_step(step: &RecordedStep) -> Value {
    json!({
        "kind": step.kind.name(),
        "content": step.content,
        "meta": step.meta,
        "contentHash": step.content_hash.to_string(),
        "metaHash": step.meta_hash.to_string(),
        "salt": step.salt.to_string(),
    })
}

pub(crate) fn decode(value: &Value) -> Result<Record> {
    ensure!(value["_type"] == STATEMENT, "it is no in-toto Statement v1");
    ensure!(
        value["predicateType"] == PREDICATE,
        "its predicate is {}, known is {PREDICATE}",
        value["predicateType"]
    );
    let subject = &value["subject"][0];
    let predicate = &value["predicate"];
    let steps = predicate["steps"].as_array().context("it has no steps")?;
    fits(steps.len())?;
    let digest = subject["digest"]["sha256"]
        .as_str()
        .context("it has no digest")?;
    let uri = text(&subject["uri"])?;
    let cid = uri.strip_prefix(IPFS).and_then(|cid| cid.parse().ok());
    let record = Record {
        file: text(&subject["name"])?,
        output_hash: digest.parse().context("its digest is no SHA-256")?,
        cid: cid.with_context(|| format!("{uri} is no address of IPFS"))?,
        creator: text(&predicate["creator"])?
            .parse()
            .context("its creator is no address")?,
        generator: predicate["generator"].as_str().map(str::to_owned),
        claim_salt: word(predicate, "claimSalt")?,
        steps: steps.iter().map(decode_step).collect::<Result<_>>()?,
    };
    for (index, step) in record.steps.iter().enumerate() {
        let content = step
            .content
            .as_ref()
            .map_or(record.output_hash, |text| sha256(text.as_bytes()));
        ensure!(
            step.content_hash == content,
            "the text of step {index} is not the one hashed"
        );
        ensure!(
            step.meta_hash == meta_hash(&step.meta)?,
            "the particulars of step {index} are not those hashed"
        );
    }
    ensure!(
        word(predicate, "processRoot")? == record.process_root(),
        "its steps do not give its processRoot"
    );
    // The file's hash stands in no leaf but this one.
    let output = record.steps.iter().rposition(is_the_file);
    ensure!(
        output.is_some() && output == record.steps.len().checked_sub(1),
        "its last step is not the file"
    );
    // What no hash vouches for would be believed all the same, and so would what another reader sees where this one sees nothing.
    match differing(value, &encode(&record)) {
        Some(place) => bail!("its {place} is not what a record has there"),
        None => Ok(record),
    }
}

fn is_the_file(step: &RecordedStep) -> bool {
    step.kind == StepKind::Output && step.content.is_none()
}

/// The first place where two values differ, as `predicate/steps/0/note`.
fn differing(value: &Value, other: &Value) -> Option<String> {
    let within = |place: &str, value: &Value, other: &Value| {
        let below = differing(value, other)?;
        let slash = if below.is_empty() { "" } else { "/" };
        Some(format!("{place}{slash}{below}"))
    };
    match (value, other) {
        (Value::Object(these), Value::Object(those)) => {
            let places = these.keys().chain(those.keys());
            places.into_iter().find_map(|key| {
                within(key, &value[key], &other[key]).or_else(|| {
                    let alone = these.contains_key(key) != those.contains_key(key);
                    alone.then(|| key.clone())
                })
            })
        }
        (Value::Array(these), Value::Array(those)) => (0..these.len().max(those.len()))
            .find_map(|at| within(&at.to_string(), &value[at], &other[at])),
        _ => (value != other).then(String::new),
    }
}

pub(crate) fn decode_step(value: &Value) -> Result<RecordedStep> {
    let name = text(&value["kind"])?;
    let kind = StepKind::ALL.into_iter().find(|kind| kind.name() == name);
    Ok(RecordedStep {
        kind: kind.with_context(|| format!("a step is of unknown kind {name:?}"))?,
        content: value["content"].as_str().map(str::to_owned),
        meta: value["meta"].as_object().cloned().unwrap_or_else(Map::new),
        content_hash: word(value, "contentHash")?,
        meta_hash: word(value, "metaHash")?,
        salt: word(value, "salt")?,
    })
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().context("a text is missing")?.to_owned())
}

pub(crate) fn word(value: &Value, key: &str) -> Result<B256> {
    text(&value[key])
        .and_then(|text| Ok(text.parse()?))
        .with_context(|| format!("{key} is no 32-byte word"))
}

#[cfg(test)]
mod tests;
