//! Graphs of ComfyUI, each with all steps that are to be known of it.

mod bounds;
mod models;
mod ran;
mod real;
mod sides;
mod texts;
mod untold;

use crate::common;
use logic::step::StepKind;
use record::{Generator, Reading};
use serde_json::{Map, Value, json};

fn read(texts: &[(&str, &str)]) -> Reading {
    common::read(texts)
}

/// Prompts and models, as `+ text`, `- text` and `model`; that the rest is as it must be is checked here.
fn told(graph: &Value) -> Vec<String> {
    let text = graph.to_string();
    let reading = read(&[("prompt", &text)]);
    assert_eq!(reading.unreadable, []);
    let name = reading.generator.map(|Generator { name, .. }| name);
    assert_eq!(name.as_deref(), Some("ComfyUI"));
    let mut told = Vec::new();
    let mut rest = Vec::new();
    for found in reading.found {
        assert_eq!(found.from, "PNG iTXt prompt");
        let negative = found.meta.get("role") == Some(&json!("negative"));
        match found.kind {
            StepKind::Prompt if negative => told.push(format!("- {}", found.content)),
            StepKind::Prompt => told.push(format!("+ {}", found.content)),
            StepKind::Model => {
                let air = found
                    .content
                    .starts_with("urn:")
                    .then(|| json!(found.content));
                assert_eq!(found.meta.get("air"), air.as_ref());
                told.push(found.content);
            }
            kind => rest.push((kind, found.content)),
        }
    }
    let tool = (StepKind::Tool, "ComfyUI".to_owned());
    assert_eq!(rest, [(StepKind::Parameters, text), tool]);
    told
}

fn node(class: &str, inputs: Value) -> Value {
    json!({ "class_type": class, "inputs": inputs })
}

/// A graph that samples with what stands at `positive` and `negative`, and saves; `more` are further nodes, or other ones.
fn graph(positive: Value, negative: Value, more: Value) -> Value {
    let mut nodes = json!({
        "ckpt": node("CheckpointLoaderSimple", json!({ "ckpt_name": "heron.safetensors" })),
        "sample": node("KSampler", json!({
            "seed": 5, "steps": 20, "cfg": 7.0, "denoise": 1.0,
            "model": ["ckpt", 0], "positive": positive, "negative": negative, "latent_image": ["empty", 0],
        })),
        "empty": node("EmptyLatentImage", json!({ "width": 512, "height": 512 })),
        "decode": node("VAEDecode", json!({ "samples": ["sample", 0], "vae": ["ckpt", 2] })),
        "save": node("SaveImage", json!({ "images": ["decode", 0], "filename_prefix": "out" })),
        "a": text("a heron"),
        "b": text("blurry"),
    });
    let nodes_map = nodes.as_object_mut().expect("an object");
    nodes_map.extend(more.as_object().cloned().unwrap_or_else(Map::new));
    nodes
}

fn text(text: &str) -> Value {
    node(
        "CLIPTextEncode",
        json!({ "text": text, "clip": ["ckpt", 1] }),
    )
}

/// What is told where the positive side is this, beside the negative and the checkpoint.
fn positive(link: Value, more: Value) -> Vec<String> {
    let mut told = told(&graph(link, json!(["b", 0]), more));
    told.retain(|step| step != "- blurry" && step != "heron.safetensors");
    told
}

/// What is told of models, beside the checkpoint, where the sampler's model is this.
fn models(link: Value, more: Value) -> Vec<String> {
    let mut graph = graph(json!(["a", 0]), json!(["b", 0]), more);
    graph["sample"]["inputs"]["model"] = link;
    let mut told = told(&graph);
    told.retain(|step| !step.starts_with(['+', '-']) && step != "heron.safetensors");
    told
}

const ALL: [&str; 3] = ["+ a heron", "- blurry", "heron.safetensors"];

#[test]
fn workflow_alone_is_kept_whole_and_nothing_is_guessed() {
    let workflow = r#"{"nodes": [{"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a heron"]}], "links": [], "version": 0.4}"#;
    let reading = read(&[("workflow", workflow)]);
    let found: Vec<_> = reading
        .found
        .iter()
        .map(|found| (found.kind, found.content.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (StepKind::Parameters, workflow),
            (StepKind::Tool, "ComfyUI")
        ]
    );
    assert_eq!(reading.generator.map(|program| program.version), Some(None));
}

#[test]
fn what_has_too_many_prompts_is_kept_whole_and_said() {
    let mut nodes = graph(json!(["all", 0]), json!(["b", 0]), json!({}));
    let mut all = json!({});
    for number in 0..600 {
        nodes[format!("t{number}")] = text(&format!("heron {number}"));
        all[format!("conditioning_{number}")] = json!([format!("t{number}"), 0]);
    }
    nodes["all"] = node("ConditioningMultiCombine", all);
    let reading = read(&[("prompt", &nodes.to_string())]);
    let kinds: Vec<_> = reading.found.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [StepKind::Parameters, StepKind::Tool]);
    assert_eq!(reading.unreadable.len(), 1);
}
