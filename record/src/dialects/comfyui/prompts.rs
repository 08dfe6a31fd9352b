//! The texts that reach the nodes that sample.
//!
//! What a sampler is given is followed back, link by link. Every output is visited once for each side, so that a graph takes no
//! longer than it is large, whatever its links.

use super::Story;
use super::encoders;
use super::graph::{Graph, Link, Side};
use super::live::Live;
use super::pipes;
use super::roots;
use super::switches::{self, Choice};
use super::texts::{Text, Texts};
use std::collections::HashSet;

/// What is followed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Ask {
    link: Link,
    /// The side that is wanted of it, where it carries both.
    side: Side,
    /// Whether it is what carries both. An encoder of one text that fills such a place fills the positive side alone.
    both: bool,
}

struct Walk<'g, 'a> {
    graph: &'g Graph<'a>,
    texts: Texts<'g, 'a>,
    /// Nodes whose first output is no conditioning.
    shifted: HashSet<usize>,
    /// What is still to be visited, the next one last.
    waiting: Vec<Ask>,
    /// Texts found at the present output.
    found: Vec<Text<'a>>,
}

/// Adds the texts of all nodes that ran and sample.
pub(super) fn find(graph: &Graph<'_>, live: &Live, story: &mut Story) {
    let mut walk = Walk {
        graph,
        texts: Texts::new(graph),
        shifted: shifted(graph),
        waiting: Vec::new(),
        found: Vec::new(),
    };
    let sides = [
        (Side::Positive, false),
        (Side::Negative, false),
        (Side::Positive, true),
    ];
    for (role, middle) in sides {
        let mut seen = HashSet::new();
        let mut told = HashSet::new();
        for node in (0..graph.nodes.len()).filter(|node| live.ran(*node)) {
            let inputs = match middle {
                true => roots::middle(graph, node),
                false => roots::inputs(graph, node, role),
            };
            let Some(inputs) = inputs else {
                continue;
            };
            walk.root(node, &inputs, role);
            loop {
                for text in walk.found.drain(..) {
                    // Many nodes may hand on the same text, of any length; all of them live as long as the walk.
                    let new = told.insert((text.as_ptr(), text.len()));
                    // What stands between the sides is often the negative again, with a picture beside it.
                    if new && !(middle && story.negative.has(&text)) {
                        story.side(role).add(&text);
                    }
                }
                match walk.waiting.pop() {
                    Some(ask) if seen.insert(ask) => walk.visit(ask),
                    Some(_) => {}
                    None => break,
                }
            }
        }
    }
}

/// Nodes whose first output is no conditioning, by how the graph uses their outputs.
fn shifted(graph: &Graph<'_>) -> HashSet<usize> {
    let all = (0..graph.nodes.len()).flat_map(|node| graph.links(node));
    let other = all.filter(|(name, link)| match link.output {
        0 => ["model", "clip", "vae"].contains(name) || pipes::is_pipe(name),
        2 => pipes::carries(name, Side::Negative),
        _ => false,
    });
    other.map(|(_, link)| link.node).collect()
}

impl<'a> Walk<'_, 'a> {
    fn root(&mut self, node: usize, inputs: &[&str], role: Side) {
        let wildcard = self.graph.nodes[node].text("wildcard").unwrap_or_default();
        if role == Side::Negative || wildcard.is_empty() {
            return self.follow(node, inputs, role, false);
        }
        // A detailer's own text takes the place of what it is given, or is added to it (Impact's `enhance_detail`). One with marks
        // in it is worked on before it is used.
        let added = wildcard.strip_prefix("[CONCAT]");
        if added.is_some() {
            self.follow(node, inputs, role, false);
        }
        let text = added.unwrap_or(wildcard);
        if !["[", "{", "<", "__"].iter().any(|mark| text.contains(mark)) {
            self.found.push(Text::Written(text));
        }
    }

    /// Takes the texts at these inputs, and notes the links to be visited, so that the first is next.
    fn follow(&mut self, node: usize, inputs: &[&str], side: Side, both: bool) {
        for name in inputs.iter().rev() {
            if let Some(link) = self.graph.link(node, name) {
                let both = both || pipes::is_pipe(name);
                self.waiting.push(Ask { link, side, both });
            }
        }
        let texts = inputs
            .iter()
            .filter_map(|name| self.graph.nodes[node].text(name));
        self.found.extend(texts.map(Text::Written));
    }

    fn visit(&mut self, Ask { link, side, both }: Ask) {
        let graph = self.graph;
        let node = &graph.nodes[link.node];
        if node.off || encoders::empties(node) {
            return;
        }
        match switches::choice(graph, link.node) {
            Choice::Input(name) => {
                if let Some(side) = pipes::chosen(graph, link, side) {
                    self.follow(link.node, &[name], side, both);
                }
            }
            Choice::Unknown => {}
            Choice::None if pipes::has_sides(graph, link.node) => self.sides(link, side),
            Choice::None => self.one(link, side, both),
        }
    }

    /// A node of conditioning or of text.
    fn one(&mut self, link: Link, side: Side, both: bool) {
        if let Some(inputs) = encoders::combined(self.graph, link.node) {
            return self.follow(link.node, &inputs, side, both);
        }
        if both && side == Side::Negative {
            return;
        }
        match encoders::encoded(self.graph, link.node, &mut self.texts) {
            Some(texts) => self.found.extend(texts),
            None => self.found.extend(self.texts.of(link)),
        }
    }

    /// A node that holds both sides.
    fn sides(&mut self, link: Link, side: Side) {
        let graph = self.graph;
        let node = &graph.nodes[link.node];
        let shifted = self.shifted.contains(&link.node);
        let Some(side) = pipes::asked(graph, link, side, shifted) else {
            return;
        };
        let wildcard = node.text("wildcard").unwrap_or_default();
        if side == Side::Positive && !wildcard.is_empty() {
            return;
        }
        let own = node
            .inputs()
            .filter(|(name, value)| match value.is_string() {
                true => pipes::texts(side).contains(name),
                false => pipes::carries(name, side) && graph.link_of(value).is_some(),
            });
        let mut inputs: Vec<&str> = own.map(|(name, _)| name).collect();
        if inputs.is_empty() {
            let all = graph.links(link.node).map(|(name, _)| name);
            inputs = all.filter(|name| pipes::is_pipe(name)).take(1).collect();
        }
        self.follow(link.node, &inputs, side, false);
    }
}
