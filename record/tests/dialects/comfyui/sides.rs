//! The sides that samplers are given, by whatever way.

use super::{ALL, graph, node, positive, text, told};
use serde_json::json;

#[test]
fn sampler_gives_both_sides_and_its_model() {
    assert_eq!(
        told(&graph(json!(["a", 0]), json!(["b", 0]), json!({}))),
        ALL
    );
}

#[test]
fn ids_may_be_numbers_and_those_of_subgraphs() {
    let more = json!({ "7": text("a crane"), "12:3": text("grey") });
    let told = told(&graph(json!([7, 0]), json!(["12:3", 0]), more));
    assert_eq!(told, ["+ a crane", "- grey", "heron.safetensors"]);
}

#[test]
fn guiders_give_their_sides() {
    for (guider, expected) in [
        (json!({ "conditioning": ["a", 0] }), vec!["+ a heron"]),
        (
            json!({ "positive": ["a", 0], "negative": ["b", 0] }),
            vec!["+ a heron", "- blurry"],
        ),
        // What the second is depends on the weights.
        (
            json!({ "cond1": ["a", 0], "cond2": ["c", 0], "negative": ["b", 0] }),
            vec!["+ a heron", "- blurry"],
        ),
        (
            json!({ "positive": ["a", 0], "negative": ["b", 0], "empty_conditioning": ["c", 0] }),
            vec!["+ a heron", "- blurry"],
        ),
    ] {
        let mut graph = graph(
            json!(null),
            json!(null),
            json!({ "c": text("a crane"), "guide": node("SomeGuider", guider) }),
        );
        graph["guide"]["inputs"]["model"] = json!(["ckpt", 0]);
        graph["sample"] = node(
            "SamplerCustomAdvanced",
            json!({ "guider": ["guide", 0], "latent_image": ["empty", 0] }),
        );
        assert_eq!(told(&graph), [expected, vec!["heron.safetensors"]].concat());
    }
}

#[test]
fn outputs_of_a_node_with_both_sides_are_told_apart_by_number() {
    let control = json!({
        "net": node("ControlNetLoader", json!({ "control_net_name": "lines.safetensors" })),
        "control": node("ControlNetApplyAdvanced", json!({
            "positive": ["a", 0], "negative": ["b", 0], "control_net": ["net", 0], "strength": 0.8,
        })),
    });
    let straight = told(&graph(
        json!(["control", 0]),
        json!(["control", 1]),
        control.clone(),
    ));
    assert_eq!(
        straight,
        [
            "+ a heron",
            "- blurry",
            "heron.safetensors",
            "lines.safetensors"
        ]
    );
    // The role is that of the sampler.
    let crossed = told(&graph(
        json!(["control", 1]),
        json!(["control", 0]),
        control.clone(),
    ));
    assert_eq!(
        crossed,
        [
            "+ blurry",
            "- a heron",
            "heron.safetensors",
            "lines.safetensors"
        ]
    );
    let third = told(&graph(
        json!(["control", 2]),
        json!(["control", 1]),
        control,
    ));
    assert_eq!(
        third,
        ["- blurry", "heron.safetensors", "lines.safetensors"]
    );
}

#[test]
fn control_without_strength_is_not_named() {
    let control = json!({
        "net": node("ControlNetLoader", json!({ "control_net_name": "lines.safetensors" })),
        "control": node("ControlNetApply", json!({ "conditioning": ["a", 0], "control_net": ["net", 0], "strength": 0 })),
    });
    assert_eq!(positive(json!(["control", 0]), control), ["+ a heron"]);
}

#[test]
fn nodes_whose_first_output_is_a_model_give_their_sides_after_it() {
    for class in ["ApplyInstantID", "Something That Nobody Knows"] {
        let more = json!({
            "apply": node(class, json!({ "model": ["ckpt", 0], "positive": ["a", 0], "negative": ["b", 0] })),
        });
        let mut graph = graph(json!(["apply", 1]), json!(["apply", 2]), more);
        graph["sample"]["inputs"]["model"] = json!(["apply", 0]);
        assert_eq!(told(&graph), ALL, "{class}");
    }
}

#[test]
fn loader_with_both_texts_gives_them_by_its_outputs() {
    for (inputs, written) in [
        (json!({ "positive": "a crane", "negative": "grey" }), true),
        (json!({ "positive": ["p", 0], "negative": ["n", 0] }), false),
    ] {
        let more = json!({
            "load": node("Efficient Loader", inputs),
            "p": node("easy positive", json!({ "positive": "a crane" })),
            "n": node("String Literal", json!({ "string": "grey" })),
        });
        let told = told(&graph(json!(["load", 1]), json!(["load", 2]), more));
        assert_eq!(
            told,
            ["+ a crane", "- grey", "heron.safetensors"],
            "{written}"
        );
    }
}

#[test]
fn pipes_carry_both_sides() {
    let pipe = json!({
        "pipe": node("ToBasicPipe", json!({ "model": ["ckpt", 0], "positive": ["a", 0], "negative": ["b", 0] })),
        "edit": node("EditBasicPipe", json!({ "basic_pipe": ["pipe", 0], "positive": ["c", 0] })),
        "c": text("a crane"),
        "out": node("FromBasicPipe", json!({ "basic_pipe": ["edit", 0] })),
        "out2": node("FromBasicPipe_v2", json!({ "basic_pipe": ["edit", 0] })),
    });
    let expected = ["+ a crane", "- blurry", "heron.safetensors"];
    assert_eq!(
        told(&graph(json!(["out", 3]), json!(["out", 4]), pipe.clone())),
        expected
    );
    assert_eq!(
        told(&graph(json!(["out2", 4]), json!(["out2", 5]), pipe.clone())),
        expected
    );
    let mut piped = graph(json!(null), json!(null), pipe);
    piped["sample"] = node(
        "ImpactKSamplerBasicPipe",
        json!({ "basic_pipe": ["edit", 0], "seed": 1, "steps": 20 }),
    );
    piped["decode"]["inputs"]["samples"] = json!(["sample", 1]);
    assert_eq!(told(&piped), expected);
}

#[test]
fn contexts_carry_both_sides() {
    let more = json!({
        "ctx": node("Context (rgthree)", json!({ "positive": ["a", 0], "negative": ["b", 0], "model": ["ckpt", 0] })),
        "big": node("Context Big (rgthree)", json!({ "base_ctx": ["ctx", 0], "steps": 20 })),
    });
    assert_eq!(
        told(&graph(json!(["big", 4]), json!(["big", 5]), more)),
        ALL
    );
}

#[test]
fn loaders_of_pipes_give_their_texts_to_the_sampler() {
    let told = told(&json!({
        "load": node("easy fullLoader", json!({ "ckpt_name": "heron.safetensors", "positive": "a heron", "negative": "blurry", "positive_weight_interpretation": "comfy" })),
        "pre": node("easy preSampling", json!({ "pipe": ["load", 0], "steps": 20, "denoise": 1.0 })),
        "sample": node("easy kSampler", json!({ "pipe": ["pre", 0], "image_output": "Save" })),
    }));
    assert_eq!(told, ALL);
}

#[test]
fn embeddings_of_video_models_carry_both_sides() {
    let told = told(&json!({
        "load": node("WanVideoModelLoader", json!({ "model": "wan.safetensors" })),
        "t5": node("LoadWanVideoT5TextEncoder", json!({ "model_name": "umt5.pth" })),
        "texts": node("WanVideoTextEncode", json!({ "positive_prompt": "a heron", "negative_prompt": "blurry", "t5": ["t5", 0] })),
        "sample": node("WanVideoSampler", json!({ "model": ["load", 0], "text_embeds": ["texts", 0], "steps": 20 })),
        "save": node("VHS_VideoCombine", json!({ "images": ["sample", 0] })),
    }));
    assert_eq!(
        told,
        ["+ a heron", "- blurry", "wan.safetensors", "umt5.pth"]
    );
}

#[test]
fn detailers_sample_too_and_their_own_text_takes_the_place_of_what_they_are_given() {
    for (wildcard, expected) in [
        ("", vec!["+ a heron", "+ an eye"]),
        ("a beak", vec!["+ a heron", "+ a beak"]),
        ("[CONCAT]a beak", vec!["+ a heron", "+ a beak", "+ an eye"]),
        ("__birds__", vec!["+ a heron"]),
    ] {
        let more = json!({
            "c": text("an eye"),
            "detail": node("FaceDetailer", json!({
                "image": ["decode", 0], "model": ["ckpt", 0], "positive": ["c", 0], "negative": ["b", 0], "seed": 1, "wildcard": wildcard,
            })),
            "save": node("SaveImage", json!({ "images": ["detail", 0] })),
        });
        assert_eq!(positive(json!(["a", 0]), more), expected, "{wildcard}");
    }
}

#[test]
fn conditioning_that_is_put_together_gives_all_its_texts_in_order() {
    let more = json!({
        "c": text("a crane"),
        "d": text("a stork"),
        "concat": node("ConditioningConcat", json!({ "conditioning_from": ["c", 0], "conditioning_to": ["a", 0] })),
        "area": node("ConditioningSetArea", json!({ "conditioning": ["d", 0], "strength": 1.0 })),
        "both": node("ConditioningCombine", json!({ "conditioning_1": ["concat", 0], "conditioning_2": ["area", 0] })),
        "guide": node("FluxGuidance", json!({ "conditioning": ["both", 0], "guidance": 3.5 })),
        "route": node("Reroute", json!({ "": ["guide", 0] })),
    });
    assert_eq!(
        positive(json!(["route", 0]), more),
        ["+ a heron", "+ a crane", "+ a stork"]
    );
}

#[test]
fn average_that_takes_one_side_only_gives_that() {
    for (strength, expected) in [
        (json!(1.0), vec!["+ a heron"]),
        (json!(0.0), vec!["+ a crane"]),
        (json!(0.5), vec!["+ a heron", "+ a crane"]),
        (json!(["number", 0]), vec!["+ a heron"]),
        (json!(["c", 0]), vec![]),
    ] {
        let more = json!({
            "c": text("a crane"),
            "number": node("PrimitiveFloat", json!({ "value": 1.0 })),
            "mean": node("ConditioningAverage", json!({
                "conditioning_to": ["a", 0], "conditioning_from": ["c", 0], "conditioning_to_strength": strength,
            })),
        });
        assert_eq!(positive(json!(["mean", 0]), more), expected, "{strength}");
    }
}

#[test]
fn conditioning_that_is_zeroed_is_no_prompt() {
    let more = json!({ "zero": node("ConditioningZeroOut", json!({ "conditioning": ["a", 0] })) });
    let told = told(&graph(json!(["a", 0]), json!(["zero", 0]), more));
    assert_eq!(told, ["+ a heron", "heron.safetensors"]);
}

#[test]
fn text_between_the_sides_has_no_role_unless_it_is_the_negative_again() {
    for (middle, expected) in [
        ("c", ["+ a heron", "+ a crane", "- blurry"].as_slice()),
        ("b", &["+ a heron", "- blurry"]),
        ("again", &["+ a heron", "- blurry"]),
        ("a", &["+ a heron", "- blurry"]),
    ] {
        let guider = json!({
            "model": ["ckpt", 0], "cond1": ["a", 0], "cond2": [middle, 0], "negative": ["b", 0],
            "cfg_conds": 5, "cfg_cond2_negative": 2, "style": "regular",
        });
        let more = json!({
            "c": text("a crane"), "again": text(" blurry "), "guide": node("DualCFGGuider", guider),
            "sample": node("SamplerCustomAdvanced", json!({
                "noise": ["noise", 0], "guider": ["guide", 0], "sigmas": ["s", 0], "latent_image": ["empty", 0],
            })),
        });
        let mut told = told(&graph(json!(null), json!(null), more));
        told.retain(|step| step != "heron.safetensors");
        assert_eq!(told, expected, "{middle}");
    }
}
