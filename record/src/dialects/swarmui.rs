//! SwarmUI: `sui_image_params`, JSON in `parameters` or a comment, and until November 2023 in EXIF's `Model` (`ImageFile.cs`,
//! `GetMetadata`).

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

const MARK: &str = "\"sui_image_params\"";

/// Parameters that are models (SwarmUI, `T2IParamTypes.cs`). Their ids have no digits, so that `T5-XXL Model` is `txxlmodel`.
const MODELS: [&str; 27] = [
    "model",
    "refinermodel",
    "vae",
    "refinervae",
    "controlnetmodel",
    "controlnettwomodel",
    "controlnetthreemodel",
    "videomodel",
    "videoswapmodel",
    "videoextendmodel",
    "videoextendswapmodel",
    "segmentmodel",
    "negativemodel",
    "regionalobjectinpaintingmodel",
    "cliplmodel",
    "clipgmodel",
    "clipvisionmodel",
    "txxlmodel",
    "llavamodel",
    "llamamodel",
    "qwenmodel",
    "mistralmodel",
    "gemmamodel",
    "gptossmodel",
    "gligenmodel",
    "seedvrmodel",
    "pixeldecodermodel",
];

/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// What stands where no model was chosen.
const NOTHING: [&str; 5] = ["", "None", "(None)", "Automatic", "(Use Base)"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let old = fields.0.iter().filter(|field| field.name == "Model");
    let field = fields
        .free()
        .chain(old)
        .find(|field| field.text.trim_start().starts_with('{') && field.text.contains(MARK))?;
    let Some(all) = json::object(&field.text) else {
        let mut reading = Reading::by(None, Evidence::Shape);
        reading.unreadable(field, "it is no JSON object");
        return Some(reading);
    };
    // The words may stand in a text of another program.
    let params = all.get("sui_image_params")?.as_object()?;
    let version = params.get("swarm_version").and_then(Value::as_str);
    // Other programs write the same object without a version.
    let generator = version.map(|_| Generator::named("SwarmUI").with_version(version));
    let evidence = match generator {
        Some(_) => Evidence::Own,
        None => Evidence::Shape,
    };
    let tool = generator.as_ref().map(ToString::to_string);
    let mut reading = Reading::by(generator, evidence);
    // `original_prompt` is what was typed before wildcards became words. The picture was made of these.
    reading.prompt(text(params, "prompt"), field);
    reading.negative(text(params, "negativeprompt"), field);
    models(&all, params, &mut reading, field);
    reading.parameters(field);
    if let Some(tool) = tool {
        reading.tool(tool, field);
    }
    Some(reading)
}

/// The models that were used, each with its hash where that is written.
fn models(
    all: &Map<String, Value>,
    params: &Map<String, Value>,
    reading: &mut Reading,
    field: &Field,
) {
    let unused = &all.get("sui_extra_data").unwrap_or(&Value::Null)["unused_parameters"];
    let is_used = |param: &str| !items(unused).any(|unused| unused == param);
    let listed: Vec<&Value> = all
        .get("sui_models")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .collect();
    let mut hashes = std::collections::BTreeMap::new();
    for model in &listed {
        let hash = model["hash"].as_str().unwrap_or_default();
        hashes.entry(clean(&model["name"])).or_insert(short(hash));
    }
    let mut named = std::collections::BTreeSet::new();
    let mut add = |value: &str| {
        let name = value.strip_suffix(".safetensors").unwrap_or(value);
        if !NOTHING.contains(&name) && named.insert(name.to_owned()) {
            reading.model(name, hashes.get(name).copied(), field);
        }
    };
    for param in MODELS.iter().filter(|param| is_used(param)) {
        add(text(params, param));
    }
    if let Some(upscaler) = upscaler(params) {
        add(upscaler);
    }
    if is_used("loras") {
        let all = |key: &str| -> Vec<String> {
            let list = params.get(key).into_iter();
            list.flat_map(items).take(MOST).collect()
        };
        let [weights, of_texts] = ["loraweights", "loratencweights"].map(all);
        for (at, lora) in all("loras").iter().enumerate() {
            // Where the text encoder has no weight of its own, it has that of the model.
            let of_text = of_texts.get(at).or_else(|| weights.get(at));
            let used = [weights.get(at), of_text].map(|weight| !weight.is_some_and(is_zero));
            if used.contains(&true) {
                add(lora);
            }
        }
    }
    for model in listed {
        let param = model["param"].as_str().unwrap_or_default();
        // LoRAs are named above, with their weights.
        if !param.is_empty() && param != "loras" && is_used(param) {
            add(clean(&model["name"]));
        }
    }
}

/// The model that makes the picture larger, where it does (SwarmUI, `WorkflowGeneratorSteps.cs`).
fn upscaler(params: &Map<String, Value>) -> Option<&str> {
    let larger = params.get("refinerupscale")?.as_f64()? != 1.0;
    let method = text(params, "refinerupscalemethod");
    let methods = ["model-", "latentmodel-", "pidmodel-"];
    let model = methods.iter().find_map(|start| method.strip_prefix(start));
    model.filter(|_| larger)
}

/// The hash by which others know the model. SwarmUI writes SHA-256 of what follows a safetensors file's header, as `0x…`
/// (`T2IModel.cs`): the first twelve digits of that are AutoV3, which Civitai takes out of it, the whole is like no other hash.
fn short(hash: &str) -> &str {
    match hash.strip_prefix("0x").and_then(|digits| digits.get(..12)) {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => digits,
        _ => hash,
    }
}

fn is_zero(weight: impl AsRef<str>) -> bool {
    weight
        .as_ref()
        .parse::<f64>()
        .is_ok_and(|weight| weight == 0.0)
}

/// The name of a model as the parameters have it.
fn clean(name: &Value) -> &str {
    let name = name.as_str().unwrap_or_default();
    name.strip_suffix(".safetensors").unwrap_or(name)
}

/// The texts and numbers of a list, or of a text with commas.
fn items(list: &Value) -> impl Iterator<Item = String> {
    let of_text = list.as_str().into_iter().flat_map(|text| text.split(','));
    let of_list = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| match item {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        });
    of_text.map(|text| text.trim().to_owned()).chain(of_list)
}

fn text<'a>(params: &'a Map<String, Value>, key: &str) -> &'a str {
    params.get(key).and_then(Value::as_str).unwrap_or_default()
}
