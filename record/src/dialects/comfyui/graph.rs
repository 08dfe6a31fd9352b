//! The graph that ran: nodes by number, each with a class and its inputs, which are values or links.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// An output of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Link {
    /// The node, by its place in [`Graph::nodes`].
    pub(super) node: usize,
    /// Which of its outputs.
    pub(super) output: u64,
}

/// What a sampler is to move towards, and what away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Positive,
    Negative,
}

/// One node.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// What it does.
    pub(super) class: &'a str,
    /// The same in small letters.
    small: String,
    /// Muted or bypassed.
    pub(super) off: bool,
    inputs: Option<&'a Map<String, Value>>,
    /// The inputs that are linked.
    links: Vec<(&'a str, Link)>,
}

/// All nodes, in the order of the document.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    places: HashMap<&'a str, usize>,
}

/// Longest name of a class that is looked at.
const LONGEST_CLASS: usize = 256;
/// Most outputs that a node has.
const OUTPUTS: u64 = 64;
/// Inputs that are looked through faster than a name is hashed. Nearly every node has fewer.
const FEW: usize = 16;
/// Modes of a node in the editor (LiteGraph): never, and bypassed.
const OFF: [u64; 2] = [2, 4];

impl<'a> Graph<'a> {
    pub(super) fn of(document: &'a Map<String, Value>) -> Self {
        let mut nodes = Vec::new();
        let mut places = HashMap::new();
        for (id, value) in document {
            let Some(class) = value.get("class_type").and_then(Value::as_str) else {
                continue;
            };
            let mode = value.get("mode").and_then(Value::as_u64);
            let class = if class.len() > LONGEST_CLASS {
                ""
            } else {
                class
            };
            places.insert(id.as_str(), nodes.len());
            nodes.push(Node {
                class,
                small: class.to_ascii_lowercase(),
                off: mode.is_some_and(|mode| OFF.contains(&mode)),
                inputs: value.get("inputs").and_then(Value::as_object),
                links: Vec::new(),
            });
        }
        let mut graph = Self { nodes, places };
        for node in 0..graph.nodes.len() {
            let inputs = graph.nodes[node].inputs();
            let linked = inputs.filter_map(|(name, value)| Some((name, graph.link_of(value)?)));
            graph.nodes[node].links = linked.collect();
        }
        graph
    }

    /// The output that a value names: `[node, output]`, the node as text or as a number. [`None`] where it is no link, or leads to
    /// no node.
    pub(super) fn link_of(&self, value: &Value) -> Option<Link> {
        let [id, output] = value.as_array()?.as_slice() else {
            return None;
        };
        let output = output.as_u64().filter(|output| *output < OUTPUTS)?;
        let node = match id {
            Value::String(id) => self.places.get(id.as_str()),
            Value::Number(id) => self.places.get(id.to_string().as_str()),
            _ => None,
        };
        node.map(|node| Link {
            node: *node,
            output,
        })
    }

    /// The output that an input is linked to.
    pub(super) fn link(&self, node: usize, name: &str) -> Option<Link> {
        let links = &self.nodes[node].links;
        if links.len() > FEW {
            return self.link_of(self.nodes[node].input(name)?);
        }
        let (_, link) = links.iter().find(|(linked, _)| *linked == name)?;
        Some(*link)
    }

    /// All links of a node by the names of its inputs.
    pub(super) fn links(&self, node: usize) -> impl Iterator<Item = (&'a str, Link)> {
        self.nodes[node].links.iter().copied()
    }

    /// The number that an input has, by itself or from a node that holds one; true and false are 1 and 0.
    pub(super) fn number(&self, node: usize, name: &str) -> Option<f64> {
        let value = self.nodes[node].input(name)?;
        let Some(link) = self.link_of(value) else {
            return number(value);
        };
        let holder = &self.nodes[link.node];
        let holds = ["primitive", "int", "bool", "float", "constant", "number"];
        let mut inputs = holder.inputs();
        match (inputs.next(), inputs.next()) {
            (Some((_, value)), None) if holder.is_any(&holds) => number(value),
            _ => None,
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(true) => Some(1.0),
        Value::Bool(false) => Some(0.0),
        _ => value.as_f64(),
    }
}

impl<'a> Node<'a> {
    pub(super) fn input(&self, name: &str) -> Option<&'a Value> {
        let inputs = self.inputs?;
        if inputs.len() > FEW {
            return inputs.get(name);
        }
        let (_, value) = inputs.iter().find(|(input, _)| *input == name)?;
        Some(value)
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let inputs = self.inputs.into_iter().flatten();
        inputs.map(|(name, value)| (name.as_str(), value))
    }

    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.input(name).is_some())
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.input(name)?.as_str()
    }

    /// Whether the name of the class has one of these words in it, written in small letters.
    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.small.contains(word))
    }
}
