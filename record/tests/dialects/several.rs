//! Files in which several programs' texts stand. What each of them writes has a file of its own.

use crate::common::{finds, generator, read};
use serde_json::json;

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
    finds(
        &reading,
        &[
            ("prompt", "a duck", ""),
            ("prompt", "a swan", ""),
            ("model", "heron.safetensors", ""),
            ("parameters", &graph.to_string(), ""),
            (
                "parameters",
                "Steps: 20, Sampler: Euler, Version: v1.10.1",
                "",
            ),
            ("tool", "ComfyUI", ""),
            ("tool", "Stable Diffusion web UI v1.10.1", ""),
        ],
    );
    assert_eq!(generator(&reading), "ComfyUI");
}
