//! Nodes that turn texts into conditioning, and those that put conditioning together.

use super::graph::{Graph, Node};
use super::texts::{Text, Texts};

/// Inputs that hold texts, in the order in which they are told. A system prompt is not the user's.
const TEXTS: [&str; 15] = [
    "text",
    "prompt",
    "user_prompt",
    "text_g",
    "text_l",
    "prompt_g",
    "prompt_l",
    "clip_g",
    "clip_l",
    "t5xxl",
    "llama",
    "bert",
    "mt5xl",
    "tags",
    "lyrics",
];
/// Words in the names of classes whose output has nothing of what they are given, or the contrary.
const EMPTIES: [&str; 10] = [
    "zeroout",
    "zero_out",
    "zero out",
    "placeholder",
    "emptycond",
    "nullcond",
    "subtract",
    "negate",
    "invert",
    "random",
];
/// Words in the names of classes that change the text before they encode it, in a way that the graph does not tell.
pub(super) const CHANGES: [&str; 7] = [
    "nsp",
    // FizzNodes: texts by frame, with what is not wanted behind `--neg`, which leaves by the second output.
    "promptschedule",
    "wildcard",
    "styler",
    "styles",
    "translate",
    "enhance",
];

/// Whether nothing of what a node is given comes out of it.
pub(super) fn empties(node: &Node<'_>) -> bool {
    node.is_any(&EMPTIES)
}

/// The inputs of a node that hands on conditioning, alone or together. [`None`] where it is none.
pub(super) fn combined<'a>(graph: &Graph<'a>, node: usize) -> Option<Vec<&'a str>> {
    let class = &graph.nodes[node];
    let links = graph.links(node).map(|(name, _)| name);
    let mut inputs: Vec<&str> = match class.is_any(&["reroute"]) {
        true => links.take(1).collect(),
        false => links.filter(|name| name.starts_with("cond")).collect(),
    };
    if inputs.is_empty() {
        return None;
    }
    if class.class == "ConditioningAverage" {
        let left_out = match graph.number(node, "conditioning_to_strength") {
            Some(1.0) => "conditioning_from",
            Some(0.0) => "conditioning_to",
            Some(_) => "",
            None => return Some(Vec::new()),
        };
        inputs.retain(|name| *name != left_out);
    }
    // What is added to comes before what is added.
    inputs.sort_by_key(|name| name.ends_with("_from"));
    Some(inputs)
}

/// The texts that a node encodes. [`None`] where it is no encoder.
pub(super) fn encoded<'a>(
    graph: &Graph<'a>,
    node: usize,
    texts: &mut Texts<'_, 'a>,
) -> Option<Vec<Text<'a>>> {
    let class = &graph.nodes[node];
    if !(has_encoder(graph, node) || class.is_any(&["textencode", "text encode", "textembed"])) {
        return None;
    }
    if class.has(&["populated_text"]) {
        let populated = texts.looked_through(node, "populated_text");
        return Some(
            populated
                .into_iter()
                .filter(|text| is_settled(text))
                .collect(),
        );
    }
    if class.is_any(&CHANGES) {
        return Some(Vec::new());
    }
    let mut names = TEXTS.to_vec();
    // smZ's encoder has a place for SDXL's two texts and one for the other, and uses one.
    match graph.number(node, "with_SDXL") {
        Some(0.0) => names.retain(|name| *name == "text"),
        Some(_) => names.retain(|name| *name != "text"),
        None => {}
    }
    // Of music tags are the text, beside what is sung; of others they are what a collection of prompts files a text under.
    if class.has(&["text", "prompt"]) {
        names.retain(|name| *name != "tags");
    }
    let found = names.into_iter().filter_map(|name| texts.input(node, name));
    Some(found.collect())
}

/// Whether a node is given what encodes texts.
pub(super) fn has_encoder(graph: &Graph<'_>, node: usize) -> bool {
    graph.links(node).any(|(name, _)| {
        let is = ["clip", "t5", "text_encoder", "bert"];
        is.iter().any(|word| name.contains(word)) && !name.contains("vision")
    })
}

/// Whether nothing in a text is still to be replaced by a wildcard.
pub(super) fn is_settled(text: &str) -> bool {
    !(text.contains('{') || text.contains("__"))
}
