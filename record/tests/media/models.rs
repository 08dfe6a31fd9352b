//! Models that say what they were made from.

use crate::common::{break_everywhere, generator, line, media, read_bytes, told};
use serde_json::{Map, Value, json};

/// A safetensors file of one tensor with these texts.
fn safetensors(texts: &[(&str, &str)]) -> Vec<u8> {
    let texts: Map<_, _> = texts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Value::from(*text)))
        .collect();
    let header = json!({
        "__metadata__": texts,
        "a": { "dtype": "F32", "shape": [1], "data_offsets": [0, 4] },
    });
    with_header(&header.to_string())
}

fn with_header(header: &str) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length[..], header.as_bytes(), &[0; 4]].concat()
}

/// All steps but the whole.
fn lines(bytes: &[u8]) -> Vec<String> {
    let reading = read_bytes(bytes);
    let found = reading.found.iter();
    let parts = found.filter(|found| found.kind.name() != "parameters");
    parts.map(line).collect()
}

#[test]
fn lora_says_its_base_and_its_data() {
    let reading = read_bytes(&media("lora.safetensors"));
    let hash = "6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa";
    let all: Vec<_> = reading.found.iter().map(line).collect();
    assert_eq!(
        [&all[..3], &all[4..]].concat(),
        [
            format!("model hash={hash}: duck_base.safetensors"),
            "dataset: 10_heron".to_owned(),
            "dataset: 1_bird".to_owned(),
            "tool: sd-scripts b612d0b091213f39f4864b4cfe63a44f1e1974d7".to_owned(),
        ]
    );
    let from: Vec<_> = reading.found.iter().map(|found| &*found.from).collect();
    assert_eq!(from[0], "safetensors ss_sd_model_name");
    let whole: Value = serde_json::from_str(&reading.found[3].content).expect("JSON");
    assert_eq!(whole["modelspec.title"], "heron");
    assert_eq!(whole.as_object().map(Map::len), Some(14));
    assert_eq!(reading.unreadable, []);
    assert_eq!(
        reading.source_type, None,
        "a model is not what a model made"
    );
}

/// A GGUF of these texts.
fn gguf(texts: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = [&b"GGUF"[..], &3_u32.to_le_bytes(), &0_u64.to_le_bytes()].concat();
    bytes.extend((texts.len() as u64).to_le_bytes());
    for (name, text) in texts {
        bytes.extend((name.len() as u64).to_le_bytes());
        bytes.extend(name.bytes());
        bytes.extend(8_u32.to_le_bytes());
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(text.bytes());
    }
    bytes
}

#[test]
fn path_on_a_disk_names_no_more_than_its_file() {
    for (path, expected) in [
        (
            "/training_dir/calibration_datav3.txt",
            "calibration_datav3.txt",
        ),
        ("..\\data\\calibration.txt", "calibration.txt"),
        ("D:\\data\\calibration.txt", "calibration.txt"),
        (
            "/home/kim/.cache/huggingface/hub/datasets--reeds--pond-songs/snapshots/1a2b/train.txt",
            "reeds/pond-songs",
        ),
        ("reeds/pond-songs", "reeds/pond-songs"),
    ] {
        let texts = [
            ("general.architecture", "llama"),
            ("quantize.imatrix.dataset", path),
        ];
        assert_eq!(
            lines(&gguf(&texts)),
            [format!("dataset: {expected}")],
            "{path}"
        );
        let whole = read_bytes(&gguf(&texts)).found.pop().expect("parameters");
        let whole: Value = serde_json::from_str(&whole.content).expect("JSON");
        assert_eq!(whole["quantize.imatrix.dataset"], path);
    }
    for (path, expected) in [
        (
            "/home/duck/models/heron.safetensors",
            &["model: heron.safetensors"][..],
        ),
        ("./output/checkpoint-500", &[]),
        ("C:/models/heron", &[]),
        (
            "/data/hub/models--reeds--heron-7b/snapshots/1a2b",
            &["model: reeds/heron-7b"],
        ),
        ("reeds/heron-7b", &["model: reeds/heron-7b"]),
    ] {
        let adapter = json!({ "base_model_name_or_path": path }).to_string();
        let bytes = safetensors(&[("lora_adapter_metadata", &adapter)]);
        assert_eq!(lines(&bytes), expected, "{path}");
    }
    let bytes = safetensors(&[("ss_sd_model_name", "/models/duck.safetensors")]);
    assert_eq!(lines(&bytes), ["model: duck.safetensors"]);
}

#[test]
fn gguf_says_its_bases_and_its_data() {
    let reading = read_bytes(&media("small.gguf"));
    assert_eq!(
        told(&reading),
        [
            "model: https://huggingface.co/reeds/duc < GGUF general.base_model.0.repo_url",
            "model: Reeds/Coot 1B < GGUF general.base_model.1.name",
            "dataset: pond-songs < GGUF general.dataset.0.name",
            "dataset: calibration.txt < GGUF quantize.imatrix.dataset",
            "parameters: {\"general.architecture\":\"ll < GGUF general.architecture",
        ]
    );
    let whole: Value = serde_json::from_str(&reading.found[4].content).expect("JSON");
    assert_eq!(whole["general.tags"], r#"["text-generation","birds"]"#);
    assert_eq!(whole["general.base_model.count"], "2");
    assert_eq!(whole.get("tokenizer.ggml.tokens"), None);
    assert_eq!(reading.unreadable, []);
}

#[test]
fn merge_says_what_was_merged_and_not_what_that_was_merged_from() {
    let [a, b, old] = ["a1", "b2", "c3"].map(|pair| pair.repeat(32));
    let recipe = json!({
        "type": "webui", "primary_model_hash": a, "secondary_model_hash": b, "tertiary_model_hash": null,
        "interp_method": "Weighted sum", "multiplier": 0.3, "custom_name": old, "bake_in_vae": "kl.safetensors",
    });
    let models = json!({
        &a: { "name": "duck.safetensors", "legacy_hash": "11111111" },
        &b: { "name": "coot.safetensors", "legacy_hash": "22222222" },
        "d4".repeat(32): { "name": "grandmother.safetensors" },
    });
    let bytes = safetensors(&[
        ("sd_merge_recipe", &recipe.to_string()),
        ("sd_merge_models", &models.to_string()),
        // Copied from what was merged.
        ("ss_sd_model_name", "its base"),
        ("ss_dataset_dirs", r#"{"1_its_data": {}}"#),
    ]);
    assert_eq!(
        lines(&bytes),
        [
            format!("model hash={a}: duck.safetensors"),
            format!("model hash={b}: coot.safetensors"),
            "model: kl.safetensors".to_owned(),
        ]
    );
    assert_eq!(generator(&read_bytes(&bytes)), "");
    let recipe = json!({ "type": "sd-webui-supermerger", "model_a": a, "model_b": b });
    let bytes = safetensors(&[
        ("sd_merge_recipe", &recipe.to_string()),
        ("sd_merge_models", &models.to_string()),
    ]);
    assert_eq!(lines(&bytes)[2], "tool: sd-webui-supermerger");
}

#[test]
fn each_trainer_is_known_by_what_it_writes() {
    let software = r#"{"name": "ai-toolkit", "repo": "https://github.com/ostris/ai-toolkit", "version": "0.9.11"}"#;
    let frequency = r#"{"1_heron": {"heron": 4}}"#;
    let datasets = r#"[{"subsets": [{"image_dir": "ducks", "is_reg": false}, {"metadata_file": "coots.json"}]}]"#;
    let adapter = r#"{"transformer.base_model_name_or_path": "reeds/duck", "transformer.r": 4, "unet.base_model_name_or_path": null}"#;
    for (texts, expected) in [
        (
            &[
                ("software", software),
                ("ss_base_model_version", "zimage"),
                ("ss_tag_frequency", frequency),
            ][..],
            &["dataset: 1_heron", "tool: ai-toolkit 0.9.11"][..],
        ),
        (
            &[("ot_branch", "master"), ("ot_revision", "1a2b3c4")],
            &["tool: OneTrainer 1a2b3c4"],
        ),
        (
            &[("lora_adapter_metadata", adapter)],
            &["model: reeds/duck"],
        ),
        (
            &[("ss_datasets", datasets), ("ss_tag_frequency", frequency)],
            &["dataset: ducks", "dataset: coots.json"],
        ),
        (
            &[
                ("ss_sd_scripts_commit_hash", "(unknown)"),
                ("ss_sd_model_name", "None"),
            ],
            &["tool: sd-scripts"],
        ),
        (
            &[
                ("modelspec.merged_from", "duck, coot"),
                ("modelspec.architecture", "flux-1-dev"),
            ],
            &["model: duck", "model: coot"],
        ),
        // Only that it is of PyTorch.
        (&[("format", "pt")], &[]),
    ] {
        assert_eq!(lines(&safetensors(texts)), expected, "{texts:?}");
    }
}

#[test]
fn graph_in_a_model_is_read_by_its_own_dialect() {
    let graph = r#"{"1": {"class_type": "CheckpointSave", "inputs": {"model": ["2", 0]}}, "2": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "duck.safetensors"}}}"#;
    let bytes = safetensors(&[("prompt", graph), ("modelspec.title", "a merge")]);
    assert_eq!(
        told(&read_bytes(&bytes)),
        [
            "model: duck.safetensors < safetensors prompt",
            "parameters: {\"1\": {\"class_type\": \"Check < safetensors prompt",
            "parameters: {\"modelspec.title\":\"a merge < safetensors modelspec.title",
            "tool: ComfyUI < safetensors prompt",
        ]
    );
}

#[test]
fn broken_json_in_a_model_is_kept_whole_and_told() {
    let bytes = safetensors(&[("ss_dataset_dirs", "{"), ("ss_sd_model_name", "duck")]);
    let reading = read_bytes(&bytes);
    let unreadable: Vec<_> = reading
        .unreadable
        .iter()
        .map(|field| &*field.field)
        .collect();
    assert_eq!(unreadable, ["safetensors ss_dataset_dirs"]);
    assert_eq!(
        told(&reading)[0],
        "model: duck < safetensors ss_sd_model_name"
    );
}

#[test]
fn texts_of_a_model_are_read_up_to_a_break_and_as_they_are_written() {
    let header = r#"{"__metadata__":{"ss_sd_model_name" : "du\u0063k\"","modelspec.title":["a"],"ss_vae_name":"kl.pt""#;
    let found = lines(&with_header(header));
    assert_eq!(found, ["model: duck\"", "model: kl.pt"]);
    assert_eq!(
        lines(&with_header(r#"{"__metadata__":["ss_vae_name"]}"#)),
        [""; 0]
    );
}

#[test]
fn metadata_behind_50_000_tensors_is_found() {
    let tensor =
        |at: usize| format!(r#""t{at}\"}}":{{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#);
    let tensors: Vec<_> = (0..50_000).map(tensor).collect();
    let header = format!(
        r#"{{{} , "__metadata__" : {{"ss_sd_model_name":"duck"}}}}"#,
        tensors.join(",")
    );
    assert_eq!(lines(&with_header(&header)), ["model: duck"]);
}

#[test]
fn models_may_break_anywhere() {
    for name in ["lora.safetensors", "small.gguf"] {
        break_everywhere(&media(name));
    }
}
