//! Easy Diffusion: a PNG field for each setting, or JSON in a comment.
//!
//! Who has it write text files too gets the names for people in both, and lists as text (`save_utils.py`,
//! `get_metadata_entries_for_request`).

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Generator, Reading};
use logic::step::StepKind;
use serde_json::{Map, Value};

const NAME: &str = "Easy Diffusion";

/// The setting that only this program has.
const MARK: &str = "use_stable_diffusion_model";

/// Most models of a list that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// Settings that are models, and the weights of those.
const MODELS: [(&str, &str); 7] = [
    (MARK, ""),
    ("use_vae_model", ""),
    ("use_controlnet_model", ""),
    ("use_lora_model", "lora_alpha"),
    ("use_hypernetwork_model", "hypernetwork_strength"),
    ("use_embeddings_model", ""),
    ("use_face_correction", ""),
];

/// All its settings, by their names for programs and for people (`TASK_TEXT_MAPPING`).
const SETTINGS: [(&str, &str); 27] = [
    ("prompt", "Prompt"),
    ("negative_prompt", "Negative Prompt"),
    ("seed", "Seed"),
    (MARK, "Stable Diffusion model"),
    ("clip_skip", "Clip Skip"),
    ("use_controlnet_model", "ControlNet model"),
    ("control_filter_to_apply", "ControlNet Filter"),
    ("control_alpha", "ControlNet Strength"),
    ("use_vae_model", "VAE model"),
    ("sampler_name", "Sampler"),
    ("scheduler_name", "Scheduler"),
    ("width", "Width"),
    ("height", "Height"),
    ("num_inference_steps", "Steps"),
    ("guidance_scale", "Guidance Scale"),
    ("distilled_guidance_scale", "Distilled Guidance"),
    ("prompt_strength", "Prompt Strength"),
    ("use_lora_model", "LoRA model"),
    ("lora_alpha", "LoRA Strength"),
    ("use_hypernetwork_model", "Hypernetwork model"),
    ("hypernetwork_strength", "Hypernetwork Strength"),
    ("use_embeddings_model", "Embedding models"),
    ("tiling", "Seamless Tiling"),
    ("use_face_correction", "Use Face Correction"),
    ("use_upscale", "Use Upscaling"),
    ("upscale_amount", "Upscale By"),
    ("latent_upscaler_steps", "Latent Upscaler Steps"),
];

/// Which of the two names a file has.
#[derive(Clone, Copy)]
enum Names {
    Programs,
    People,
}

impl Names {
    fn of(self, setting: &(&'static str, &'static str)) -> &'static str {
        match self {
            Self::Programs => setting.0,
            Self::People => setting.1,
        }
    }
}

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    for names in [Names::Programs, Names::People] {
        let mark = SETTINGS.iter().find(|setting| setting.0 == MARK);
        let mark = mark.map(|setting| names.of(setting))?;
        if let Some(field) = fields.get(mark) {
            let is_setting = |name: &str| SETTINGS.iter().any(|setting| names.of(setting) == name);
            let fields = fields.0.iter().filter(|field| is_setting(&field.name));
            let settings: Vec<(String, Value)> = fields
                .map(|field| (field.name.clone(), Value::from(field.text.as_str())))
                .collect();
            // In the order of the file, however a JSON object is kept in memory.
            let lines = settings
                .iter()
                .map(|(name, text)| format!("{}:{text}", Value::from(name.as_str())));
            let whole = format!("{{{}}}", lines.collect::<Vec<_>>().join(","));
            let settings = named(settings.into_iter().collect(), names);
            return Some(reading(&settings, &whole, field));
        }
        let in_one = fields.free().find_map(|field| {
            let is_json = field.text.trim_start().starts_with('{') && field.text.contains(mark);
            let settings = is_json.then(|| json::object(&field.text))??;
            settings.get(mark)?;
            Some(reading(&named(settings, names), &field.text, field))
        });
        if in_one.is_some() {
            return in_one;
        }
    }
    None
}

/// The settings by their names for programs, lists as lists.
fn named(mut settings: Map<String, Value>, names: Names) -> Map<String, Value> {
    if matches!(names, Names::Programs) {
        return settings;
    }
    let renamed = SETTINGS.iter().filter_map(|(name, for_people)| {
        let mut value = settings.remove(*for_people)?;
        let is_list = MODELS.iter().any(|pair| pair.0 == *name || pair.1 == *name);
        if let Some(list) = value.as_str().filter(|list| is_list && list.contains(", ")) {
            value = list.split(", ").take(MOST).collect();
        }
        Some(((*name).to_owned(), value))
    });
    renamed.collect()
}

fn reading(settings: &Map<String, Value>, whole: &str, field: &Field) -> Reading {
    let text = |key: &str| {
        settings
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(text("prompt"), field);
    reading.negative(text("negative_prompt"), field);
    for (key, weight) in MODELS {
        let weights = settings.get(weight).map(items).unwrap_or_default();
        let names = settings.get(key).map(items).unwrap_or_default();
        for (at, name) in names.iter().enumerate() {
            let weight = weights
                .get(at)
                .and_then(|weight| weight.parse::<f64>().ok());
            if weight != Some(0.0) {
                model(&mut reading, name, field);
            }
        }
    }
    let upscaler = text("use_upscale");
    if upscaler != "latent_upscaler" {
        model(&mut reading, upscaler, field);
    }
    reading.push(Found::new(StepKind::Parameters, whole, field));
    reading.tool(NAME, field);
    reading
}

fn model(reading: &mut Reading, name: &str, field: &Field) {
    if !matches!(name.trim(), "" | "None" | "none" | "null") {
        reading.model(name, None, field);
    }
}

/// What a setting lists, or the one thing that it is. A PNG has lists as Python prints them.
fn items(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().take(MOST).map(item).collect(),
        Value::String(text) => match text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            Some(list) => printed(list).unwrap_or_default(),
            None => vec![text.clone()],
        },
        Value::Null => Vec::new(),
        other => vec![item(other)],
    }
}

fn item(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The first items between the brackets of a list that Python printed. [`None`] where that is not certain.
fn printed(list: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut rest = list.trim();
    while let Some(first) = rest.chars().next().filter(|_| items.len() < MOST) {
        let (item, after) = match first {
            '\'' | '"' => rest[1..].split_once(first)?,
            _ => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        // Escapes are rare: a path of Windows has them.
        items.push(item.replace("\\\\", "\\"));
        rest = match after.trim_start() {
            "" => break,
            after => after.strip_prefix(',')?.trim_start(),
        };
    }
    Some(items)
}
