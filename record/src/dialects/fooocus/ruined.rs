//! RuinedFooocus.

use super::{Settings, model, text};
use crate::field::Field;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

pub(super) const NAME: &str = "RuinedFooocus";
/// What RuinedFooocus put behind the name of a LoRA for which it knew words.
const WORDS: char = '\u{1f5d2}';
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// The settings that RuinedFooocus writes. A LoRA is its hash and `weight - name`.
pub(super) fn reading(settings: &Settings, field: &Field) -> Reading {
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(text(settings, "Prompt"), field);
    reading.negative(text(settings, "Negative"), field);
    let hash = text(settings, "base_model_hash");
    model(&mut reading, text(settings, "base_model_name"), hash, field);
    let loras = settings.get("loras").and_then(Value::as_array);
    for lora in loras.into_iter().flatten() {
        let [hash, name] = [&lora[0], &lora[1]].map(|it| it.as_str().unwrap_or_default());
        let Some((weight, name)) = name.split_once(" - ") else {
            continue;
        };
        if weight
            .trim()
            .parse::<f64>()
            .is_ok_and(|weight| weight != 0.0)
        {
            model(&mut reading, name, hash, field);
        }
    }
    for (name, weight) in old_loras(text(settings, "loras")).take(MOST) {
        if weight
            .trim()
            .parse::<f64>()
            .is_ok_and(|weight| weight != 0.0)
        {
            model(&mut reading, name, "", field);
        }
    }
    reading.parameters(field);
    reading.tool(NAME, field);
    reading
}

/// LoRAs as they were written in 2023, with their weights: `Loras:<ink.safetensors 🗒️:1>,<None:0.5>`.
fn old_loras(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let list = list.strip_prefix("Loras:").unwrap_or_default();
    list.split('<').skip(1).filter_map(|lora| {
        let (name, weight) = lora.split_once('>')?.0.rsplit_once(':')?;
        let name = name.split_once(WORDS).map_or(name, |(name, _)| name);
        Some((name.trim(), weight))
    })
}
