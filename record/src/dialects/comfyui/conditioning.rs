//! From a sampler's input up to the texts that were encoded for it.

use super::graph::{Graph, Link, Node};
use super::samplers::{PIPES, Side};
use super::texts::{Texts, is_text};
use serde_json::Value;
use std::collections::HashSet;

/// Inputs in which nodes that encode hold their texts.
const TEXTS: [&str; 14] = [
    "text",
    "text_g",
    "text_l",
    "clip_l",
    "clip_g",
    "t5xxl",
    "llama",
    "qwen25_7b",
    "bert",
    "mt5xl",
    "prompt",
    "user_prompt",
    "tags",
    "lyrics",
];

/// Where a walk has come to: an output of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Arrival {
    pub(super) link: Link,
    /// Which side of a node that has both is wanted.
    pub(super) want: Side,
    /// Whether the link carries that side alone. A pipe carries both, and there only what has a side's name belongs to it.
    pub(super) sided: bool,
}

/// The texts that were encoded for what has been arrived at, each once.
pub(super) fn texts<'a>(
    graph: &Graph<'a>,
    texts: &mut Texts<'_, 'a>,
    from: Arrival,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen = HashSet::from([from]);
    let mut waiting = vec![from];
    while let Some(arrival) = waiting.pop() {
        let node = graph.node(arrival.link.node);
        if !texts.spend(1 + node.inputs.len() + node.class.len()) {
            break;
        }
        let step = step(graph, texts, node, arrival);
        found.extend(step.texts);
        // The first input is walked first.
        let next = step.next.into_iter().rev();
        waiting.extend(next.filter(|next| seen.insert(*next)));
    }
    found
}

/// What a node gives, and where the walk goes on.
#[derive(Default)]
struct Step {
    texts: Vec<String>,
    next: Vec<Arrival>,
}

fn step<'a>(
    graph: &Graph<'a>,
    texts: &mut Texts<'_, 'a>,
    node: Node<'a>,
    arrival: Arrival,
) -> Step {
    let mut step = Step::default();
    let mut follow = |value: &Value, want: Side, sided: bool| {
        let link = graph.link(value);
        step.next
            .extend(link.map(|link| Arrival { link, want, sided }));
    };
    if node.is_named("zeroout") {
        // Nothing of what it was given is left.
        return step;
    }
    if let Some(choice) = graph.choice(node) {
        if let Some(value) = choice {
            follow(value, arrival.want, arrival.sided);
        }
        return step;
    }
    let of = |side: Side| {
        let names = match side {
            Side::Positive => ["positive", "positive_prompt"],
            Side::Negative => ["negative", "negative_prompt"],
        };
        let inputs = names.iter().filter_map(|name| node.input(name));
        inputs.into_iter().find(|value| !value.is_null())
    };
    let pipe = PIPES.iter().filter_map(|name| node.input(name));
    if let Some(pipe) = pipe.into_iter().find(|value| graph.link(value).is_some()) {
        // What it is given beside the pipe takes the place of what is in it.
        match of(arrival.want) {
            Some(value) => match texts.of(value) {
                Some(text) => step.texts.push(text),
                None => follow(value, arrival.want, true),
            },
            None => follow(pipe, arrival.want, false),
        }
        return step;
    }
    if let (Some(positive), Some(negative)) = (of(Side::Positive), of(Side::Negative)) {
        let holds_texts = [positive, negative]
            .iter()
            .any(|value| value.is_string() || texts.of(value).is_some());
        // Nodes that are given both sides hand them on in this order, behind the model if they are given one; what else they hand
        // on is told by what was asked for.
        let first = u64::from(node.input("model").is_some());
        let side = match arrival.link.output.checked_sub(first) {
            Some(0) if arrival.sided && !holds_texts => Side::Positive,
            Some(1) if arrival.sided && !holds_texts => Side::Negative,
            _ => arrival.want,
        };
        let value = match side {
            Side::Positive => positive,
            Side::Negative => negative,
        };
        match texts.of(value) {
            Some(text) => step.texts.push(text),
            // Where texts are held, a link that gives none that is known gives no conditioning either.
            None if holds_texts => {}
            None => follow(value, side, true),
        }
        return step;
    }
    let own = match arrival.want {
        Side::Positive => "positive",
        Side::Negative => "negative",
    };
    for (name, value) in node.inputs {
        let carries_it = name.starts_with("cond") || name == own;
        if carries_it && arrival.sided && counts(node, name) {
            follow(value, arrival.want, true);
        }
    }
    if arrival.sided && step.next.is_empty() {
        step.texts = encoded(texts, node);
    }
    step
}

/// Whether an average takes anything of this input: its strength is what it takes of one, and the rest is of the other.
fn counts(node: Node<'_>, name: &str) -> bool {
    let strength = node
        .input("conditioning_to_strength")
        .and_then(Value::as_f64);
    match (name, strength) {
        ("conditioning_to", Some(strength)) => strength != 0.0,
        ("conditioning_from", Some(strength)) => strength != 1.0,
        _ => true,
    }
}

/// The texts that a node encodes.
fn encoded(texts: &mut Texts<'_, '_>, node: Node<'_>) -> Vec<String> {
    // What a wildcard became, where the node says so.
    if let Some(text) = node.input("populated_text").filter(|text| is_text(text)) {
        return texts.of(text).into_iter().collect();
    }
    if node.input("wildcard_text").is_some() {
        return Vec::new();
    }
    let inputs = node.inputs.iter();
    let held = inputs.filter(|(name, _)| TEXTS.contains(&name.as_str()));
    held.filter_map(|(_, value)| texts.of(value)).collect()
}
