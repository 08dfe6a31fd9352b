//! ComfyUI's graphs: what was asked for, what was not wanted, and the models that were used.

mod common;

use common::{lines, read};
use serde_json::{Value, json};

/// A graph that samples once, with these nodes and inputs put over its own.
fn graph(over: &Value) -> Value {
    let mut graph = json!({
        "3": { "class_type": "KSampler", "inputs": {
            "seed": 5, "steps": 20, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        } },
        "4": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "heron.safetensors" } },
        "5": { "class_type": "EmptyLatentImage", "inputs": { "width": 512 } },
        "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "a heron", "clip": ["4", 1] } },
        "7": { "class_type": "CLIPTextEncode", "inputs": { "text": "blurry", "clip": ["4", 1] } },
        "8": { "class_type": "VAEDecode", "inputs": { "samples": ["3", 0], "vae": ["4", 2] } },
        "9": { "class_type": "SaveImage", "inputs": { "images": ["8", 0] } },
    });
    for (id, node) in over.as_object().expect("nodes") {
        for (key, value) in node.as_object().expect("a node") {
            match value.as_object() {
                Some(inputs) if graph[id][key].is_object() => {
                    for (name, value) in inputs {
                        graph[id][key][name] = value.clone();
                    }
                }
                _ => graph[id][key] = value.clone(),
            }
        }
    }
    graph
}

/// The prompts and models of such a graph.
fn of(over: &Value) -> Vec<String> {
    let reading = read(&[("prompt", &graph(over).to_string())]);
    assert_eq!(
        reading
            .generator
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("ComfyUI")
    );
    lines(&reading)
}

/// A node in the place of the positive prompt.
fn asked(class: &str, inputs: Value) -> Vec<String> {
    of(
        &json!({ "3": { "inputs": { "positive": ["20", 0] } }, "20": { "class_type": class, "inputs": inputs } }),
    )
}

const WANTED: &str = "prompt: a heron";
const UNWANTED: &str = "prompt role=negative: blurry";
const MODEL: &str = "model: heron.safetensors";

#[test]
fn one_sampler_is_asked_for_its_two_sides() {
    assert_eq!(of(&json!({})), [WANTED, UNWANTED, MODEL]);
}

#[test]
fn combined_conditionings_are_all_asked_for() {
    for class in ["ConditioningCombine", "ConditioningConcat"] {
        let inputs = json!({ "conditioning_1": ["6", 0], "conditioning_2": ["21", 0] });
        let over = json!({
            "3": { "inputs": { "positive": ["20", 0] } },
            "20": { "class_type": class, "inputs": inputs },
            "21": { "class_type": "CLIPTextEncode", "inputs": { "text": "reeds" } },
        });
        assert_eq!(
            of(&over),
            [WANTED, "prompt: reeds", UNWANTED, MODEL],
            "{class}"
        );
    }
}

#[test]
fn average_of_full_strength_takes_one_side_alone() {
    let average = |strength: f64| {
        of(&json!({
            "3": { "inputs": { "positive": ["20", 0] } },
            "20": { "class_type": "ConditioningAverage", "inputs": {
                "conditioning_to": ["6", 0], "conditioning_from": ["21", 0], "conditioning_to_strength": strength,
            } },
            "21": { "class_type": "CLIPTextEncode", "inputs": { "text": "reeds" } },
        }))
    };
    assert_eq!(average(1.0), [WANTED, UNWANTED, MODEL]);
    assert_eq!(average(0.0), ["prompt: reeds", UNWANTED, MODEL]);
    assert_eq!(average(0.5), [WANTED, "prompt: reeds", UNWANTED, MODEL]);
}

#[test]
fn conditioning_that_is_zeroed_out_says_nothing() {
    let over = json!({
        "3": { "inputs": { "negative": ["20", 0] } },
        "20": { "class_type": "ConditioningZeroOut", "inputs": { "conditioning": ["6", 0] } },
    });
    assert_eq!(of(&over), [WANTED, MODEL]);
}

#[test]
fn sides_are_told_apart_by_the_number_of_the_output() {
    let crossed = json!({
        "3": { "inputs": { "positive": ["20", 1], "negative": ["20", 0] } },
        "20": { "class_type": "ControlNetApplyAdvanced", "inputs": {
            "positive": ["6", 0], "negative": ["7", 0], "control_net": ["21", 0], "strength": 0.8,
        } },
        "21": { "class_type": "ControlNetLoader", "inputs": { "control_net_name": "lines.pth" } },
    });
    let expected = [
        "prompt: blurry",
        "prompt role=negative: a heron",
        MODEL,
        "model: lines.pth",
    ];
    assert_eq!(of(&crossed), expected);
}

#[test]
fn guiders_are_asked_for_what_they_are_given() {
    let guided = |class: &str, inputs: Value| {
        let mut over = json!({
            "3": { "class_type": "SamplerCustomAdvanced", "inputs": { "guider": ["20", 0] } },
            "20": { "class_type": class, "inputs": inputs },
        });
        over["3"]["inputs"]["positive"] = Value::Null;
        over["3"]["inputs"]["negative"] = Value::Null;
        of(&over)
    };
    let basic = json!({ "model": ["4", 0], "conditioning": ["6", 0] });
    assert_eq!(guided("BasicGuider", basic), [WANTED, MODEL]);
    let dual =
        json!({ "cond1": ["6", 0], "cond2": ["6", 0], "negative": ["7", 0], "cfg_conds": 8 });
    assert_eq!(guided("DualCFGGuider", dual), [WANTED, UNWANTED, MODEL]);
}

#[test]
fn many_samplers_say_each_prompt_once() {
    let over = json!({
        "30": { "class_type": "KSampler", "inputs": {
            "seed": 6, "positive": ["6", 0], "negative": ["31", 0], "latent_image": ["3", 0],
        } },
        "31": { "class_type": "CLIPTextEncode", "inputs": { "text": "text" } },
        "8": { "inputs": { "samples": ["30", 0] } },
    });
    assert_eq!(
        of(&over),
        [WANTED, UNWANTED, "prompt role=negative: text", MODEL]
    );
}

#[test]
fn what_no_output_needs_was_not_run() {
    let over = json!({
        "30": { "class_type": "KSampler", "inputs": { "seed": 6, "positive": ["31", 0] } },
        "31": { "class_type": "CLIPTextEncode", "inputs": { "text": "a duck" } },
        "32": { "class_type": "LoraLoader", "inputs": { "lora_name": "spare.safetensors", "model": ["4", 0] } },
    });
    assert_eq!(of(&over), [WANTED, UNWANTED, MODEL]);
}

#[test]
fn nodes_that_are_muted_or_passed_by_were_not_run() {
    for mode in [2, 4] {
        let over = json!({ "7": { "mode": mode } });
        assert_eq!(of(&over), [WANTED, MODEL]);
    }
}

#[test]
fn ids_of_subgraphs_and_numbers_are_ids() {
    let over = json!({
        "3": { "inputs": { "positive": ["12:3", 0], "negative": [7, 0] } },
        "12:3": { "class_type": "CLIPTextEncode", "inputs": { "text": "reeds" } },
    });
    assert_eq!(of(&over), ["prompt: reeds", UNWANTED, MODEL]);
}

#[test]
fn texts_come_through_other_nodes() {
    let through = |nodes: Value| {
        let mut over = json!({ "6": { "inputs": { "text": ["20", 0] } } });
        for (id, node) in nodes.as_object().expect("nodes") {
            over[id] = node.clone();
        }
        of(&over).swap_remove(0)
    };
    let value =
        json!({ "20": { "class_type": "PrimitiveString", "inputs": { "value": "reeds" } } });
    assert_eq!(through(value), "prompt: reeds");
    let joined = json!({
        "20": { "class_type": "StringConcatenate", "inputs": {
            "string_a": "a heron", "string_b": ["21", 0], "delimiter": ", ",
        } },
        "21": { "class_type": "Text Multiline", "inputs": { "text": "in the reeds" } },
    });
    assert_eq!(through(joined), "prompt: a heron, in the reeds");
    let wildcard = json!({ "20": { "class_type": "ImpactWildcardProcessor", "inputs": {
        "wildcard_text": "a {heron|duck}", "populated_text": "a duck", "mode": "populate",
    } } });
    assert_eq!(through(wildcard), "prompt: a duck");
    let switched = json!({
        "20": { "class_type": "ImpactSwitch", "inputs": { "select": 2, "input1": ["21", 0], "input2": ["22", 0] } },
        "21": { "class_type": "PrimitiveString", "inputs": { "value": "no" } },
        "22": { "class_type": "PrimitiveString", "inputs": { "value": "reeds" } },
    });
    assert_eq!(through(switched), "prompt: reeds");
}

#[test]
fn text_that_nobody_can_know_is_not_said() {
    for (class, inputs) in [
        (
            "OllamaTextGenerate",
            json!({ "prompt": "describe a heron" }),
        ),
        ("PromptEnhancer", json!({ "prompt": "a heron" })),
        (
            "TextThing",
            json!({ "text": "a heron", "temperature": 0.7 }),
        ),
        ("SomethingUnknown", json!({ "value": "a heron" })),
        ("RandomPrompt", json!({ "text": "a|b" })),
        (
            "ImpactWildcardProcessor",
            json!({ "wildcard_text": "{a|b}", "populated_text": "" }),
        ),
        (
            "ImpactSwitch",
            json!({ "select": ["5", 0], "input1": "a", "input2": "b" }),
        ),
    ] {
        let over = json!({ "6": { "inputs": { "text": ["20", 0] } }, "20": { "class_type": class, "inputs": inputs } });
        assert_eq!(of(&over), [UNWANTED, MODEL], "{class}");
    }
}

#[test]
fn loader_that_holds_both_texts_gives_each_to_its_side() {
    let over = json!({
        "3": { "inputs": { "positive": ["20", 1], "negative": ["20", 2] } },
        "20": { "class_type": "Efficient Loader", "inputs": {
            "ckpt_name": "x.ckpt", "positive": "reeds", "negative": ["21", 0], "clip_skip": -1,
        } },
        "21": { "class_type": "PrimitiveString", "inputs": { "value": "text" } },
    });
    assert_eq!(
        of(&over),
        [
            "prompt: reeds",
            "prompt role=negative: text",
            MODEL,
            "model: x.ckpt"
        ]
    );
}

#[test]
fn pipes_carry_both_sides() {
    let over = json!({
        "3": { "class_type": "ImpactKSamplerBasicPipe", "inputs": { "positive": null, "negative": null, "basic_pipe": ["20", 0] } },
        "20": { "class_type": "ToBasicPipe", "inputs": { "positive": ["6", 0], "negative": ["7", 0], "model": ["4", 0] } },
    });
    assert_eq!(of(&over), [WANTED, UNWANTED, MODEL]);
    let over = json!({
        "3": { "inputs": { "positive": ["21", 3], "negative": ["21", 4] } },
        "20": { "class_type": "ToBasicPipe", "inputs": { "positive": ["6", 0], "negative": ["7", 0] } },
        "21": { "class_type": "FromBasicPipe", "inputs": { "basic_pipe": ["20", 0] } },
    });
    assert_eq!(of(&over), [WANTED, UNWANTED, MODEL]);
}

#[test]
fn encoders_of_several_texts_say_each() {
    let sdxl = json!({ "text_g": "a heron", "text_l": "ink", "clip": ["4", 1] });
    assert_eq!(
        asked("CLIPTextEncodeSDXL", sdxl),
        [WANTED, "prompt: ink", UNWANTED, MODEL]
    );
    let lumina = json!({ "system_prompt": "superior", "user_prompt": "a heron", "clip": ["4", 1] });
    assert_eq!(
        asked("CLIPTextEncodeLumina2", lumina),
        [WANTED, UNWANTED, MODEL]
    );
}

#[test]
fn services_are_asked_in_inputs_of_their_own() {
    let over = json!({
        "8": { "class_type": "KlingTextToVideoNode", "inputs": {
            "prompt": "reeds", "negative_prompt": "text", "samples": null, "vae": null,
        } },
    });
    assert_eq!(of(&over), ["prompt: reeds", "prompt role=negative: text"]);
}

#[test]
fn weights_that_are_not_used_are_not_named() {
    let with = |class: &str, inputs: Value| {
        let mut inputs = inputs;
        inputs["model"] = json!(["4", 0]);
        let over = json!({ "3": { "inputs": { "model": ["20", 0] } }, "20": { "class_type": class, "inputs": inputs } });
        of(&over).split_off(3)
    };
    let loader = |model: f64, clip: f64| {
        with(
            "LoraLoader",
            json!({ "lora_name": "ink.safetensors", "strength_model": model, "strength_clip": clip }),
        )
    };
    assert_eq!(loader(0.0, 0.0), [""; 0]);
    assert_eq!(loader(0.0, 1.0), ["model: ink.safetensors"]);
    let stack = json!({
        "lora_count": 1, "lora_name_1": "a.safetensors", "lora_name_2": "b.safetensors", "lora_wt_1": 1.0,
    });
    assert_eq!(with("LoRA Stacker", stack), ["model: a.safetensors"]);
    let switched = json!({
        "switch_1": "Off", "lora_name_1": "a.safetensors", "switch_2": "On", "lora_name_2": "b.safetensors",
    });
    assert_eq!(with("CR LoRA Stack", switched), ["model: b.safetensors"]);
    let tagged = json!({ "text": "<lora:ink:0.8> <lora:none:0> <lora:plain>" });
    assert_eq!(
        with("LoraTagLoader", tagged),
        ["model: ink", "model: plain"]
    );
    let power = json!({
        "lora_1": { "on": true, "lora": "A.SAFETENSORS", "strength": 1 },
        "lora_2": { "on": false, "lora": "b.safetensors", "strength": 1 },
        "lora_3": { "on": true, "lora": "c.safetensors", "strength": 0 },
    });
    assert_eq!(
        with("Power Lora Loader (rgthree)", power),
        ["model: A.SAFETENSORS"]
    );
}

#[test]
fn graph_and_its_edited_form_are_both_kept_whole() {
    let (run, edited) = (
        graph(&json!({})).to_string(),
        r#"{"nodes": [], "links": []}"#,
    );
    let reading = read(&[("workflow", edited), ("prompt", &run)]);
    let kept = reading
        .found
        .iter()
        .filter(|found| found.kind.name() == "parameters");
    let mut kept: Vec<_> = kept
        .map(|found| (found.content.as_str(), found.from.as_str()))
        .collect();
    kept.sort_unstable();
    assert_eq!(
        kept,
        [
            (run.as_str(), "PNG iTXt prompt"),
            (edited, "PNG iTXt workflow")
        ]
    );
}

#[test]
fn edited_form_alone_says_no_prompt() {
    let edited = r#"{"nodes": [{"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a heron"]}], "links": []}"#;
    let reading = read(&[("workflow", edited)]);
    assert_eq!(lines(&reading), [""; 0]);
    assert_eq!(reading.found.len(), 2);
}

#[test]
fn graph_in_a_comment_and_behind_its_name_is_a_graph() {
    let run = graph(&json!({})).to_string();
    for (keyword, text) in [
        ("Comment", run.clone()),
        ("Make", format!("prompt:{run}")),
        ("Model", format!("Prompt: {run}")),
    ] {
        assert_eq!(
            lines(&read(&[(keyword, &text)])),
            [WANTED, UNWANTED, MODEL],
            "{keyword}"
        );
    }
}

#[test]
fn prompt_of_others_is_no_graph() {
    for text in ["a heron", "{a heron|a duck}", r#"{"prompt": "a heron"}"#] {
        assert_eq!(read(&[("prompt", text)]).found.len(), 0, "{text}");
    }
}

#[test]
fn graph_that_cannot_be_read_is_kept_whole_and_told() {
    let text = r#"{"3": {"class_type": "KSampler", "inputs": {"#;
    let reading = read(&[("prompt", text)]);
    assert_eq!(reading.found[0].content, text);
    assert_eq!(reading.unreadable[0].field, "PNG iTXt prompt");
    assert!(
        reading.unreadable[0].reason.contains("EOF"),
        "{:?}",
        reading.unreadable
    );
}

#[test]
fn resources_that_civitai_names_are_models_by_their_air() {
    let mut run = graph(&json!({}));
    let air = "urn:air:sdxl:lora:civitai:162141@182559";
    run["extra"] = json!({ "airs": [air] });
    let said = lines(&read(&[("Comment", &run.to_string())]));
    assert_eq!(said[3..], [format!("model air={air}: {air}")]);
}

#[test]
fn cycles_and_texts_joined_without_end_are_left() {
    let over = json!({
        "3": { "inputs": { "positive": ["20", 0] } },
        "20": { "class_type": "ConditioningCombine", "inputs": { "conditioning_1": ["20", 0], "conditioning_2": ["6", 0] } },
    });
    assert_eq!(of(&over), [WANTED, UNWANTED, MODEL]);
    for text in ["", "a heron "] {
        let mut over = json!({ "6": { "inputs": { "text": ["100", 0] } } });
        for at in 100..199 {
            let next = json!([(at + 1).to_string(), 0]);
            over[at.to_string()] = json!({ "class_type": "StringConcatenate", "inputs": {
                "string_a": next, "string_b": next, "delimiter": "",
            } });
        }
        over["199"] = json!({ "class_type": "PrimitiveString", "inputs": { "value": text } });
        assert_eq!(of(&over), [UNWANTED, MODEL]);
    }
    let round = json!({
        "6": { "inputs": { "text": ["20", 0] } },
        "20": { "class_type": "StringConcatenate", "inputs": { "string_a": ["20", 0], "string_b": "x", "delimiter": "" } },
    });
    assert_eq!(of(&round), [UNWANTED, MODEL]);
}
