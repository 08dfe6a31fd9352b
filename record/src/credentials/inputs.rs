//! What was given to a program that made a file: prompts, models and data that are ingredients (C2PA 2.3, Ingredient and Asset type).

use super::actions::{field, text};
use crate::reading::{Found, Reading};
use c2pa::{Ingredient, Manifest, Relationship};
use logic::step::StepKind;

/// The type of an ingredient that is the prompt.
const PROMPT: &str = "c2pa.types.generator.prompt";
/// Begins the types of models, such as `c2pa.types.model.pytorch`.
const MODEL: &str = "c2pa.types.model";
/// Begins the types of data that a model was trained on.
const DATASET: &str = "c2pa.types.dataset";
/// Longest prompt, as of other texts.
const LONGEST: usize = 4 << 20;

/// Adds the inputs of a manifest.
pub(super) fn read(manifest: &Manifest, reading: &mut Reading) {
    let ingredients = manifest.ingredients().iter();
    let inputs = ingredients.filter(|input| *input.relationship() == Relationship::InputTo);
    for input in inputs {
        let label = input.label().unwrap_or("c2pa.ingredient");
        let field = field(label.to_owned());
        let named = |kind: &str| types(input).any(|name| begins(name, kind));
        if named(PROMPT) {
            reading.prompt(&prompt(input).unwrap_or_default(), &field);
        } else if let Some(title) = input.title().and_then(text) {
            if named(MODEL) {
                reading.model(title, None, &field);
            } else if named(DATASET) {
                reading.push(Found::new(StepKind::Dataset, title, &field));
            }
        }
    }
}

fn types(input: &Ingredient) -> impl Iterator<Item = &str> {
    let own = input.data_types();
    let of_data = input.data_ref().and_then(|data| data.data_types.as_deref());
    let types = own.into_iter().chain(of_data).flatten();
    types.map(|kind| kind.asset_type.as_str())
}

/// Whether a type is this one or a kind of it.
fn begins(name: &str, kind: &str) -> bool {
    let rest = name.strip_prefix(kind);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The text of a prompt, which stands in the store.
fn prompt(input: &Ingredient) -> Option<String> {
    let data = input.data_ref()?;
    let bytes = input.resources().get(&data.identifier).ok()?;
    let text = String::from_utf8(bytes.into_owned()).ok()?;
    (data.format.starts_with("text/") && text.len() <= LONGEST).then_some(text)
}
