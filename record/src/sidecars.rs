//! Texts beside a file that are about it.

use crate::carriers::{stream, text, xmp};
use crate::field::{BESIDE, Carried, WHOLE};

/// A file beside another one.
#[derive(Clone, Copy, Debug)]
pub struct Sidecar<'a> {
    /// Its name without folders.
    pub name: &'a str,
    /// What it holds. One that has more than 4 MiB is not read and told, so that its first bytes beyond these are enough.
    pub bytes: &'a [u8],
}

/// What models are called. Beside these, programs keep what a site says of them.
pub(crate) const MODELS: [&str; 8] = [
    "safetensors",
    "sft",
    "gguf",
    "ckpt",
    "pt",
    "pth",
    "bin",
    "onnx",
];

/// What stands beside a model in place of its ending: Civitai Helper and what reads it; Stability Matrix
/// (`ConnectedModelInfo.cs`).
const OF_MODELS: [&str; 2] = ["civitai.info", "cm-info.json"];

/// What stands beside a work in place of its ending: AUTOMATIC1111's web UI and its kin (`modules/images.py`), nodes of ComfyUI that
/// save the workflow, SwarmUI, Adobe's programs.
const OF_WORKS: [&str; 4] = ["txt", "json", "swarm.json", "xmp"];

/// The names, in the same folder, under which programs keep what they have to say of a file with this name.
#[must_use]
pub fn sidecars(file_name: &str) -> Vec<String> {
    let Some((stem, ending)) = file_name
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
    else {
        return Vec::new();
    };
    let is_model = MODELS.contains(&ending.to_ascii_lowercase().as_str());
    let endings = match is_model {
        true => &OF_MODELS[..],
        false => &OF_WORKS[..],
    };
    let mut names: Vec<_> = endings
        .iter()
        .map(|ending| format!("{stem}.{ending}"))
        .collect();
    if !is_model {
        // darktable and digiKam keep the ending, so that two kinds of one picture have their own.
        names.push(format!("{file_name}.xmp"));
    }
    names.retain(|name| !name.eq_ignore_ascii_case(file_name));
    names
}

/// Adds the texts of the files beside one. A text that no program is known to write, such as a caption for training, is none.
pub(crate) fn read(sidecars: &[Sidecar], carried: &mut Carried) {
    for sidecar in sidecars {
        let place = format!("{BESIDE}{}", sidecar.name);
        if let Some(reason) = stream::too_long(sidecar.bytes.len() as u64) {
            carried.fail(&place, WHOLE, reason);
            continue;
        }
        if !sidecar.name.to_ascii_lowercase().ends_with(".xmp") {
            text::add_beside(sidecar.bytes, place.into(), carried);
        } else {
            let mut own = Carried::default();
            xmp::read(sidecar.bytes, &mut own);
            for field in own.fields.0 {
                carried.push(place.clone(), field.name, field.text);
            }
            carried.unreadable.extend(own.unreadable);
        }
    }
}
