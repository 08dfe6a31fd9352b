//! What is read from a file.

use crate::field::Field;
use logic::source_type::SourceType;
use logic::step::StepKind;
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// Steps that are taken from a file. A record holds fewer.
pub(crate) const MOST_FOUND: usize = 2_000;

/// One thing the file says: its text, and what that text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The kind of step it becomes.
    pub kind: StepKind,
    /// The text as its author had it.
    pub content: String,
    /// Particulars: `role` is `negative` for a prompt that says what is not wanted, `hash` and `air` name a model as its users do.
    /// Empty where there are none.
    pub meta: Map<String, Value>,
    /// The field that says it, such as `PNG tEXt parameters`.
    pub from: String,
}

/// The program that made a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Generator {
    /// Its name, such as `ComfyUI`.
    pub name: String,
    /// Its version, where the file says that too.
    pub version: Option<String>,
}

/// A field that is there and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// The field, such as `PNG tEXt prompt`.
    pub field: String,
    /// Why.
    pub reason: String,
}

/// How sure it is which program wrote a field; the strongest decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// The text looks like that of several programs.
    #[default]
    Shape,
    /// The text names the program.
    Named,
    /// Only this program writes such a field.
    Own,
}

/// What was found in a file, in the order of the process: prompts, models, data, parameters, tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The program that made the file, where it is known.
    pub generator: Option<Generator>,
    /// What the file says.
    pub found: Vec<Found>,
    /// How the file came to be: what it says itself, or that a model made it where a program says so that works with one.
    pub source_type: Option<SourceType>,
    /// What it says and nobody could read. Such a field is kept whole as a parameters step, where it is text.
    pub unreadable: Vec<Unreadable>,
    /// How sure the generator is.
    pub(crate) evidence: Evidence,
    /// Whether the file is a model, which says what it was made from like any other file.
    pub(crate) is_model: bool,
    /// Whether steps were left out.
    is_full: bool,
}

impl Generator {
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: None,
        }
    }

    pub(crate) fn with_version(mut self, version: Option<&str>) -> Self {
        self.version = version
            .map(str::trim)
            .filter(|version| !version.is_empty())
            .map(str::to_owned);
        self
    }
}

/// `Fooocus v2.4.3`.
impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.version {
            Some(version) => write!(f, " {version}"),
            None => Ok(()),
        }
    }
}

impl Found {
    pub(crate) fn new(kind: StepKind, content: impl Into<String>, field: &Field) -> Self {
        Self {
            kind,
            content: content.into(),
            meta: Map::new(),
            from: field.to_string(),
        }
    }

    /// The same with a particular, unless that is empty, or the hash of nothing.
    pub(crate) fn with(mut self, key: &str, value: Option<&str>) -> Self {
        let nothing = |value: &str| value.is_empty() || (key == "hash" && is_of_nothing(value));
        if let Some(value) = value.filter(|value| !nothing(value)) {
            self.meta.insert(key.to_owned(), value.into());
        }
        self
    }

    pub(crate) fn same(&self, other: &Self) -> bool {
        (self.kind, &self.content, &self.meta) == (other.kind, &other.content, &other.meta)
    }
}

/// Whether a hash is SHA-256 of no bytes at all, or the start of it. Trainers that hashed before they wrote have put it into
/// their models as the hash of these (ostris/ai-toolkit, issue 130), where other programs find it.
fn is_of_nothing(hash: &str) -> bool {
    const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let hash = hash.strip_prefix("0x").unwrap_or(hash).to_ascii_lowercase();
    hash.len() >= 8 && NOTHING.starts_with(&hash)
}

impl Reading {
    /// What a program says that is known this surely.
    pub(crate) fn by(generator: Option<Generator>, evidence: Evidence) -> Self {
        Self {
            generator,
            evidence,
            ..Self::default()
        }
    }

    /// Whether the file says that a program made it of prompts or by a model. A model that was trained is not such a file.
    pub(crate) fn is_of_ai(&self) -> bool {
        let says = |found: &Found| matches!(found.kind, StepKind::Prompt | StepKind::Model);
        !self.is_model && (self.generator.is_some() || self.found.iter().any(says))
    }

    /// Adds a prompt, unless it is empty or there already.
    pub(crate) fn prompt(&mut self, text: &str, field: &Field) {
        let text = text.trim();
        if !text.is_empty() {
            self.push(Found::new(StepKind::Prompt, text, field));
        }
    }

    /// Adds what is not wanted, unless it is empty or there already.
    pub(crate) fn negative(&mut self, text: &str, field: &Field) {
        let text = text.trim();
        if !text.is_empty() {
            let found = Found::new(StepKind::Prompt, text, field);
            self.push(found.with("role", Some("negative")));
        }
    }

    /// Adds a model by name, unless that is empty, or the same is there already.
    pub(crate) fn model(&mut self, name: &str, hash: Option<&str>, field: &Field) {
        let name = name.trim();
        if !name.is_empty() {
            self.push(Found::new(StepKind::Model, name, field).with("hash", hash));
        }
    }

    /// Adds a whole field as parameters.
    pub(crate) fn parameters(&mut self, field: &Field) {
        self.push(Found::new(StepKind::Parameters, &field.text, field));
    }

    /// Adds the program by its name and version.
    pub(crate) fn tool(&mut self, name: impl Into<String>, field: &Field) {
        self.push(Found::new(StepKind::Tool, name, field));
    }

    /// Keeps a field whole that is recognised and cannot be read.
    pub(crate) fn unreadable(&mut self, field: &Field, reason: impl fmt::Display) {
        self.parameters(field);
        self.unreadable.push(Unreadable {
            field: field.to_string(),
            reason: reason.to_string(),
        });
    }

    /// Adds a step, unless the same is there already, or there are more than anyone records.
    pub(crate) fn push(&mut self, found: Found) {
        if self.found.len() == MOST_FOUND {
            if !self.is_full {
                self.is_full = true;
                self.unreadable.push(Unreadable {
                    field: found.from,
                    reason: format!(
                        "there are more than {MOST_FOUND} steps, and the rest is left out"
                    ),
                });
            }
        } else if !self.found.iter().any(|other| other.same(&found)) {
            self.found.push(found);
        }
    }

    /// Takes what another dialect read, and its generator where that is surer.
    pub(crate) fn merge(&mut self, other: Self) {
        let surer = other.generator.is_some()
            && (self.generator.is_none() || other.evidence > self.evidence);
        if surer {
            self.generator = other.generator;
            self.evidence = other.evidence;
        }
        self.is_model |= other.is_model;
        for found in other.found {
            self.push(found);
        }
        self.unreadable.extend(other.unreadable);
    }

    /// Takes what another layer read, and brings all into the order of the process.
    pub(crate) fn add(&mut self, other: Self) {
        self.merge(other);
        self.sort();
    }

    /// Brings the steps into the order of the process, those of a kind in the order in which they were found.
    pub(crate) fn sort(&mut self) {
        self.found.sort_by_key(|found| match found.kind {
            StepKind::Prompt => 0,
            StepKind::Model => 1,
            StepKind::Dataset => 2,
            StepKind::Parameters => 3,
            _ => 4,
        });
    }
}
