//! What InvokeAI writes, in all of its versions.

use crate::common::{finds, generator, read};
use record::Reading;

const SETTINGS: &str = r#"{"app_version": "5.4.1", "generation_mode": "sdxl_txt2img",
  "positive_prompt": "a heron", "negative_prompt": "blurry",
  "positive_style_prompt": "ink drawing", "negative_style_prompt": "blurry",
  "model": {"key": "k", "hash": "blake3:00ff", "name": "Heron XL", "base": "sdxl", "type": "main"},
  "loras": [
    {"model": {"key": "l", "hash": "blake3:11", "name": "reeds", "base": "sdxl", "type": "lora"}, "weight": 0.75},
    {"model": {"name": "unused"}, "weight": 0.75, "isEnabled": false}],
  "vae": {"name": "soft", "hash": "random:22"}, "refiner_model": null,
  "controlnets": [{"control_model": {"name": "lines"}, "image": {"image_name": "a.png"}}],
  "ipAdapters": [{"ip_adapter_model": {"name": "face"}}],
  "t2iAdapters": [{"t2i_adapter_model": {"name": "depth"}}]}"#;

#[test]
fn settings_give_prompts_and_every_model_that_was_used() {
    let reading = read(&[("invokeai_metadata", SETTINGS)]);
    assert_eq!(generator(&reading), "InvokeAI 5.4.1");
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("prompt", "ink drawing", ""),
            ("prompt", "blurry", "negative"),
            ("model", "Heron XL", "blake3:00ff"),
            ("model", "soft", ""),
            ("model", "reeds", "blake3:11"),
            ("model", "lines", ""),
            ("model", "face", ""),
            ("model", "depth", ""),
            ("parameters", SETTINGS, ""),
            ("tool", "InvokeAI 5.4.1", ""),
        ],
    );
}

#[test]
fn models_of_version_3_go_by_other_names() {
    let text = r#"{"positive_prompt": "a heron", "model": {"model_name": "heron", "base_model": "sd-1"},
        "loras": [{"lora": {"model_name": "reeds", "base_model": "sd-1"}, "weight": 1.0}],
        "t5_encoder": {"name": "t5"}, "clip_embed_model": {"name": "clip"}}"#;
    let reading = read(&[("invokeai_metadata", text)]);
    assert_eq!(generator(&reading), "InvokeAI");
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("model", "heron", ""),
            ("model", "t5", ""),
            ("model", "clip", ""),
            ("model", "reeds", ""),
            ("parameters", text, ""),
        ],
    );
}

fn layered(regions: &str) -> String {
    let layer = |prompt: &str, on: bool, objects: &str| {
        format!(
            r#"{{"isEnabled": {on}, "objects": {objects}, "positivePrompt": "{prompt}", "negativePrompt": null}}"#
        )
    };
    let layers = [
        layer("a reed", true, "[{}]"),
        layer("off", false, "[{}]"),
        layer("nowhere", true, "[]"),
    ];
    format!(
        r#"{{"positive_prompt": "a heron", {regions} "canvas_v2_metadata": {{"regionalGuidance": [{}]}}}}"#,
        layers.join(", ")
    )
}

#[test]
fn what_stands_on_the_canvas_may_not_have_been_used() {
    let text = layered("");
    finds(
        &read(&[("invokeai_metadata", &text)]),
        &[("prompt", "a heron", ""), ("parameters", &text, "")],
    );
}

#[test]
fn regions_that_were_used_count_before_the_layers() {
    let text = layered(
        r#""regions": [{"isEnabled": true, "positivePrompt": "a duck", "negativePrompt": "mud"}],"#,
    );
    finds(
        &read(&[("invokeai_metadata", &text)]),
        &[
            ("prompt", "a heron", ""),
            ("prompt", "a duck", ""),
            ("prompt", "mud", "negative"),
            ("parameters", &text, ""),
        ],
    );
    let text = layered(r#""regions": [],"#);
    finds(
        &read(&[("invokeai_metadata", &text)]),
        &[("prompt", "a heron", ""), ("parameters", &text, "")],
    );
}

#[test]
fn graph_alone_is_kept_whole() {
    let reading = read(&[
        ("invokeai_graph", r#"{"nodes": {}}"#),
        ("invokeai_workflow", "null"),
    ]);
    assert_eq!(generator(&reading), "InvokeAI");
    finds(&reading, &[("parameters", r#"{"nodes": {}}"#, "")]);
    assert_eq!(read(&[("invokeai_workflow", "null")]), Reading::default());
}

#[test]
fn settings_that_break_off_are_kept_and_told() {
    for keyword in ["invokeai_metadata", "sd-metadata"] {
        let reading = read(&[(keyword, r#"{"positive_prompt": "a her"#)]);
        finds(
            &reading,
            &[("parameters", r#"{"positive_prompt": "a her"#, "")],
        );
        assert_eq!(reading.unreadable.len(), 1);
    }
}

const PARTS: &str = r#"{"model_weights": "heron-1.4", "model_id": "other", "model_hash": "aa00", "app_id": "invoke-ai/InvokeAI",
    "app_version": "v2.3.0", "image": {"type": "txt2img", "prompt": [{"prompt": "a heron [red] in reeds [mud]", "weight": 2.0},
    {"prompt": "fog", "weight": -1.0}], "variations": []}}"#;

#[test]
fn prompt_is_as_it_was_typed_where_the_line_says_it() {
    let line = r#""a heron [red] in reeds [mud]:1 fog:-0.5" -s 50 -S 5 -W 512"#;
    let reading = read(&[("Dream", line), ("sd-metadata", PARTS)]);
    assert_eq!(generator(&reading), "InvokeAI v2.3.0");
    finds(
        &reading,
        &[
            ("prompt", "a heron in reeds :1 fog:-0.5", ""),
            ("prompt", "red mud", "negative"),
            ("model", "heron-1.4", "aa00"),
            ("parameters", PARTS, ""),
            ("parameters", line, ""),
            ("tool", "InvokeAI v2.3.0", ""),
        ],
    );
}

#[test]
fn weights_of_parts_do_not_tell_what_was_not_wanted() {
    let line = "of an older kind";
    let reading = read(&[("Dream", line), ("sd-metadata", PARTS)]);
    finds(
        &reading,
        &[
            ("prompt", "a heron in reeds", ""),
            ("prompt", "red mud", "negative"),
            ("prompt", "fog", ""),
            ("model", "heron-1.4", "aa00"),
            ("parameters", PARTS, ""),
            ("parameters", line, ""),
            ("tool", "InvokeAI v2.3.0", ""),
        ],
    );
}

#[test]
fn brackets_of_version_1_are_a_part_of_the_prompt() {
    let line = r#""a heron [mud]" -s50 -W512 -H512 -C7.5 -Ak_lms -S5"#;
    let reading = read(&[("Dream", line)]);
    assert_eq!(generator(&reading), "InvokeAI");
    finds(
        &reading,
        &[("prompt", "a heron [mud]", ""), ("parameters", line, "")],
    );
    let text = r#"{"app_version": "v1.15", "images": [{"prompt": [{"prompt": "a heron [mud]", "weight": 1.0}]}]}"#;
    finds(
        &read(&[("sd-metadata", text)]),
        &[
            ("prompt", "a heron [mud]", ""),
            ("parameters", text, ""),
            ("tool", "InvokeAI v1.15", ""),
        ],
    );
}

#[test]
fn line_without_quotes_gives_its_prompt() {
    let line = r#"a "grey" heron [mud] -s 50 -S 5 -W 512 -H 512 -C 7.5 -A k_lms"#;
    finds(
        &read(&[("Dream", line)]),
        &[
            ("prompt", r#"a "grey" heron"#, ""),
            ("prompt", "mud", "negative"),
            ("parameters", line, ""),
        ],
    );
    for text in ["I had a dream", "a dream -s 50", r#""of ducks""#] {
        assert_eq!(read(&[("Dream", text)]), Reading::default());
    }
}

#[test]
fn grid_gives_the_prompts_of_all_its_pictures() {
    let text = r#"{"model_id": "heron-1.5", "model_hash": null, "app_version": "2.2.5", "images": [
        {"prompt": [{"prompt": "a heron", "weight": 1.0}], "seed": 1}, {"prompt": "a heron", "seed": 2}, {"prompt": "a duck"}, {}, 3]}"#;
    finds(
        &read(&[("sd-metadata", text)]),
        &[
            ("prompt", "a heron", ""),
            ("prompt", "a duck", ""),
            ("model", "heron-1.5", ""),
            ("parameters", text, ""),
            ("tool", "InvokeAI 2.2.5", ""),
        ],
    );
}

#[test]
fn encoders_and_decoders_of_large_models_are_named() {
    let names = [
        "qwen3_encoder",
        "qwen3_vl_encoder",
        "mistral_encoder",
        "gemma2_encoder",
        "pid_decoder",
        "qwen_image_vae",
        "qwen_image_qwen_vl_encoder",
        "wan_transformer_low_noise",
        "wan_vae_model",
        "wan_t5_encoder_model",
    ];
    for name in names {
        let text = format!(
            r#"{{"{name}": {{"name": "reed", "hash": "blake3:1"}}, "qwen3_source": {{"name": "lender"}}}}"#
        );
        finds(
            &read(&[("invokeai_metadata", &text)]),
            &[("model", "reed", "blake3:1"), ("parameters", &text, "")],
        );
    }
}

#[test]
fn pictures_that_were_used_name_their_models() {
    let picture = |kind: &str, name: &str, weight: u8| {
        format!(r#"{{"type": "{kind}", "model": {{"name": "{name}"}}, "weight": {weight}}}"#)
    };
    let face = picture("ip_adapter", "face", 1);
    let text = format!(
        r#"{{"ref_images": [{{"id": "a", "isEnabled": true, "config": {face}}}, {{"isEnabled": false, "config": {}}},
            {{"config": {}}}, {{"config": {}}}, {{"config": {{"type": "flux2_reference_image"}}}}],
            "regions": [{{"isEnabled": true, "positivePrompt": "a duck", "referenceImages": [{{"config": {}}}, {{"ipAdapter": {}}}]}},
            {{"isEnabled": false, "referenceImages": [{{"config": {}}}]}}],
            "control_layers": {{"layers": [{{"isEnabled": true, "type": "control_adapter_layer", "controlAdapter": {}}},
            {{"isEnabled": true, "type": "ip_adapter_layer", "ipAdapter": {}}}, {{"isEnabled": false, "controlAdapter": {}}}]}}}}"#,
        picture("ip_adapter", "off", 1),
        picture("flux_kontext_reference_image", "main", 1),
        picture("ip_adapter", "weak", 0),
        picture("flux_redux", "redux", 1),
        picture("ip_adapter", "older", 1),
        picture("ip_adapter", "off", 1),
        picture("controlnet", "lines", 1),
        picture("ip_adapter", "style", 1),
        picture("t2i_adapter", "off", 1),
    );
    finds(
        &read(&[("invokeai_metadata", &text)]),
        &[
            ("prompt", "a duck", ""),
            ("model", "face", ""),
            ("model", "lines", ""),
            ("model", "style", ""),
            ("model", "redux", ""),
            ("model", "older", ""),
            ("parameters", &text, ""),
        ],
    );
}

#[test]
fn layers_of_version_4_that_were_drawn_have_prompts_and_models() {
    let text = r#"{"control_layers": {"version": 3, "layers": [{"isEnabled": true, "type": "regional_guidance_layer",
        "maskObjects": [{}], "positivePrompt": "a reed", "negativePrompt": "mud",
        "ipAdapters": [{"type": "ip_adapter", "model": {"name": "style"}, "weight": 1}]},
        {"isEnabled": true, "maskObjects": [], "positivePrompt": "nowhere", "ipAdapters": [{"model": {"name": "nothing"}}]}]}}"#;
    finds(
        &read(&[("invokeai_metadata", text)]),
        &[
            ("prompt", "a reed", ""),
            ("prompt", "mud", "negative"),
            ("model", "style", ""),
            ("parameters", text, ""),
        ],
    );
}

#[test]
fn control_of_no_weight_is_not_named() {
    let text = r#"{"positive_prompt": "cat", "controlnets": [{"control_model": {"name": "canny"}, "control_weight": 0.0}]}"#;
    finds(
        &read(&[("invokeai_metadata", text)]),
        &[("prompt", "cat", ""), ("parameters", text, "")],
    );
}

#[test]
fn weights_for_each_step_count_where_one_is_not_zero() {
    let text = r#"{"positive_prompt": "cat", "controlnets": [{"control_model": {"name": "off"}, "control_weight": [0.0, 0]}, {"control_model": {"name": "lines"}, "control_weight": [0.0, 0.5]}]}"#;
    finds(
        &read(&[("invokeai_metadata", text)]),
        &[
            ("prompt", "cat", ""),
            ("model", "lines", ""),
            ("parameters", text, ""),
        ],
    );
}

#[test]
fn fifty_thousand_entries_are_no_burden() {
    let entry = |at: usize| format!(r#"{{"model": {{"name": "{at}"}}}}"#);
    let loras: Vec<_> = (0..50_000).map(entry).collect();
    let text = format!(r#"{{"loras": [{}]}}"#, loras.join(","));
    assert!(!read(&[("invokeai_metadata", &text)]).found.is_empty());
}
