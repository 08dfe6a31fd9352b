//! The models that settings and prompts name.

mod civitai;
mod extensions;
mod networks;
mod words;

use super::settings::Settings;
use crate::field::Field;
use crate::json;
use crate::reading::Found;
use logic::step::StepKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use words::{is_nothing, marked};

/// Most models of one picture. Nobody uses so many, and each becomes a step.
const MAX_MODELS: usize = 500;

/// What a model is for: a name is one model among those of its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Checkpoint,
    Vae,
    Network,
    Embedding,
    Other,
}

/// A model by its name, and what else names it.
#[derive(Debug)]
pub(super) struct Model {
    sort: Sort,
    name: String,
    hash: Option<String>,
    air: Option<String>,
}

impl Model {
    pub(super) fn found(self, field: &Field) -> Found {
        Found::new(StepKind::Model, self.name, field)
            .with("hash", self.hash.as_deref())
            .with("air", self.air.as_deref())
    }
}

/// The models in the order in which they are named, each of them once.
#[derive(Debug, Default)]
struct Models {
    all: Vec<Model>,
    places: BTreeMap<(Sort, String), usize>,
    /// Networks that stand in a prompt with no weight, and so were not used.
    unused: BTreeSet<String>,
}

impl Models {
    fn add(&mut self, sort: Sort, name: &str, hash: Option<&str>) {
        self.add_with(sort, name, hash, None);
    }

    fn add_with(&mut self, sort: Sort, name: &str, hash: Option<&str>, air: Option<&str>) {
        let name = name.trim();
        let nothing = is_nothing(name) || (sort == Sort::Network && self.unused.contains(name));
        if nothing {
            return;
        }
        let owned = |text: Option<&str>| {
            let text = text.map(str::trim).filter(|text| !is_nothing(text));
            text.map(str::to_owned)
        };
        let key = (sort, name.to_owned());
        match self.places.get(&key) {
            // A second hash of the same file is of another kind; both stay among the parameters.
            Some(place) => {
                let model = &mut self.all[*place];
                model.hash = model.hash.take().or_else(|| owned(hash));
                model.air = model.air.take().or_else(|| owned(air));
            }
            None if self.all.len() < MAX_MODELS => {
                self.places.insert(key, self.all.len());
                self.all.push(Model {
                    sort,
                    name: name.to_owned(),
                    hash: owned(hash),
                    air: owned(air),
                });
            }
            None => {}
        }
    }

    /// Adds a `name [hash]`.
    fn add_marked(&mut self, sort: Sort, text: &str) {
        let (name, hash) = marked(text, '[', ']');
        self.add(sort, name, hash);
    }
}

/// The models of a text. The prompts are those whose tags load networks.
pub(super) fn of(settings: &Settings, prompts: &[&str], sd_next: bool) -> Vec<Model> {
    let mut models = Models::default();
    let loaded = settings.get("LoRA networks").filter(|_| sd_next);
    let tags = match loaded {
        Some(_) => Vec::new(),
        None => networks::tags(prompts, settings),
    };
    networks::leave_out(settings, &tags, &mut models);
    let hashes = settings
        .get("Hashes")
        .and_then(json::object)
        .unwrap_or_default();
    main(settings, &hashes, &mut models);
    networks::add(settings, &tags, &mut models);
    if let Some(loaded) = loaded {
        networks::add_loaded(loaded, settings.get("LoRA hashes"), &mut models);
    }
    for (key, hash) in &hashes {
        let Some((sort, name)) = key.split_once(':') else {
            continue;
        };
        let sort = match sort.to_ascii_lowercase().as_str() {
            "lora" | "lyco" | "hypernet" => Sort::Network,
            "embed" => Sort::Embedding,
            "model" | "checkpoint" => Sort::Checkpoint,
            "vae" => Sort::Vae,
            _ => Sort::Other,
        };
        models.add(sort, name, hash.as_str());
    }
    if sd_next {
        for key in ["UNet", "TE", "T5"] {
            models.add(Sort::Other, settings.get(key).unwrap_or_default(), None);
        }
        let embeddings = settings.get("Embeddings").unwrap_or_default();
        for name in embeddings.split(", ") {
            models.add(Sort::Embedding, name, None);
        }
    }
    extensions::add(settings, &mut models);
    civitai::add(settings, &mut models);
    models.all
}

/// The checkpoint, the one that refines, the one that makes the picture larger, and the VAE.
fn main(settings: &Settings, hashes: &serde_json::Map<String, Value>, models: &mut Models) {
    let listed = |key: &str| hashes.get(key).and_then(Value::as_str);
    let hash = settings.get("Model hash").or_else(|| listed("model"));
    // Old texts have no name beside the hash.
    let name = settings.get("Model").or(hash);
    models.add(Sort::Checkpoint, name.unwrap_or_default(), hash);
    let (refiner, hash) = marked(settings.get("Refiner").unwrap_or_default(), '[', ']');
    let hash = hash.or_else(|| settings.get("Refiner hash"));
    models.add(Sort::Checkpoint, refiner, hash);
    let larger = settings.get("Hires checkpoint").unwrap_or_default();
    models.add_marked(Sort::Checkpoint, larger);
    if let Some(vae) = settings.get("VAE").filter(|vae| *vae != "Remote") {
        let hash = settings.get("VAE hash").or_else(|| listed("vae"));
        models.add(Sort::Vae, vae, hash);
    }
}
