//! The networks that a prompt or a list names: LoRA, LyCORIS, hypernetworks.

use super::super::settings::Settings;
use super::words::{is_hash, is_zero};
use super::{MAX_MODELS, Models, Sort};
use std::collections::BTreeSet;

/// Names of a list that are looked at. Real ones have a few.
const MAX_NAMES: usize = 10_000;
/// Parts of a tag that are looked at. Real ones have a few.
const MAX_PARTS: usize = 16;

/// The networks that the tags of prompts load, as many as are looked at.
///
/// The web UI lists the hashes of the LoRAs that it loaded (`extra_networks_lora.py`), so that one that is not there was not
/// found. Before version 1.10 the list is that of the last pass, which another prompt may have had.
pub(super) fn tags<'a>(prompts: &[&'a str], settings: &Settings) -> Vec<Tag<'a>> {
    let listed = settings
        .get("Lora hashes")
        .filter(|_| settings.get("Hires prompt").is_none())
        .map(|list| named(list).into_iter().map(|(name, _)| name));
    let listed: Option<BTreeSet<&str>> = listed.map(Iterator::collect);
    let tags = prompts.iter().flat_map(|prompt| of_prompt(prompt));
    let loaded = tags.filter(|tag| {
        let plain = tag.name.replace([':', ','], "");
        let listed = listed.as_ref().is_none_or(|all| all.contains(&*plain));
        listed || tag.sort != "lora" || !tag.used
    });
    loaded.take(MAX_MODELS).collect()
}

/// Notes which networks were not used: those without weight in a list of weights, or wherever a tag names them.
pub(super) fn leave_out(settings: &Settings, tags: &[Tag], models: &mut Models) {
    let used = used(tags);
    let unused = tags
        .iter()
        .map(|tag| tag.name)
        .filter(|name| !used.contains(name));
    models.unused = unused.map(str::to_owned).collect();
    for (name, weight) in settings.get("Lora weights").map(named).unwrap_or_default() {
        if is_zero(weight) {
            models.unused.insert(name.to_owned());
        }
    }
}

/// Adds the networks of tags, and those of lists with their hashes.
pub(super) fn add(settings: &Settings, tags: &[Tag], models: &mut Models) {
    let used = used(tags);
    for tag in tags.iter().filter(|tag| used.contains(tag.name)) {
        models.add(Sort::Network, tag.name, None);
    }
    for (key, sort) in [
        ("Lora hashes", Sort::Network),
        ("TI hashes", Sort::Embedding),
    ] {
        for (name, hash) in settings.get(key).map(named).unwrap_or_default() {
            // Fooocus once wrote the weight behind the hash.
            match name.rsplit_once(": ") {
                Some((name, before)) if is_hash(before) => {
                    if !is_zero(hash) {
                        models.add(sort, name, Some(before));
                    }
                }
                _ => models.add(sort, name, Some(hash)),
            }
        }
    }
}

/// Adds what SD.Next says that it loaded (`modules/lora/extra_networks_lora.py`). A network without a hash has no place in the
/// list of hashes, so that these belong to the names only where there are as many.
pub(super) fn add_loaded(names: &str, hashes: Option<&str>, models: &mut Models) {
    let names: Vec<&str> = names.split(", ").take(MAX_NAMES).collect();
    let hashes: Vec<&str> = hashes
        .into_iter()
        .flat_map(|all| all.split(", "))
        .take(MAX_NAMES)
        .collect();
    let paired = hashes.len() == names.len() && names.len() < MAX_NAMES;
    for (at, name) in names.iter().enumerate() {
        let hash = hashes.get(at).filter(|_| paired);
        models.add(Sort::Network, name, hash.copied());
    }
}

/// A list `name: value, name: value`.
fn named(list: &str) -> Vec<(&str, &str)> {
    let pairs = list.split(", ").filter_map(|pair| pair.rsplit_once(": "));
    pairs
        .take(MAX_NAMES)
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect()
}

/// A network that a prompt names: `<lora:name:weight>`.
pub(super) struct Tag<'a> {
    sort: &'a str,
    name: &'a str,
    used: bool,
}

fn used<'a>(tags: &[Tag<'a>]) -> BTreeSet<&'a str> {
    let used = tags.iter().filter(|tag| tag.used);
    used.map(|tag| tag.name).collect()
}

/// The networks of a prompt. Weights are one for the text encoder and one for the model, which is the same where it is missing;
/// those that are named count more than those in their place (`extra_networks_lora.py`).
fn of_prompt(prompt: &str) -> impl Iterator<Item = Tag<'_>> {
    prompt.split('<').skip(1).filter_map(|part| {
        let (tag, _) = part.split_once('>')?;
        let mut parts = tag.split(':');
        let sort = parts.next()?;
        if !matches!(sort, "lora" | "lyco" | "hypernet") {
            return None;
        }
        let name = parts.next()?.trim();
        let (named, placed): (Vec<_>, Vec<_>) =
            parts.take(MAX_PARTS).partition(|part| part.contains('='));
        let weight = |place: usize, name: &str| {
            let named = named.iter().rev().find_map(|part| {
                let (key, weight) = part.split_once('=')?;
                (key.trim() == name).then_some(weight)
            });
            named.or_else(|| placed.get(place).copied())
        };
        let text = weight(0, "te");
        let of_model = weight(1, "unet").or(text);
        let unused = text.is_some_and(is_zero) && of_model.is_some_and(is_zero);
        Some(Tag {
            sort,
            name,
            used: !unused,
        })
    })
}
