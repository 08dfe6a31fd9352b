//! ComfyUI: `prompt`, a graph of nodes as JSON; prompts are the texts that reach a sampler's inputs.

use super::{Found, Source, Texts};
use logic::step::StepKind;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Inputs that name a file of weights.
const WEIGHTS: [&str; 5] = [
    "ckpt_name",
    "unet_name",
    "lora_name",
    "vae_name",
    "control_net_name",
];

pub(super) fn read(texts: &Texts) -> Option<Source> {
    let graph = texts.object("prompt")?;
    let class = |node: &Value| {
        node.get("class_type")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    if !graph.values().any(|node| class(node).is_some()) {
        return None;
    }
    let samplers = graph
        .values()
        .filter(|node| class(node).is_some_and(|class| class.contains("Sampler")));
    let (mut wanted, mut unwanted) = (BTreeSet::new(), BTreeSet::new());
    for sampler in samplers {
        collect(
            &graph,
            link(sampler, "positive"),
            &mut wanted,
            &mut BTreeSet::new(),
        );
        collect(
            &graph,
            link(sampler, "negative"),
            &mut unwanted,
            &mut BTreeSet::new(),
        );
    }
    let mut found: Vec<Found> = wanted
        .iter()
        .map(|text| Found::new(StepKind::Prompt, text))
        .collect();
    found.extend(
        unwanted
            .difference(&wanted)
            .map(|text| Found::new(StepKind::Prompt, text).with("role", "negative")),
    );
    let mut weights = BTreeSet::new();
    for node in graph.values() {
        let inputs = node.get("inputs");
        let named = WEIGHTS
            .iter()
            .filter_map(|input| inputs?.get(input)?.as_str());
        weights.extend(named);
    }
    found.extend(
        weights
            .iter()
            .map(|name| Found::new(StepKind::Model, *name)),
    );
    found.push(Found::new(StepKind::Parameters, texts.get("prompt")?));
    found.push(Found::new(StepKind::Tool, "ComfyUI"));
    Some(Source {
        generator: Some("ComfyUI"),
        found,
    })
}

/// The node an input is linked to: `[node, output]`.
fn link<'a>(node: &'a Value, input: &str) -> Option<&'a str> {
    node.get("inputs")?.get(input)?.get(0)?.as_str()
}

/// The texts of a node and of every node that feeds it.
fn collect(
    graph: &Map<String, Value>,
    node: Option<&str>,
    texts: &mut BTreeSet<String>,
    seen: &mut BTreeSet<String>,
) {
    let mut waiting: Vec<String> = node.map(str::to_owned).into_iter().collect();
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let Some(inputs) = graph.get(&name).and_then(|node| node.get("inputs")) else {
            continue;
        };
        let inputs = inputs.as_object().into_iter().flatten();
        for (input, value) in inputs {
            match value {
                Value::String(text) if input.starts_with("text") && !text.trim().is_empty() => {
                    texts.insert(text.trim().to_owned());
                }
                Value::Array(link) => {
                    waiting.extend(link.first().and_then(Value::as_str).map(str::to_owned));
                }
                _ => {}
            }
        }
    }
}
