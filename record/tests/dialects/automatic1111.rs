//! The texts of AUTOMATIC1111's web UI and its kin.

use crate::common::{program, read, steps};
use record::Reading;

/// The steps of one text in `parameters`.
fn of(text: &str) -> Vec<String> {
    let reading = read(&[("parameters", text)]);
    assert!(reading.unreadable.is_empty());
    steps(&reading)
}

#[test]
fn prompts_may_have_many_lines_and_speak_of_steps() {
    let text = "a heron\r\n\r\nSteps: many, up to a lake \r\nNegative prompt: blurry\r\nNegative prompt: dull\r\nSteps: 20, Sampler: Euler a, Seed: 5, Model hash: 0011223344, Model: heron";
    assert_eq!(
        of(text),
        [
            "prompt: a heron\r\n\r\nSteps: many, up to a lake",
            "prompt negative: blurry\r\nNegative prompt: dull",
            "model 0011223344: heron",
            "parameters: Steps: 20, Sampler: Euler a, Seed: 5, Model hash: 0011223344, Model: heron",
        ]
    );
}

#[test]
fn one_line_is_taken_apart() {
    assert_eq!(
        of(
            "a heron on Steps: 3 of them Negative prompt: blurry Steps: 20, Sampler: Euler, ADetailer prompt: \"x, Steps: 9, Seed: 1\""
        ),
        [
            "prompt: a heron on Steps: 3 of them",
            "prompt negative: blurry",
            "prompt: x, Steps: 9, Seed: 1",
            "parameters: Steps: 20, Sampler: Euler, ADetailer prompt: \"x, Steps: 9, Seed: 1\"",
        ]
    );
}

#[test]
fn an_empty_negative_prompt_before_the_settings_is_none() {
    assert_eq!(
        of("parameters: a heron Negative prompt: Steps: 20, Size: 8x8, Seed: 5"),
        [
            "prompt: a heron",
            "parameters: Steps: 20, Size: 8x8, Seed: 5"
        ]
    );
}

#[test]
fn words_within_a_line_give_no_role_where_settings_have_their_own() {
    assert_eq!(
        of("a sign that says Negative prompt: no\nSteps: 20, Seed: 5"),
        [
            "prompt: a sign that says Negative prompt: no",
            "parameters: Steps: 20, Seed: 5"
        ]
    );
}

#[test]
fn templates_behind_the_settings_are_kept_and_name_no_model() {
    let settings = "Steps: 20, Sampler: Euler, Model: heron\nTemplate: a {heron|duck}, VAE: no\nNegative Template: Steps: 3";
    assert_eq!(
        of(&format!("a heron\n{settings}")),
        [
            "prompt: a heron".to_owned(),
            "model: heron".to_owned(),
            format!("parameters: {settings}")
        ]
    );
}

#[test]
fn settings_may_begin_with_another_one_and_go_over_lines() {
    let settings = "Seed: 5, Steps: 20,\nSampler: Euler, Model: heron";
    assert_eq!(
        of(&format!("a heron\n{settings}")),
        [
            "prompt: a heron".to_owned(),
            "model: heron".to_owned(),
            format!("parameters: {settings}")
        ]
    );
}

#[test]
fn prompts_without_settings_are_read_in_their_own_field_alone() {
    let text = "a heron\nNegative prompt: blurry";
    assert_eq!(
        of(text),
        [
            "prompt: a heron".to_owned(),
            "prompt negative: blurry".to_owned(),
            format!("parameters: {text}")
        ]
    );
    assert_eq!(read(&[("Comment", text)]), Reading::default());
}

#[test]
fn a_text_that_cannot_be_taken_apart_is_kept_whole_and_told() {
    let text = "a heron, Steps: 20";
    let reading = read(&[("parameters", text)]);
    assert_eq!(steps(&reading), [format!("parameters: {text}")]);
    assert_eq!(reading.unreadable.len(), 1);
    for text in ["a recipe. Steps: 3", "{\"a\": \"Steps: 20\"}"] {
        assert_eq!(read(&[("Comment", text)]), Reading::default(), "{text}");
    }
}

#[test]
fn every_model_is_named_once_with_its_hash() {
    let text = r#"a heron <lora:ink:0.8> <lyco:wash:1> <lyco:unlisted:te=0:unet=1>
Steps: 20, Sampler: Euler, Model hash: 0011223344, Model: heron, VAE hash: aabbccdd, VAE: soft.pt, Lora hashes: "ink: 111111111111, wash: 222222222222", TI hashes: "bad: 3333333333", Refiner: fine [4444444444], Refiner switch at: 0.8, Hires checkpoint: large [5555555555], Hires upscaler: R-ESRGAN 4x+, ControlNet 0: "Module: canny, Model: control_lines [6666666666], Weight: 1", ControlNet 1: "Module: canny, Model: control_off [7777777777], Weight: 0", ADetailer model: face_yolov8n.pt, Hashes: {"model": "0011223344", "lora:ink": "9999999999", "embed:good": "8888888888"}, Module 1: ae, Module 2: clip_l"#;
    let (prompt, settings) = text.split_once('\n').expect("two lines");
    assert_eq!(
        of(text),
        [
            &format!("prompt: {prompt}"),
            "model 0011223344: heron",
            "model 4444444444: fine",
            "model 5555555555: large",
            "model aabbccdd: soft.pt",
            "model 111111111111: ink",
            "model 222222222222: wash",
            "model: unlisted",
            "model 3333333333: bad",
            "model 8888888888: good",
            "model: R-ESRGAN 4x+",
            "model 6666666666: control_lines",
            "model: face_yolov8n.pt",
            "model: ae",
            "model: clip_l",
            &format!("parameters: {settings}"),
        ]
    );
}

#[test]
fn what_has_no_weight_or_is_no_model_is_not_named() {
    let text = "a heron <lora:ink:0> <lora:wash:0:0>\nSteps: 20, Seed: 5, VAE: None, Hires upscaler: Latent (nearest), Hires checkpoint: Use same checkpoint, Lora hashes: \"ink: 111111111111\"";
    assert_eq!(of(text).len(), 2);
}

#[test]
fn a_model_of_which_only_the_hash_is_known_is_named_by_it() {
    assert_eq!(
        of("a heron\nSteps: 20, Seed: 5, Model hash: 45dee52b")[1],
        "model 45dee52b: 45dee52b"
    );
}

#[test]
fn civitai_names_models_by_air_or_number() {
    let text = r#"a heron <lora:ink:1>
Negative prompt: blurry
Steps: 20, Sampler: Euler, Seed: 5, Created Date: 2026-01-01T00:00:00Z, Civitai resources: [{"type":"checkpoint","modelVersionId":1,"modelName":"Heron [XL], fine","modelVersionName":"v1"},{"type":"lora","weight":0.8,"modelName":"Ink","air":"urn:air:sdxl:lora:civitai:2@3"},{"type":"lora","weight":0,"modelVersionId":4},{"type":"embed","weight":1,"modelVersionId":5},{"air":"urn:air:sdxl:vae:civitai:6@7"}], Civitai metadata: {}"#;
    let reading = read(&[("parameters", text)]);
    assert_eq!(program(&reading), None);
    assert_eq!(
        steps(&reading)[2..6],
        [
            "model: Heron [XL], fine",
            "model urn:air:sdxl:lora:civitai:2@3: Ink",
            "model: Civitai model version 5",
            "model urn:air:sdxl:vae:civitai:6@7: urn:air:sdxl:vae:civitai:6@7",
        ]
    );
    assert_eq!(steps(&reading).len(), 7);
}

#[test]
fn the_only_checkpoint_of_civitai_is_the_one_that_the_settings_name() {
    let text = r#"a heron
Steps: 20, Seed: 5, Model hash: 0011223344, Model: heron_v1, Version: ComfyUI, Civitai resources: [{"modelName":"Heron","air":"urn:air:sdxl:checkpoint:civitai:1@2"}]"#;
    let model = "model 0011223344 urn:air:sdxl:checkpoint:civitai:1@2: heron_v1";
    assert_eq!(of(text)[1], model);
    assert_eq!(of(text).len(), 4);
}

#[test]
fn further_prompts_keep_their_role() {
    assert_eq!(
        of(
            "a heron\nSteps: 20, Seed: 5, Hires prompt: \"more, detail\", Hires negative prompt: noise, ADetailer prompt 2nd: eyes, ADetailer negative prompt: \"red, eyes\""
        )[..5],
        [
            "prompt: a heron",
            "prompt: more, detail",
            "prompt negative: noise",
            "prompt: eyes",
            "prompt negative: red, eyes",
        ]
    );
}

#[test]
fn a_program_is_named_where_the_version_is_its_own() {
    for (version, named) in [
        ("Version: v1.10.1", Some("Stable Diffusion web UI v1.10.1")),
        (
            "Version: f2.0.1v1.10.1-previous-1-gabc",
            Some("Stable Diffusion WebUI Forge f2.0.1v1.10.1-previous-1-gabc"),
        ),
        (
            "Version: f2.0.0dev-v1.10.1RC-latest",
            Some("Stable Diffusion WebUI reForge f2.0.0dev-v1.10.1RC-latest"),
        ),
        ("Version: neo", Some("Stable Diffusion WebUI Forge Neo")),
        ("App: SD.Next, Version: 04a5071", Some("SD.Next 04a5071")),
        ("Version: ComfyUI", Some("ComfyUI")),
        (
            "Version: classic",
            Some("Stable Diffusion WebUI Forge Classic"),
        ),
        ("Version: classics", None),
        ("Version: f0.0.17v1.8.0rc", None),
        ("Version: 04a5071", None),
        ("Version: ComfyUIx", None),
    ] {
        let reading = read(&[("parameters", &format!("a\nSteps: 20, Seed: 5, {version}"))]);
        assert_eq!(program(&reading).as_deref(), named);
        let tool = named.map(|named| format!("tool: {named}"));
        assert_eq!(steps(&reading).get(2), tool.as_ref());
    }
}

#[test]
fn tags_name_no_model_of_programs_that_do_not_load_them() {
    let text = "a <lora:ink:1>\nSteps: 20, Seed: 5, Version: ComfyUI";
    assert_eq!(of(text).len(), 3);
}

#[test]
fn what_was_done_to_a_finished_picture_gives_its_model_and_no_prompt() {
    let text = "Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+, Postprocess upscaler 2: Lanczos";
    let finish = [
        "model: R-ESRGAN 4x+".to_owned(),
        format!("parameters: {text}"),
    ];
    assert_eq!(of(text), finish);
    assert_eq!(
        steps(&read(&[("extras", text), ("postprocessing", text)])),
        finish
    );
    let both = read(&[("parameters", "a\nSteps: 2, Seed: 5"), ("extras", text)]);
    assert_eq!(steps(&both).len(), 4);
}

#[test]
fn a_second_text_is_kept_whole() {
    let [first, second] = ["a\nSteps: 2, Seed: 5", "b\nSteps: 3, Seed: 6"];
    let reading = read(&[
        ("parameters", first),
        ("Comment", second),
        ("Description", first),
    ]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a".to_owned(),
            "parameters: Steps: 2, Seed: 5".to_owned(),
            format!("parameters: {second}"),
        ]
    );
}

#[test]
fn the_text_in_its_own_field_counts_before_others() {
    let reading = read(&[
        ("Comment", "Steps: 3, Seed: no"),
        ("parameters", "a\nSteps: 2, Seed: 5"),
    ]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a",
            "parameters: Steps: 2, Seed: 5",
            "parameters: Steps: 3, Seed: no",
        ]
    );
}

#[test]
fn texts_of_many_parts_are_read_in_good_time() {
    for part in [
        "<lora:a:1>",
        "Steps: 1, ",
        "Steps: 1, Seed: 2, A: \"",
        "\nSteps: 1, Seed: [",
        "\nSeed: 1, Steps: 2",
        "Negative prompt:",
        "é:\"",
        "Steps: 1, Seed: {\"",
    ] {
        let text = part.repeat(50_000);
        let _ = read(&[("parameters", &text)]);
        let _ = read(&[("parameters", &format!("a\nSteps: 1, Seed: 2, {text}"))]);
    }
    let tags: String = (0..50_000).map(|at| format!("<lora:{at}:1>")).collect();
    let reading = read(&[("parameters", &format!("{tags}\nSteps: 1, Seed: 2"))]);
    assert_eq!(reading.found.len(), 502);
}

#[test]
fn every_tab_of_adetailer_gives_its_prompts_and_models() {
    let settings = r#"Steps: 20, Seed: 5, VAE: soft.pt, ADetailer model: face.pt, ADetailer prompt: "eyes [SEP] [PROMPT], old [SEP]nose", ADetailer model 3rd: hand.pt, ADetailer prompt 3rd: fingers, ADetailer negative prompt 3rd: "six, seven", ADetailer checkpoint 3rd: fine [4444444444], ADetailer VAE 3rd: sharp.pt, ADetailer ControlNet model 3rd: inpaint [55555555], ADetailer model 11th: foot.pt, ADetailer checkpoint 11th: Use same checkpoint, ADetailer VAE 11th: Use same VAE, ADetailer ControlNet model 11th: off [66666666], ADetailer ControlNet weight 11th: 0.0, ADetailer confidence 3rd: 0.3, ADetailer model classes 3rd: no"#;
    assert_eq!(
        of(&format!("a heron\n{settings}")),
        [
            "prompt: a heron",
            "prompt: eyes",
            "prompt: nose",
            "prompt: fingers",
            "prompt negative: six, seven",
            "model: soft.pt",
            "model: face.pt",
            "model: hand.pt",
            "model 4444444444: fine",
            "model: sharp.pt",
            "model 55555555: inpaint",
            "model: foot.pt",
            &format!("parameters: {settings}"),
        ]
    );
}

#[test]
fn modules_of_forge_are_models_but_for_its_words() {
    let settings = "Steps: 20, Seed: 5, Module 1: ae, Module 2: Built-in, Hires Module 1: soft, Hires Module 2: ae";
    assert_eq!(
        of(&format!("a heron\n{settings}"))[1..],
        [
            "model: ae".to_owned(),
            "model: soft".to_owned(),
            format!("parameters: {settings}")
        ]
    );
    for word in ["Built-in", "Use same choices"] {
        let text = format!("a heron\nSteps: 20, Seed: 5, Hires Module 1: {word}");
        assert_eq!(of(&text).len(), 2, "{word}");
    }
}

#[test]
fn what_sd_next_loaded_counts_and_not_its_tags() {
    let of = |settings: &str| {
        let text =
            format!("a <lora:ink:0> <lora:gone:1>\nSteps: 20, Seed: 5, App: SD.Next, {settings}");
        let reading = read(&[("parameters", &text)]);
        let mut models = steps(&reading);
        models.retain(|step| step.starts_with("model"));
        models
    };
    assert_eq!(
        of(r#"LoRA networks: "ink, wash", LoRA hashes: "111111111111, 222222222222""#),
        ["model 111111111111: ink", "model 222222222222: wash"]
    );
    assert_eq!(
        of(r#"LoRA networks: "ink, wash", LoRA hashes: 111111111111"#),
        ["model: ink", "model: wash"]
    );
    assert_eq!(of("LoRA networks: wash"), ["model: wash"]);
    assert_eq!(of("Batch: 1"), ["model: gone"]);
}
