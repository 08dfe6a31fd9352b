//! The manifests of a store that tell of the file itself: the active one, and those of what it was opened from.

use super::actions::{is_actions, list};
use c2pa::{Manifest, ManifestAssertion, Reader};
use serde_json::Value;

/// Manifests that are followed back.
const MOST: usize = 32;

/// A manifest, and the assertions of it as JSON.
pub(super) struct Signed<'a> {
    pub(super) manifest: &'a Manifest,
    data: &'a Value,
}

impl<'a> Signed<'a> {
    /// Its assertions.
    pub(super) fn assertions(&self) -> impl Iterator<Item = (&'a ManifestAssertion, &'a Value)> {
        let data = list(self.data, "assertions").map(|assertion| &assertion["data"]);
        self.manifest.assertions().iter().zip(data)
    }

    /// The action by which its file was made, if it was not opened, and the assertion in which that stands.
    pub(super) fn creation(&self) -> Option<(&'a Value, &'a Value)> {
        let mut actions = self
            .assertions()
            .filter(|(assertion, _)| is_actions(assertion.label()))
            .flat_map(|(_, data)| list(data, "actions").map(move |action| (data, action)));
        actions.find(|(_, action)| action["action"] == "c2pa.created")
    }
}

/// The active manifest and, where that only opened a file, the one of that file, and so on.
pub(super) fn back<'a>(reader: &'a Reader, json: &'a Value, far: bool) -> Vec<Signed<'a>> {
    let mut manifests: Vec<Signed<'a>> = Vec::new();
    let mut label = reader.active_label();
    while let Some(name) = label.filter(|_| manifests.len() < MOST) {
        let Some(manifest) = reader.get_manifest(name) else {
            break;
        };
        let signed = Signed {
            manifest,
            data: &json["manifests"][name],
        };
        let is_made = signed.creation().is_some();
        manifests.push(signed);
        label = match far && !is_made {
            true => opened(manifest),
            false => None,
        };
    }
    manifests
}

/// The manifest of what was opened: of the parent or, as ChatGPT writes it, of the only component.
fn opened(manifest: &Manifest) -> Option<&str> {
    let ingredients = manifest.ingredients();
    let parent = ingredients.iter().find(|ingredient| ingredient.is_parent());
    let only = (ingredients.len() == 1).then(|| &ingredients[0]);
    parent.or(only)?.active_manifest()
}
