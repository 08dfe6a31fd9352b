//! The models that texts with the settings of Automatic1111 name, as its extensions and kin write them.

use crate::common::{lines, read};

/// Prompts and models of a heron with these settings.
fn of(settings: &str) -> Vec<String> {
    let reading = read(&[("parameters", &format!("a heron\nSteps: 20, {settings}"))]);
    assert_eq!(reading.unreadable, []);
    let mut lines = lines(&reading);
    assert_eq!(lines.remove(0), "prompt: a heron");
    lines
}

#[test]
fn units_of_old_controlnets_begin_with_small_letters_and_may_have_no_number() {
    let unit = |key: &str, weight: f32| {
        format!(
            r#"Seed: 5, {key}: "preprocessor: canny, model: lines [d14c016b], weight: {weight}, starting/ending: (0, 1), resize mode: Crop and Resize, pixel perfect: False, control mode: Balanced, preprocessor params: (512, 100, 200)""#
        )
    };
    for key in ["ControlNet", "ControlNet 0"] {
        assert_eq!(of(&unit(key, 1.0)), ["model hash=d14c016b: lines"]);
        assert_eq!(of(&unit(key, 0.0)), [""; 0]);
    }
}

#[test]
fn additional_networks_with_any_weight_are_models() {
    assert_eq!(
        of(
            "Seed: 5, AddNet Enabled: True, AddNet Module 1: LoRA, AddNet Model 1: ink_v10(e2e472c06607), AddNet Weight A 1: 0.5, AddNet Weight B 1: 0, AddNet Module 2: LoRA, AddNet Model 2: off(034b97419349), AddNet Weight A 2: 0, AddNet Weight B 2: 0, AddNet Module 3: LoRA, AddNet Model 3: old(134b97419349), AddNet Weight 3: 1, AddNet Model 4: zero(234b97419349), AddNet Weight 4: 0, AddNet Model 5: None"
        ),
        [
            "model hash=e2e472c06607: ink_v10",
            "model hash=134b97419349: old"
        ]
    );
    assert_eq!(
        of("Seed: 5, AddNet Enabled: False, AddNet Model 1: ink_v10(e2e472c06607)"),
        [""; 0]
    );
}

#[test]
fn scripts_that_enlarge_and_restorers_of_faces_have_models() {
    assert_eq!(
        of(
            "Seed: 5, Face restoration: CodeFormer, Ultimate SD upscale upscaler: 4x-UltraSharp, SD upscale upscaler: Lanczos"
        ),
        ["model: CodeFormer", "model: 4x-UltraSharp"]
    );
}

#[test]
fn tag_whose_lora_is_not_among_those_that_were_loaded_loads_nothing() {
    let of = |prompt: &str, settings: &str| {
        let text = format!("{prompt}\nSteps: 20, Seed: 5, {settings}");
        let mut lines = lines(&read(&[("parameters", &text)]));
        lines.retain(|line| line.starts_with("model"));
        lines
    };
    let hashes = r#"Lora hashes: "ink: 111111111111""#;
    assert_eq!(
        of("a <lora:gone:1> <lora:ink:1> <lyco:wash:1>", hashes),
        ["model hash=111111111111: ink", "model: wash"]
    );
    // The list may be that of the second pass.
    assert_eq!(
        of(
            "a <lora:first:1>",
            &format!("Hires prompt: b <lora:ink:1>, {hashes}")
        ),
        ["model: first", "model hash=111111111111: ink"]
    );
}

#[test]
fn hash_of_nothing_is_not_that_of_a_model() {
    assert_eq!(
        of(r#"Seed: 5, Lora hashes: "ink: e3b0c44298fc, wash: E3B0C442, oil: e3b0c44298fd""#),
        ["model: ink", "model: wash", "model hash=e3b0c44298fd: oil"]
    );
}

#[test]
fn named_weights_of_a_tag_count_more_than_placed_ones() {
    let text = "a <lora:off:1:te=0:unet=0> <lora:none:te=0> <lora:zero:0:dyn=5> <lora:model:0:unet=1> <lora:text:1:0> <lora:blocks:x:0>\nSteps: 20, Seed: 5";
    let lines = lines(&read(&[("parameters", text)]));
    assert_eq!(lines[1..], ["model: model", "model: text", "model: blocks"]);
}
