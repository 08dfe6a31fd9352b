//! Fooocus in both of its schemes, and RuinedFooocus.

use crate::common::{finds, generator, program, read, steps};
use record::Reading;

const JSON: &str = r#"{"base_model": "jug", "base_model_hash": "aabb", "full_negative_prompt": ["blurry", "bad"], "full_prompt": ["cinematic heron"], "loras": [["ink", 0.5, "ccdd"], ["off", 0, "eeff"]], "metadata_scheme": "fooocus", "negative_prompt": "blurry", "prompt": "heron", "refiner_model": "None", "styles": "['a']", "vae": "Default (model)", "version": "Fooocus v2.5.5"}"#;

#[test]
fn json_gives_what_was_typed_and_what_was_used() {
    let expected = [
        "prompt: heron",
        "prompt negative: blurry",
        "model aabb: jug",
        "model ccdd: ink",
        &format!("parameters: {JSON}"),
        "tool: Fooocus v2.5.5",
    ];
    for fields in [
        &[("parameters", JSON), ("fooocus_scheme", "fooocus")][..],
        &[("Comment", JSON)],
        &[("UserComment", JSON), ("MakerNote", "fooocus\0")],
    ] {
        let reading = read(fields);
        assert_eq!(steps(&reading), expected);
        assert_eq!(program(&reading).as_deref(), Some("Fooocus v2.5.5"));
    }
}

#[test]
fn the_text_of_the_other_scheme_gives_what_was_typed() {
    let text = r#"cinematic heron
Negative prompt: blurry, bad
Steps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 5, Size: 8x8, CFG scale: 4, ADM Guidance: "(1.5, 0.8, 0.3)", Model: jug, Model hash: aabbccddee, VAE: Default (model), Raw prompt: "heron, <lora:ink:1>", Raw negative prompt: , Refiner: fine, Refiner hash: bbccddeeff, Lora hashes: "ink: ccddeeff00, off: ddeeff0011", Lora weights: "ink: 0.5, off: 0.0", Version: Fooocus v2.5.5"#;
    let reading = read(&[("parameters", text), ("fooocus_scheme", "a1111")]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: heron, <lora:ink:1>",
            "model aabbccddee: jug",
            "model bbccddeeff: fine",
            "model ccddeeff00: ink",
            &format!("parameters: {text}"),
            "tool: Fooocus v2.5.5",
        ]
    );
    assert_eq!(program(&reading).as_deref(), Some("Fooocus v2.5.5"));
}

#[test]
fn refiner_is_named_with_its_hash() {
    let text = r#"{"prompt": "heron", "base_model": "jug", "base_model_hash": "aabb", "refiner_model": "reed", "refiner_model_hash": "22", "metadata_scheme": "fooocus", "version": "Fooocus v2.5.5"}"#;
    assert_eq!(
        steps(&read(&[("UserComment", text)])),
        [
            "prompt: heron",
            "model aabb: jug",
            "model 22: reed",
            &format!("parameters: {text}"),
            "tool: Fooocus v2.5.5",
        ]
    );
}

#[test]
fn text_of_the_other_scheme_without_a_raw_prompt_gives_its_own() {
    let text = "a duck\nNegative prompt: blurry\nSteps: 30, Model: heron, Model hash: 0011, Version: Fooocus v2.5.5";
    assert_eq!(
        steps(&read(&[("parameters", text), ("fooocus_scheme", "a1111")])),
        [
            "prompt: a duck",
            "prompt negative: blurry",
            "model 0011: heron",
            &format!("parameters: {text}"),
            "tool: Fooocus v2.5.5",
        ]
    );
}

#[test]
fn the_private_log_is_read() {
    let text = r#"{"Prompt": "heron", "Negative Prompt": "", "Base Model": "jug.safetensors", "Refiner Model": "None", "LoRA 1": "ink.safetensors : 0.1", "LoRA 2": "False : off : 1.0", "LoRA 3": "zero : 0", "Version": "Fooocus v2.5.0"}"#;
    assert_eq!(
        steps(&read(&[("Comment", text)])),
        [
            "prompt: heron",
            "model: jug.safetensors",
            "model: ink.safetensors",
            &format!("parameters: {text}"),
            "tool: Fooocus v2.5.0",
        ]
    );
}

#[test]
fn ruined_fooocus_is_read() {
    let text = r#"{"Prompt": "heron", "Negative": "blurry", "base_model_name": "jug.safetensors", "base_model_hash": "aabb", "loras": [["ccdd", "0.5 - ink - wash.safetensors"], ["None", "1 - plain"], ["eeff", "0.0 - off"]], "software": "RuinedFooocus"}"#;
    let reading = read(&[("parameters", text)]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: heron",
            "prompt negative: blurry",
            "model aabb: jug.safetensors",
            "model ccdd: ink - wash.safetensors",
            "model: plain",
            &format!("parameters: {text}"),
            "tool: RuinedFooocus",
        ]
    );
    assert_eq!(program(&reading).as_deref(), Some("RuinedFooocus"));
}

#[test]
fn ruined_fooocus_once_wrote_its_loras_as_text() {
    let text = r#"{"Prompt": "heron", "Negative": "", "base_model_name": "jug.safetensors", "base_model_hash": "7d723a7b", "loras": "Loras:<Styles\\ink: wash.safetensors \ud83d\uddd2\ufe0f:1>,<plain.safetensors:0.7>,<off.safetensors:0>,<None:0.5>", "software": "RuinedFooocus"}"#;
    assert_eq!(
        steps(&read(&[("parameters", text)])),
        [
            "prompt: heron",
            "model 7d723a7b: jug.safetensors",
            r"model: Styles\ink: wash.safetensors",
            "model: plain.safetensors",
            &format!("parameters: {text}"),
            "tool: RuinedFooocus",
        ]
    );
}

#[test]
fn fooocus_mre_is_read() {
    let text = r#"{"prompt": "heron", "negative_prompt": "blurry", "real_prompt": ["cinematic heron"], "base_model": "jug.safetensors", "refiner_model": "None", "l1": "ink.safetensors", "w1": 0.5, "l2": "off.safetensors", "w2": 0, "l3": "None", "w3": 0.5, "control_lora_canny": true, "canny_model": "canny.safetensors", "control_lora_depth": false, "depth_model": "depth.safetensors", "software": "Fooocus 2.0.78.5 MRE"}"#;
    let reading = read(&[("Comment", text)]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: heron",
            "prompt negative: blurry",
            "model: jug.safetensors",
            "model: ink.safetensors",
            "model: canny.safetensors",
            &format!("parameters: {text}"),
            "tool: Fooocus-MRE 2.0.78.5",
        ]
    );
    let other = text.replace("Fooocus 2", "Other 2");
    assert_eq!(read(&[("Comment", &other)]), Reading::default());
}

#[test]
fn broken_json_is_kept_whole_and_told() {
    let reading = read(&[
        ("parameters", "{\"prompt\":"),
        ("fooocus_scheme", "fooocus"),
    ]);
    assert_eq!(steps(&reading), ["parameters: {\"prompt\":"]);
    assert_eq!(reading.unreadable.len(), 1);
}

#[test]
fn json_of_others_is_not_taken() {
    for text in [
        r#"{"prompt": "heron", "base_model": "jug"}"#,
        r#"{"version": "2.5"}"#,
    ] {
        assert_eq!(read(&[("Comment", text)]), Reading::default());
    }
}

#[test]
fn the_scheme_in_exif_says_whose_settings_these_are() {
    let text = r#"{"prompt": "heron", "base_model": "jug"}"#;
    let user = ("UserComment", text);
    let expected = [
        "prompt: heron".to_owned(),
        "model: jug".to_owned(),
        format!("parameters: {text}"),
        "tool: Fooocus".to_owned(),
    ];
    for note in ["fooocus", "fooocus\0"] {
        assert_eq!(steps(&read(&[user, ("MakerNote", note)])), expected);
    }
    for other in [&[user][..], &[user, ("MakerNote", "camera")]] {
        assert_eq!(read(other), Reading::default());
    }
    let broken = read(&[("UserComment", "{\"prompt\":"), ("MakerNote", "fooocus")]);
    assert_eq!(steps(&broken), ["parameters: {\"prompt\":"]);
    assert_eq!(broken.unreadable.len(), 1);
}

#[test]
fn the_other_scheme_in_exif_is_read_alike() {
    let text =
        "styled heron\nSteps: 30, Seed: 5, Model: jug, Raw prompt: heron, Version: Fooocus v2.5.5";
    assert_eq!(
        steps(&read(&[("UserComment", text), ("MakerNote", "a1111")])),
        [
            "prompt: heron",
            "model: jug",
            &format!("parameters: {text}"),
            "tool: Fooocus v2.5.5",
        ]
    );
}

#[test]
fn software_names_the_program_beside_a_text_that_does_not() {
    let text = "a heron\nSteps: 20, Sampler: Euler, Model: reeds";
    let reading = read(&[("parameters", text), ("Software", "Fooocus v2.5.5")]);
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("model", "reeds", ""),
            ("parameters", "Steps: 20, Sampler: Euler, Model: reeds", ""),
            ("tool", "Fooocus v2.5.5", ""),
        ],
    );
    assert_eq!(generator(&reading), "Fooocus v2.5.5");
    // The text itself is surer, and what is like the name is not it.
    for (text, software, expected) in [
        (
            &*format!("{text}, Version: v1.10.1"),
            "Fooocus v2.5.5",
            "Stable Diffusion web UI v1.10.1",
        ),
        (text, "Fooocus vivid", ""),
        (text, "A viewer", ""),
    ] {
        let reading = read(&[("parameters", text), ("Software", software)]);
        assert_eq!(generator(&reading), expected);
    }
    assert_eq!(read(&[("Software", "Fooocus v2.5.5")]).found, []);
}
