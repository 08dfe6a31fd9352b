//! dgenerate: its own command, in `DgenerateConfig` of a PNG or in the UserComment of a JPEG (`renderloop.py`).
//!
//! Two lines that name the program and its version, then the model and one option a line (`pipelinewrapper/wrapper.py`,
//! `gen_dgenerate_config`). A long prompt is broken into lines, and nobody knows what stood where it breaks: it is not said.

use crate::field::{Field, Fields};
use crate::reading::{Evidence, Generator, Reading};

const NAME: &str = "dgenerate";
const FIELD: &str = "DgenerateConfig";
const FIRST: &str = "#! /usr/bin/env dgenerate";
const VERSION: &str = "#! dgenerate ";
/// Options that are prompts (`reconstruct_dgenerate_opts`).
const PROMPTS: [&str; 8] = [
    "--prompts",
    "--sdxl-second-prompts",
    "--sdxl-refiner-prompts",
    "--sdxl-refiner-second-prompts",
    "--sd3-second-prompts",
    "--sd3-third-prompts",
    "--flux-second-prompts",
    "--s-cascade-decoder-prompts",
];
/// Options that are models.
const MODELS: [&str; 14] = [
    "--sdxl-refiner",
    "--s-cascade-decoder",
    "--unet",
    "--unet2",
    "--transformer",
    "--vae",
    "--text-encoders",
    "--text-encoders2",
    "--image-encoder",
    "--loras",
    "--ip-adapters",
    "--textual-inversions",
    "--control-nets",
    "--t2i-adapters",
];
/// Most models of an option that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let free = fields.free().find(|field| field.text.starts_with(FIRST));
    let field = fields.get(FIELD).or(free)?;
    let lines = || field.text.lines().map(str::trim);
    let version = lines().find_map(|line| line.strip_prefix(VERSION));
    let generator = Generator::named(NAME).with_version(version);
    let tool = generator.to_string();
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    if field.text.starts_with(FIRST) {
        let commands = lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        command(commands, field, &mut reading);
    }
    reading.parameters(field);
    reading.tool(tool, field);
    Some(reading)
}

/// Reads the model, then its options.
fn command<'a>(mut lines: impl Iterator<Item = &'a str>, field: &Field, reading: &mut Reading) {
    let first = lines.next().and_then(words);
    let Some([model]) = first.as_deref() else {
        return;
    };
    // Another command than the one that makes pictures.
    if model.starts_with(['-', '\\']) {
        return;
    }
    reading.model(model, None, field);
    for words in lines.filter_map(words) {
        match &words[..] {
            [option, prompt] if PROMPTS.contains(&&**option) => {
                let (wanted, unwanted) = prompt.split_once(';').unwrap_or((prompt, ""));
                reading.prompt(wanted, field);
                reading.negative(unwanted, field);
            }
            [option, models @ ..] if MODELS.contains(&&**option) => {
                for model in models.iter().take(MOST) {
                    self::model(model, field, reading);
                }
            }
            _ => {}
        }
    }
}

/// A model, such as `ink.safetensors;scale=0.8`, or `AutoencoderKL;model=soft.safetensors` where what comes first is its kind.
fn model(uri: &str, field: &Field, reading: &mut Reading) {
    let parts = || uri.split(';').map(str::trim);
    let value = |key: &str| parts().find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
    let off =
        value("scale").is_some_and(|scale| scale.parse::<f64>().is_ok_and(|scale| scale == 0.0));
    let name = value("model").or_else(|| parts().next());
    // A text encoder that stays as it is.
    if let Some(name) = name.filter(|name| !off && *name != "+") {
        reading.model(name, None, field);
    }
}

/// The first words of a line as a shell has them, without the backslash that ends it. [`None`] where a quote goes over its end.
fn words(line: &str) -> Option<Vec<String>> {
    let mut rest = line.strip_suffix('\\').unwrap_or(line).trim();
    let mut words = Vec::new();
    while !rest.is_empty() && words.len() <= MOST {
        let mut word = String::new();
        while let Some(char) = rest.chars().next().filter(|char| !char.is_whitespace()) {
            match char {
                '\'' | '"' => {
                    let (quoted, after) = rest[1..].split_once(char)?;
                    word.push_str(quoted);
                    rest = after;
                }
                // What it stands for is not known.
                '\\' => return None,
                _ => {
                    word.push(char);
                    rest = &rest[char.len_utf8()..];
                }
            }
        }
        words.push(word);
        rest = rest.trim_start();
    }
    Some(words)
}
