//! Graphs of ComfyUI that nobody draws: circles, links to nothing, and more than there is room for.

use crate::common;
use record::Reading;
use serde_json::{Value, json};
use std::io::Cursor;
use std::time::{Duration, Instant};

const NODES: usize = 12_000;
/// Where each of many nodes has many bytes or many inputs.
const SOME: usize = 5_000;

/// A graph that samples with `t`, beside these nodes.
fn read(nodes: impl IntoIterator<Item = (String, Value)>) -> Reading {
    let mut graph: serde_json::Map<String, Value> = nodes.into_iter().collect();
    let sample =
        json!({ "model": ["m", 0], "positive": ["t", 0], "negative": ["n", 0], "seed": 1 });
    graph.insert(
        "s".to_owned(),
        json!({ "class_type": "KSampler", "inputs": sample }),
    );
    graph.insert(
        "save".to_owned(),
        json!({ "class_type": "SaveImage", "inputs": { "images": ["s", 0] } }),
    );
    graph.insert(
        "m".to_owned(),
        json!({ "class_type": "UNETLoader", "inputs": {} }),
    );
    graph.insert("n".to_owned(), encode(json!("blurry")));
    let text = Value::Object(graph).to_string();
    let start = Instant::now();
    let reading = record::read(&mut Cursor::new(common::picture(&[("prompt", &text)])));
    // Far more than it takes; what grows with the square of the nodes takes minutes.
    assert!(start.elapsed() < Duration::from_secs(90));
    reading
}

fn encode(text: Value) -> Value {
    json!({ "class_type": "CLIPTextEncode", "inputs": { "text": text, "clip": ["m", 0] } })
}

fn node(class: &str, inputs: Value) -> Value {
    json!({ "class_type": class, "inputs": inputs })
}

fn prompts(reading: &Reading) -> Vec<&str> {
    let found = reading
        .found
        .iter()
        .filter(|found| found.kind == logic::step::StepKind::Prompt);
    found.map(|found| found.content.as_str()).collect()
}

#[test]
fn circles_and_links_to_nothing_end() {
    let circles = [
        (
            "t".to_owned(),
            node(
                "ConditioningCombine",
                json!({ "conditioning_1": ["u", 0], "conditioning_2": ["v", 0], "conditioning_3": ["t", 0] }),
            ),
        ),
        (
            "u".to_owned(),
            node("ConditioningSetArea", json!({ "conditioning": ["t", 0] })),
        ),
        ("v".to_owned(), encode(json!(["w", 0]))),
        (
            "w".to_owned(),
            node(
                "StringConcatenate",
                json!({ "string_a": ["w", 0], "string_b": ["x", 0], "delimiter": "" }),
            ),
        ),
        (
            "x".to_owned(),
            node("ShowText|pysssss", json!({ "text": ["w", 0] })),
        ),
    ];
    assert_eq!(prompts(&read(circles)), ["blurry"]);
    for link in [
        json!(["nobody", 0]),
        json!(["t", -1]),
        json!(["t", 1e300]),
        json!([null, 0]),
        json!([]),
        json!(["t"]),
    ] {
        assert_eq!(prompts(&read([("t".to_owned(), encode(link))])), ["blurry"]);
    }
}

#[test]
fn long_chain_of_conditioning_is_followed_to_its_end() {
    let chain = (0..NODES).map(|place| {
        let name = if place == 0 {
            "t".to_owned()
        } else {
            place.to_string()
        };
        let next = json!([(place + 1).to_string(), 0]);
        (
            name,
            node(
                "ConditioningCombine",
                json!({ "conditioning_1": next, "conditioning_2": next }),
            ),
        )
    });
    let end = (NODES.to_string(), encode(json!("a heron")));
    assert_eq!(prompts(&read(chain.chain([end]))), ["a heron", "blurry"]);
}

#[test]
fn text_that_comes_a_long_way_is_not_told() {
    let chain = (0..NODES).map(|place| {
        (
            place.to_string(),
            node(
                "ShowText|pysssss",
                json!({ "text": [(place + 1).to_string(), 0] }),
            ),
        )
    });
    let ends = [
        ("t".to_owned(), encode(json!(["0", 0]))),
        (
            NODES.to_string(),
            node("PrimitiveString", json!({ "value": "a heron" })),
        ),
    ];
    assert_eq!(prompts(&read(chain.chain(ends))), ["blurry"]);
}

#[test]
fn text_that_doubles_and_doubles_is_not_told() {
    let chain = (0..100).map(|place| {
        let next = json!([(place + 1).to_string(), 0]);
        (
            place.to_string(),
            node(
                "StringConcatenate",
                json!({ "string_a": next, "string_b": next, "delimiter": "" }),
            ),
        )
    });
    let ends = [
        ("t".to_owned(), encode(json!(["0", 0]))),
        (
            "100".to_owned(),
            node("PrimitiveString", json!({ "value": "a heron" })),
        ),
    ];
    assert_eq!(prompts(&read(chain.chain(ends))), ["blurry"]);
}

#[test]
fn long_text_that_many_nodes_use_takes_no_longer() {
    let text = "a heron ".repeat(400_000);
    let many = (0..SOME).map(|place| {
        let inputs = json!({ "string": ["long", 0], "mode": "Both", "find": "e", "replace": "ee", "text": ["long", 0] });
        let class = ["StringTrim", "StringReplace", "Text Multiline", "CLIPTextEncode"][place % 4];
        (place.to_string(), node(class, inputs))
    });
    let all: serde_json::Map<String, Value> = (0..SOME)
        .map(|place| {
            (
                format!("conditioning_{place}"),
                json!([place.to_string(), 0]),
            )
        })
        .collect();
    let ends = [
        (
            "long".to_owned(),
            node("PrimitiveString", json!({ "value": text })),
        ),
        (
            "t".to_owned(),
            node("ConditioningMultiCombine", Value::Object(all)),
        ),
    ];
    assert_eq!(prompts(&read(many.chain(ends))), [text.trim(), "blurry"]);
}

#[test]
fn many_samplers_and_many_files_of_one_node_are_read() {
    let files: serde_json::Map<String, Value> = (0..SOME)
        .flat_map(|place| {
            let name = (format!("lora_name_{place}"), json!("ink.safetensors"));
            [name, (format!("strength_{place}"), json!(place % 2))]
        })
        .collect();
    let many = (0..SOME).map(|place| {
        let inputs =
            json!({ "model": ["l", 0], "positive": ["t", 0], "negative": ["n", 0], "seed": place });
        (place.to_string(), node("KSampler", inputs))
    });
    let ends = [
        ("l".to_owned(), node("LoRA Stacker", Value::Object(files))),
        ("t".to_owned(), encode(json!("a heron"))),
    ];
    assert_eq!(prompts(&read(many.chain(ends))), ["a heron", "blurry"]);
}
