//! Which program a text names.

use super::sd_cpp;
use super::settings::Settings;
use crate::reading::Generator;

const WEB_UI: &str = "Stable Diffusion web UI";
const FORGE: &str = "Stable Diffusion WebUI Forge";
const REFORGE: &str = "Stable Diffusion WebUI reForge";
const NEO: &str = "Stable Diffusion WebUI Forge Neo";
const CLASSIC: &str = "Stable Diffusion WebUI Forge Classic";

/// The program that the settings name. [`None`] where several write such a version.
pub(super) fn of(settings: &Settings) -> Option<Generator> {
    let version = settings.get("Version");
    if settings.get("App") == Some("SD.Next") {
        return Some(Generator::named("SD.Next").with_version(version));
    }
    let version = version?;
    if version == sd_cpp::NAME {
        let version = sd_cpp::version(settings);
        return Some(Generator::named(sd_cpp::NAME).with_version(version.as_deref()));
    }
    if version == "classic" {
        return Some(Generator::named(CLASSIC));
    }
    for name in ["ComfyUI", "Fooocus"] {
        if let Some(rest) = version.strip_prefix(name) {
            let apart = rest.is_empty() || rest.starts_with(' ');
            return apart.then(|| Generator::named(name).with_version(Some(rest)));
        }
    }
    if let Some(rest) = version.strip_prefix("neo") {
        let apart = rest.is_empty() || rest.starts_with('-');
        let rest = rest.trim_start_matches('-');
        return apart.then(|| Generator::named(NEO).with_version(Some(rest)));
    }
    let name = match version.strip_prefix('f') {
        Some(forge) => of_forge(forge)?,
        None if version.strip_prefix("v1.").is_some_and(digit) => WEB_UI,
        None => return None,
    };
    Some(Generator::named(name).with_version(Some(version)))
}

/// Forge writes `2.0.1v1.10.1-…`, reForge `2.0.0dev-v1.10.1RC-…`. Before version 2 both wrote the same.
fn of_forge(version: &str) -> Option<&'static str> {
    let rest = version.strip_prefix("2.")?;
    let rest = rest.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
    if rest.starts_with("v1.") {
        Some(FORGE)
    } else if rest.starts_with("dev-v1.") {
        Some(REFORGE)
    } else {
        None
    }
}

fn digit(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_digit())
}
