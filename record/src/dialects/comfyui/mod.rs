//! ComfyUI: `prompt`, the graph of nodes that ran, and `workflow`, the same as its editor keeps it.
//!
//! Only the graph that ran is read: its links say which text went where. The editor's form holds values without names, switched
//! off nodes among them, so that no role can be told from it; it is kept whole.

mod civitai;
mod documents;
mod encoders;
mod graph;
mod joins;
mod live;
mod outline;
mod partners;
mod pipes;
mod prompts;
mod roots;
mod stacks;
mod switches;
mod tags;
mod texts;
mod weights;

use crate::field::{Field, Fields};
use crate::reading::{Evidence, Found, Generator, Reading};
pub(super) use civitai::is_air;
use documents::Documents;
use graph::{Graph, Side};
use live::Live;
use logic::step::StepKind;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Prompts and models of one graph. Nobody writes more, and a record could not hold them.
const MOST: usize = 512;

/// Texts in the order in which they were found, each once.
#[derive(Debug, Default)]
struct Once {
    texts: Vec<String>,
    known: HashSet<String>,
}

impl Once {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.known.contains(text) {
            self.known.insert(text.to_owned());
            self.texts.push(text.to_owned());
        }
    }

    fn has(&self, text: &str) -> bool {
        self.known.contains(text.trim())
    }

    fn add_if(&mut self, text: &str, is: bool) {
        if is {
            self.add(text);
        }
    }
}

/// What a graph says.
#[derive(Debug, Default)]
struct Story {
    positive: Once,
    negative: Once,
    models: Once,
}

impl Story {
    fn side(&mut self, side: Side) -> &mut Once {
        match side {
            Side::Positive => &mut self.positive,
            Side::Negative => &mut self.negative,
        }
    }

    fn len(&self) -> usize {
        self.positive.texts.len() + self.negative.texts.len() + self.models.texts.len()
    }
}

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let documents = Documents::of(fields);
    let first = documents.first()?;
    let mut reading = Reading::by(Some(Generator::named("ComfyUI")), Evidence::Own);
    for (field, graph) in &documents.graphs {
        tell(&story(graph), field, &mut reading);
    }
    for (field, workflow) in &documents.workflows {
        let mut story = Story::default();
        civitai::find(workflow, &mut story);
        tell(&story, field, &mut reading);
    }
    for field in &documents.whole {
        reading.parameters(field);
    }
    for (field, reason) in &documents.broken {
        reading.unreadable(field, reason);
    }
    reading.tool("ComfyUI", first);
    Some(reading)
}

fn story(document: &Map<String, Value>) -> Story {
    let graph = Graph::of(document);
    let live = Live::of(&graph);
    let mut story = Story::default();
    prompts::find(&graph, &live, &mut story);
    weights::find(&graph, &live, &mut story.models);
    civitai::find(document, &mut story);
    story
}

fn tell(story: &Story, field: &Field, reading: &mut Reading) {
    if story.len() > MOST {
        let reason = format!(
            "it has {} prompts and models, at most {MOST} are read",
            story.len()
        );
        return reading.unreadable(field, reason);
    }
    for text in &story.positive.texts {
        reading.prompt(text, field);
    }
    for text in &story.negative.texts {
        reading.negative(text, field);
    }
    for name in &story.models.texts {
        model(name, field, reading);
    }
}

fn model(name: &str, field: &Field, reading: &mut Reading) {
    let air = civitai::is_air(name).then_some(name);
    reading.push(Found::new(StepKind::Model, name, field).with("air", air));
}
