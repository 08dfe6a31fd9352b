//! Where ComfyUI's JSON stands.
//!
//! PNG, video and audio files have fields named `prompt` and `workflow`. WebP and AVIF have EXIF texts that begin with `prompt:`
//! and `workflow:`, in Model, Make and the tags before them. JPEG and what other programs convert have it in a free field, either
//! the graph itself or an object with both.

use super::outline::Outline;
use crate::field::{Field, Fields};
use crate::json;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Most fields that are looked at; no file of ComfyUI has more.
const MOST: usize = 64;
/// How often JSON may be a string within JSON; converters of videos are known to do it three times.
const WRAPPED: usize = 4;

/// The JSON of ComfyUI in a file.
#[derive(Debug, Default)]
pub(super) struct Documents<'a> {
    /// Graphs that ran.
    pub(super) graphs: Vec<(&'a Field, Object)>,
    /// Graphs as the editor keeps them.
    pub(super) workflows: Vec<(&'a Field, Object)>,
    /// Fields that are kept as they stand, those with graphs that ran first.
    pub(super) whole: Vec<&'a Field>,
    /// Fields that are ComfyUI's and cannot be read, and why.
    pub(super) broken: Vec<(&'a Field, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Prompt,
    Workflow,
    Free,
}

impl<'a> Documents<'a> {
    pub(super) fn of(fields: &'a Fields) -> Self {
        let mut documents = Self::default();
        let mut doubtful = Vec::new();
        let mut later = Vec::new();
        for (name, field, body) in named(fields) {
            let graphs = documents.graphs.len();
            let value = match name {
                Name::Workflow => json::read(body).map(|Outline(value)| value),
                Name::Prompt | Name::Free => json::parse(body),
            };
            match value.map(|value| opened(value, WRAPPED)) {
                Ok(Some(object))
                    if name == Name::Prompt && !is_graph(&object) && !is_workflow(&object) =>
                {
                    doubtful.push((field, None));
                }
                Ok(Some(object)) => {
                    if !documents.add(name, field, object) {
                        continue;
                    }
                    match documents.graphs.len() > graphs {
                        true => documents.whole.push(field),
                        false => later.push(field),
                    }
                }
                Ok(None) => {}
                Err(error) if is_ours(name, body) => {
                    documents
                        .broken
                        .push((field, format!("it is no JSON: {error}")));
                }
                Err(error) if name != Name::Free && body.starts_with('{') => {
                    doubtful.push((field, Some(format!("it is no JSON: {error}"))));
                }
                Err(_) => {}
            }
        }
        documents.settle(doubtful);
        documents.whole.append(&mut later);
        documents
    }

    /// The first field that is ComfyUI's.
    pub(super) fn first(&self) -> Option<&'a Field> {
        let broken = self.broken.first().map(|(field, _)| *field);
        self.whole.first().copied().or(broken)
    }

    /// Adds what an object holds; whether it is anything.
    fn add(&mut self, name: Name, field: &'a Field, mut object: Object) -> bool {
        if name != Name::Workflow && is_graph(&object) {
            self.graphs.push((field, object));
            return true;
        }
        if is_workflow(&object) {
            self.workflows.push((field, object));
            return true;
        }
        if name != Name::Free {
            return false;
        }
        let mut part = |name| opened(object.remove(name)?, WRAPPED);
        let prompt = part("prompt").filter(is_graph);
        let workflow = part("workflow").filter(is_workflow);
        let any = prompt.is_some() || workflow.is_some();
        self.graphs.extend(prompt.map(|prompt| (field, prompt)));
        self.workflows
            .extend(workflow.map(|workflow| (field, workflow)));
        any
    }

    /// Other programs have fields of these names too. Beside another that is ComfyUI's, they are its own.
    fn settle(&mut self, doubtful: Vec<(&'a Field, Option<String>)>) {
        if self.whole.is_empty() && self.workflows.is_empty() && self.broken.is_empty() {
            return;
        }
        for (field, reason) in doubtful {
            match reason {
                Some(reason) => self.broken.push((field, reason)),
                None => self.whole.push(field),
            }
        }
    }
}

/// The fields in which ComfyUI's JSON may stand, each text once, with the JSON in it.
fn named<'a>(fields: &'a Fields) -> Vec<(Name, &'a Field, &'a str)> {
    let mut named: Vec<(Name, &'a Field, &'a str)> = Vec::new();
    let mut add = |name, field, body| {
        let is_same = |&(other, _, text): &(Name, _, &str)| {
            (other == Name::Workflow) == (name == Name::Workflow) && text == body
        };
        if named.len() < MOST && !named.iter().any(is_same) {
            named.push((name, field, body));
        }
    };
    for field in &fields.0 {
        let text = field
            .text
            .trim_matches(|char: char| char.is_whitespace() || char == '\0');
        let found = prefixed(text).or_else(|| {
            if field.name.eq_ignore_ascii_case("prompt") {
                Some((Name::Prompt, text))
            } else if field.name.eq_ignore_ascii_case("workflow") {
                Some((Name::Workflow, text))
            } else {
                None
            }
        });
        if let Some((name, body)) = found {
            add(name, field, body);
        }
    }
    for field in fields.free() {
        let text = field.text.trim();
        let may = text.starts_with('{')
            && [
                "\"class_type\"",
                "\"workflow\"",
                "\"nodes\"",
                "\\\"class_type",
            ]
            .iter()
            .any(|word| text.contains(word));
        if may && prefixed(text).is_none() {
            add(Name::Free, field, text);
        }
    }
    named
}

/// What follows `prompt:` or `workflow:`, where that is an object.
fn prefixed(text: &str) -> Option<(Name, &str)> {
    let (head, body) = text.split_once(':')?;
    let body = body.trim_start();
    let name = match head {
        _ if !body.starts_with('{') => return None,
        _ if head.eq_ignore_ascii_case("prompt") => Name::Prompt,
        _ if head.eq_ignore_ascii_case("workflow") => Name::Workflow,
        _ => return None,
    };
    Some((name, body))
}

fn opened(value: Value, left: usize) -> Option<Object> {
    match value {
        Value::Object(object) => Some(object),
        Value::String(text) if left > 0 => opened(json::parse(&text).ok()?, left - 1),
        _ => None,
    }
}

/// Whether any member is a node.
fn is_graph(object: &Object) -> bool {
    object
        .values()
        .any(|node| node.get("class_type").is_some_and(Value::is_string))
}

fn is_workflow(object: &Object) -> bool {
    let has = |name| object.contains_key(name);
    object.get("nodes").is_some_and(Value::is_array)
        && (has("links") || has("last_node_id") || has("version"))
}

/// Whether a text that is no JSON is ComfyUI's all the same.
fn is_ours(name: Name, body: &str) -> bool {
    let has = |word| body.contains(word);
    let graph = has("\"class_type\"") && has("\"inputs\"");
    let workflow = has("\"nodes\"") && has("\"widgets_values\"");
    body.starts_with('{')
        && match name {
            Name::Prompt | Name::Free => graph,
            Name::Workflow => workflow,
        }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::field::Carried;
    use logic::step::StepKind;

    const GRAPH: &str = r#"{"1": {"class_type": "VAELoader", "inputs": {}}}"#;
    const WORKFLOW: &str = r#"{"nodes": [], "links": []}"#;

    /// Whole fields that are kept, and those that cannot be read.
    fn kept(texts: &[(&str, &str)]) -> Option<(Vec<String>, Vec<String>)> {
        let mut carried = Carried::default();
        for (name, text) in texts {
            carried.push("EXIF", *name, (*text).to_owned());
        }
        let reading = read(&carried.fields)?;
        let whole = reading.found.iter();
        let whole = whole.filter(|found| found.kind == StepKind::Parameters);
        Some((
            whole.map(|found| found.from.clone()).collect(),
            reading
                .unreadable
                .into_iter()
                .map(|field| field.field)
                .collect(),
        ))
    }

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| format!("EXIF {name}")).collect()
    }

    #[test]
    fn texts_with_a_prefix_are_read_in_any_field_and_the_graph_that_ran_comes_first() {
        for (prompt, workflow) in [("prompt:", "workflow:"), ("Prompt: ", "Workflow: ")] {
            let workflow = format!("{workflow}{WORKFLOW}");
            let prompt = format!("{prompt}{GRAPH}");
            let found = kept(&[("Make", &workflow), ("Model", &prompt)]);
            assert_eq!(found, Some((fields(&["Model", "Make"]), vec![])));
        }
    }

    #[test]
    fn free_fields_are_read_where_they_hold_a_graph_or_both() {
        let both = format!(r#"{{"prompt": {GRAPH}, "workflow": {WORKFLOW}}}"#);
        let quoted = serde_json::json!({ "prompt": GRAPH }).to_string();
        for text in [GRAPH, WORKFLOW, &both, &quoted] {
            let found = kept(&[("UserComment", text)]);
            assert_eq!(found, Some((fields(&["UserComment"]), vec![])), "{text}");
        }
        for text in [
            r#"{"prompt": "a heron", "workflow": "txt2img"}"#,
            "a {\"class_type\"}",
            "{}",
        ] {
            assert_eq!(kept(&[("UserComment", text)]), None, "{text}");
        }
    }

    #[test]
    fn json_within_json_is_opened() {
        let once = serde_json::to_string(GRAPH).expect("JSON");
        let twice = serde_json::to_string(&once).expect("JSON");
        let found = kept(&[("prompt", &twice)]);
        assert_eq!(found, Some((fields(&["prompt"]), vec![])));
    }

    #[test]
    fn prompts_of_other_programs_are_left_to_them() {
        for text in [
            "a heron",
            "{a|b} heron",
            r#"{"positive": "a heron"}"#,
            "",
            "[1]",
        ] {
            assert_eq!(kept(&[("prompt", text)]), None, "{text}");
        }
        assert_eq!(kept(&[("workflow", "txt2img"), ("workflow", "{}")]), None);
    }

    #[test]
    fn what_is_broken_is_kept_and_said() {
        let broken = &GRAPH[..GRAPH.len() - 1];
        let fault = fields(&["prompt"]);
        assert_eq!(
            kept(&[("prompt", broken)]),
            Some((fault.clone(), fault.clone()))
        );
        let beside = kept(&[("prompt", "{\"1\": "), ("workflow", WORKFLOW)]);
        assert_eq!(beside, Some((fields(&["workflow", "prompt"]), fault)));
        let deep = format!("{}{GRAPH}{}", "{\"1\": ".repeat(500), "}".repeat(500));
        assert_eq!(
            kept(&[("Comment", &deep)]).map(|(_, faults)| faults.len()),
            Some(1)
        );
    }

    #[test]
    fn what_stands_in_two_fields_is_kept_once_for_each_that_differs() {
        let found = kept(&[("prompt", GRAPH), ("prompt", GRAPH), ("Comment", GRAPH)]);
        assert_eq!(found, Some((fields(&["prompt"]), vec![])));
    }
}
