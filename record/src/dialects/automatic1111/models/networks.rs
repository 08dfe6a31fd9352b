//! The networks that a prompt or a list names: LoRA, LyCORIS, hypernetworks.

use super::super::settings::Settings;
use super::words::{is_hash, is_zero};
use super::{MAX_MODELS, Models, Sort};
use std::collections::BTreeSet;

/// The networks that the tags of prompts load, as many as are looked at.
pub(super) fn tags<'a>(prompts: &[&'a str]) -> Vec<Tag<'a>> {
    let tags = prompts.iter().flat_map(|prompt| of_prompt(prompt));
    tags.take(MAX_MODELS).collect()
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
    let names: Vec<&str> = names.split(", ").take(MAX_MODELS).collect();
    let hashes: Vec<&str> = hashes.into_iter().flat_map(|all| all.split(", ")).collect();
    for (at, name) in names.iter().enumerate() {
        let hash = hashes.get(at).filter(|_| hashes.len() == names.len());
        models.add(Sort::Network, name, hash.copied());
    }
}

/// A list `name: value, name: value`.
fn named(list: &str) -> Vec<(&str, &str)> {
    let pairs = list.split(", ").filter_map(|pair| pair.rsplit_once(": "));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect()
}

/// A network that a prompt names: `<lora:name:weight>`.
pub(super) struct Tag<'a> {
    name: &'a str,
    used: bool,
}

fn used<'a>(tags: &[Tag<'a>]) -> BTreeSet<&'a str> {
    let used = tags.iter().filter(|tag| tag.used);
    used.map(|tag| tag.name).collect()
}

/// The networks of a prompt.
fn of_prompt(prompt: &str) -> impl Iterator<Item = Tag<'_>> {
    prompt.split('<').skip(1).filter_map(|part| {
        let (tag, _) = part.split_once('>')?;
        let mut parts = tag.split(':');
        if !matches!(parts.next()?, "lora" | "lyco" | "hypernet") {
            return None;
        }
        let name = parts.next()?.trim();
        let weights = parts.filter_map(|part| match part.split_once('=') {
            Some(("te" | "unet", weight)) => weight.trim().parse::<f64>().ok(),
            Some(_) => None,
            None => part.trim().parse::<f64>().ok(),
        });
        let weights: Vec<f64> = weights.take(2).collect();
        let unused = !weights.is_empty() && weights.iter().all(|weight| *weight == 0.0);
        Some(Tag {
            name,
            used: !unused,
        })
    })
}
