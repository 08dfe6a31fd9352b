//! stable-diffusion.cpp.

use crate::common::{program, read, steps};

#[test]
fn parts_of_a_model_are_named_and_prompts_without_quotes_are_not() {
    let settings = "Steps: 20, CFG scale: 7.000000, Skip layers: [7, 8, ], Guidance: 3.500000, Eta: 0.000000, ADetailer model: face.pt, ADetailer prompt: eyes, blue, Seed: 42, Size: 512x512, Model: , RNG: cuda, Sampler: euler_a, TE: clip_l.safetensors, TE: t5.safetensors, Unet: flux.gguf, Uncond Unet: plain.gguf, VAE: ae.safetensors, Version: stable-diffusion.cpp";
    let reading = read(&[(
        "parameters",
        &format!("a heron <lora:ink:0.5>\nNegative prompt: blurry\n{settings}"),
    )]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a heron <lora:ink:0.5>",
            "prompt negative: blurry",
            "model: ae.safetensors",
            "model: ink",
            "model: face.pt",
            "model: clip_l.safetensors",
            "model: t5.safetensors",
            "model: flux.gguf",
            "model: plain.gguf",
            &format!("parameters: {settings}"),
            "tool: stable-diffusion.cpp",
        ]
    );
}

#[test]
fn json_behind_the_text_says_what_was_loaded() {
    let settings = r#"Steps: 20, CFG scale: 7.000000, ADetailer model: face.pt, ADetailer prompt: eyes, blue, ADetailer negative prompt: red, Seed: 42, Size: 512x512, Model: , RNG: cuda, Sampler: euler_a, Unet: low.gguf, Hires upscale: Model, Version: stable-diffusion.cpp, SDCPP: {"adetailer":{"extra_args":"","model":"face.pt","negative_prompt":"red","prompt":"eyes, blue"},"generator":{"commit":"abc","name":"stable-diffusion.cpp","version":"master-9"},"hires":{"enabled":true,"model":"4x.pth"},"loras":[{"is_high_noise":false,"multiplier":0.5,"name":"ink.safetensors"},{"is_high_noise":true,"multiplier":0.0,"name":"off.safetensors"}],"models":{"control_net":"idle.safetensors","diffusion_model":"low.gguf","high_noise_diffusion_model":"high.gguf"},"prompt":{"negative":"","positive":"a heron"},"schema":"sdcpp.image.params/v1"}"#;
    let reading = read(&[(
        "parameters",
        &format!("a heron<lora:ink:0.5><lora:gone:1>\n{settings}"),
    )]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: a heron<lora:ink:0.5><lora:gone:1>",
            "prompt: eyes, blue",
            "prompt negative: red",
            "model: face.pt",
            "model: low.gguf",
            "model: high.gguf",
            "model: 4x.pth",
            "model: ink.safetensors",
            &format!("parameters: {settings}"),
            "tool: stable-diffusion.cpp master-9",
        ]
    );
    assert_eq!(
        program(&reading).as_deref(),
        Some("stable-diffusion.cpp master-9")
    );
}
