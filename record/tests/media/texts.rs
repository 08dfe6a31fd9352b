//! Texts that are files of their own.

use crate::common::{read_bytes, told};

const GRAPH: &str = r#"{"1": {"class_type": "KSampler", "inputs": {"seed": 1, "model": ["3", 0], "positive": ["2", 0]}}, "3": {"class_type": "UNETLoader", "inputs": {"unet_name": "duck.gguf"}}, "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a heron"}}}"#;
const WORKFLOW: &str =
    r#"{"nodes": [{"id": 9, "type": "SaveImage"}], "links": [], "version": 0.4}"#;
const SAVED: &str = "a duck, reeds\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 1, Size: 64x64, Model: duck\n";

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

#[test]
fn graphs_of_comfyui_are_read_from_json_files() {
    let graph = [
        "prompt: a heron < file text",
        "model: duck.gguf < file text",
        "parameters: {\"1\": {\"class_type\": \"KSamp < file text",
        "tool: ComfyUI < file text",
    ];
    for bytes in [
        GRAPH.as_bytes().to_vec(),
        format!("\u{feff}{GRAPH}\n").into_bytes(),
        utf16(GRAPH),
    ] {
        assert_eq!(told(&read_bytes(&bytes)), graph);
    }
    assert_eq!(
        told(&read_bytes(WORKFLOW.as_bytes())),
        [
            "parameters: {\"nodes\": [{\"id\": 9, \"type\" < file text",
            "tool: ComfyUI < file text",
        ]
    );
}

#[test]
fn what_the_web_ui_saves_beside_a_picture_is_read() {
    assert_eq!(
        told(&read_bytes(SAVED.as_bytes())),
        [
            "prompt: a duck, reeds < file text",
            "prompt role=negative: blurry < file text",
            "model: duck < file text",
            "parameters: Steps: 20, Sampler: Euler,  < file text",
        ]
    );
}

#[test]
fn prose_captions_and_programs_say_nothing_of_how_they_were_made() {
    for text in [
        "",
        "a duck, reeds, masterpiece",
        "A duck.\nNegative prompt: blurry",
        // A guide that shows such a text.
        &format!("# How to\n\n```\n{SAVED}```\n"),
        &format!("# How to\n\n```\npip install\n```\n\n{SAVED}"),
        &format!("# How to\n\n{SAVED}\nThis makes a duck."),
        // A log of many pictures.
        &format!("{SAVED}\n{SAVED}"),
        "print('Steps: 20, Sampler: Euler')\n",
        r#"{"name": "package", "version": "1.0.0"}"#,
        r#"{"prompt": "a duck", "model": "duck"}"#,
        "{",
        "---\nbase_model: duck\n---\n",
    ] {
        let reading = read_bytes(text.as_bytes());
        assert_eq!(told(&reading), [""; 0], "{text}");
        assert_eq!(reading.unreadable, [], "{text}");
    }
}
