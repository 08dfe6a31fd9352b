//! Nodes that hand on one of their inputs.

use super::graph::Graph;

/// What a node chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice<'a> {
    /// It is no switch.
    None,
    /// The input of this name.
    Input(&'a str),
    /// It cannot be known which.
    Unknown,
}

/// Two inputs and the one that decides: for true, for false. Core, Easy-Use and Crystools; Impact; others.
const PAIRS: [(&str, &str); 3] = [
    ("on_true", "on_false"),
    ("tt_value", "ff_value"),
    ("true_value", "false_value"),
];
const DECIDES: [&str; 5] = ["switch", "boolean", "cond", "condition", "bool"];

/// Switches by number: what the class is called, the input with the number, and how the others begin. Impact, Easy-Use, ComfyRoll.
const NUMBERED: [(&str, &str, &[&str]); 4] = [
    ("ImpactSwitch", "select", &["input"]),
    ("LatentSwitch", "select", &["input"]),
    ("SEGSSwitch", "select", &["input"]),
    ("easy ", "index", &["value", "cond", "text", "image"]),
];
/// The last of these hand on number one or two by an input `Input` or `input`, and name the inputs by what they carry.
const CARRIED: [&str; 10] = [
    "text",
    "conditioning",
    "model",
    "clip",
    "image",
    "latent",
    "vae",
    "control_net",
    "pipe",
    "value",
];

pub(super) fn choice<'a>(graph: &Graph<'a>, node: usize) -> Choice<'a> {
    let class = graph.nodes[node].class;
    if let Some((yes, no)) = PAIRS
        .into_iter()
        .find(|(yes, no)| graph.nodes[node].has(&[yes, no]))
    {
        return by_truth(graph, node, yes, no);
    }
    if class == "Any Switch (rgthree)" || class.starts_with("Context Switch") {
        let first = graph.links(node).next();
        return first.map_or(Choice::Unknown, |(name, _)| Choice::Input(name));
    }
    let numbered = NUMBERED
        .iter()
        .find(|(name, by, _)| class.starts_with(name) && graph.nodes[node].has(&[by]));
    if let Some((_, by, stems)) = numbered {
        return by_number(graph, node, by, stems);
    }
    if !graph.nodes[node].is_any(&["switch"]) {
        return Choice::None;
    }
    match ["Input", "input"]
        .into_iter()
        .find(|by| graph.nodes[node].has(&[by]))
    {
        Some(by) => by_number(graph, node, by, &CARRIED),
        None => Choice::Unknown,
    }
}

/// One of two by a truth. Where only one is there, it is that, whatever the truth (ComfyUI's ComfySwitchNode).
fn by_truth<'a>(graph: &Graph<'a>, node: usize, yes: &'a str, no: &'a str) -> Choice<'a> {
    let has = |name| graph.nodes[node].has(&[name]);
    let decided = DECIDES
        .into_iter()
        .find_map(|name| graph.number(node, name));
    match decided {
        _ if !has(no) => Choice::Input(yes),
        _ if !has(yes) => Choice::Input(no),
        Some(0.0) => Choice::Input(no),
        Some(_) => Choice::Input(yes),
        None => Choice::Unknown,
    }
}

fn by_number<'a>(graph: &Graph<'a>, node: usize, by: &str, stems: &[&str]) -> Choice<'a> {
    let Some(number) = graph.number(node, by) else {
        return Choice::Unknown;
    };
    let chosen = graph.nodes[node]
        .inputs()
        .map(|(name, _)| name)
        .find(|name| {
            let digits = stems.iter().find_map(|stem| name.strip_prefix(stem));
            digits
                .and_then(|digits| digits.parse::<u32>().ok())
                .is_some_and(|digits| f64::from(digits) == number)
        });
    chosen.map_or(Choice::Unknown, Choice::Input)
}
