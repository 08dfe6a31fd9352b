//! Which nodes ran, and what switches chose.

use super::{ALL, graph, node, positive, text, told};
use serde_json::json;

#[test]
fn switches_are_followed_where_their_choice_is_known() {
    for (class, inputs, expected) in [
        (
            "ComfySwitchNode",
            json!({ "switch": true, "on_true": ["c", 0], "on_false": ["a", 0] }),
            vec!["+ a crane"],
        ),
        (
            "ComfySwitchNode",
            json!({ "switch": false, "on_true": ["c", 0], "on_false": ["a", 0] }),
            vec!["+ a heron"],
        ),
        (
            "ComfySwitchNode",
            json!({ "switch": ["b", 0], "on_true": ["c", 0], "on_false": ["a", 0] }),
            vec![],
        ),
        (
            "ComfySwitchNode",
            json!({ "switch": ["b", 0], "on_true": ["c", 0] }),
            vec!["+ a crane"],
        ),
        (
            "ImpactSwitch",
            json!({ "select": 2, "input1": ["a", 0], "input2": ["c", 0], "sel_mode": false }),
            vec!["+ a crane"],
        ),
        (
            "ImpactSwitch",
            json!({ "select": ["number", 0], "input1": ["a", 0], "input2": ["c", 0] }),
            vec!["+ a crane"],
        ),
        (
            "ImpactSwitch",
            json!({ "select": 3, "input1": ["a", 0], "input2": ["c", 0] }),
            vec![],
        ),
        (
            "Any Switch (rgthree)",
            json!({ "any_01": ["nobody", 0], "any_02": ["c", 0], "any_03": ["a", 0] }),
            vec!["+ a crane"],
        ),
        (
            "CR Conditioning Input Switch",
            json!({ "Input": 1, "conditioning1": ["c", 0], "conditioning2": ["a", 0] }),
            vec!["+ a crane"],
        ),
        (
            "easy conditioningIndexSwitch",
            json!({ "index": 0, "cond0": ["c", 0], "cond1": ["a", 0] }),
            vec!["+ a crane"],
        ),
        (
            "Some Other Switch",
            json!({ "which": 1, "conditioning_a": ["c", 0], "conditioning_b": ["a", 0] }),
            vec![],
        ),
    ] {
        let more = json!({
            "c": text("a crane"),
            "number": node("PrimitiveInt", json!({ "value": 2 })),
            "switch": node(class, inputs.clone()),
        });
        assert_eq!(
            positive(json!(["switch", 0]), more),
            expected,
            "{class} {inputs}"
        );
    }
}

#[test]
fn samplers_that_lead_nowhere_did_not_run() {
    let more = json!({
        "other": node("CheckpointLoaderSimple", json!({ "ckpt_name": "other.safetensors" })),
        "c": text("a crane"),
        "idle": node("KSampler", json!({ "seed": 1, "model": ["other", 0], "positive": ["c", 0], "negative": ["b", 0] })),
        "tile": node("UltimateSDUpscale", json!({ "image": ["decode", 0], "seed": 1, "model": ["other", 0], "positive": ["c", 0], "negative": ["b", 0] })),
        "look": node("VAEDecode", json!({ "samples": ["idle", 0], "vae": ["other", 2] })),
    });
    assert_eq!(told(&graph(json!(["a", 0]), json!(["b", 0]), more)), ALL);
}

#[test]
fn what_ran_whatever_a_switch_chose_is_read() {
    let more = json!({
        "up": node("UpscaleModelLoader", json!({ "model_name": "up.pth" })),
        "large": node("ImageUpscaleWithModel", json!({ "image": ["decode", 0], "upscale_model": ["up", 0] })),
        "which": node("Some Other Switch", json!({ "which": 1, "image_a": ["decode", 0], "image_b": ["large", 0] })),
        "save": node("SaveImage", json!({ "images": ["which", 0] })),
    });
    let told = told(&graph(json!(["a", 0]), json!(["b", 0]), more));
    assert_eq!(told, ALL);
}

#[test]
fn sampler_without_a_node_that_saves_is_read() {
    let mut graph = graph(json!(["a", 0]), json!(["b", 0]), json!({}));
    let nodes = graph.as_object_mut().expect("nodes");
    nodes.remove("save");
    nodes.remove("decode");
    assert_eq!(told(&graph), ALL);
}

#[test]
fn nodes_that_are_muted_say_nothing() {
    let mut muted = text("a crane");
    muted["mode"] = json!(4);
    let more = json!({ "c": muted, "both": node("ConditioningCombine", json!({ "conditioning_1": ["a", 0], "conditioning_2": ["c", 0] })) });
    assert_eq!(positive(json!(["both", 0]), more), ["+ a heron"]);
}

#[test]
fn pictures_that_are_made_elsewhere_have_their_prompt() {
    let graph = |class: &str| {
        json!({
            "make": node(class, json!({ "prompt": ["text", 0], "negative_prompt": "blurry", "model": "v2", "seed": 1 })),
            "text": node("PrimitiveString", json!({ "value": "a heron" })),
            "save": node("SaveImage", json!({ "images": ["make", 0] })),
        })
    };
    for class in [
        "KlingTextToVideoNode",
        "FluxProUltraImageNode",
        "IdeogramV3",
        "WanTextToVideoApi",
        "OpenAIDalle3",
        "GeminiNanoBanana2",
        "Flux2ProImageNode",
        "Veo3VideoGenerationNode",
        "MinimaxHailuo03TextToVideoNode",
        "PikaTextToVideoNode2_2",
        "QuiverTextToSVGNode",
        "ComfyCloudZImageTurboNode",
    ] {
        assert_eq!(told(&graph(class)), ["+ a heron", "- blurry"], "{class}");
    }
    for class in [
        "OpenAIChatNode",
        "GeminiNode",
        "FluxPromptEnhance",
        "Florence2Run",
        "FluxImageCaptionNode",
        "ByteDanceSeedNode",
        "Flux3LayoutPrompt",
        "MinimaxHailuo03ContextIRNode",
        "Kling AI Text To Video (by somebody)",
    ] {
        assert_eq!(told(&graph(class)), Vec::<String>::new(), "{class}");
    }
}
