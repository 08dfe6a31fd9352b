//! The nodes of a graph and their links.

use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// Inputs of a node by their names.
type Inputs = Map<String, Value>;

/// A node that was run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// Its place among the nodes of the graph.
    pub(super) at: usize,
    /// Its kind.
    pub(super) class: &'a str,
    /// Its inputs: values, and links to what gives them.
    pub(super) inputs: &'a Inputs,
}

/// An output of a node, to which an input is linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Link {
    /// The node's place in the graph.
    pub(super) node: usize,
    /// Which of its outputs.
    pub(super) output: u64,
}

/// The graph that was run.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    by_id: HashMap<&'a str, usize>,
    used: HashSet<usize>,
}

/// What the names of nodes that put something out have in common.
const OUTPUTS: [&str; 13] = [
    "save", "saver", "preview", "combine", "output", "export", "upload", "send", "display",
    "compare", "show", "write", "publish",
];
/// Beginnings of the names of nodes that are never an output, so that nothing is run for them.
const NEVER_OUTPUT: [&str; 8] = [
    "SamplerCustom",
    "VAEDecode",
    "VAEEncode",
    "CLIP",
    "EmptyLatent",
    "Conditioning",
    "ControlNet",
    "LatentUpscale",
];

impl<'a> Node<'a> {
    pub(super) fn input(&self, name: &str) -> Option<&'a Value> {
        self.inputs.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.input(name)?.as_str()
    }

    pub(super) fn is_named(&self, part: &str) -> bool {
        self.class.to_ascii_lowercase().contains(part)
    }

    fn may_be_output(&self) -> bool {
        let sampler = ["KSampler", "KSamplerAdvanced"].contains(&self.class);
        let never = NEVER_OUTPUT.iter().any(|name| self.class.starts_with(name));
        !(sampler || never || self.class.contains("Loader"))
    }
}

impl<'a> Graph<'a> {
    /// The graph of nodes by their ids; what else stands there is no node, and nodes that are muted (mode 2) or passed by
    /// (mode 4) were not run.
    pub(super) fn new(object: &'a Map<String, Value>) -> Self {
        let mut graph = Self {
            nodes: Vec::new(),
            by_id: HashMap::new(),
            used: HashSet::new(),
        };
        for (id, node) in object {
            let mode = node.get("mode").and_then(Value::as_u64);
            let class = node.get("class_type").and_then(Value::as_str);
            let inputs = node.get("inputs").and_then(Value::as_object);
            if let (Some(class), Some(inputs), None | Some(0 | 1 | 3)) = (class, inputs, mode) {
                let at = graph.nodes.len();
                graph.by_id.insert(id, at);
                graph.nodes.push(Node { at, class, inputs });
            }
        }
        graph.used = graph.used();
        graph
    }

    /// Whether there is no node in it.
    pub(super) const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The nodes that were run, since an output needs them.
    pub(super) fn used_nodes(&self) -> impl Iterator<Item = Node<'a>> {
        let nodes = self.nodes.iter().copied();
        nodes.filter(|node| self.used.contains(&node.at))
    }

    pub(super) fn node(&self, at: usize) -> Node<'a> {
        self.nodes[at]
    }

    /// The link that a value is: the id of a node, as text or number, and the number of an output.
    pub(super) fn link(&self, value: &Value) -> Option<Link> {
        let [id, output] = value.as_array()?.as_slice() else {
            return None;
        };
        let node = match id {
            Value::String(id) => self.by_id.get(id.as_str()),
            Value::Number(id) => self.by_id.get(id.to_string().as_str()),
            _ => None,
        };
        Some(Link {
            node: *node?,
            output: output.as_u64()?,
        })
    }

    /// What a node is given, as far as it takes it: what chooses takes one, and without strength no ControlNet is taken.
    fn links_of(&self, node: Node<'a>) -> impl Iterator<Item = Link> {
        let choice = self.choice(node).flatten();
        let weak = node.input("strength").and_then(Value::as_f64) == Some(0.0);
        let all = node.inputs.iter().filter(move |(name, value)| {
            let chosen = choice.is_none_or(|choice| std::ptr::eq(choice, *value));
            chosen && !(weak && *name == "control_net")
        });
        all.filter_map(|(_, value)| self.link(value))
    }

    fn used(&self) -> HashSet<usize> {
        let links = self.nodes.iter().flat_map(|node| self.links_of(*node));
        let linked: HashSet<_> = links.map(|link| link.node).collect();
        let ends = self.nodes.iter().filter(|node| !linked.contains(&node.at));
        let puts_out = |node: &&Node<'_>| OUTPUTS.iter().any(|name| node.is_named(name));
        let mut outputs: Vec<_> = ends.clone().filter(puts_out).collect();
        if outputs.is_empty() {
            outputs = ends.clone().filter(|node| node.may_be_output()).collect();
        }
        if outputs.is_empty() {
            outputs = ends.collect();
        }
        let mut waiting: Vec<_> = outputs.into_iter().map(|node| node.at).collect();
        let mut used: HashSet<_> = waiting.iter().copied().collect();
        while let Some(at) = waiting.pop() {
            for link in self.links_of(self.nodes[at]) {
                if used.insert(link.node) {
                    waiting.push(link.node);
                }
            }
        }
        used
    }

    /// What a node that only chooses among its inputs gives: [`None`] for other nodes, an empty choice where it cannot be known.
    pub(super) fn choice(&self, node: Node<'a>) -> Option<Option<&'a Value>> {
        if node.is_named("reroute") {
            let mut links = node.inputs.values().filter(|value| value.is_array());
            let (only, another) = (links.next(), links.next());
            return Some(only.filter(|_| another.is_none()));
        }
        if !node.is_named("switch") {
            return None;
        }
        if node.class == "Any Switch (rgthree)" {
            return Some(
                node.inputs
                    .values()
                    .find(|value| self.link(value).is_some()),
            );
        }
        let number = ["select", "Input", "input"]
            .iter()
            .find_map(|name| node.input(name)?.as_u64());
        if let Some(number) = number {
            let ends = |name: &str| {
                let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
                digits.parse() == Ok(number)
            };
            let mut chosen = node.inputs.iter().filter(|(name, _)| ends(name));
            let (only, another) = (chosen.next(), chosen.next());
            return Some(only.filter(|_| another.is_none()).map(|(_, value)| value));
        }
        let side = match node.input("switch").and_then(Value::as_bool) {
            Some(true) => "on_true",
            Some(false) => "on_false",
            None => return Some(None),
        };
        Some(node.input(side))
    }
}
