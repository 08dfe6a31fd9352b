//! What real texts with the settings of Automatic1111 do not mean, though it looks so: steps that must not be said.

use crate::common::{finds, lines, read};

const N: &str = "prompt role=negative: blurry";

/// Prompts and models of a text, beside which its settings are kept.
fn a1(text: &str) -> Vec<String> {
    let reading = read(&[("parameters", text)]);
    assert_eq!(reading.unreadable, []);
    let kept = reading
        .found
        .iter()
        .filter(|found| found.kind.name() == "parameters");
    let kept: Vec<_> = kept.map(|found| found.content.as_str()).collect();
    assert!(kept.len() == 1 && text.ends_with(kept[0]), "{kept:?}");
    lines(&reading)
}

#[test]
fn steps_of_a_walk_are_no_settings() {
    let r = read(&[(
        "Description",
        "Morning walk with the dog.\nSteps: 10432, distance: 7 km",
    )]);
    assert_eq!(r, record::Reading::default());
}

#[test]
fn steps_of_a_recipe_are_no_settings() {
    let r = read(&[("Comment", "How I made this tea. Steps: 1. boil water")]);
    assert_eq!(r, record::Reading::default());
}

#[test]
fn prompt_that_begins_with_brackets_is_a_prompt() {
    assert_eq!(
        a1(
            "[cat|dog] in a park\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Model: heron"
        ),
        ["prompt: [cat|dog] in a park", N, "model: heron"]
    );
}

#[test]
fn prompt_that_begins_with_braces_is_a_prompt() {
    assert_eq!(
        a1(
            "{masterpiece}, cat\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Model: heron"
        ),
        ["prompt: {masterpiece}, cat", N, "model: heron"]
    );
}

#[test]
fn tag_in_what_is_not_wanted_loads_nothing() {
    assert_eq!(
        a1("cat\nNegative prompt: blurry <lora:bad:1>\nSteps: 20, Model: heron"),
        [
            "prompt: cat",
            "prompt role=negative: blurry <lora:bad:1>",
            "model: heron"
        ]
    );
}

#[test]
fn lora_of_the_name_of_its_checkpoint_is_another_model() {
    assert_eq!(
        a1("cat <lora:ink:1>\nSteps: 20, Model: ink, Lora hashes: \"ink: 3333333333\""),
        [
            "prompt: cat <lora:ink:1>",
            "model: ink",
            "model hash=3333333333: ink"
        ]
    );
}

#[test]
fn resources_of_one_name_are_told_apart_by_their_air() {
    assert_eq!(
        a1(
            "cat\nSteps: 20, Sampler: Euler, Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":1,\"modelName\":\"Pony\",\"air\":\"urn:a\"},{\"type\":\"lora\",\"weight\":1,\"modelVersionId\":2,\"modelName\":\"Pony\",\"air\":\"urn:b\"}]"
        ),
        [
            "prompt: cat",
            "model air=urn:a: Pony",
            "model air=urn:b: Pony"
        ]
    );
}

#[test]
fn resizing_is_no_model() {
    assert_eq!(
        a1("cat\nSteps: 20, Model: heron, Hires upscaler: Resize Lanczos, App: SD.Next"),
        ["prompt: cat", "model: heron"]
    );
}

#[test]
fn settings_that_speak_of_other_steps_begin_at_the_first() {
    assert_eq!(
        a1("cat Negative prompt: blurry Steps: 20, Sampler: Euler, Seed: 1, Refiner Steps: 5"),
        ["prompt: cat", N]
    );
}

#[test]
fn tokens_for_other_prompts_are_no_prompt() {
    assert_eq!(
        a1("cat\nSteps: 20, Sampler: Euler, ADetailer prompt: \"[PROMPT], face [SEP] [SKIP]\""),
        ["prompt: cat"]
    );
}

#[test]
fn value_with_quotes_or_brackets_at_its_start_is_no_shorter_for_them() {
    for prompt in [
        "\"big\" heron",
        "[1] heron",
        "{} heron",
        "\"\" a",
        "\"big\" and \"small\"",
        "{\"a\"} b",
    ] {
        assert_eq!(
            a1(&format!(
                "cat\nSteps: 20, Sampler: Euler, Hires prompt: {prompt}, Model: heron"
            )),
            ["prompt: cat", &format!("prompt: {prompt}"), "model: heron"]
        );
    }
}

#[test]
fn quotes_that_nobody_escaped_end_before_a_comma() {
    assert_eq!(
        a1(
            "cat\nSteps: 20, Sampler: Euler, ADetailer prompt: \"say \"hi\" there, you\" , Model: heron"
        ),
        [
            "prompt: cat",
            "prompt: say \"hi\" there, you",
            "model: heron"
        ]
    );
}

#[test]
fn settings_without_steps_are_no_part_of_a_prompt() {
    let settings = "CFG scale: 7, Seed: 5, Size: 8x8, Model: heron";
    assert_eq!(
        a1(&format!("cat\nNegative prompt: blurry\n{settings}")),
        ["prompt: cat", N, "model: heron"]
    );
    assert_eq!(
        a1(&format!("a\ncat\n{settings}")),
        ["prompt: a\ncat", "model: heron"]
    );
    assert_eq!(
        a1("cat\nNegative prompt: blurry\nSize: of a house"),
        [
            "prompt: cat",
            "prompt role=negative: blurry\nSize: of a house"
        ]
    );
}

#[test]
fn prompt_that_begins_with_braces_needs_no_settings() {
    assert_eq!(
        a1("{masterpiece}, cat\nNegative prompt: blurry"),
        ["prompt: {masterpiece}, cat", N]
    );
}

#[test]
fn settings_in_a_template_are_not_those_of_the_picture() {
    let settings = "Steps: 20, Sampler: Euler, Model: reeds";
    let template = "a {heron|coot}\nSteps: 5, Sampler: DDIM, Model: other, Version: v1.10.1";
    for end in [
        format!("Template: {template}"),
        format!("Template: a {{heron|coot}}\nNegative Template: {template}"),
        format!("Negative Template: {template}"),
    ] {
        let text = format!("a heron\nNegative prompt: blurry\n{settings}\n{end}");
        let reading = read(&[("parameters", &text)]);
        finds(
            &reading,
            &[
                ("prompt", "a heron", ""),
                ("prompt", "blurry", "negative"),
                ("model", "reeds", ""),
                ("parameters", &format!("{settings}\n{end}"), ""),
            ],
        );
        assert_eq!(reading.generator, None);
    }
    // A prompt may hold the word.
    let text = format!("a heron\nTemplate: of a coot\n{settings}");
    let reading = read(&[("parameters", &text)]);
    assert_eq!(reading.found[0].content, "a heron\nTemplate: of a coot");
}
