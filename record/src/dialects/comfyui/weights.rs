//! The models of a graph: whatever input names a file of weights.

use super::graph::{Graph, Node};
use serde_json::{Map, Value};

/// How the names of files of weights end.
const ENDINGS: [&str; 11] = [
    ".safetensors",
    ".sft",
    ".ckpt",
    ".pt",
    ".pth",
    ".bin",
    ".gguf",
    ".onnx",
    ".pkl",
    ".engine",
    ".nf4",
];
/// Most bytes of a file's name with its folders.
const LONGEST: usize = 400;

/// The names of all files of weights that were used, in the order of the nodes, each once.
pub(super) fn names(graph: &Graph<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for node in graph.used_nodes() {
        let mut found = Vec::new();
        let off = ["toggle", "enabled", "enable"];
        let off = off
            .iter()
            .any(|name| node.input(name) == Some(&Value::Bool(false)));
        if !off && !is_without_strength(node.inputs) {
            for (name, value) in node.inputs {
                if !is_switched_off(node, name) {
                    collect(value, &mut found);
                }
            }
        }
        if node.is_named("lora") {
            found.extend(node.text("text").into_iter().flat_map(tags));
        }
        names.extend(found.into_iter().map(str::to_owned));
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Adds the files that a value names. JSON is at most 127 deep.
fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(name) if is_file(name) => found.push(name),
        Value::Object(object) => {
            let off = object.get("on") == Some(&Value::Bool(false));
            if !off && !is_without_strength(object) {
                object.values().for_each(|value| collect(value, found));
            }
        }
        _ => {}
    }
}

fn is_file(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.len() <= LONGEST
        && !name.contains('\n')
        && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Whether every strength there is is zero: then nothing is changed by it.
fn is_without_strength(inputs: &Map<String, Value>) -> bool {
    let strengths = inputs
        .iter()
        .filter(|(name, _)| name.starts_with("strength") || *name == "lora_strength");
    let mut strengths = strengths.filter_map(|(_, value)| value.as_f64()).peekable();
    strengths.peek().is_some() && strengths.all(|strength| strength == 0.0)
}

/// Whether an input of a numbered row, such as `lora_name_2`, `lora_02` or `lora_2_name`, is beyond those that count, or switched
/// off.
fn is_switched_off(node: Node<'_>, name: &str) -> bool {
    let Some(begin) = name.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let digits = &name[begin..];
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let digits = &digits[..end.unwrap_or(digits.len())];
    let count = ["lora_count", "num_loras"];
    let count = count.iter().find_map(|name| node.input(name)?.as_u64());
    let beyond = count
        .zip(digits.parse::<u64>().ok())
        .is_some_and(|(count, number)| number > count);
    let switches = [
        "switch_#",
        "enabled_#",
        "enable_#",
        "on_#",
        "lora_#_on",
        "lora_#_enabled",
    ];
    let weights = [
        "lora_wt_#",
        "model_weight_#",
        "model_str_#",
        "lora_weight_#",
        "strength_#",
        "lora_#_strength",
        "lora_#_model_strength",
    ];
    let input = |pattern: &&str| node.input(&pattern.replace('#', digits));
    let off = |value: &Value| match value {
        Value::Bool(on) => !on,
        Value::String(on) => on.eq_ignore_ascii_case("off"),
        _ => false,
    };
    beyond
        || switches.iter().filter_map(input).any(off)
        || weights
            .iter()
            .filter_map(input)
            .any(|weight| weight.as_f64() == Some(0.0))
}

/// The names in tags such as `<lora:ink:0.8>`, those of no weight left out.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("<lora:").skip(1).filter_map(|rest| {
        let mut parts = rest.split_once('>')?.0.split(':');
        let name = parts.next()?.trim();
        let weight = parts.next().map(str::trim).unwrap_or("1");
        (!name.is_empty() && weight.parse() != Ok(0.0)).then_some(name)
    })
}
