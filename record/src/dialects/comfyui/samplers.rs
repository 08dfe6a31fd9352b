//! What samples, and what it was given.

use super::conditioning::{self, Arrival};
use super::graph::{Graph, Node};
use super::texts::Texts;
use serde_json::Value;
use std::collections::HashSet;

/// What a prompt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// What is wanted.
    Positive,
    /// What is not.
    Negative,
}

/// Inputs that only what samples has.
const OF_SAMPLING: [&str; 6] = ["seed", "noise_seed", "steps", "cfg", "denoise", "sigmas"];

/// Links that carry both sides in one.
pub(super) const PIPES: [&str; 6] = [
    "basic_pipe",
    "pipe",
    "base_ctx",
    "context",
    "text_embeds",
    "detailer_pipe",
];

/// Beginnings of the names of nodes that ask a service for a picture or a film, with the prompt as an input of their own
/// (ComfyUI, comfy_api_nodes).
const SERVICES: [&str; 24] = [
    "FluxPro",
    "FluxKontextPro",
    "FluxKontextMax",
    "Flux2Pro",
    "IdeogramV",
    "OpenAIDalle",
    "OpenAIGPTImage",
    "OpenAIVideoSora",
    "Kling",
    "RecraftTextToImage",
    "RecraftImageToImage",
    "GeminiImage",
    "StabilityStableImage",
    "LumaImage",
    "LumaVideo",
    "Pika",
    "MinimaxTextToVideo",
    "MinimaxImageToVideo",
    "RunwayTextToImage",
    "RunwayImageToVideo",
    "VeoVideoGeneration",
    "Veo3VideoGeneration",
    "ByteDance",
    "Moonvalley",
];

/// The texts by which a graph was guided, in the order of its samplers.
pub(super) fn prompts<'a>(graph: &Graph<'a>, texts: &mut Texts<'_, 'a>) -> Vec<(Side, String)> {
    let mut prompts = Vec::new();
    let mut begun = HashSet::new();
    for node in graph.used_nodes() {
        if SERVICES.iter().any(|name| node.class.starts_with(name)) {
            let inputs = [
                (Side::Positive, "prompt"),
                (Side::Positive, "prompt_text"),
                (Side::Negative, "negative_prompt"),
            ];
            for (side, name) in inputs {
                let text = node.input(name).and_then(|value| texts.of(value));
                prompts.extend(text.map(|text| (side, text)));
            }
        } else if samples(node) {
            let given = given(graph, node);
            for (side, arrival) in given.into_iter().filter(|given| begun.insert(*given)) {
                let found = conditioning::texts(graph, texts, arrival);
                prompts.extend(found.into_iter().map(|text| (side, text)));
            }
        }
    }
    prompts.sort_by_key(|(side, _)| *side == Side::Negative);
    prompts
}

fn samples(node: Node<'_>) -> bool {
    // What saves has the settings again, to write them into the file.
    !node.is_named("sav")
        && (node.is_named("guider") || OF_SAMPLING.iter().any(|name| node.input(name).is_some()))
}

/// What a sampler is linked to, side by side.
fn given(graph: &Graph<'_>, node: Node<'_>) -> Vec<(Side, Arrival)> {
    let mut given = Vec::new();
    for (name, value) in node.inputs {
        let Some(link) = graph.link(value) else {
            continue;
        };
        let arrival = |want, sided| Arrival { link, want, sided };
        match name.as_str() {
            "positive" | "conditioning" | "cond1" | "cond2" => {
                given.push((Side::Positive, arrival(Side::Positive, true)));
            }
            // At this strength nothing is subtracted (ComfyUI, comfy/samplers.py, sampling_function).
            "negative" if node.input("cfg").and_then(Value::as_f64) == Some(1.0) => {}
            "negative" => given.push((Side::Negative, arrival(Side::Negative, true))),
            name if PIPES.contains(&name) => {
                for side in [Side::Positive, Side::Negative] {
                    given.push((side, arrival(side, false)));
                }
            }
            _ => {}
        }
    }
    given
}
