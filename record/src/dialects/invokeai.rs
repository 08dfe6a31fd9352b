//! InvokeAI: `invokeai_metadata` as JSON; before version 3 `sd-metadata` as JSON, and `Dream`, a command line.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

/// Fields in which it keeps how a picture came about, beside what it was made of.
const KEPT: [&str; 2] = ["invokeai_graph", "invokeai_workflow"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut reading = Reading::by(Some(Generator::named("InvokeAI")), Evidence::Own);
    let mut first = None;
    for (name, of) in [
        ("invokeai_metadata", now as fn(&_, &_, &mut _)),
        ("sd-metadata", before),
    ] {
        let Some(field) = fields.get(name) else {
            continue;
        };
        first.get_or_insert(field);
        match json::parse(&field.text) {
            Ok(Value::Object(settings)) => {
                of(&settings, field, &mut reading);
                let version = json::text(&settings, "app_version");
                let generator = Generator::named("InvokeAI").with_version(Some(version));
                reading.parameters(field);
                reading.tool(generator.to_string(), field);
                reading.generator = Some(generator);
            }
            Ok(_) => reading.unreadable(field, "it is no JSON object"),
            Err(reason) => reading.unreadable(field, reason),
        }
    }
    if let Some(field) = fields.get("Dream") {
        // A quoted prompt, then options; those are in the parameters.
        let quoted = field.text.trim().strip_prefix('"');
        if let Some((prompt, _)) = quoted.and_then(|rest| rest.rsplit_once('"')) {
            first.get_or_insert(field);
            bracketed(prompt, field, &mut reading);
            reading.parameters(field);
        }
    }
    for field in KEPT.iter().filter_map(|name| fields.get(name)) {
        first.get_or_insert(field);
        reading.parameters(field);
    }
    first.map(|_| reading)
}

fn now(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    for key in ["positive_prompt", "positive_style_prompt"] {
        reading.prompt(json::text(settings, key), field);
    }
    for key in ["negative_prompt", "negative_style_prompt"] {
        reading.negative(json::text(settings, key), field);
    }
    for key in [
        "model",
        "vae",
        "refiner_model",
        "t5_encoder",
        "clip_embed_model",
        "upscale_model",
    ] {
        if let Some(model) = settings.get(key) {
            add(model, field, reading);
        }
    }
    let lists = [
        ("loras", &["lora", "model"][..]),
        ("controlnets", &["control_model"]),
        ("ipAdapters", &["ip_adapter_model"]),
        ("t2iAdapters", &["t2i_adapter_model"]),
    ];
    for (list, keys) in lists {
        let used = settings
            .get(list)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for used in used.filter(|used| {
            ["weight", "control_weight"]
                .iter()
                .all(|key| used[*key].as_f64() != Some(0.0))
        }) {
            if let Some(model) = keys.iter().find_map(|key| used.get(key)) {
                add(model, field, reading);
            }
        }
    }
}

/// Adds a model as it is described: `model_name` before version 4, `name` since.
fn add(model: &Value, field: &Field, reading: &mut Reading) {
    let text = |key: &str| model.get(key).and_then(Value::as_str);
    let name = text("model_name").or_else(|| text("name"));
    reading.model(name.unwrap_or_default(), text("hash"), field);
}

fn before(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let prompt = settings.get("image").and_then(|image| image.get("prompt"));
    match prompt {
        Some(Value::String(prompt)) => bracketed(prompt, field, reading),
        Some(Value::Array(prompts)) => {
            for prompt in prompts {
                bracketed(
                    prompt["prompt"].as_str().unwrap_or_default(),
                    field,
                    reading,
                );
            }
        }
        _ => {}
    }
    let hash = json::text(settings, "model_hash");
    reading.model(json::text(settings, "model_weights"), Some(hash), field);
}

/// What stands in brackets is not wanted (InvokeAI 2, ldm/invoke/conditioning.py): each part up to the first bracket that closes.
fn bracketed(prompt: &str, field: &Field, reading: &mut Reading) {
    let (mut wanted, mut unwanted) = (String::new(), Vec::new());
    let mut rest = prompt;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, behind)) = after.split_once(']') else {
            break;
        };
        wanted.push_str(before);
        unwanted.push(inside);
        rest = behind;
    }
    wanted.push_str(rest);
    reading.prompt(&wanted, field);
    reading.negative(&unwanted.join(" "), field);
}
