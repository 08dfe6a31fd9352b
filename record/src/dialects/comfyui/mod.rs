//! ComfyUI: `prompt`, the graph that was run, and `workflow`, the same as its editor keeps it.
//!
//! The graph is walked against its links, from what samples to what it was given. Only what an output needs was run. A node of a
//! kind that nobody here knows says nothing: its text may be a prompt, an instruction or a note.

mod conditioning;
mod graph;
mod samplers;
mod texts;
mod weights;

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Generator, Reading, Unreadable};
use graph::Graph;
use logic::step::StepKind;
use samplers::Side;
use serde_json::{Map, Value};
use std::collections::HashSet;
use texts::Texts;

/// What a field of ComfyUI holds.
enum Form<'a> {
    /// The graph that was run: nodes by their ids.
    Run(&'a str),
    /// The graph as the editor keeps it, in which nothing says what was run.
    Edited(&'a str),
}

impl<'a> Form<'a> {
    /// `prompt` and `workflow` are fields of PNG and of animations; WebP has them in EXIF, each with its name before it; other
    /// files have the graph in a comment.
    fn of(field: &'a Field) -> Option<Self> {
        let text = field.text.trim();
        let named = |name: &str| {
            let (before, rest) = text.split_once(':')?;
            before.eq_ignore_ascii_case(name).then(|| rest.trim())
        };
        let is_named = |name: &str| field.name.eq_ignore_ascii_case(name);
        if let Some(text) = named("workflow") {
            return is_editors(text).then_some(Self::Edited(text));
        }
        let text = named("prompt").unwrap_or(text);
        if is_named("workflow") && is_editors(text) {
            return Some(Self::Edited(text));
        }
        let is_graph = text.starts_with('{') && text.contains("\"class_type\"");
        (is_graph && (is_named("prompt") || text.contains("\"inputs\""))).then_some(Self::Run(text))
    }

    const fn text(&self) -> &'a str {
        match self {
            Self::Run(text) | Self::Edited(text) => text,
        }
    }
}

fn is_editors(text: &str) -> bool {
    text.starts_with('{') && (text.contains("\"nodes\"") || text.contains("\"class_type\""))
}

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut reading = Reading::by(Some(Generator::named("ComfyUI")), Evidence::Own);
    let mut first = None;
    for field in &fields.0 {
        let Some(form) = Form::of(field) else {
            continue;
        };
        match json::parse(form.text()) {
            Ok(Value::Object(object)) => {
                if let Form::Run(_) = form {
                    let graph = Graph::new(&object);
                    if graph.is_empty() {
                        continue;
                    }
                    run(&object, &graph, field, &mut reading);
                }
                reading.push(Found::new(StepKind::Parameters, form.text(), field));
            }
            Ok(_) => reading.unreadable(field, "it is no JSON object"),
            Err(reason) => reading.unreadable(field, reason),
        }
        first.get_or_insert(field);
    }
    reading.tool("ComfyUI", first?);
    Some(reading)
}

/// Adds the prompts and models of a graph.
fn run(object: &Map<String, Value>, graph: &Graph<'_>, field: &Field, reading: &mut Reading) {
    let mut seen = HashSet::new();
    let mut texts = Texts::new(graph);
    for (side, text) in samplers::prompts(graph, &mut texts) {
        if seen.insert((side, text.clone())) {
            match side {
                Side::Positive => reading.prompt(&text, field),
                Side::Negative => reading.negative(&text, field),
            }
        }
    }
    if texts.is_spent() {
        reading.unreadable.push(Unreadable {
            field: field.to_string(),
            reason: "its graph takes too long to follow to its end".to_owned(),
        });
    }
    for name in weights::names(graph) {
        reading.model(&name, None, field);
    }
    // Civitai names what it used beside the graph.
    let airs = object.get("extra").and_then(|extra| extra.get("airs"));
    for air in airs.and_then(Value::as_array).into_iter().flatten() {
        if let Some(air) = air.as_str() {
            reading.push(Found::new(StepKind::Model, air, field).with("air", Some(air)));
        }
    }
}
