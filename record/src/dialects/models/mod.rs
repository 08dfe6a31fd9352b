//! Models that were trained, merged or quantised: what safetensors and GGUF say of that.
//!
//! What they were made from are models, what they were taught are data. Families, such as `sdxl_base_v1-0` or an architecture, are
//! neither, and a file's own name and hash are no step. All that stands there is kept as one parameters step.

mod gguf;
mod merged;
mod trained;

use crate::carriers::LONGEST_TEXT;
use crate::field::{Field, Fields};
use crate::reading::{Evidence, Found, Reading};
use crate::sidecars::MODELS;
use logic::step::StepKind;
use serde_json::Value;

/// What the names of fields begin with, which only files of models have: sd-scripts and those that write like it, the
/// specification of Stability AI, OneTrainer, merges of the web UI and its kin, diffusers, and GGUF.
const BEGINNINGS: [&str; 7] = [
    "ss_",
    "sshs_",
    "modelspec.",
    "ot_",
    "sd_merge_",
    "lora_adapter_metadata",
    "general.architecture",
];
/// The carriers of models.
const PLACES: [&str; 2] = ["safetensors", "GGUF"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let of_model = |field: &&Field| PLACES.contains(&&*field.place);
    let known = |name: &str| BEGINNINGS.iter().any(|begins| name.starts_with(begins));
    let mut all = fields.0.iter().filter(of_model);
    let first = all.find(|field| known(&field.name))?;
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.is_model = true;
    // A merge may copy what stood in the files it was made from, which is theirs.
    if !merged::read(fields, &mut reading) {
        trained::read(fields, &mut reading);
    }
    gguf::read(fields, &mut reading);
    whole(fields, first, &mut reading);
    Some(reading)
}

/// Keeps all fields as one object, or each by itself where they are very long. ComfyUI's own are kept by its dialect.
fn whole(fields: &Fields, first: &Field, reading: &mut Reading) {
    let ours = |field: &&Field| !["prompt", "workflow"].contains(&field.name.as_str());
    let fields: Vec<_> = fields.0.iter().filter(ours).collect();
    if fields
        .iter()
        .map(|field| quoted_length(&field.text))
        .sum::<usize>()
        > LONGEST_TEXT
    {
        for field in fields {
            reading.parameters(field);
        }
        return;
    }
    // In the order of the file, however a JSON object is kept in memory.
    let quoted = |text: &str| Value::from(text).to_string();
    let members = fields
        .iter()
        .map(|field| format!("{}:{}", quoted(&field.name), quoted(&field.text)));
    let whole = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    reading.push(Found::new(StepKind::Parameters, whole, first));
}

/// How long a text is as JSON, where a letter may become six.
fn quoted_length(text: &str) -> usize {
    let lengths = text.bytes().map(|byte| match byte {
        ..0x20 => 6,
        b'"' | b'\\' => 2,
        _ => 1,
    });
    lengths.sum()
}

/// The text of a field, unless it says that there is nothing.
fn said<'a>(fields: &'a Fields, name: &str) -> Option<(&'a Field, &'a str)> {
    let field = fields.get(name)?;
    let text = field.text.trim();
    (!matches!(text, "" | "None" | "null")).then_some((field, text))
}

/// A hash by its shape: at least eight hexadecimal digits.
pub(super) fn hash(text: &str) -> Option<&str> {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hex && text.len() >= 8).then_some(text)
}

/// What others can make of a name: that itself, or of a path on somebody's disk its last part. What is in the cache of Hugging Face
/// is named by its repository (huggingface_hub, `models--owner--name`).
fn for_others(name: &str) -> String {
    let name = name.trim();
    if !is_local(name) {
        return name.to_owned();
    }
    let mut parts = name
        .split(['/', '\\'])
        .rev()
        .filter(|part| !part.is_empty());
    let of_cache = parts.clone().find_map(|part| {
        let repository = part
            .strip_prefix("models--")
            .or_else(|| part.strip_prefix("datasets--"))?;
        Some(repository.replacen("--", "/", 1))
    });
    of_cache.unwrap_or_else(|| parts.next().unwrap_or_default().to_owned())
}

/// The same of a model that may be a folder. Its last part may be `checkpoint-500`, which names nothing, so that only a file and a
/// repository are named.
fn model_for_others(name: &str) -> Option<String> {
    let shown = for_others(name);
    let is_file = || {
        let ending = shown.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| {
            MODELS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        })
    };
    (!is_local(name.trim()) || shown.contains('/') || is_file()).then_some(shown)
}

/// Whether a name is a path on a disk: absolute, or from where its program was run.
fn is_local(name: &str) -> bool {
    let begins = [
        "/", "./", "../", "~/", ".\\", "..\\", "~\\", "\\\\", "file:",
    ];
    let of_drive = || {
        let bytes = name.as_bytes();
        bytes.len() > 2
            && bytes[0].is_ascii_alphabetic()
            && bytes[1] == b':'
            && matches!(bytes[2], b'/' | b'\\')
    };
    matches!(name, "." | "..") || begins.iter().any(|begin| name.starts_with(begin)) || of_drive()
}

fn dataset(name: &str, field: &Field, reading: &mut Reading) {
    let name = for_others(name);
    if !name.is_empty() {
        reading.push(Found::new(StepKind::Dataset, name, field));
    }
}
