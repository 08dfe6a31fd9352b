//! Texts that come through other nodes.

use super::graph::{Graph, Node};
use serde_json::Value;
use std::collections::HashMap;

/// Most bytes of a text that is joined of others: a few nodes can join one to itself over and over.
const LONGEST: usize = 1 << 20;
/// Most effort that is spent on a graph. Real ones take some ten thousand.
const MOST_EFFORT: usize = 8 << 20;
/// Most nodes through which a text is followed.
const DEEPEST: usize = 100;

/// What the names of nodes through which texts go have in common.
const FAMILIES: [&str; 8] = [
    "string",
    "text",
    "primitive",
    "concat",
    "join",
    "note",
    "wildcard",
    "multiline",
];
/// What the names of nodes have in common that make another text of what they are given.
const MAKERS: [&str; 25] = [
    "random", "dynamic", "llm", "gpt", "ollama", "gemini", "caption", "generat", "translat",
    "replace", "regex", "split", "encode", "style", "slice", "trim", "enhanc", "expan", "extend",
    "rewrite", "truncat", "shuffle", "sort", "parse", "tag",
];
/// Inputs that only nodes have that make another text.
const OF_MAKERS: [&str; 8] = [
    "seed",
    "temperature",
    "model",
    "clip",
    "image",
    "images",
    "url",
    "api_key",
];
/// Inputs in which such nodes hold a text.
const HOLDERS: [&str; 5] = ["value", "string", "text", "prompt", "STRING"];
/// Inputs that say what stands between joined texts.
const DELIMITERS: [&str; 3] = ["delimiter", "separator", "sep"];

/// Finds out what text an input was given, each node's once.
pub(super) struct Texts<'g, 'a> {
    graph: &'g Graph<'a>,
    /// Effort that may still be spent on the graph: a byte of a text and an input of a node is one each.
    left: usize,
    known: HashMap<usize, Option<String>>,
}

/// Whether a value is a text that says something.
pub(super) fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

impl<'g, 'a> Texts<'g, 'a> {
    pub(super) fn new(graph: &'g Graph<'a>) -> Self {
        Self {
            graph,
            left: MOST_EFFORT,
            known: HashMap::new(),
        }
    }

    /// Takes from the effort that is left; whether there was so much.
    pub(super) fn spend(&mut self, effort: usize) -> bool {
        let left = self.left.checked_sub(effort);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    /// Whether all effort was spent, so that something may be missing.
    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// The text of an input, where it is one and can be known.
    pub(super) fn of(&mut self, value: &Value) -> Option<String> {
        let text = self.resolve(value, 0)?;
        (self.spend(text.len()) && !text.trim().is_empty()).then_some(text)
    }

    fn resolve(&mut self, value: &Value, depth: usize) -> Option<String> {
        if let Some(text) = value.as_str() {
            return Some(text.to_owned());
        }
        let node = self.graph.node(self.graph.link(value)?.node);
        if let Some(known) = self.known.get(&node.at) {
            return known.clone();
        }
        if depth == DEEPEST {
            return None;
        }
        // Nothing, for whoever comes round to it again.
        self.known.insert(node.at, None);
        let text = self.given_by(node, depth + 1);
        let text = text.filter(|text| text.len() <= LONGEST && self.spend(text.len()));
        self.known.insert(node.at, text.clone());
        text
    }

    fn given_by(&mut self, node: Node<'a>, depth: usize) -> Option<String> {
        if let Some(choice) = self.graph.choice(node) {
            return self.resolve(choice?, depth);
        }
        if let Some(text) = node.input("populated_text").filter(|text| is_text(text)) {
            return self.resolve(text, depth);
        }
        let of = |names: &[&str]| names.iter().any(|name| node.is_named(name));
        let makes = of(&MAKERS) || OF_MAKERS.iter().any(|name| node.input(name).is_some());
        if !of(&FAMILIES) || makes || node.input("wildcard_text").is_some() {
            return None;
        }
        let parts: Vec<_> = node
            .inputs
            .iter()
            .filter(|(name, _)| is_part(name))
            .collect();
        if parts.len() > 1 {
            let delimiter = DELIMITERS.iter().find_map(|name| node.text(name))?;
            let mut texts = Vec::new();
            let mut length = 0;
            for (_, value) in parts {
                let text = self.resolve(value, depth)?;
                length += text.len() + delimiter.len();
                if length > LONGEST {
                    return None;
                }
                // Only ComfyUI's own joins what is empty too.
                if !text.is_empty() || node.class == "StringConcatenate" {
                    texts.push(text);
                }
            }
            return Some(texts.join(&delimiter.replace("\\n", "\n")));
        }
        let mut holders = HOLDERS.iter().filter_map(|name| node.input(name));
        match (holders.next(), holders.next()) {
            (Some(value), None) => self.resolve(value, depth),
            _ => None,
        }
    }
}

/// `string_a`, `text_b`, `text2`, `string3`: parts of what is joined.
fn is_part(name: &str) -> bool {
    let rest = name
        .strip_prefix("string")
        .or_else(|| name.strip_prefix("text"));
    let rest = rest.map(|rest| rest.trim_start_matches('_'));
    rest.is_some_and(|rest| {
        let letter = rest.len() == 1 && rest.as_bytes()[0].is_ascii_alphabetic();
        letter || (!rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    })
}
