//! SwarmUI.

mod common;

use common::{program, read, steps};
use record::Reading;

#[test]
fn models_carry_their_hashes_and_unused_ones_are_not_named() {
    let text = r#"{"sui_image_params": {"prompt": "a grey heron", "negativeprompt": "blurry", "model": "Flux/heron", "cfgscale": NaN, "loras": ["ink", "off"], "loraweights": ["0.8", "0"], "vae": "ae", "refinermodel": "(Use Base)", "videomodel": "idle", "swarm_version": "0.9.6.2"}, "sui_extra_data": {"original_prompt": "a <random:grey,white> heron", "unused_parameters": ["videomodel"]}, "sui_models": [{"name": "Flux/heron.safetensors", "param": "model", "hash": "0xaa"}, {"name": "ink.safetensors", "param": "loras", "hash": "0xbb"}, {"name": "off.safetensors", "param": "loras", "hash": "0xcc"}, {"name": "good.pt", "param": "used_embeddings", "hash": "0xdd"}, {"name": "idle.safetensors", "param": "videomodel", "hash": "0xee"}]}"#;
    let reading = read(&[("Comment", text)]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a grey heron",
            "prompt negative: blurry",
            "model aa: Flux/heron",
            "model: ae",
            "model bb: ink",
            "model dd: good.pt",
            &format!("parameters: {text}"),
            "tool: SwarmUI 0.9.6.2",
        ]
    );
    assert_eq!(program(&reading).as_deref(), Some("SwarmUI 0.9.6.2"));
}

#[test]
fn lists_may_be_texts() {
    let text = r#"{"sui_image_params": {"prompt": "", "loras": "ink, off", "loraweights": "1,0"}}"#;
    let reading = read(&[("parameters", text)]);
    assert_eq!(
        steps(&reading),
        ["model: ink".to_owned(), format!("parameters: {text}")]
    );
    assert_eq!(program(&reading), None);
}

#[test]
fn broken_json_is_kept_whole_and_told() {
    let text = r#"{"sui_image_params": {"#;
    let reading = read(&[("parameters", text)]);
    assert_eq!(steps(&reading), [format!("parameters: {text}")]);
    assert_eq!(reading.unreadable.len(), 1);
}

#[test]
fn words_in_a_text_of_another_program_are_nothing() {
    let text = r#"{"about": "\"sui_image_params\"", "sui_image_params": 1}"#;
    assert_eq!(read(&[("Comment", text)]), Reading::default());
}
