//! Texts that are encoded, and those that come from other nodes.

use super::{node, positive, text};
use serde_json::{Value, json};

#[test]
fn encoders_give_their_texts_and_nothing_else() {
    for (class, inputs, expected) in [
        (
            "CLIPTextEncodeFlux",
            json!({ "clip_l": "heron", "t5xxl": "a heron" }),
            vec!["+ heron", "+ a heron"],
        ),
        (
            "CLIPTextEncodeSDXL",
            json!({ "text_l": "ink", "text_g": "ink" }),
            vec!["+ ink"],
        ),
        (
            "CLIPTextEncodeLumina2",
            json!({ "system_prompt": "You are a painter", "user_prompt": "a heron" }),
            vec!["+ a heron"],
        ),
        (
            "TextEncodeQwenImageEdit",
            json!({ "prompt": "add a heron", "image": ["c", 0] }),
            vec!["+ add a heron"],
        ),
        (
            "TextEncodeAceStepAudio",
            json!({ "tags": "folk", "lyrics": "la la" }),
            vec!["+ folk", "+ la la"],
        ),
        (
            "PromptManager",
            json!({ "text": "a heron", "category": "birds", "tags": "water, reeds" }),
            vec!["+ a heron"],
        ),
        (
            "smZ CLIPTextEncode",
            json!({ "text": "a heron", "text_g": "g", "text_l": "l", "with_SDXL": false }),
            vec!["+ a heron"],
        ),
        (
            "smZ CLIPTextEncode",
            json!({ "text": "a heron", "text_g": "g", "text_l": "l", "with_SDXL": true }),
            vec!["+ g", "+ l"],
        ),
        (
            "CLIPTextEncode (NSP)",
            json!({ "text": "a __bird__" }),
            vec![],
        ),
        ("CLIPTextEncode", json!({ "text": "  " }), vec![]),
    ] {
        let mut more = json!({ "c": text("a crane"), "encode": node(class, inputs) });
        more["encode"]["inputs"]["clip"] = json!(["ckpt", 1]);
        assert_eq!(positive(json!(["encode", 0]), more), expected, "{class}");
    }
}

#[test]
fn number_in_the_place_of_a_text_is_the_text_that_python_makes_of_it() {
    for (value, expected) in [
        (json!(42), "+ 42"),
        (json!(-7), "+ -7"),
        (json!(1.0), "+ 1.0"),
        (json!(0.25), "+ 0.25"),
        (json!(true), "+ True"),
        (json!(false), "+ False"),
    ] {
        let more = json!({ "encode": node("CLIPTextEncode", json!({ "text": value, "clip": ["ckpt", 1] })) });
        assert_eq!(positive(json!(["encode", 0]), more), [expected]);
        assert_eq!(
            linked("PrimitiveString", json!({ "value": value })),
            [expected]
        );
        // A node of numbers gives a number, which no encoder takes.
        assert_eq!(linked("PrimitiveFloat", json!({ "value": value })), [""; 0]);
    }
    // Python writes these in other ways than JSON has them.
    for value in [json!(1e300), json!(1e-7), json!(null), json!({ "a": 1 })] {
        let more = json!({ "encode": node("CLIPTextEncode", json!({ "text": value, "clip": ["ckpt", 1] })) });
        assert_eq!(positive(json!(["encode", 0]), more), [""; 0]);
    }
}

/// What is told of a text that comes from this node.
fn linked(class: &str, inputs: Value) -> Vec<String> {
    let more = json!({
        "one": node("PrimitiveString", json!({ "value": "one" })),
        "two": node("PrimitiveStringMultiline", json!({ "value": " two " })),
        "drawn": node("DPRandomGenerator", json!({ "text": "a {red|grey} heron", "seed": 1 })),
        "text": node(class, inputs),
        "encode": node("CLIPTextEncode", json!({ "text": ["text", 0], "clip": ["ckpt", 1] })),
    });
    positive(json!(["encode", 0]), more)
}

#[test]
fn texts_are_joined_in_their_order() {
    for (class, inputs, expected) in [
        (
            "StringConcatenate",
            json!({ "string_b": ["two", 0], "string_a": ["one", 0], "delimiter": "-" }),
            "+ one- two",
        ),
        (
            "JoinStringMulti",
            json!({ "inputcount": 3, "string_1": "a", "string_2": "", "string_3": ["one", 0], "string_4": "no", "delimiter": ", ", "return_list": false }),
            "+ a, one",
        ),
        (
            "Text Concatenate",
            json!({ "delimiter": "\\n", "clean_whitespace": "true", "text_b": ["two", 0], "text_a": ["one", 0], "text_c": "" }),
            "+ one\ntwo",
        ),
        (
            "CR Text Concatenate",
            json!({ "text1": ["one", 0], "text2": "b", "separator": ";" }),
            "+ one;b",
        ),
        (
            "easy promptConcat",
            json!({ "prompt1": ["one", 0], "prompt2": "b", "separator": ";" }),
            "+ one;b",
        ),
        (
            "StringReplace",
            json!({ "string": ["one", 0], "find": "n", "replace": "nn" }),
            "+ onne",
        ),
        (
            "StringTrim",
            json!({ "string": ["two", 0], "mode": "Both" }),
            "+ two",
        ),
        (
            "ShowText|pysssss",
            json!({ "text": ["one", 0], "text_0": "what it showed before" }),
            "+ one",
        ),
        (
            "StringConstantMultiline",
            json!({ "string": "a\nb", "strip_newlines": false }),
            "+ a\nb",
        ),
        ("Text Multiline", json!({ "text": "a\nb" }), "+ a\nb"),
        (
            "ImpactWildcardProcessor",
            json!({ "wildcard_text": "a __bird__", "populated_text": "a heron", "mode": true, "seed": 1 }),
            "+ a heron",
        ),
    ] {
        assert_eq!(linked(class, inputs), [expected], "{class}");
    }
}

#[test]
fn texts_that_the_graph_does_not_hold_are_not_told() {
    for (class, inputs) in [
        (
            "StringConcatenate",
            json!({ "string_a": ["drawn", 0], "string_b": "b", "delimiter": "" }),
        ),
        (
            "StringConcatenate",
            json!({ "string_a": ["nobody", 0], "string_b": "b", "delimiter": "" }),
        ),
        (
            "ShowText|pysssss",
            json!({ "text": ["drawn", 0], "text_0": "a red heron" }),
        ),
        (
            "ImpactWildcardProcessor",
            json!({ "wildcard_text": "a", "populated_text": "a __bird__", "seed": 1 }),
        ),
        (
            "StringConstantMultiline",
            json!({ "string": "a\nb", "strip_newlines": true }),
        ),
        (
            "StringReplace",
            json!({ "string": "a", "find": "", "replace": "b" }),
        ),
        ("Text Multiline", json!({ "text": "a\n# b" })),
        ("Text Random Line", json!({ "text": "a\nb" })),
        (
            "SDXLPromptStyler",
            json!({ "text_positive": "a", "text_negative": "b", "style": "ink" }),
        ),
        ("Nobody Knows", json!({ "text": "a" })),
        ("PromptEnhancer", json!({ "prompt": "a" })),
    ] {
        assert_eq!(linked(class, inputs), Vec::<String>::new(), "{class}");
    }
}
