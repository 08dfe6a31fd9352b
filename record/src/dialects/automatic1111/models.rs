//! The models that settings and tags in prompts name.

use super::settings::Settings;
use crate::json;
use crate::reading::MOST_FOUND;
use serde_json::Value;

/// A model as its users name it.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) hash: Option<String>,
    pub(super) air: Option<String>,
    /// What it is, so that a LoRA is not taken for a checkpoint of its name.
    kind: Kind,
}

/// What a model is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Whole,
    Vae,
    Lora,
    Embedding,
}

impl Kind {
    /// As hashes and Civitai name it.
    fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "lora" | "lyco" | "lycoris" | "locon" | "dora" => Self::Lora,
            "embed" | "embedding" | "textualinversion" => Self::Embedding,
            "vae" => Self::Vae,
            _ => Self::Whole,
        }
    }
}

/// All models, each once.
#[derive(Default)]
pub(super) struct Models(pub(super) Vec<Model>);

/// Values that name no file.
const NO_MODEL: [&str; 4] = ["None", "Automatic", "none", "undefined"];
/// Ways of making a picture larger that need no model.
const NO_UPSCALERS: [&str; 5] = ["Latent", "Lanczos", "Nearest", "Bicubic", "Bilinear"];
/// Tags in prompts that load a model.
const TAGS: [&str; 3] = ["<lora:", "<lyco:", "<hypernet:"];

impl Models {
    pub(super) fn of(settings: &Settings, prompt: &str) -> Self {
        let mut models = Self::default();
        let hash = settings.get("Model hash");
        let name = settings.get("Model").or_else(|| hash.clone());
        models.add(Kind::Whole, name, hash, None);
        for (_, name) in settings.all(&["Refiner", "Hires checkpoint"]) {
            models.add_with_hash(&name);
        }
        models.add(
            Kind::Vae,
            settings.get("VAE"),
            settings.get("VAE hash"),
            None,
        );
        for (_, name) in settings.all(&["Module", "ADetailer model"]) {
            models.add(Kind::Whole, Some(name), None, None);
        }
        // Tags are looked for in the prompt alone (modules/extra_networks.py).
        for name in tags(prompt) {
            models.add(Kind::Lora, Some(name.to_owned()), None, None);
        }
        for (key, kind) in [("Lora hashes", Kind::Lora), ("TI hashes", Kind::Embedding)] {
            for (name, hash) in listed(&settings.get(key).unwrap_or_default()) {
                models.add(kind, Some(name.to_owned()), Some(hash.to_owned()), None);
            }
        }
        models.add_hashes(settings);
        models.add_resources(settings);
        for (_, unit) in settings.all(&["ControlNet"]) {
            if let Some(name) = Settings::of(&unit).get("Model") {
                models.add_with_hash(&name);
            }
        }
        for (_, name) in settings.all(&["Hires upscaler", "Postprocess upscaler"]) {
            if !NO_UPSCALERS.iter().any(|no| name.contains(no)) {
                models.add(Kind::Whole, Some(name), None, None);
            }
        }
        models
    }

    /// Adds a model, or what was not known yet of one that is there.
    fn add(&mut self, kind: Kind, name: Option<String>, hash: Option<String>, air: Option<String>) {
        let Some(name) = name.filter(|name| !name.is_empty() && !NO_MODEL.contains(&name.as_str()))
        else {
            return;
        };
        if self.0.len() == MOST_FOUND {
            return;
        }
        let same = |model: &&mut Model| {
            let another = air.is_some() && model.air.is_some() && model.air != air;
            model.kind == kind && model.name == name && !another
        };
        match self.0.iter_mut().find(same) {
            Some(model) => {
                model.hash = model.hash.take().or(hash);
                model.air = model.air.take().or(air);
            }
            None => self.0.push(Model {
                name,
                hash,
                air,
                kind,
            }),
        }
    }

    /// Adds `name [hash]`.
    fn add_with_hash(&mut self, text: &str) {
        let split = text
            .strip_suffix(']')
            .and_then(|text| text.rsplit_once(" ["));
        match split {
            Some((name, hash)) => self.add(
                Kind::Whole,
                Some(name.to_owned()),
                Some(hash.to_owned()),
                None,
            ),
            None => self.add(Kind::Whole, Some(text.to_owned()), None, None),
        }
    }

    /// `Hashes: {"model": "…", "lora:ink": "…", "embed:bad": "…"}`.
    fn add_hashes(&mut self, settings: &Settings) {
        let hashes = settings.get("Hashes").unwrap_or_default();
        for (name, hash) in json::object(&hashes).unwrap_or_default() {
            let hash = hash.as_str().map(str::to_owned);
            match name.split_once(':') {
                Some((kind, name)) => {
                    self.add(Kind::named(kind), Some(name.to_owned()), hash, None)
                }
                None if name == "model" => self.add(Kind::Whole, settings.get("Model"), hash, None),
                None if name == "vae" => self.add(Kind::Vae, settings.get("VAE"), hash, None),
                None => {}
            }
        }
    }

    /// `Civitai resources: [{"type": "lora", "modelName": "Ink", "modelVersionId": 182559, "air": "urn:air:…"}]`.
    fn add_resources(&mut self, settings: &Settings) {
        let resources = settings.get("Civitai resources").unwrap_or_default();
        let Ok(Value::Array(resources)) = json::parse(&resources) else {
            return;
        };
        for resource in resources {
            let text = |key: &str| resource.get(key).and_then(Value::as_str).map(str::to_owned);
            let unused = resource.get("weight").and_then(Value::as_f64) == Some(0.0);
            let version = resource.get("modelVersionId").and_then(Value::as_u64);
            let version = version.map(|id| format!("Civitai model version {id}"));
            let name = text("modelName").or_else(|| text("air")).or(version);
            if !unused {
                let kind = Kind::named(&text("type").unwrap_or_default());
                self.add(kind, name, text("hash"), text("air"));
            }
        }
    }
}

/// `ink: 0011223344, pencil: 5566778899`.
fn listed(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = text.split(',').filter_map(|pair| pair.rsplit_once(':'));
    pairs.map(|(name, hash)| (name.trim(), hash.trim()))
}

/// The names in tags such as `<lora:ink:0.8>`, those of no weight left out.
fn tags(prompt: &str) -> Vec<&str> {
    let named = |tag: &'static str| {
        prompt.split(tag).skip(1).filter_map(|rest| {
            let mut parts = rest.split_once('>')?.0.split(':');
            let name = parts.next()?.trim();
            let weight = parts.next().unwrap_or("1").trim();
            (weight.parse() != Ok(0.0)).then_some(name)
        })
    };
    TAGS.into_iter().flat_map(named).collect()
}
