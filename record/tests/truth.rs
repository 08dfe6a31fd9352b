//! What real graphs and texts do not mean, though it looks so: steps that must not be said.

mod common;
use common::{lines, read};
use serde_json::{Value, json};

fn base() -> Value {
    json!({
        "3": { "class_type": "KSampler", "inputs": {
            "seed": 5, "steps": 20, "cfg": 7.0, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0] } },
        "4": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "heron.safetensors" } },
        "5": { "class_type": "EmptyLatentImage", "inputs": { "width": 512 } },
        "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "a heron", "clip": ["4", 1] } },
        "7": { "class_type": "CLIPTextEncode", "inputs": { "text": "blurry", "clip": ["4", 1] } },
        "8": { "class_type": "VAEDecode", "inputs": { "samples": ["3", 0], "vae": ["4", 2] } },
        "9": { "class_type": "SaveImage", "inputs": { "images": ["8", 0] } },
    })
}
/// Sets inputs (`"3.positive": value`) and adds nodes (`"20": node`).
fn of(over: &Value) -> Vec<String> {
    let mut g = base();
    for (k, v) in over.as_object().expect("nodes") {
        match k.split_once('.') {
            Some((id, name)) => g[id]["inputs"][name] = v.clone(),
            None => g[k] = v.clone(),
        }
    }
    lines(&read(&[("prompt", &g.to_string())]))
}
const P: &str = "prompt: a heron";
const N: &str = "prompt role=negative: blurry";
const M: &str = "model: heron.safetensors";

fn a1(text: &str) -> Vec<String> {
    lines(&read(&[("parameters", text)]))
}

#[test]
fn sides_behind_a_model_are_told_apart() {
    assert_eq!(
        of(
            &json!({ "3.positive": ["20",1], "3.negative": ["20",2], "3.model": ["20",0],
  "20": {"class_type":"ApplyInstantID","inputs":{"model":["4",0],"positive":["6",0],"negative":["7",0],"weight":0.8}} })
        ),
        [P, N, M]
    );
}
#[test]
fn sides_behind_the_model_of_an_inpainter_are_told_apart() {
    assert_eq!(
        of(
            &json!({ "3.positive": ["20",1], "3.negative": ["20",2], "3.model": ["20",0],
  "20": {"class_type":"BrushNet","inputs":{"model":["4",0],"positive":["6",0],"negative":["7",0],"scale":0.8}} })
        ),
        [P, N, M]
    );
}
#[test]
fn sampler_that_hands_on_what_it_was_given_keeps_the_sides() {
    assert_eq!(
        of(
            &json!({ "3.positive": ["20",1], "3.negative": ["20",2], "3.latent_image": ["20",3],
  "20": {"class_type":"KSampler (Efficient)","inputs":{"seed":1,"steps":9,"cfg":7,"model":["4",0],"positive":["6",0],"negative":["7",0]}} })
        ),
        [P, N, M]
    );
}
#[test]
fn loader_whose_text_is_made_elsewhere_says_nothing_of_it() {
    assert_eq!(
        of(
            &json!({ "3.positive": ["20",1], "3.negative": ["20",2], "3.model": ["20",0],
  "20": {"class_type":"Efficient Loader","inputs":{"ckpt_name":"heron.safetensors","positive":["21",0],"negative":"blurry"}},
  "21": {"class_type":"OllamaGenerateV2","inputs":{"prompt":"Write me a prompt"}} })
        ),
        [N, M]
    );
}
#[test]
fn what_a_context_is_given_takes_the_place_of_what_is_in_it() {
    assert_eq!(
        of(&json!({ "3.positive": ["20",4], "3.negative": ["20",5],
  "20": {"class_type":"Context (rgthree)","inputs":{"base_ctx":["21",0],"positive":["22",0]}},
  "21": {"class_type":"Context (rgthree)","inputs":{"positive":["6",0],"negative":["7",0]}},
  "22": {"class_type":"CLIPTextEncode","inputs":{"text":"an eye"}} })),
        ["prompt: an eye", N, M]
    );
}
#[test]
fn what_a_pipe_is_given_takes_the_place_of_what_is_in_it() {
    let g = json!({ "20": {"class_type":"EditBasicPipe","inputs":{"basic_pipe":["21",0],"positive":["22",0]}},
  "21": {"class_type":"ToBasicPipe","inputs":{"model":["4",0],"positive":["6",0],"negative":["7",0]}},
  "22": {"class_type":"CLIPTextEncode","inputs":{"text":"an eye"}},
  "3": {"class_type":"ImpactKSamplerBasicPipe","inputs":{"seed":1,"steps":9,"cfg":7,"basic_pipe":["20",0]}} });
    assert_eq!(of(&g), ["prompt: an eye", N, M]);
}
#[test]
fn picture_that_nothing_saves_was_not_made() {
    assert_eq!(
        of(&json!({
  "20": {"class_type":"ImageScale","inputs":{"image":["21",0]}}, "21": {"class_type":"VAEDecode","inputs":{"samples":["22",0],"vae":["4",2]}},
  "22": {"class_type":"KSampler","inputs":{"seed":1,"steps":9,"cfg":7,"model":["4",0],"positive":["23",0],"negative":["7",0]}},
  "23": {"class_type":"CLIPTextEncode","inputs":{"text":"never run"}} })),
        [P, N, M]
    );
}
#[test]
fn guider_that_nothing_uses_was_not_run() {
    assert_eq!(
        of(
            &json!({ "20": {"class_type":"BasicGuider","inputs":{"model":["4",0],"conditioning":["23",0]}},
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
        of(&json!({ "3.model": ["20",0],
  "20": {"class_type":"ComfySwitchNode","inputs":{"switch":true,"on_true":["4",0],"on_false":["21",0]}},
  "21": {"class_type":"UNETLoader","inputs":{"unet_name":"other.safetensors"}} })),
        [P, N, M]
    );
}
#[test]
fn lora_of_no_strength_in_a_numbered_row_is_not_named() {
    assert_eq!(
        of(&json!({ "3.model": ["20",0],
  "20": {"class_type":"Lora Loader Stack (rgthree)","inputs":{"model":["4",0],"clip":["4",1],"lora_01":"ink.safetensors","strength_01":1.0,"lora_02":"off.safetensors","strength_02":0.0}} })),
        [P, N, M, "model: ink.safetensors"]
    );
}
#[test]
fn lora_beyond_the_count_of_its_row_is_not_named() {
    assert_eq!(
        of(&json!({ "3.model": ["20",0],
  "20": {"class_type":"easy loraStackApply","inputs":{"lora_stack":["21",0],"model":["4",0]}},
  "21": {"class_type":"easy loraStack","inputs":{"toggle":true,"mode":"simple","num_loras":1,"lora_1_name":"ink.safetensors","lora_1_strength":1.0,"lora_2_name":"off.safetensors","lora_2_strength":1.0}} })),
        [P, N, M, "model: ink.safetensors"]
    );
}
#[test]
fn stack_that_is_switched_off_names_nothing() {
    assert_eq!(
        of(&json!({ "3.model": ["20",0],
  "20": {"class_type":"easy loraStackApply","inputs":{"lora_stack":["21",0],"model":["4",0]}},
  "21": {"class_type":"easy loraStack","inputs":{"toggle":false,"mode":"simple","num_loras":1,"lora_1_name":"ink.safetensors","lora_1_strength":1.0}} })),
        [P, N, M]
    );
}
#[test]
fn controlnet_of_no_strength_is_not_named() {
    assert_eq!(
        of(&json!({ "3.positive": ["20",0], "3.negative": ["20",1],
  "20": {"class_type":"ControlNetApplyAdvanced","inputs":{"positive":["6",0],"negative":["7",0],"control_net":["21",0],"strength":0.0}},
  "21": {"class_type":"ControlNetLoader","inputs":{"control_net_name":"lines.pth"}} })),
        [P, N, M]
    );
}
fn text(class: &str, inputs: &Value) -> Vec<String> {
    of(&json!({ "6.text": ["20",0], "20": {"class_type":class,"inputs":inputs} }))
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
            &json!({"prompt":"duck","prompt_enhancer":["4",0],"max_resulting_tokens":256})
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
        of(&json!({ "6.text": ["20",0],
  "9": {"class_type":"Image Saver","inputs":{"images":["8",0],"steps":20,"cfg":7.0,"seed_value":5,"modelname":"heron.safetensors","positive":["20",0],"negative":"blurry"}},
  "20": {"class_type":"OllamaGenerateV2","inputs":{"prompt":"You are a poet. Describe birds."}} })),
        [N, M]
    );
}
#[test]
fn json_with_a_class_of_its_own_is_no_graph() {
    let r = read(&[("Comment", r#"{"class_type":"economy","seat":"12A"}"#)]);
    assert_eq!(r.generator, None);
}
#[test]
fn steps_of_a_walk_are_no_settings() {
    let r = read(&[(
        "Description",
        "Morning walk with the dog.\nSteps: 10432, distance: 7 km",
    )]);
    assert!(!r.is_of_ai(), "{:?}", lines(&r));
}
#[test]
fn steps_of_a_recipe_are_no_settings() {
    let r = read(&[("Comment", "How I made this tea. Steps: 1. boil water")]);
    assert!(!r.is_of_ai(), "{:?}", lines(&r));
}
#[test]
fn prompt_that_begins_with_brackets_is_a_prompt() {
    assert_eq!(
        a1(
            "[cat|dog] in a park\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Model: heron"
        ),
        ["prompt: [cat|dog] in a park", N, "model: heron"]
    );
}
#[test]
fn prompt_that_begins_with_braces_is_a_prompt() {
    assert_eq!(
        a1(
            "{masterpiece}, cat\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Model: heron"
        ),
        ["prompt: {masterpiece}, cat", N, "model: heron"]
    );
}
#[test]
fn tag_in_what_is_not_wanted_loads_nothing() {
    assert_eq!(
        a1("cat\nNegative prompt: blurry <lora:bad:1>\nSteps: 20, Model: heron"),
        [
            "prompt: cat",
            "prompt role=negative: blurry <lora:bad:1>",
            "model: heron"
        ]
    );
}
#[test]
fn lora_of_the_name_of_its_checkpoint_is_another_model() {
    assert_eq!(
        a1("cat <lora:ink:1>\nSteps: 20, Model: ink, Lora hashes: \"ink: 3333333333\""),
        [
            "prompt: cat <lora:ink:1>",
            "model: ink",
            "model hash=3333333333: ink"
        ]
    );
}
#[test]
fn resources_of_one_name_are_told_apart_by_their_air() {
    assert_eq!(
        a1(
            "cat\nSteps: 20, Sampler: Euler, Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":1,\"modelName\":\"Pony\",\"air\":\"urn:a\"},{\"type\":\"lora\",\"weight\":1,\"modelVersionId\":2,\"modelName\":\"Pony\",\"air\":\"urn:b\"}]"
        ),
        [
            "prompt: cat",
            "model air=urn:a: Pony",
            "model air=urn:b: Pony"
        ]
    );
}
#[test]
fn resizing_is_no_model() {
    assert_eq!(
        a1("cat\nSteps: 20, Model: heron, Hires upscaler: Resize Lanczos, App: SD.Next"),
        ["prompt: cat", "model: heron"]
    );
}
#[test]
fn settings_that_speak_of_other_steps_begin_at_the_first() {
    assert_eq!(
        a1("cat Negative prompt: blurry Steps: 20, Sampler: Euler, Seed: 1, Refiner Steps: 5"),
        ["prompt: cat", N]
    );
}
#[test]
fn tokens_for_other_prompts_are_no_prompt() {
    assert_eq!(
        a1("cat\nSteps: 20, Sampler: Euler, ADetailer prompt: \"[PROMPT], face [SEP] [SKIP]\""),
        ["prompt: cat"]
    );
}
#[test]
fn control_of_no_weight_is_not_named() {
    let t = json!({"app_version":"4.2.0","positive_prompt":"cat","controlnets":[{"control_model":{"name":"canny"},"control_weight":0.0}]}).to_string();
    assert_eq!(lines(&read(&[("invokeai_metadata", &t)])), ["prompt: cat"]);
}
#[test]
fn model_none_is_no_model() {
    let t = json!({"prompt":"cat","use_stable_diffusion_model":"heron","use_vae_model":"None"})
        .to_string();
    assert_eq!(
        lines(&read(&[("Comment", &t)])),
        ["prompt: cat", "model: heron"]
    );
}
#[test]
fn graph_without_oddities_is_read() {
    assert_eq!(of(&json!({})), [P, N, M]);
}
#[test]
fn graph_with_a_controlnet_is_read() {
    assert_eq!(
        of(&json!({ "3.positive": ["20",0], "3.negative": ["20",1],
  "20": {"class_type":"ControlNetApplyAdvanced","inputs":{"positive":["6",0],"negative":["7",0],"strength":0.8}} })),
        [P, N, M]
    );
}
#[test]
fn text_without_oddities_is_read() {
    assert_eq!(
        a1("cat\nNegative prompt: blurry\nSteps: 20, Model: heron"),
        ["prompt: cat", N, "model: heron"]
    );
}
