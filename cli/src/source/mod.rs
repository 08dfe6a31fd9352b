//! What a file says of how it was made.
//!
//! Image tools write their settings into the file. What is found becomes steps of the creative process, each with the
//! text exactly as the tool wrote it.

mod automatic1111;
mod comfyui;
mod fooocus;
mod invokeai;
mod novelai;
mod png;

use logic::step::StepKind;
use serde_json::{Map, Value};

/// One thing the file says: its text, and what that text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The kind of step it becomes.
    pub kind: StepKind,
    /// The text as the tool wrote it.
    pub content: String,
    /// Particulars, such as a model's hash; empty where there are none.
    pub meta: Map<String, Value>,
}

impl Found {
    fn new(kind: StepKind, content: impl Into<String>) -> Self {
        Self {
            kind,
            content: content.into(),
            meta: Map::new(),
        }
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.meta.insert(key.to_owned(), value.into());
        self
    }
}

/// What was found in a file, in the order of the process: prompts, models, parameters, tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The program that made the file, where it is known.
    pub generator: Option<&'static str>,
    /// What the file says.
    pub found: Vec<Found>,
}

/// A named text of a file, as PNG's text chunks hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    keyword: String,
    text: String,
}

/// The texts of a file by their keywords.
struct Texts(Vec<Text>);

impl Texts {
    fn get(&self, keyword: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|text| text.keyword == keyword)
            .map(|text| text.text.as_str())
    }

    /// The text, where it is a JSON object.
    fn object(&self, keyword: &str) -> Option<Map<String, Value>> {
        serde_json::from_str(self.get(keyword)?).ok()
    }
}

/// Reads what a file says of itself. A file of a kind that is not known, or that says nothing, gives an empty answer.
#[must_use]
pub fn read(bytes: &[u8]) -> Source {
    let texts = Texts(png::texts(bytes));
    let readers = [
        fooocus::read,
        automatic1111::read,
        invokeai::read,
        novelai::read,
        comfyui::read,
    ];
    readers
        .iter()
        .find_map(|read| read(&texts))
        .unwrap_or_default()
}
