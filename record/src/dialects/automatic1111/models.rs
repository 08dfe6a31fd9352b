//! The models that settings and prompts name.

use super::settings::Settings;
use crate::field::Field;
use crate::json;
use crate::reading::Found;
use logic::step::StepKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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
    let tags = prompts.iter().flat_map(|prompt| tags(prompt));
    let tags: Vec<Tag> = tags.take(MAX_MODELS).collect();
    let used: BTreeSet<&str> = used(&tags);
    let unused = tags
        .iter()
        .map(|tag| tag.name)
        .filter(|name| !used.contains(name));
    models.unused = unused.map(str::to_owned).collect();
    unweighted(settings, &mut models);
    let hashes = settings
        .get("Hashes")
        .and_then(json::object)
        .unwrap_or_default();
    main(settings, &hashes, &mut models);
    for tag in tags.iter().filter(|tag| used.contains(tag.name)) {
        models.add(Sort::Network, tag.name, None);
    }
    for (key, sort) in [
        ("Lora hashes", Sort::Network),
        ("TI hashes", Sort::Embedding),
    ] {
        for (name, hash) in settings.get(key).map(named).unwrap_or_default() {
            // Fooocus once wrote the weight behind the hash.
            match name.rsplit_once(": ") {
                Some((name, before)) if is_hash(before) => {
                    if !is_zero(hash) {
                        models.add(sort, name, Some(before));
                    }
                }
                _ => models.add(sort, name, Some(hash)),
            }
        }
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
        for name in settings
            .get("Embeddings")
            .into_iter()
            .flat_map(|all| all.split(", "))
        {
            models.add(Sort::Embedding, name, None);
        }
    }
    others(settings, &mut models);
    resources(settings, &mut models);
    models.all
}

/// The checkpoint, the one that refines, and the VAE.
fn main(settings: &Settings, hashes: &serde_json::Map<String, Value>, models: &mut Models) {
    let listed = |key: &str| hashes.get(key).and_then(Value::as_str);
    let hash = settings.get("Model hash").or_else(|| listed("model"));
    // Old texts have no name beside the hash.
    let name = settings.get("Model").or(hash);
    models.add(Sort::Checkpoint, name.unwrap_or_default(), hash);
    let (refiner, hash) = marked(settings.get("Refiner").unwrap_or_default(), '[', ']');
    let hash = hash.or_else(|| settings.get("Refiner hash"));
    models.add(Sort::Checkpoint, refiner, hash);
    for key in [
        "Hires checkpoint",
        "ADetailer checkpoint",
        "ADetailer checkpoint 2nd",
    ] {
        models.add_marked(Sort::Checkpoint, settings.get(key).unwrap_or_default());
    }
    if let Some(vae) = settings.get("VAE").filter(|vae| *vae != "Remote") {
        let hash = settings.get("VAE hash").or_else(|| listed("vae"));
        models.add(Sort::Vae, vae, hash);
    }
}

/// Models of extensions, and those that make the picture larger.
fn others(settings: &Settings, models: &mut Models) {
    let zero = |key: &str| settings.get(key).is_some_and(is_zero);
    for (key, value) in settings.0.iter().take(MAX_MODELS) {
        let key = key.as_str();
        if let Some(unit) = key.strip_prefix("ControlNet") {
            if unit.trim().parse::<u8>().is_ok() {
                let unit = Settings::read(value);
                if !unit.get("Weight").is_some_and(is_zero) {
                    models.add_marked(Sort::Other, unit.get("Model").unwrap_or_default());
                }
            } else if let Some(unit) = key.strip_suffix(" Model") {
                let off = settings.get(&format!("{unit} Enabled")) == Some("False");
                if !off && !zero(&format!("{unit} Weight")) {
                    models.add_marked(Sort::Other, value);
                }
            }
        } else if is_model(key, value) {
            models.add(Sort::Other, value, None);
        } else if key == "Hypernet" && !zero("Hypernet strength") {
            let (name, hash) = marked(value, '(', ')');
            models.add(Sort::Network, name, hash);
        }
    }
}

/// Whether a setting is a model of no other sort: Forge's modules, what ADetailer looks with, what makes the picture larger.
fn is_model(key: &str, value: &str) -> bool {
    match key {
        "ADetailer model" | "ADetailer model 2nd" => true,
        "Hires upscaler" | "Postprocess upscaler" | "Postprocess upscaler 2" => {
            is_upscaling_model(value)
        }
        _ => {
            let module = key.strip_prefix("Module ");
            module.is_some_and(|unit| unit.parse::<u8>().is_ok())
        }
    }
}

/// What Civitai says of the models. A checkpoint is the one that the settings name already, if there is but one of either.
fn resources(settings: &Settings, models: &mut Models) {
    let list = settings.get("Civitai resources").map(json::parse);
    let Some(Ok(Value::Array(list))) = list else {
        return;
    };
    let is_checkpoint = |resource: &Value| {
        let sort = resource["type"].as_str().unwrap_or_default();
        sort == "checkpoint" || sort == "model" || air(resource).contains(":checkpoint:")
    };
    let named = settings.get("Model").filter(|_| {
        let count = |sort| models.all.iter().filter(|model| model.sort == sort).count();
        count(Sort::Checkpoint) == 1 && list.iter().filter(|one| is_checkpoint(one)).count() == 1
    });
    for resource in list.iter().take(MAX_MODELS) {
        if resource["weight"].as_f64() == Some(0.0) {
            continue;
        }
        let air = air(resource);
        let version = resource["modelVersionId"]
            .as_u64()
            .map(|id| format!("Civitai model version {id}"));
        let own = match named {
            Some(name) if is_checkpoint(resource) => Some(name),
            _ => resource["modelName"]
                .as_str()
                .filter(|name| !name.trim().is_empty()),
        };
        // One of which only the number is known is named by that: it can be looked up.
        let name = own
            .or(Some(air).filter(|air| !air.is_empty()))
            .or(version.as_deref());
        let sort = match is_checkpoint(resource) {
            true => Sort::Checkpoint,
            false => Sort::Other,
        };
        models.add_with(sort, name.unwrap_or_default(), None, Some(air));
    }
}

fn air(resource: &Value) -> &str {
    resource["air"].as_str().unwrap_or_default()
}

/// Notes which networks a list of weights says were not used.
fn unweighted(settings: &Settings, models: &mut Models) {
    for (name, weight) in settings.get("Lora weights").map(named).unwrap_or_default() {
        if is_zero(weight) {
            models.unused.insert(name.to_owned());
        }
    }
}

/// A list `name: value, name: value`.
fn named(list: &str) -> Vec<(&str, &str)> {
    let pairs = list.split(", ").filter_map(|pair| pair.rsplit_once(": "));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect()
}

/// A network that a prompt names: `<lora:name:weight>`.
struct Tag<'a> {
    name: &'a str,
    used: bool,
}

fn used<'a>(tags: &[Tag<'a>]) -> BTreeSet<&'a str> {
    let used = tags.iter().filter(|tag| tag.used);
    used.map(|tag| tag.name).collect()
}

/// The networks of a prompt.
fn tags(prompt: &str) -> impl Iterator<Item = Tag<'_>> {
    prompt.split('<').skip(1).filter_map(|part| {
        let (tag, _) = part.split_once('>')?;
        let mut parts = tag.split(':');
        if !matches!(parts.next()?, "lora" | "lyco" | "hypernet") {
            return None;
        }
        let name = parts.next()?.trim();
        let weights = parts.filter_map(|part| match part.split_once('=') {
            Some(("te" | "unet", weight)) => weight.trim().parse::<f64>().ok(),
            Some(_) => None,
            None => part.trim().parse::<f64>().ok(),
        });
        let weights: Vec<f64> = weights.take(2).collect();
        let unused = !weights.is_empty() && weights.iter().all(|weight| *weight == 0.0);
        Some(Tag {
            name,
            used: !unused,
        })
    })
}

/// The two parts of `name [mark]`.
fn marked(text: &str, open: char, close: char) -> (&str, Option<&str>) {
    let text = text.trim();
    let mark = text
        .strip_suffix(close)
        .and_then(|text| text.rsplit_once(open));
    match mark {
        Some((name, mark)) if is_hash(mark) => (name.trim(), Some(mark)),
        _ => (text, None),
    }
}

fn is_hash(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_zero(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(|weight| weight == 0.0)
}

/// Words that stand where a name would, and name no model.
fn is_nothing(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "",
        "none",
        "null",
        "automatic",
        "default",
        "default (model)",
        "use same checkpoint",
        "use same upscaler",
        "passthrough",
    ];
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// Whether a picture is made larger by a model, not by a rule.
fn is_upscaling_model(name: &str) -> bool {
    const RULES: [&str; 9] = [
        "latent", "lanczos", "nearest", "bicubic", "bilinear", "resize", "vips", "hamming", "box",
    ];
    let name = name.to_ascii_lowercase();
    !RULES
        .iter()
        .any(|rule| name.split([' ', '-', '_']).any(|word| word == *rule))
}
