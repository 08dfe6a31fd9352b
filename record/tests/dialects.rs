//! What each of the other programs writes, read whole.

mod common;

use common::{generator, lines, read};
use serde_json::json;

#[test]
fn fooocus_names_refiner_and_loras_that_count() {
    let text = json!({
        "prompt": "a duck", "negative_prompt": "blurry", "full_prompt": ["a duck, masterpiece"], "base_model": "heron",
        "base_model_hash": "0011", "refiner_model": "reed", "refiner_model_hash": "22", "vae": "Default (model)",
        "loras": [["ink.safetensors", 0.5, "33"], ["none.safetensors", 0.0, "44"]], "metadata_scheme": "fooocus",
        "version": "Fooocus v2.5.5",
    });
    let expected = [
        "prompt: a duck",
        "prompt role=negative: blurry",
        "model hash=0011: heron",
        "model hash=22: reed",
        "model hash=33: ink.safetensors",
    ];
    // JPEG and WebP have it in a comment, without the field of the scheme.
    for fields in [
        vec![("UserComment", text.to_string())],
        vec![
            ("parameters", text.to_string()),
            ("fooocus_scheme", "fooocus".into()),
        ],
    ] {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let reading = read(&fields);
        assert_eq!(lines(&reading), expected);
        assert_eq!(generator(&reading), "Fooocus v2.5.5");
    }
}

#[test]
fn fooocus_in_the_scheme_of_automatic1111_is_fooocus() {
    let text = "a duck\nNegative prompt: blurry\nSteps: 30, Model: heron, Model hash: 0011, Version: Fooocus v2.5.5";
    let reading = read(&[("parameters", text), ("fooocus_scheme", "a1111")]);
    assert_eq!(
        lines(&reading),
        [
            "prompt: a duck",
            "prompt role=negative: blurry",
            "model hash=0011: heron"
        ]
    );
    assert_eq!(generator(&reading), "Fooocus v2.5.5");
    assert_eq!(reading.unreadable, []);
}

#[test]
fn swarmui_gives_hashes_and_loras_that_count() {
    let text = r#"{"sui_image_params": {"prompt": "a duck", "negativeprompt": "blurry", "model": "heron", "loras": ["ink", "none"],
        "loraweights": ["0.5", "0"], "vae": "None", "cfgscale": NaN, "swarm_version": "0.9.4"},
        "sui_models": [{"name": "heron.safetensors", "param": "model", "hash": "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}]}"#;
    for keyword in ["parameters", "UserComment"] {
        let reading = read(&[(keyword, text)]);
        let expected = [
            "prompt: a duck",
            "prompt role=negative: blurry",
            "model hash=001122334455: heron",
            "model: ink",
        ];
        assert_eq!(lines(&reading), expected);
        assert_eq!(generator(&reading), "SwarmUI 0.9.4");
        assert_eq!(reading.found[4].content, text, "kept as it was written");
    }
}

#[test]
fn invokeai_gives_styles_and_what_counts() {
    let text = json!({
        "positive_prompt": "a duck", "negative_prompt": "blurry", "positive_style_prompt": "ink", "negative_style_prompt": "",
        "model": { "name": "heron", "hash": "blake3:0011" }, "app_version": "5.4.0",
        "loras": [
            { "model": { "name": "ink", "hash": "blake3:22" }, "weight": 0.7 },
            { "lora": { "model_name": "old" }, "weight": 0.7 },
            { "model": { "name": "none" }, "weight": 0 },
        ],
        "controlnets": [{ "control_model": { "name": "lines" } }],
    });
    let reading = read(&[
        ("invokeai_metadata", &text.to_string()),
        ("invokeai_graph", "{}"),
    ]);
    let expected = [
        "prompt: a duck",
        "prompt: ink",
        "prompt role=negative: blurry",
        "model hash=blake3:0011: heron",
        "model hash=blake3:22: ink",
        "model: old",
        "model: lines",
    ];
    assert_eq!(lines(&reading), expected);
    assert_eq!(generator(&reading), "InvokeAI 5.4.0");
    let kept = reading
        .found
        .iter()
        .filter(|found| found.kind.name() == "parameters");
    assert_eq!(kept.count(), 2);
    assert_eq!(generator(&read(&[("invokeai_workflow", "{}")])), "InvokeAI");
}

#[test]
fn invokeai_before_version_3_has_what_it_does_not_want_in_brackets() {
    let dream = |prompt: &str| lines(&read(&[("Dream", &format!("\"{prompt}\" -s 50 -S 5"))]));
    assert_eq!(
        dream("a duck [blurry] on a lake [text]"),
        [
            "prompt: a duck on a lake",
            "prompt role=negative: blurry text"
        ]
    );
    assert_eq!(dream("a duck [blurry"), ["prompt: a duck [blurry"]);
    assert_eq!(
        read(&[("Dream", "of ducks")]).found.len(),
        0,
        "a word that others may write"
    );
    let text = json!({ "model_weights": "heron", "model_hash": "0011", "app_version": "2.3.5", "image": { "prompt": "a duck [blurry]" } });
    let reading = read(&[("sd-metadata", &text.to_string())]);
    assert_eq!(
        lines(&reading),
        [
            "prompt: a duck",
            "prompt role=negative: blurry",
            "model hash=0011: heron"
        ]
    );
    assert_eq!(generator(&reading), "InvokeAI 2.3.5");
}

#[test]
fn novelai_whose_settings_cannot_be_read_keeps_them_whole() {
    let reading = read(&[
        ("Software", "NovelAI"),
        ("Description", "a duck"),
        ("Comment", "{\"uc\": "),
    ]);
    assert_eq!(lines(&reading), ["prompt: a duck"]);
    assert_eq!(reading.unreadable[0].field, "PNG iTXt Comment");
    assert_eq!(reading.found[1].content, "{\"uc\": ");
}

#[test]
fn easy_diffusion_is_known_by_the_names_of_its_settings() {
    let whole = json!({
        "prompt": "a duck", "negative_prompt": "blurry", "use_stable_diffusion_model": "heron", "use_vae_model": null,
        "use_lora_model": ["ink", "none"], "lora_alpha": [0.5, 0], "seed": 5,
    });
    let reading = read(&[("UserComment", &whole.to_string())]);
    let expected = [
        "prompt: a duck",
        "prompt role=negative: blurry",
        "model: heron",
        "model: ink",
    ];
    assert_eq!(lines(&reading), expected);
    let apart = [
        ("prompt", "a duck"),
        ("negative_prompt", "blurry"),
        ("use_stable_diffusion_model", "heron"),
        ("use_vae_model", "None"),
    ];
    let reading = read(&apart);
    assert_eq!(lines(&reading), expected[..3]);
    assert_eq!(generator(&reading), "Easy Diffusion");
    assert_eq!(
        lines(&read(&apart[..2])),
        [""; 0],
        "nobody knows whose prompt it is"
    );
}

#[test]
fn midjourney_divides_its_command() {
    let of = |command: &str| {
        let text = format!("{command} Job ID: 01234567-89ab-cdef-0123-456789abcdef");
        let reading = read(&[("Description", &text)]);
        assert_eq!(generator(&reading), "Midjourney");
        assert!(
            reading.found.iter().any(|found| found.content == text),
            "kept whole"
        );
        lines(&reading)
    };
    let plain = of("a duck, well--lit -- at dawn --ar 3:2 --v 6.1 --no birds, text");
    assert_eq!(
        plain,
        [
            "prompt: a duck, well--lit -- at dawn",
            "prompt role=negative: birds, text",
            "model: Midjourney v6.1"
        ]
    );
    assert_eq!(
        of("a duck \u{2014}niji 6"),
        ["prompt: a duck", "model: niji 6"]
    );
    assert_eq!(of("--ar 3:2"), [""; 0]);
    for text in [
        "a duck --v 6",
        "a duck Job ID: 5",
        "a duck Job ID: 0123456789abcdef0123456789abcdef0123",
    ] {
        assert_eq!(read(&[("Description", text)]).found.len(), 0, "{text}");
    }
}

#[test]
fn strongest_evidence_names_the_program_and_both_are_kept() {
    let graph = json!({
        "3": { "class_type": "KSampler", "inputs": {
            "seed": 5, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        } },
        "4": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "heron.safetensors" } },
        "5": { "class_type": "EmptyLatentImage", "inputs": { "width": 512 } },
        "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "a duck", "clip": ["4", 1] } },
        "7": { "class_type": "CLIPTextEncode", "inputs": { "text": "", "clip": ["4", 1] } },
        "8": { "class_type": "VAEDecode", "inputs": { "samples": ["3", 0], "vae": ["4", 2] } },
        "9": { "class_type": "SaveImage", "inputs": { "images": ["8", 0] } },
    });
    let text = "a swan\nSteps: 20, Sampler: Euler, Version: v1.10.1";
    let reading = read(&[("parameters", text), ("prompt", &graph.to_string())]);
    assert_eq!(
        lines(&reading),
        [
            "prompt: a duck",
            "prompt: a swan",
            "model: heron.safetensors"
        ]
    );
    assert_eq!(generator(&reading), "ComfyUI");
}

#[test]
fn recognised_and_unreadable_is_kept_whole_and_told() {
    for (keyword, text, of) in [
        (
            "prompt",
            r#"{"3": {"class_type": "KSampler", "inputs": {"#,
            "ComfyUI",
        ),
        ("invokeai_metadata", "{", "InvokeAI"),
        ("sd-metadata", "[]", "InvokeAI"),
    ] {
        let reading = read(&[(keyword, text)]);
        assert_eq!(generator(&reading), of);
        assert_eq!(reading.found[0].content, text);
        assert_eq!(reading.unreadable.len(), 1, "{keyword}");
        assert_eq!(reading.unreadable[0].field, format!("PNG iTXt {keyword}"));
    }
}
