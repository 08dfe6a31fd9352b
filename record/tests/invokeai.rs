//! What InvokeAI writes, in all of its versions.

mod common;

use common::{finds, generator, read};
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
            ("model", "soft", "random:22"),
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

#[test]
fn brackets_before_version_3_are_the_negative() {
    let text = r#"{"model_weights": "heron-1.4", "model_hash": "aa00", "app_id": "invoke-ai/InvokeAI", "app_version": "2.3.0",
        "image": {"type": "txt2img", "prompt": [{"prompt": "a heron [red] in reeds [mud]", "weight": 1.0},
        {"prompt": "fog", "weight": -0.5}], "variations": []}}"#;
    let line = r#""a heron [red] in reeds [mud]" -s 50 -S 5 -W 512"#;
    let reading = read(&[("Dream", line), ("sd-metadata", text)]);
    assert_eq!(generator(&reading), "InvokeAI 2.3.0");
    finds(
        &reading,
        &[
            ("prompt", "a heron in reeds", ""),
            ("prompt", "red mud", "negative"),
            ("prompt", "fog", "negative"),
            ("model", "heron-1.4", "aa00"),
            ("parameters", text, ""),
            ("parameters", line, ""),
            ("tool", "InvokeAI 2.3.0", ""),
        ],
    );
}

#[test]
fn line_alone_gives_its_prompt() {
    let line = r#""a heron [mud]" -s50 -S5"#;
    let reading = read(&[("Dream", line)]);
    assert_eq!(generator(&reading), "InvokeAI");
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("prompt", "mud", "negative"),
            ("parameters", line, ""),
        ],
    );
    assert_eq!(read(&[("Dream", "I had a dream")]), Reading::default());
}

#[test]
fn fifty_thousand_entries_are_no_burden() {
    let entry = |at: usize| format!(r#"{{"model": {{"name": "{at}"}}}}"#);
    let loras: Vec<_> = (0..50_000).map(entry).collect();
    let text = format!(r#"{{"loras": [{}]}}"#, loras.join(","));
    assert!(!read(&[("invokeai_metadata", &text)]).found.is_empty());
}
