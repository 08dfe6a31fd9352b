//! Models that were used.

use super::{ALL, graph, models, node, told};
use serde_json::json;

#[test]
fn lora_that_is_switched_off_or_has_no_strength_is_not_named() {
    for (class, inputs) in [
        (
            "LoraLoader",
            json!({ "lora_name": "b/ink.safetensors", "strength_model": 0.5, "strength_clip": 0 }),
        ),
        (
            "LoraLoaderModelOnly",
            json!({ "lora_name": "b/ink.safetensors", "strength_model": 1 }),
        ),
        (
            "Power Lora Loader (rgthree)",
            json!({
                "lora_1": { "on": true, "lora": "b/ink.safetensors", "strength": 1, "strengthTwo": 0 },
                "lora_2": { "on": false, "lora": "off.safetensors", "strength": 1 },
                "lora_3": { "on": true, "lora": "idle.safetensors", "strength": 0 },
            }),
        ),
        (
            "LoRA Stacker",
            json!({
                "input_mode": "simple", "lora_count": 2,
                "lora_name_1": "b/ink.safetensors", "lora_wt_1": 1, "model_str_1": 0, "clip_str_1": 0,
                "lora_name_2": "idle.safetensors", "lora_wt_2": 0, "model_str_2": 1, "clip_str_2": 1,
                "lora_name_3": "left.safetensors", "lora_wt_3": 1,
            }),
        ),
        (
            "CR LoRA Stack",
            json!({
                "switch_1": "On", "lora_name_1": "b/ink.safetensors", "model_weight_1": 1, "clip_weight_1": 1,
                "switch_2": "Off", "lora_name_2": "off.safetensors", "model_weight_2": 1, "clip_weight_2": 1,
                "switch_3": "On", "lora_name_3": "None", "model_weight_3": 1, "clip_weight_3": 1,
            }),
        ),
        (
            "easy loraStack",
            json!({
                "toggle": true, "mode": "advanced", "num_loras": 2,
                "lora_1_name": "b/ink.safetensors", "lora_1_strength": 0, "lora_1_model_strength": 1, "lora_1_clip_strength": 1,
                "lora_2_name": "idle.safetensors", "lora_2_strength": 1, "lora_2_model_strength": 0, "lora_2_clip_strength": 0,
                "lora_3_name": "left.safetensors", "lora_3_strength": 1,
            }),
        ),
        (
            "Lora Loader Stack (rgthree)",
            json!({ "lora_01": "b/ink.safetensors", "strength_01": 1, "lora_02": "idle.safetensors", "strength_02": 0 }),
        ),
    ] {
        let more = json!({ "lora": node(class, inputs) });
        assert_eq!(
            models(json!(["lora", 0]), more),
            ["b/ink.safetensors"],
            "{class}"
        );
    }
    let off = json!({ "toggle": false, "num_loras": 1, "lora_1_name": "ink.safetensors" });
    assert!(
        models(
            json!(["lora", 0]),
            json!({ "lora": node("easy loraStack", off) })
        )
        .is_empty()
    );
}

#[test]
fn efficient_loader_without_strength_names_its_checkpoint_only() {
    let load = json!({
        "ckpt_name": "crane.safetensors", "vae_name": "Baked VAE", "lora_name": "ink.safetensors", "lora_model_strength": 0,
        "lora_clip_strength": 0, "weight_interpretation": "comfy",
    });
    let more = json!({ "load": node("Efficient Loader", load) });
    assert_eq!(models(json!(["load", 0]), more), ["crane.safetensors"]);
}

#[test]
fn tags_that_are_loaded_name_models_and_are_no_prompt() {
    for (class, inputs, expected) in [
        (
            "LoraTagLoader",
            json!({ "text": "a crane <lora:ink:0.8> <lora:idle:0>" }),
            vec!["ink"],
        ),
        (
            "Lora Loader (LoraManager)",
            json!({
                "text": "<lora:ink:0.8> <lora:off:1>",
                "loras": { "__value__": [{ "name": "ink", "strength": "0.8", "active": true }, { "name": "off", "strength": 1, "active": false }] },
            }),
            vec!["ink"],
        ),
        (
            "ImpactWildcardEncode",
            json!({ "populated_text": "a crane <lora:ink:0.8>", "wildcard_text": "<lora:w:1>" }),
            vec!["ink"],
        ),
        (
            "Power Prompt (rgthree)",
            json!({ "prompt": "a <lora:ink:1>", "opt_model": ["ckpt", 0], "opt_clip": ["ckpt", 1], "insert_lora": "CHOOSE" }),
            vec!["ink"],
        ),
        (
            "Power Prompt (rgthree)",
            json!({ "prompt": "a <lora:ink:1>", "opt_clip": ["ckpt", 1] }),
            vec![],
        ),
        (
            "CLIPTextEncode",
            json!({ "text": "a <lora:ink:1>" }),
            vec![],
        ),
    ] {
        let more = json!({ "lora": node(class, inputs) });
        assert_eq!(models(json!(["lora", 0]), more), expected, "{class}");
    }
}

#[test]
fn loader_that_nobody_uses_is_not_named() {
    let more = json!({
        "vae": node("VAELoader", json!({ "vae_name": "unused.safetensors" })),
        "save2": node("SaveImageWithModel", json!({ "images": ["decode", 0], "model": "told.safetensors" })),
    });
    assert_eq!(told(&graph(json!(["a", 0]), json!(["b", 0]), more)), ALL);
}

#[test]
fn name_of_a_file_may_come_from_another_node() {
    let mut graph = graph(
        json!(["a", 0]),
        json!(["b", 0]),
        json!({ "name": node("PrimitiveString", json!({ "value": "crane.gguf" })) }),
    );
    graph["ckpt"]["inputs"]["ckpt_name"] = json!(["name", 0]);
    assert_eq!(told(&graph), ["+ a heron", "- blurry", "crane.gguf"]);
}

#[test]
fn civitai_names_models_by_air_and_gives_what_was_typed() {
    let air = "urn:air:sdxl:checkpoint:civitai:101055@128078";
    let lora = "urn:air:sdxl:lora:civitai:162141@182559";
    let mut graph = graph(json!(["a", 0]), json!(["b", 0]), json!({}));
    graph["ckpt"]["inputs"]["ckpt_name"] = json!(air);
    graph["extra"] = json!({ "airs": [air, lora, "no air"] });
    graph["extraMetadata"] =
        json!(json!({ "prompt": "a heron by me", "negativePrompt": "", "steps": 25 }).to_string());
    assert_eq!(told(&graph), ["+ a heron by me", "- blurry", air, lora]);
}

#[test]
fn node_for_choosing_models_names_those_that_are_used() {
    let airs = [
        "urn:air:sd1:checkpoint:civitai:1@2",
        "urn:air:other:upscaler:civitai:3@4",
    ];
    let slots = json!({ "bySlot": { "1": airs[0], "2": airs[1] }, "all": airs });
    let choose = json!({ "air": airs[0], "resources_json": slots.to_string() });
    let mut graph = graph(
        json!(["a", 0]),
        json!(["b", 0]),
        json!({ "choose": node("CivitaiModelSelector", choose) }),
    );
    graph["ckpt"]["inputs"]["ckpt_name"] = json!(["choose", 1]);
    assert_eq!(told(&graph), ["+ a heron", "- blurry", airs[0]]);
}

#[test]
fn models_of_which_only_the_number_is_known_are_named_by_it() {
    let air = "urn:air:flux1:checkpoint:civitai:618692@691639";
    let mut graph = graph(json!(["a", 0]), json!(["b", 0]), json!({}));
    graph["extra"] = json!({ "airs": [air] });
    graph["extraMetadata"] = json!({ "resources": [
        { "modelVersionId": 691639, "strength": 1 }, { "modelVersionId": 699332, "strength": 1 },
        { "modelVersionId": 699332, "strength": 1 }, { "modelVersionId": 5, "strength": 0 }, { "strength": 1 }, 3,
    ] });
    let expected = [ALL.as_slice(), &[air, "Civitai model version 699332"]].concat();
    assert_eq!(told(&graph), expected);
}

#[test]
fn models_in_folders_are_named_by_loaders_that_take_such() {
    for (class, inputs, name) in [
        (
            "DiffusersLoader",
            json!({ "model_path": "sdxl-base-1.0" }),
            "sdxl-base-1.0",
        ),
        ("VAELoader", json!({ "vae_name": "taesdxl" }), "taesdxl"),
        (
            "NunchakuFluxDiTLoader",
            json!({ "model_path": "svdq-int4-flux.1-dev", "attention": "nunchaku-fp16" }),
            "svdq-int4-flux.1-dev",
        ),
        (
            "DownloadAndLoadCogVideoModel",
            json!({ "model": "THUDM/CogVideoX-5b", "precision": "bf16" }),
            "THUDM/CogVideoX-5b",
        ),
        (
            "DownloadAndLoadHyVideoTextEncoder",
            json!({ "llm_model": "Kijai/llava-llama-3-8b-text-encoder-tokenizer", "clip_model": "disabled", "precision": "fp16" }),
            "Kijai/llava-llama-3-8b-text-encoder-tokenizer",
        ),
    ] {
        let more = json!({ "load": node(class, inputs) });
        assert_eq!(models(json!(["load", 0]), more), [name], "{class}");
    }
    for (class, inputs) in [
        ("VAELoader", json!({ "vae_name": "pixel_space" })),
        (
            "SomeLoader",
            json!({ "model_path": "sdxl-base-1.0", "model": "large" }),
        ),
    ] {
        let more = json!({ "load": node(class, inputs) });
        assert_eq!(
            models(json!(["load", 0]), more),
            Vec::<String>::new(),
            "{class}"
        );
    }
}
