//! Actions as steps: what was done, with which programs, of which prompts and models.
//!
//! The active manifest tells of the file, and the manifest of what it was opened from of the time before (C2PA 2.3, Actions and Ingredient).
//! Each assertion that is read is kept whole as parameters too.

use super::lineage::Signed;
use super::{PLACE, inputs};
use crate::field::Field;
use crate::reading::{Evidence, Found, Generator, Reading};
use crate::source_type::is_of_ai;
use c2pa::Manifest;
use logic::step::StepKind;
use serde_json::Value;

/// Longest text of a step that an action gives.
const LONGEST: usize = 4_000;
/// Actions that change what a picture shows, a sound sounds like or a text says (C2PA 2.3, Actions; the second is of 1.4). Others
/// open, convert or publish.
const EDITS: [&str; 20] = [
    "c2pa.adjustedColor",
    "c2pa.color_adjustments",
    "c2pa.addedText",
    "c2pa.changedSpeed",
    "c2pa.cropped",
    "c2pa.deleted",
    "c2pa.drawing",
    "c2pa.dubbed",
    "c2pa.edited",
    "c2pa.enhanced",
    "c2pa.filtered",
    "c2pa.mastered",
    "c2pa.mixed",
    "c2pa.orientation",
    "c2pa.placed",
    "c2pa.remixed",
    "c2pa.removed",
    "c2pa.resized",
    "c2pa.translated",
    "c2pa.trimmed",
];

/// The steps that manifests tell of, the newest manifest first.
pub(super) fn read(manifests: &[Signed<'_>]) -> Reading {
    let mut reading = Reading::default();
    for signed in manifests {
        let mut made = Reading::default();
        let by = claim_generator(signed.manifest);
        let mut written = labels(signed.manifest);
        for (assertion, data) in signed.assertions() {
            let mut field = field(assertion.label_with_instance());
            match assertion.label() {
                label if is_actions(label) => {
                    field.name = written.next().unwrap_or(field.name);
                    actions(data, &field, &mut made);
                }
                "com.adobe.generative-ai" => generative(data, &field, &mut made),
                _ => continue,
            }
            field.text = whole(data);
            made.parameters(&field);
        }
        inputs::read(signed.manifest, &mut made);
        if let Some(by) = &by {
            made.tool(by.to_string(), &field("c2pa.claim".to_owned()));
        }
        if is_created(signed) {
            made.generator = created_by(signed).or(by);
            made.evidence = Evidence::Own;
        }
        reading.merge(made);
    }
    reading.sort();
    reading
}

/// The digital source type of the file: that of its creation, or of the first action of which AI is said.
pub(super) fn source_type(manifests: &[Signed<'_>]) -> Option<String> {
    let types: Vec<&str> = manifests
        .iter()
        .flat_map(Signed::assertions)
        .filter(|(assertion, _)| is_actions(assertion.label()))
        .flat_map(|(_, data)| list(data, "actions"))
        .filter_map(type_of)
        .collect();
    let of_ai = types.iter().find(|name| is_of_ai(name));
    let said = of_ai.or_else(|| types.first())?;
    Some((*said).to_owned())
}

/// Adobe's programs tell the type of what another's program made among the parameters (contentauth/c2pa-js-legacy,
/// selectGenerativeInfo.ts).
fn type_of(action: &Value) -> Option<&str> {
    let parameter = |name: &str| action.get("parameters")?.get(name)?.as_str();
    let own = action.get("digitalSourceType").and_then(Value::as_str);
    let said = own.or_else(|| parameter("com.adobe.digitalSourceType"));
    said.filter(|said| said.len() < 200)
}

fn actions(data: &Value, field: &Field, reading: &mut Reading) {
    for action in list(data, "actions") {
        if let Some(agent) = agent(action, data) {
            reading.tool(agent.to_string(), field);
        }
        let parameters = action.get("parameters");
        let details = parameters.and_then(|all| all.get("com.adobe.details")?.as_str());
        let by_others = type_of(action).is_some_and(is_of_ai);
        if let Some(details) = details.and_then(text).filter(|_| by_others) {
            reading.tool(details, field);
        }
        let name = action.get("action").and_then(Value::as_str);
        // What AI changed was not changed by hand.
        if let Some(name) = name.filter(|name| EDITS.contains(name) && !by_others) {
            let description = [Some(action), parameters]
                .into_iter()
                .find_map(|said| text(said?.get("description")?.as_str()?));
            let content = match description {
                Some(description) => format!("{name}: {description}"),
                None => name.to_owned(),
            };
            reading.push(Found::new(StepKind::Edit, content, field));
        }
    }
}

/// Firefly's assertion before there was a standard one: description and version name the program, and prompt is what was asked for
/// (contentauth/c2pa-js-legacy, selectGenerativeInfo.ts).
fn generative(data: &Value, field: &Field, reading: &mut Reading) {
    let said = |key: &str| data.get(key).and_then(Value::as_str).and_then(text);
    reading.prompt(said("prompt").unwrap_or_default(), field);
    if let Some(name) = said("description") {
        let program = Generator::named(name).with_version(said("version"));
        reading.tool(program.to_string(), field);
    }
}

/// Whether a manifest says that its file was made, and not opened.
fn is_created(signed: &Signed<'_>) -> bool {
    signed.creation().is_some()
}

fn created_by(signed: &Signed<'_>) -> Option<Generator> {
    let (data, action) = signed.creation()?;
    agent(action, data)
}

/// The program of an action: its softwareAgent, which is a name or more, or one of the list that all actions share.
fn agent(action: &Value, all: &Value) -> Option<Generator> {
    let own = action.get("softwareAgent");
    let shared = || {
        let index = action.get("softwareAgentIndex")?.as_u64()?;
        all.get("softwareAgents")?.get(usize::try_from(index).ok()?)
    };
    match own.or_else(shared)? {
        Value::String(name) => Some(Generator::named(text(name)?)),
        agent => {
            let said = |key: &str| agent.get(key).and_then(Value::as_str).and_then(text);
            Some(Generator::named(said("name")?).with_version(said("version")))
        }
    }
}

/// The program that wrote a manifest: claim_generator_info, or the older claim_generator, which is written as a browser names
/// itself: `Adobe_Photoshop/25.1 c2pa-rs/0.28.4`.
fn claim_generator(manifest: &Manifest) -> Option<Generator> {
    let infos = manifest.claim_generator_info.as_deref();
    if let Some(info) = infos.and_then(<[_]>::first) {
        let version = info.version.as_deref().and_then(text);
        return Some(Generator::named(text(&info.name)?).with_version(version));
    }
    let first = manifest.claim_generator()?.split_whitespace().next()?;
    let (name, version) = match first.split_once('/') {
        Some((name, version)) => (name, Some(version)),
        None => (first, None),
    };
    let name = name.replace('_', " ");
    Some(Generator::named(text(&name)?).with_version(version.and_then(text)))
}

pub(super) fn is_actions(label: &str) -> bool {
    matches!(label, "c2pa.actions" | "c2pa.actions.v2")
}

/// The labels of the assertions of actions as they are written: the crate gives all the newest one.
fn labels(manifest: &Manifest) -> impl Iterator<Item = String> {
    let references = manifest.assertion_references();
    references.filter_map(|reference| {
        let url = reference.url();
        let (_, label) = url.rsplit_once('/')?;
        let plain = label.split("__").next()?;
        is_actions(plain).then(|| label.to_owned())
    })
}

/// The assertion of this label, as what says something.
pub(super) fn field(label: String) -> Field {
    Field {
        place: PLACE.into(),
        name: label,
        text: String::new(),
    }
}

/// A text without what surrounds it, unless nothing is left or it is too long.
pub(super) fn text(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= LONGEST).then_some(text)
}

pub(super) fn list<'a>(data: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    data.get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// An assertion as JSON, its keys in order: the crate keeps some in no order.
fn whole(data: &Value) -> String {
    let mut data = data.clone();
    data.sort_all_objects();
    data.to_string()
}
