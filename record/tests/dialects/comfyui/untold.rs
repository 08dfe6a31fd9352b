//! What real graphs do not mean, though it looks so: steps that must not be said.

use super::{graph, node, read, told};
use serde_json::{Value, json};

const P: &str = "+ a heron";
const N: &str = "- blurry";
const M: &str = "heron.safetensors";

/// What is told of a graph in which inputs (`"sample.positive": value`) and nodes (`"20": node`) are set.
fn of(over: &Value) -> Vec<String> {
    let mut graph = graph(json!(["a", 0]), json!(["b", 0]), json!({}));
    for (name, value) in over.as_object().expect("nodes") {
        match name.split_once('.') {
            Some((id, input)) => graph[id]["inputs"][input] = value.clone(),
            None => graph[name] = value.clone(),
        }
    }
    told(&graph)
}

/// The same where the positive text comes from such a node.
fn text(class: &str, inputs: &Value) -> Vec<String> {
    of(&json!({ "a.text": ["20", 0], "20": node(class, inputs.clone()) }))
}

#[test]
fn sides_behind_the_model_of_an_inpainter_are_told_apart() {
    assert_eq!(
        of(
            &json!({ "sample.positive": ["20",1], "sample.negative": ["20",2], "sample.model": ["20",0],
  "20": {"class_type":"BrushNet","inputs":{"model":["ckpt",0],"positive":["a",0],"negative":["b",0],"scale":0.8}} })
        ),
        [P, N, M]
    );
}

#[test]
fn sampler_that_hands_on_what_it_was_given_keeps_the_sides() {
    assert_eq!(
        of(
            &json!({ "sample.positive": ["20",1], "sample.negative": ["20",2], "sample.latent_image": ["20",3],
  "20": {"class_type":"KSampler (Efficient)","inputs":{"seed":1,"steps":9,"cfg":7,"model":["ckpt",0],"positive":["a",0],"negative":["b",0]}} })
        ),
        [P, N, M]
    );
}

#[test]
fn loader_whose_text_is_made_elsewhere_says_nothing_of_it() {
    assert_eq!(
        of(
            &json!({ "sample.positive": ["20",1], "sample.negative": ["20",2], "sample.model": ["20",0],
  "20": {"class_type":"Efficient Loader","inputs":{"ckpt_name":"heron.safetensors","positive":["21",0],"negative":"blurry"}},
  "21": {"class_type":"OllamaGenerateV2","inputs":{"prompt":"Write me a prompt"}} })
        ),
        [N, M]
    );
}

#[test]
fn what_a_context_is_given_takes_the_place_of_what_is_in_it() {
    assert_eq!(
        of(
            &json!({ "sample.positive": ["20",4], "sample.negative": ["20",5],
  "20": {"class_type":"Context (rgthree)","inputs":{"base_ctx":["21",0],"positive":["22",0]}},
  "21": {"class_type":"Context (rgthree)","inputs":{"positive":["a",0],"negative":["b",0]}},
  "22": {"class_type":"CLIPTextEncode","inputs":{"text":"an eye"}} })
        ),
        ["+ an eye", N, M]
    );
}

#[test]
fn guider_that_nothing_uses_was_not_run() {
    assert_eq!(
        of(
            &json!({ "20": {"class_type":"BasicGuider","inputs":{"model":["ckpt",0],"conditioning":["23",0]}},
  "23": {"class_type":"CLIPTextEncode","inputs":{"text":"never run"}} })
        ),
        [P, N, M]
    );
}

#[test]
fn stack_that_nothing_uses_was_not_run() {
    assert_eq!(
        of(
            &json!({ "20": {"class_type":"LoRA Stacker","inputs":{"input_mode":"simple","lora_count":1,"lora_name_1":"ink.safetensors","lora_wt_1":1.0}} })
        ),
        [P, N, M]
    );
}

#[test]
fn model_that_a_switch_leaves_is_not_named() {
    assert_eq!(
        of(&json!({ "sample.model": ["20",0],
  "20": {"class_type":"ComfySwitchNode","inputs":{"switch":true,"on_true":["ckpt",0],"on_false":["21",0]}},
  "21": {"class_type":"UNETLoader","inputs":{"unet_name":"other.safetensors"}} })),
        [P, N, M]
    );
}

#[test]
fn text_of_which_lines_are_taken_is_not_said() {
    assert_eq!(
        text(
            "easy promptLine",
            &json!({"prompt":"a duck\na heron\na crane","start_index":1,"max_rows":1})
        ),
        [N, M]
    );
}

#[test]
fn text_that_is_enhanced_is_not_said() {
    assert_eq!(
        text(
            "LTXVPromptEnhancer",
            &json!({"prompt":"duck","prompt_enhancer":["ckpt",0],"max_resulting_tokens":256})
        ),
        [N, M]
    );
}

#[test]
fn text_that_is_shuffled_is_not_said() {
    assert_eq!(
        text(
            "Text Shuffle",
            &json!({"text":"a, b, c","separator":",","seed":3})
        ),
        [N, M]
    );
}

#[test]
fn text_that_is_parsed_is_not_said() {
    assert_eq!(
        text(
            "Text Parse Noodle Soup Prompts",
            &json!({"mode":"Noodle Soup Prompts","noodle_key":"__","seed":3,"text":"a __bird__"})
        ),
        [N, M]
    );
}

#[test]
fn empty_parts_are_not_joined() {
    assert_eq!(
        text(
            "Text Concatenate",
            &json!({"delimiter":", ","clean_whitespace":"true","text_a":"a heron","text_b":""})
        ),
        [P, N, M]
    );
}

#[test]
fn text_that_is_cut_off_is_not_said() {
    assert_eq!(
        text(
            "Text String Truncate",
            &json!({"text":"a heron and a duck","truncate_by":"words","truncate_from":"end","truncate_to":2})
        ),
        [N, M]
    );
}

#[test]
fn what_saves_is_no_sampler() {
    assert_eq!(
        of(&json!({ "a.text": ["20",0],
  "save": {"class_type":"Image Saver","inputs":{"images":["decode",0],"steps":20,"cfg":7.0,"seed_value":5,"modelname":"heron.safetensors","positive":["20",0],"negative":"blurry"}},
  "20": {"class_type":"OllamaGenerateV2","inputs":{"prompt":"You are a poet. Describe birds."}} })),
        [N, M]
    );
}

#[test]
fn json_with_a_class_of_its_own_is_no_graph() {
    let r = read(&[("Comment", r#"{"class_type":"economy","seat":"12A"}"#)]);
    assert_eq!(r, record::Reading::default());
}
