//! Which nodes ran.
//!
//! ComfyUI runs the nodes that show or save something, and those that these need. The others stand in the document all the same:
//! samplers that lead nowhere, loaders that nobody uses.

use super::graph::{Graph, Link};
use super::roots;
use super::switches::{self, Choice};
use std::collections::HashSet;

/// Words in the names of classes that save or show. Those of Efficiency and Easy-Use do it inside their samplers.
const SHOWS: [&str; 10] = [
    "save",
    "preview",
    "show",
    "display",
    "output",
    "send",
    "compar",
    "videocombine",
    "efficient",
    "easy ",
];
/// Words in the names of classes that only make something for others.
const SERVES: [&str; 20] = [
    "loader",
    "loadimage",
    "encode",
    "decode",
    "sampler",
    "guider",
    "scheduler",
    "noise",
    "conditioning",
    "controlnet",
    "lora",
    "primitive",
    "latent",
    "imagescale",
    "imageupscale",
    "string",
    "text",
    "switch",
    "reroute",
    "pipe",
];
/// Inputs of a node that only apply where its strength is not zero (ComfyUI's ControlNetApply and ControlNetApplyAdvanced).
const CONTROL: [&str; 3] = ["control_net", "image", "vae"];

/// Most switches of unknown choice that are looked at.
const SWITCHES: usize = 32;

/// The nodes that ran.
#[derive(Debug)]
pub(super) struct Live {
    ran: Vec<bool>,
    used: HashSet<Link>,
    users: Vec<bool>,
}

impl Live {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let count = graph.nodes.len();
        let mut wanted = vec![false; count];
        for node in 0..count {
            for (_, link) in graph.links(node) {
                wanted[link.node] = true;
            }
        }
        let ends: Vec<usize> = (0..count).filter(|node| !wanted[*node]).collect();
        let samples: Vec<usize> = (0..count)
            .filter(|node| roots::is_root(graph, *node))
            .collect();
        let mut live = Self {
            ran: vec![false; count],
            used: HashSet::new(),
            users: vec![false; count],
        };
        live.mark(
            graph,
            ends.iter().copied().filter(|node| shows(graph, *node)),
        );
        // A part of a graph, without the node that saves.
        if !samples.iter().any(|node| live.ran[*node]) {
            live.mark(graph, samples.iter().copied().filter(|node| !wanted[*node]));
        }
        live
    }

    /// Whether it ran.
    pub(super) fn ran(&self, node: usize) -> bool {
        self.ran[node]
    }

    /// Whether another node that ran had something from it.
    pub(super) fn used(&self, node: usize) -> bool {
        self.users[node]
    }

    /// Whether that was at this output.
    pub(super) fn carried(&self, node: usize, output: u64) -> bool {
        self.used.contains(&Link { node, output })
    }

    /// Marks nodes as run, and what they need.
    fn mark(&mut self, graph: &Graph<'_>, from: impl Iterator<Item = usize>) {
        let mut waiting: Vec<usize> = from.collect();
        let mut switches = SWITCHES;
        while let Some(node) = waiting.pop() {
            if std::mem::replace(&mut self.ran[node], true) {
                continue;
            }
            for link in needs(graph, node) {
                self.users[link.node] = true;
                self.used.insert(link);
                waiting.push(link.node);
            }
            let unknown = switches::choice(graph, node) == Choice::Unknown;
            if unknown && switches > 0 && !graph.nodes[node].off {
                switches -= 1;
                waiting.extend(common(graph, node));
            }
        }
    }
}

/// The nodes that sample whatever a switch chooses. They ran, though it is not known by which way.
fn common(graph: &Graph<'_>, switch: usize) -> Vec<usize> {
    let branches: Vec<usize> = graph
        .links(switch)
        .map(|(_, link)| link.node)
        .take(SWITCHES)
        .collect();
    let mut times = vec![0; graph.nodes.len()];
    for branch in &branches {
        let mut seen = vec![false; graph.nodes.len()];
        let mut waiting = vec![*branch];
        while let Some(node) = waiting.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                times[node] += 1;
                waiting.extend(needs(graph, node).iter().map(|link| link.node));
            }
        }
    }
    let all = (0..graph.nodes.len()).filter(|node| times[*node] == branches.len());
    all.filter(|node| roots::is_root(graph, *node)).collect()
}

fn shows(graph: &Graph<'_>, node: usize) -> bool {
    let class = &graph.nodes[node];
    !class.off && (class.is_any(&SHOWS) || !(class.is_any(&SERVES) || roots::is_root(graph, node)))
}

/// What a node needs to run.
fn needs(graph: &Graph<'_>, node: usize) -> Vec<Link> {
    let idle =
        graph.nodes[node].has(&["control_net"]) && graph.number(node, "strength") == Some(0.0);
    match switches::choice(graph, node) {
        _ if graph.nodes[node].off => Vec::new(),
        Choice::Input(name) => graph.link(node, name).into_iter().collect(),
        Choice::Unknown => Vec::new(),
        Choice::None => graph
            .links(node)
            .filter(|(name, _)| !(idle && CONTROL.contains(name)))
            .map(|(_, link)| link)
            .collect(),
    }
}
