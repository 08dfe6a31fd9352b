//! What Civitai says of the models.

use super::super::settings::Settings;
use super::{MAX_MODELS, Models, Sort};
use crate::json;
use serde_json::Value;

/// Adds the models of `Civitai resources`. A checkpoint is the one that the settings name already, if there is but one of either.
pub(super) fn add(settings: &Settings, models: &mut Models) {
    let list = settings.get("Civitai resources").map(json::parse);
    let Some(Ok(Value::Array(list))) = list else {
        return;
    };
    let is_checkpoint = |resource: &Value| {
        let sort = resource["type"].as_str().unwrap_or_default();
        sort == "checkpoint" || sort == "model" || air(resource).contains(":checkpoint:")
    };
    let named = settings.get("Model").filter(|_| {
        let count = |sort| models.all.iter().filter(|model| model.sort == sort).count();
        count(Sort::Checkpoint) == 1 && list.iter().filter(|one| is_checkpoint(one)).count() == 1
    });
    for resource in list.iter().take(MAX_MODELS) {
        if resource["weight"].as_f64() == Some(0.0) {
            continue;
        }
        let air = air(resource);
        let version = resource["modelVersionId"]
            .as_u64()
            .map(|id| format!("Civitai model version {id}"));
        let own = match named {
            Some(name) if is_checkpoint(resource) => Some(name),
            _ => resource["modelName"]
                .as_str()
                .filter(|name| !name.trim().is_empty()),
        };
        // One of which only the number is known is named by that: it can be looked up.
        let name = own
            .or(Some(air).filter(|air| !air.is_empty()))
            .or(version.as_deref());
        let sort = match is_checkpoint(resource) {
            true => Sort::Checkpoint,
            false => Sort::Other,
        };
        models.add_with(sort, name.unwrap_or_default(), None, Some(air));
    }
}

fn air(resource: &Value) -> &str {
    resource["air"].as_str().unwrap_or_default()
}
