//! Files of weights that were used.

use super::Once;
use super::civitai;
use super::graph::Graph;
use super::live::Live;
use super::stacks::Stack;
use super::tags;
use super::texts::Texts;
use serde_json::{Map, Value};
use std::cell::LazyCell;

/// How names of files with weights end.
const ENDS: [&str; 11] = [
    ".safetensors",
    ".sft",
    ".ckpt",
    ".pt",
    ".pt2",
    ".pth",
    ".bin",
    ".gguf",
    ".onnx",
    ".pkl",
    ".engine",
];
/// Inputs that name models by a folder, a repository or a short name, and what they say where there is none: ComfyUI's loaders of
/// Diffusers and of small VAEs, Nunchaku, and the wrappers that download.
const FOLDERS: [(&str, &str); 7] = [
    ("DiffusersLoader", "model_path"),
    ("DeprecatedDiffusersLoader", "model_path"),
    ("VAELoader", "vae_name"),
    ("NunchakuFluxDiTLoader", "model_path"),
    ("DownloadAndLoadCogVideoModel", "model"),
    ("DownloadAndLoadHyVideoTextEncoder", "llm_model"),
    ("DownloadAndLoadHyVideoTextEncoder", "clip_model"),
];
const NO_FOLDER: [&str; 3] = ["", "disabled", "pixel_space"];
/// Longest name of a file, with its folders.
const LONGEST: usize = 1_024;
/// Inputs in which people write, and where such a name is no file.
const WRITTEN: [&str; 6] = [
    "text",
    "prompt",
    "positive",
    "negative",
    "filename_prefix",
    "populated_text",
];

/// Adds the names that nodes have which others used.
pub(super) fn find(graph: &Graph<'_>, live: &Live, models: &mut Once) {
    let mut texts = Texts::new(graph);
    for node in (0..graph.nodes.len()).filter(|node| live.ran(*node)) {
        let class = &graph.nodes[node];
        if class.off || !live.used(node) {
            continue;
        }
        if let Some(slots) = civitai::slots(class) {
            for (output, air) in slots {
                if live.carried(node, output) {
                    models.add(&air);
                }
            }
            continue;
        }
        let stack = LazyCell::new(|| Stack::of(graph, node));
        for (input, value) in class.inputs() {
            match value {
                Value::String(name)
                    if is_weights(name) && !WRITTEN.contains(&input)
                        || FOLDERS.contains(&(class.class, input))
                            && !NO_FOLDER.contains(&name.trim()) =>
                {
                    models.add_if(name, stack.uses(input));
                }
                Value::Object(_) | Value::Array(_) => nested(value, tags::has_list(class), models),
                _ => {}
            }
        }
        for name in tags::of(graph, node, &mut texts) {
            models.add(&name);
        }
    }
}

fn is_weights(name: &str) -> bool {
    let name = name.trim();
    if name.len() > LONGEST || name.contains('\n') {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    let mut ends = ENDS.iter();
    ends.any(|end| lower.len() > end.len() && lower.ends_with(end)) || civitai::is_air(name)
}

/// Names within an input: rgthree's `{on, lora, strength}`, LoRA Manager's list, others. JSON has a limit to how deep this goes.
fn nested(value: &Value, list: bool, models: &mut Once) {
    match value {
        Value::Array(values) => {
            for value in values {
                nested(value, list, models);
            }
        }
        Value::Object(object) if !is_off(object) => {
            for (key, value) in object {
                match value {
                    Value::String(name) => {
                        models.add_if(name, is_weights(name) || list && key == "name")
                    }
                    _ => nested(value, list, models),
                }
            }
        }
        _ => {}
    }
}

/// Whether what an object names is switched off, or has no strength.
fn is_off(object: &Map<String, Value>) -> bool {
    let off = ["on", "active", "enabled"]
        .iter()
        .any(|key| object.get(*key) == Some(&Value::Bool(false)));
    let strengths = object
        .iter()
        .filter(|(key, _)| key.to_ascii_lowercase().contains("strength"));
    let strengths: Vec<f64> = strengths
        .filter_map(|(_, value)| value.as_f64().or_else(|| value.as_str()?.parse().ok()))
        .collect();
    off || (!strengths.is_empty() && strengths.iter().all(|strength| *strength == 0.0))
}
