//! Texts that come from other nodes.
//!
//! Only what the graph tells exactly is said: a text that is handed on, or texts that are joined in a way that is known. What a
//! node draws by lot, looks up or has a language model write is not in the graph.

use super::encoders;
use super::graph::{Graph, Link};
use super::joins;
use super::switches::{self, Choice};
use serde_json::Value;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

/// Longest text that is made of others.
const LONGEST: usize = 1 << 20;
/// Most bytes of all texts that are made of others, since the same may be used again and again.
const ALL: usize = 16 << 20;
/// Nodes that a text may come through.
const DEPTH: usize = 128;

/// Classes that hand on a text unchanged, and the input that it is. What they keep besides is what they showed the last time.
const HANDS_ON: [(&str, &str); 8] = [
    ("ShowText|pysssss", "text"),
    ("PreviewAny", "source"),
    ("easy showAnything", "anything"),
    ("easy showAnythingLazy", "anything"),
    ("PrimitiveString", "value"),
    ("PrimitiveStringMultiline", "value"),
    ("PrimitiveNode", "value"),
    ("easy string", "value"),
];
/// Words in the names of classes that hold a text.
const HOLDS: [&str; 6] = [
    "string",
    "text",
    "prompt",
    "primitive",
    "easy positive",
    "easy negative",
];
/// Words in the names of those that do more with it.
const CHANGES: [&str; 41] = [
    "replace",
    "regex",
    "wildcard",
    "random",
    "shuffle",
    "generat",
    "llm",
    "caption",
    "interrogat",
    "tagger",
    "style",
    "translat",
    "split",
    "slice",
    "substring",
    "case",
    "upper",
    "lower",
    "format",
    "parse",
    "enhance",
    "expand",
    "search",
    "file",
    "load",
    "path",
    "json",
    "switch",
    "select",
    "list",
    "line",
    "length",
    "encode",
    "await",
    "clean",
    "strip",
    "remove",
    "reverse",
    "filter",
    "extract",
    "count",
];
const NAMES: [&str; 11] = [
    "string",
    "String",
    "STRING",
    "text",
    "Text",
    "value",
    "Value",
    "prompt",
    "positive",
    "negative",
    "text_input",
];

/// A text of a graph.
#[derive(Clone, Debug)]
pub(super) enum Text<'a> {
    /// It stands so in the document.
    Written(&'a str),
    /// It was made of such.
    Made(Rc<str>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Written(text) => text,
            Self::Made(text) => text,
        }
    }
}

/// The texts of a graph, each made once.
pub(super) struct Texts<'g, 'a> {
    pub(super) graph: &'g Graph<'a>,
    known: HashMap<Link, Option<Text<'a>>>,
    left: usize,
    depth: usize,
}

impl<'g, 'a> Texts<'g, 'a> {
    pub(super) fn new(graph: &'g Graph<'a>) -> Self {
        Self {
            graph,
            known: HashMap::new(),
            left: ALL,
            depth: 0,
        }
    }

    /// The text that an input has. [`None`] where it has none, or it cannot be known.
    pub(super) fn input(&mut self, node: usize, name: &str) -> Option<Text<'a>> {
        match self.graph.nodes[node].input(name)? {
            Value::String(text) => Some(Text::Written(text)),
            value => match as_text(value) {
                Some(text) => Some(Text::Made(text.into())),
                None => self.of(self.graph.link_of(value)?),
            },
        }
    }

    /// The same where it is to be looked through, which costs as much as to make it.
    pub(super) fn looked_through(&mut self, node: usize, name: &str) -> Option<Text<'a>> {
        let text = self.input(node, name)?;
        match text {
            Text::Written(_) => {}
            Text::Made(_) => self.take(text.len())?,
        }
        Some(text)
    }

    /// The text that leaves by an output.
    pub(super) fn of(&mut self, link: Link) -> Option<Text<'a>> {
        if let Some(known) = self.known.get(&link) {
            return known.clone();
        }
        if self.depth >= DEPTH {
            return None;
        }
        // A circle comes back here, and finds nothing.
        self.known.insert(link, None);
        self.depth += 1;
        let text = self.made(link);
        self.depth -= 1;
        self.known.insert(link, text.clone());
        text
    }

    /// Whether a text of this length may still be made.
    pub(super) fn take(&mut self, length: usize) -> Option<()> {
        self.left = self
            .left
            .checked_sub(length)
            .filter(|_| length <= LONGEST)?;
        Some(())
    }

    fn made(&mut self, Link { node, output }: Link) -> Option<Text<'a>> {
        let class = &self.graph.nodes[node];
        if class.off {
            return None;
        }
        match switches::choice(self.graph, node) {
            Choice::Input(name) if output == 0 => return self.input(node, name),
            Choice::Input(_) | Choice::Unknown => return None,
            Choice::None => {}
        }
        if class.has(&["populated_text"]) {
            let text = self.looked_through(node, "populated_text")?;
            let is = output == 0 || class.class == "ImpactWildcardEncode" && output == 3;
            return (is && encoders::is_settled(&text)).then_some(text);
        }
        if class.class == "Text String" {
            let names = ["text", "text_b", "text_c", "text_d"];
            return self.input(node, names.get(usize::try_from(output).ok()?)?);
        }
        if output != 0 {
            return None;
        }
        if let Some((_, input)) = HANDS_ON.iter().find(|(name, _)| *name == class.class) {
            return self.input(node, input);
        }
        joins::joined(self, node).unwrap_or_else(|| self.held(node))
    }

    /// The one text of a node that has nothing else.
    fn held(&mut self, node: usize) -> Option<Text<'a>> {
        let class = &self.graph.nodes[node];
        let mut inputs = class.inputs();
        let (name, _) = inputs.next()?;
        if inputs.next().is_some() {
            return None;
        }
        if class.is_any(&["reroute"]) {
            return self.input(node, name);
        }
        // Several lines are one text; a line of many is not.
        let plain = class.class.to_ascii_lowercase().replace("multiline", "");
        let changes = CHANGES.iter().any(|word| plain.contains(word));
        if changes || !class.is_any(&HOLDS) || !NAMES.contains(&name) {
            return None;
        }
        // A number that is one goes into no text.
        if class.text(name).is_none() && class.is_any(&["int", "float", "bool", "number"]) {
            return None;
        }
        let text = self.looked_through(node, name)?;
        // WAS leaves out lines that begin so.
        let comments = class.class.starts_with("Text Multiline")
            && text.lines().any(|line| line.trim_start().starts_with('#'));
        (!comments).then_some(text)
    }
}

/// What ComfyUI makes of a value that stands where a text should: Python's `str` of it (`execution.py`, `validate_inputs`). Numbers that
/// Python writes with an exponent are left out.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64()?;
            let is_plain = number == 0.0 || (1e-4..1e16).contains(&number.abs());
            is_plain.then(|| format!("{number:?}"))
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
