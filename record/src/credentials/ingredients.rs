//! The files that a file was made of.

use super::Ingredient;
use super::state::Verdict;
use c2pa::Manifest;

/// Ingredients that are told.
const MOST: usize = 200;

/// The ingredients of the active manifest.
pub(super) fn of(manifest: &Manifest) -> Vec<Ingredient> {
    let ingredients = manifest.ingredients().iter().take(MOST);
    ingredients.map(ingredient).collect()
}

fn ingredient(ingredient: &c2pa::Ingredient) -> Ingredient {
    let owned = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    // The crate says "None" where there is no id.
    let instance_id = Some(ingredient.instance_id()).filter(|id| *id != "None");
    let state = ingredient.validation_results().map(|results| {
        match Verdict::of(results).state {
            // Whom the other program trusts is not known.
            "trusted" => "valid",
            state => state,
        }
    });
    let manifest = ingredient.active_manifest().is_some();
    Ingredient {
        title: owned(ingredient.title()),
        format: owned(ingredient.format()),
        relationship: Some(ingredient.relationship().as_str().to_owned()),
        sha256: ingredient
            .hash()
            .filter(|hash| is_sha256(hash))
            .map(str::to_lowercase),
        instance_id: owned(instance_id),
        document_id: owned(ingredient.document_id()),
        manifest,
        state: state.filter(|_| manifest),
    }
}

fn is_sha256(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}
