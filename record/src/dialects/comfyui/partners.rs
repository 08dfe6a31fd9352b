//! Nodes that have a picture made elsewhere (ComfyUI's `comfy_api_nodes`): the prompt is their own input.

use super::graph::{Node, Side};

/// How the classes of each company begin.
const COMPANIES: [&str; 24] = [
    "Bria",
    "ByteDance",
    "Flux",
    "GeminiImage",
    "GeminiNanoBanana",
    "Grok",
    "Ideogram",
    "Kling",
    "Krea",
    "LtxvApi",
    "Luma",
    "Meshy",
    "Minimax",
    "Moonvalley",
    "OpenAIDalle",
    "OpenAIGPTImage",
    "OpenAIVideo",
    "Pika",
    "Pixverse",
    "Recraft",
    "Runway",
    "Stability",
    "Veo",
    "Vidu",
];
/// What these nodes make or change. Nodes that answer in words have none of these in their name.
const MAKES: [&str; 18] = [
    "Image",
    "Video",
    "Vector",
    "Audio",
    "Model",
    "Fill",
    "Expand",
    "Canny",
    "Depth",
    "Frame",
    "Dalle",
    "Seedream",
    "Scenes",
    "Background",
    "Pika",
    "Ideogram",
    "Upscale",
    "Veo",
];
const POSITIVE: [&str; 3] = ["prompt", "prompt_text", "model.prompt"];
const NEGATIVE: [&str; 2] = ["negative_prompt", "model.negative_prompt"];

/// The inputs that hold this side. [`None`] where it is no such node.
pub(super) fn inputs<'a>(node: &Node<'a>, side: Side) -> Option<Vec<&'a str>> {
    let class = node.class;
    // The classes of ComfyUI have no spaces; nodes by others that call the same companies do, and may do anything.
    let plain = class
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let starts = |names: &[&str]| names.iter().any(|name| class.starts_with(name));
    let makes = MAKES.iter().any(|word| class.contains(word));
    let talks = ["Chat", "LLM", "Enhance", "Lip", "Prompt", "Loader"];
    let wan = class.starts_with("Wan") && class.ends_with("Api");
    let is = plain
        && (starts(&COMPANIES) && makes || wan)
        && node.has(&POSITIVE)
        && !talks.iter().any(|word| class.contains(word));
    if !is {
        return None;
    }
    let names: &[&str] = match side {
        Side::Positive => &POSITIVE,
        Side::Negative => &NEGATIVE,
    };
    let inputs = node.inputs().map(|(name, _)| name);
    Some(inputs.filter(|name| names.contains(name)).collect())
}
