//! SwarmUI.

use crate::common::{program, read, steps};
use record::Reading;

#[test]
fn models_carry_their_hashes_and_unused_ones_are_not_named() {
    let text = r#"{"sui_image_params": {"prompt": "a grey heron", "negativeprompt": "blurry", "model": "Flux/heron", "cfgscale": NaN, "loras": ["ink", "off"], "loraweights": ["0.8", "0"], "vae": "ae", "refinermodel": "(Use Base)", "videomodel": "idle", "swarm_version": "0.9.6.2"}, "sui_extra_data": {"original_prompt": "a <random:grey,white> heron", "unused_parameters": ["videomodel"]}, "sui_models": [{"name": "Flux/heron.safetensors", "param": "model", "hash": "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"name": "ink.safetensors", "param": "loras", "hash": "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}, {"name": "off.safetensors", "param": "loras", "hash": "0xcccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"}, {"name": "good.pt", "param": "used_embeddings", "hash": "0xdddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"}, {"name": "idle.safetensors", "param": "videomodel", "hash": "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"}]}"#;
    let reading = read(&[("Comment", text)]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a grey heron",
            "prompt negative: blurry",
            "model aaaaaaaaaaaa: Flux/heron",
            "model: ae",
            "model bbbbbbbbbbbb: ink",
            "model dddddddddddd: good.pt",
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
fn old_pictures_have_it_as_the_model_of_a_camera() {
    let text = r#"{"sui_image_params": {"prompt": "heron", "model": "jug"}}"#;
    assert_eq!(
        steps(&read(&[("Model", text)])),
        [
            "prompt: heron",
            "model: jug",
            &format!("parameters: {text}")
        ]
    );
    assert_eq!(read(&[("Model", "{\"a\": 1}")]), Reading::default());
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

/// What is said of these parameters, but for the parameters themselves.
fn models(params: &str, listed: &str) -> Vec<String> {
    let text = format!(r#"{{"sui_image_params": {{{params}}}, "sui_models": [{listed}]}}"#);
    let mut steps = steps(&read(&[("parameters", &text)]));
    assert_eq!(steps.pop(), Some(format!("parameters: {text}")));
    steps
}

#[test]
fn a_lora_counts_where_the_model_or_the_text_encoder_has_weight() {
    assert_eq!(
        models(
            r#""loras": ["a", "b", "c", "d"], "loraweights": ["0", "0", "1", "0"], "loratencweights": ["0.5", "0", "0"]"#,
            ""
        ),
        ["model: a", "model: c"]
    );
}

#[test]
fn what_is_no_name_names_no_lora() {
    assert_eq!(
        models(
            r#""loras": [null, "a", {}], "loraweights": [1, "1", 1]"#,
            ""
        ),
        ["model: a"]
    );
}

#[test]
fn every_parameter_that_is_a_model_is_named_also_where_no_hashes_are_written() {
    let params = r#""refinervae": "soft", "controlnettwomodel": "lines", "controlnetthreemodel": "(None)", "videoswapmodel": "low", "txxlmodel": "t5", "refinerupscale": 1.5, "refinerupscalemethod": "model-4x.pth""#;
    let named = ["soft", "lines", "low", "t5", "4x.pth"].map(|name| format!("model: {name}"));
    assert_eq!(models(params, ""), named);
    for off in [
        r#""refinerupscale": 1, "refinerupscalemethod": "model-4x.pth""#,
        r#""refinerupscale": 2, "refinerupscalemethod": "pixel-lanczos""#,
        r#""refinerupscalemethod": "model-4x.pth""#,
    ] {
        assert_eq!(models(off, ""), [""; 0], "{off}");
    }
}

#[test]
fn a_hash_that_is_not_of_tensors_is_said_as_it_is_written() {
    for hash in ["0011223344556677", "0x001122", "0xaé112233445566"] {
        let listed = format!(r#"{{"name": "heron", "param": "model", "hash": "{hash}"}}"#);
        assert_eq!(
            models(r#""model": "heron""#, &listed),
            [format!("model {hash}: heron")]
        );
    }
}
