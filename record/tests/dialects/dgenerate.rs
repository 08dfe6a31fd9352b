//! What dgenerate writes.

use crate::common::{finds, generator, read};
use record::Reading;

const HEAD: &str = "#! /usr/bin/env dgenerate --file\n#! dgenerate 5.0.0\n\n";

#[test]
fn a_command_gives_its_model_loras_and_prompt() {
    let text = format!(
        "{HEAD}org/heron-xl \\\n--model-type sdxl \\\n--seeds 5 \\\n--loras 'ink.safetensors;scale=0.8' 'off;scale=0' plain \\\n--prompts 'a heron'\"'\"'s nest; mud, fog'"
    );
    for name in ["DgenerateConfig", "UserComment"] {
        let reading = read(&[(name, &text)]);
        assert_eq!(generator(&reading), "dgenerate 5.0.0");
        finds(
            &reading,
            &[
                ("prompt", "a heron's nest", ""),
                ("prompt", "mud, fog", "negative"),
                ("model", "org/heron-xl", ""),
                ("model", "ink.safetensors", ""),
                ("model", "plain", ""),
                ("parameters", &text, ""),
                ("tool", "dgenerate 5.0.0", ""),
            ],
        );
    }
}

#[test]
fn further_prompts_and_parts_of_the_model_are_named() {
    let text = format!(
        "{HEAD}org/heron-xl \\\n--prompts 'a heron' \\\n--sdxl-second-prompts 'ink; oil' \\\n--sdxl-refiner-prompts fine \\\n--text-encoders + 'CLIPTextModel;model=org/clip;dtype=float16' \\\n--vae 'AutoencoderKL;model=soft.safetensors' \\\n--sdxl-refiner 'org/refiner;variant=fp16' \\\n--control-nets 'org/canny;scale=0.5' 'org/off;scale=0.0' \\\n--textual-inversions 'bad.pt;token=x'"
    );
    finds(
        &read(&[("DgenerateConfig", &text)]),
        &[
            ("prompt", "a heron", ""),
            ("prompt", "ink", ""),
            ("prompt", "oil", "negative"),
            ("prompt", "fine", ""),
            ("model", "org/heron-xl", ""),
            ("model", "org/clip", ""),
            ("model", "soft.safetensors", ""),
            ("model", "org/refiner", ""),
            ("model", "org/canny", ""),
            ("model", "bad.pt", ""),
            ("parameters", &text, ""),
            ("tool", "dgenerate 5.0.0", ""),
        ],
    );
}

#[test]
fn a_prompt_that_is_broken_into_lines_is_not_said() {
    let text = format!("{HEAD}heron \\\n--prompts 'a heron \\\n           in reeds' \\\n--seeds 5");
    finds(
        &read(&[("DgenerateConfig", &text)]),
        &[
            ("model", "heron", ""),
            ("parameters", &text, ""),
            ("tool", "dgenerate 5.0.0", ""),
        ],
    );
}

#[test]
fn another_command_names_no_model() {
    for command in ["\\image_process a.png", "--help", "two words", "", "'open"] {
        let text = format!("{HEAD}{command}");
        finds(
            &read(&[("UserComment", &text)]),
            &[("parameters", &text, ""), ("tool", "dgenerate 5.0.0", "")],
        );
    }
    let text = "heron \\\n--prompts 'a heron'";
    finds(
        &read(&[("DgenerateConfig", text)]),
        &[("parameters", text, ""), ("tool", "dgenerate", "")],
    );
    assert_eq!(read(&[("UserComment", text)]), Reading::default());
}
