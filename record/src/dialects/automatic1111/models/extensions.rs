//! Models of extensions, and those that make the picture larger.

use super::super::settings::{Settings, tab};
use super::words::{is_upscaling_model, is_zero, marked};
use super::{MAX_MODELS, Models, Sort};

/// Adds the models of ControlNet, ADetailer, additional networks, hypernetworks, upscalers, face restorers and Forge's modules.
pub(super) fn add(settings: &Settings, models: &mut Models) {
    for (key, value) in settings.0.iter().take(MAX_MODELS) {
        let key = key.as_str();
        if let Some(key) = key.strip_prefix("ADetailer ") {
            detailer(key, value, settings, models);
        } else if let Some(unit) = key.strip_prefix("ControlNet") {
            control(unit, value, settings, models);
        } else if let Some(unit) = key.strip_prefix("AddNet Model ") {
            additional(unit, value, settings, models);
        } else if is_model(key, value) {
            models.add(Sort::Other, value, None);
        } else if key == "Hypernet" && !is_off(settings, "Hypernet strength") {
            let (name, hash) = marked(value, '(', ')');
            models.add(Sort::Network, name, hash);
        }
    }
}

/// A ControlNet: `ControlNet 0` holds settings of its own, which began with small letters until 1.1.309, and a single one had no
/// number (sd-webui-controlnet, `controlnet.py`). Still older ones stand apart as `ControlNet-0 Model`.
fn control(unit: &str, value: &str, settings: &Settings, models: &mut Models) {
    if unit.is_empty() || unit.trim().parse::<u8>().is_ok() {
        let unit = Settings::read(value);
        if !is_off(&unit, "Weight") && !is_off(&unit, "weight") {
            let model = unit.get("Model").or_else(|| unit.get("model"));
            models.add_marked(Sort::Other, model.unwrap_or_default());
        }
    } else if let Some(unit) = unit.strip_suffix(" Model") {
        let off = settings.get(&format!("ControlNet{unit} Enabled")) == Some("False");
        if !off && !is_off(settings, &format!("ControlNet{unit} Weight")) {
            models.add_marked(Sort::Other, value);
        }
    }
}

/// A LoRA of sd-webui-additional-networks, `name(hash)`, with a weight for the model and one for the text encoder, or one for both
/// (`scripts/additional_networks.py`).
fn additional(unit: &str, value: &str, settings: &Settings, models: &mut Models) {
    let weight = |name: &str| format!("AddNet Weight {name}{unit}");
    let apart = is_off(settings, &weight("A ")) && is_off(settings, &weight("B "));
    if !apart && !is_off(settings, &weight("")) && settings.get("AddNet Enabled") != Some("False") {
        let (name, hash) = marked(value, '(', ')');
        models.add(Sort::Network, name, hash);
    }
}

/// A model of ADetailer: what it looks with, and what it draws again with (adetailer, `args.py`).
fn detailer(key: &str, value: &str, settings: &Settings, models: &mut Models) {
    let (name, tab) = tab(key);
    match name {
        "model" => models.add(Sort::Other, value, None),
        "checkpoint" => models.add_marked(Sort::Checkpoint, value),
        "VAE" => models.add(Sort::Vae, value, None),
        "ControlNet model" if !is_off(settings, &format!("ADetailer ControlNet weight{tab}")) => {
            models.add_marked(Sort::Other, value);
        }
        _ => {}
    }
}

/// Whether a setting is a model of no other sort: Forge's modules, stable-diffusion.cpp's parts of a model, what makes the picture
/// larger or a face better.
fn is_model(key: &str, value: &str) -> bool {
    match key {
        "Hires upscaler"
        | "Postprocess upscaler"
        | "Postprocess upscaler 2"
        | "SD upscale upscaler"
        | "Ultimate SD upscale upscaler" => is_upscaling_model(value),
        "Face restoration" | "TE" | "Unet" | "Uncond Unet" => true,
        _ => {
            let key = key.strip_prefix("Hires ").unwrap_or(key);
            let module = key.strip_prefix("Module ");
            module.is_some_and(|unit| unit.parse::<u8>().is_ok())
        }
    }
}

/// Whether a weight is written that is zero.
fn is_off(settings: &Settings, weight: &str) -> bool {
    settings.get(weight).is_some_and(is_zero)
}
