//! Texts of AUTOMATIC1111's web UI and its kin.

mod common;

use common::{lines, read};

/// The prompts and models of a text.
fn of(text: &str) -> Vec<String> {
    lines(&read(&[("parameters", text)]))
}

fn generator(settings: &str) -> Option<String> {
    let text = format!("a duck\nSteps: 20, Sampler: Euler{settings}");
    let reading = read(&[("parameters", &text)]);
    reading.generator.as_ref().map(ToString::to_string)
}

const PROMPT: &str = "prompt: a duck";
const NEGATIVE: &str = "prompt role=negative: blurry";

#[test]
fn three_parts_are_told_apart_by_their_lines() {
    for text in [
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler",
        "a duck\r\nNegative prompt: blurry\r\nSteps: 20, Sampler: Euler\r\n",
        "a duck\nNegative prompt: blurry Steps: 20, Sampler: Euler",
        "a duck Negative prompt: blurry Steps: 20, Sampler: Euler",
        "a duck\n\nNegative prompt: blurry\n\nSteps: 20, Sampler: Euler\nTemplate: a {duck|swan}",
        "a duck\nNegative prompt: blurry",
    ] {
        assert_eq!(of(text), [PROMPT, NEGATIVE], "{text}");
    }
    let long = "a duck\n\non a lake\nNegative prompt: blurry,\ntext\nSteps: 20, Sampler: Euler";
    assert_eq!(
        of(long),
        [
            "prompt: a duck\n\non a lake",
            "prompt role=negative: blurry,\ntext"
        ]
    );
}

#[test]
fn words_of_a_prompt_are_no_settings() {
    let text = "a sign, Negative prompt: none, Steps: 5\nof a stair\nSteps: 20, Sampler: Euler";
    assert_eq!(
        of(text),
        ["prompt: a sign, Negative prompt: none, Steps: 5\nof a stair"]
    );
    assert_eq!(of("Steps: down to the lake"), [""; 0]);
    assert_eq!(of("a duck"), [""; 0]);
    assert_eq!(of("Steps: 20, Sampler: Euler"), [""; 0]);
}

#[test]
fn settings_are_kept_as_they_were_written() {
    let settings = "Steps: 20, Wildcard prompt: \"a, {b}\", Size: 1x1";
    let reading = read(&[("parameters", &format!("a duck\n{settings}"))]);
    assert_eq!(reading.found[1].content, settings);
}

#[test]
fn model_carries_its_hash_from_wherever_it_stands() {
    let models = |settings: &str| of(&format!("Steps: 20, {settings}"));
    assert_eq!(
        models("Model hash: 0011, Model: heron, VAE hash: 22, VAE: sea"),
        ["model hash=0011: heron", "model hash=22: sea"]
    );
    assert_eq!(
        models("Model: heron, VAE: None, Hashes: {\"model\": \"0011\"}"),
        ["model hash=0011: heron"]
    );
    assert_eq!(models("Model hash: 0011"), ["model hash=0011: 0011"]);
    assert_eq!(
        models("Refiner: heron_r [0011], Refiner switch at: 0.8"),
        ["model hash=0011: heron_r"]
    );
    assert_eq!(
        models("Model: m, Module 1: ae, Module 2: clip_l"),
        ["model: m", "model: ae", "model: clip_l"]
    );
}

#[test]
fn loras_and_inversions_are_named_once_with_their_hash() {
    let text = "a duck <lora:ink:0.8> <lora:none:0>\nSteps: 20, Lora hashes: \"ink: 0011, pen: 22\", TI hashes: \"bad: 33\", \
                Hashes: {\"lora:ink\": \"0011\", \"embed:bad\": \"33\", \"model\": \"44\"}";
    let expected = [
        "prompt: a duck <lora:ink:0.8> <lora:none:0>",
        "model hash=0011: ink",
        "model hash=22: pen",
        "model hash=33: bad",
    ];
    assert_eq!(of(text), expected);
}

#[test]
fn resources_of_civitai_are_models_with_their_air() {
    let text = "a duck\nSteps: 20, Sampler: Euler, Civitai resources: [{\"type\":\"lora\",\"weight\":0.8,\"modelVersionId\":182559,\
                \"modelName\":\"Ink, washed\",\"air\":\"urn:air:sdxl:lora:civitai:1@182559\"},{\"type\":\"checkpoint\",\"modelVersionId\":7},\
                {\"type\":\"lora\",\"weight\":0,\"modelName\":\"unused\"}], Civitai metadata: {}";
    let expected = [
        PROMPT,
        "model air=urn:air:sdxl:lora:civitai:1@182559: Ink, washed",
        "model: Civitai model version 7",
    ];
    assert_eq!(of(text), expected);
}

#[test]
fn passes_after_the_first_have_prompts_and_models_of_their_own() {
    let text = "a duck\nNegative prompt: blurry\nSteps: 20, Hires upscaler: 4x-Sharp, Hires prompt: \"a duck, sharp\", \
                ADetailer model: face.pt, ADetailer prompt: \"an eye\", ADetailer negative prompt 2nd: \"a beard\", \
                ControlNet 0: \"Module: canny, Model: control_canny [0011], Weight: 1\"";
    let expected = [
        PROMPT,
        "prompt: a duck, sharp",
        "prompt: an eye",
        NEGATIVE,
        "prompt role=negative: a beard",
        "model: face.pt",
        "model hash=0011: control_canny",
        "model: 4x-Sharp",
    ];
    assert_eq!(of(text), expected);
    assert_eq!(
        of("Steps: 20, Hires upscaler: Latent (antialiased)"),
        [""; 0]
    );
}

#[test]
fn picture_that_was_only_made_larger_names_its_upscaler() {
    let text = "Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+";
    for field in ["parameters", "extras", "postprocessing"] {
        let reading = read(&[(field, text)]);
        assert_eq!(lines(&reading), ["model: R-ESRGAN 4x+"]);
        assert_eq!(reading.found[1].content, text);
    }
}

#[test]
fn program_is_named_where_it_names_itself() {
    for (settings, expected) in [
        ("", None),
        (
            ", Version: v1.10.1",
            Some("Stable Diffusion web UI v1.10.1"),
        ),
        (
            ", Version: f2.0.1v1.10.1-previous-1",
            Some("Stable Diffusion WebUI Forge f2.0.1v1.10.1-previous-1"),
        ),
        (", App: SD.Next, Version: 0e1f2a3", Some("SD.Next 0e1f2a3")),
        (", Version: ComfyUI", Some("ComfyUI")),
        (", Version: Fooocus v2.5.5", Some("Fooocus v2.5.5")),
        (", Version: something", None),
    ] {
        assert_eq!(generator(settings).as_deref(), expected, "{settings}");
    }
}

#[test]
fn text_in_any_comment_is_read() {
    for keyword in ["Comment", "UserComment", "Description"] {
        let text = "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler";
        assert_eq!(lines(&read(&[(keyword, text)])), [PROMPT, NEGATIVE]);
    }
}

#[test]
fn settings_without_end_are_read_in_time() {
    for unit in [
        "k: [",
        "k: \"",
        "<lora:a",
        "a: b, ",
        "Steps: 1 ",
        "\nNegative prompt:",
    ] {
        let text = format!("a duck\nSteps: 20, {}", unit.repeat((3 << 20) / unit.len()));
        assert!(!read(&[("parameters", &text)]).found.is_empty());
    }
}
