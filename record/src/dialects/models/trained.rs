//! LoRAs and other networks that were trained.
//!
//! sd-scripts writes `ss_…` (kohya-ss/sd-scripts, `train_network.py`), and others write some of these to be understood. The
//! specification of models has `modelspec.…` (Stability-AI/ModelSpec). ai-toolkit names itself in `software`, OneTrainer has
//! `ot_…` (`BaseModelSaver.py`), diffusers `lora_adapter_metadata`.

use super::{dataset, for_others, hash, model_for_others, said};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

/// What was used, and its hashes: of the whole file, and the short one of old.
const USED: [(&str, [&str; 2]); 2] = [
    (
        "ss_sd_model_name",
        ["ss_new_sd_model_hash", "ss_sd_model_hash"],
    ),
    ("ss_vae_name", ["ss_new_vae_hash", "ss_vae_hash"]),
];
/// Objects by the names of folders, or of lists of captions.
const FOLDERS: [&str; 2] = ["ss_dataset_dirs", "ss_reg_dataset_dirs"];
/// How often each folder's words stand in it; folders are named here too.
const WORDS: &str = "ss_tag_frequency";
/// Most of a kind that are looked at. A record holds no more steps.
const MOST: usize = 2_000;

pub(super) fn read(fields: &Fields, reading: &mut Reading) {
    for (name, hashes) in USED {
        if let Some((field, name)) = said(fields, name) {
            let hashes = hashes.iter().filter_map(|name| said(fields, name));
            let mut hashes = hashes.filter_map(|(_, text)| hash(text));
            reading.model(&for_others(name), hashes.next(), field);
        }
    }
    merged_from(fields, reading);
    bases(fields, reading);
    data(fields, reading);
    trainer(fields, reading);
}

/// Models that were merged, after commas.
fn merged_from(fields: &Fields, reading: &mut Reading) {
    if let Some((field, names)) = said(fields, "modelspec.merged_from") {
        for name in names.split(',').take(MOST) {
            reading.model(&for_others(name), None, field);
        }
    }
}

/// The base in the settings of diffusers' adapters: one for each part of a model, such as `transformer.`.
fn bases(fields: &Fields, reading: &mut Reading) {
    let Some((field, settings)) = object(fields, "lora_adapter_metadata", reading) else {
        return;
    };
    let is_base = |name: &str| name.rsplit('.').next() == Some("base_model_name_or_path");
    let bases = settings.iter().filter(|(name, _)| is_base(name));
    let names = bases.filter_map(|(_, name)| model_for_others(name.as_str()?));
    for name in names.take(MOST) {
        reading.model(&name, None, field);
    }
}

fn data(fields: &Fields, reading: &mut Reading) {
    let mut is_named = false;
    for name in FOLDERS {
        if let Some((field, folders)) = object(fields, name, reading) {
            is_named |= !folders.is_empty();
            names(folders, field, reading);
        }
    }
    if let Some((field, sets)) = value(fields, "ss_datasets", reading) {
        let sets = sets.as_array().into_iter().flatten();
        let subsets = sets
            .filter_map(|set| set.get("subsets")?.as_array())
            .flatten();
        let name = |subset: &Value| {
            let of = |key: &str| subset.get(key)?.as_str().map(str::to_owned);
            of("image_dir").or_else(|| of("metadata_file"))
        };
        for name in subsets.filter_map(name).take(MOST) {
            is_named = true;
            dataset(&name, field, reading);
        }
    }
    if !is_named && let Some((field, folders)) = object(fields, WORDS, reading) {
        names(folders, field, reading);
    }
}

fn names(folders: Map<String, Value>, field: &Field, reading: &mut Reading) {
    for name in folders.keys().take(MOST) {
        dataset(name, field, reading);
    }
}

fn trainer(fields: &Fields, reading: &mut Reading) {
    let (field, program) = if let Some((field, revision)) = said(fields, "ot_revision") {
        let program = Generator::named("OneTrainer").with_version(Some(revision));
        (field, program)
    } else if let Some((field, program)) = toolkit(fields) {
        (field, program)
    } else if let Some((field, revision)) = said(fields, "ss_sd_scripts_commit_hash") {
        // Where it was not run from its repository it says so here.
        let program = Generator::named("sd-scripts").with_version(hash(revision));
        (field, program)
    } else {
        return;
    };
    reading.tool(program.to_string(), field);
    reading.generator = Some(program);
    reading.evidence = Evidence::Named;
}

/// The program that ai-toolkit, or one that writes like it, says to be.
fn toolkit(fields: &Fields) -> Option<(&Field, Generator)> {
    let (field, text) = said(fields, "software")?;
    let software = json::object(text)?;
    let says = |key: &str| software.get(key)?.as_str();
    let name = says("name").filter(|name| !name.trim().is_empty())?;
    Some((
        field,
        Generator::named(name.trim()).with_version(says("version")),
    ))
}

/// The JSON of a field. One that cannot be read is told.
fn value<'a>(fields: &'a Fields, name: &str, reading: &mut Reading) -> Option<(&'a Field, Value)> {
    let (field, text) = said(fields, name)?;
    match json::parse(text) {
        Ok(value) => Some((field, value)),
        Err(error) => {
            reading.unreadable(field, format!("it is no JSON: {error}"));
            None
        }
    }
}

fn object<'a>(
    fields: &'a Fields,
    name: &str,
    reading: &mut Reading,
) -> Option<(&'a Field, Map<String, Value>)> {
    match value(fields, name, reading)? {
        (field, Value::Object(object)) => Some((field, object)),
        _ => None,
    }
}
