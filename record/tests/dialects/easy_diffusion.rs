//! Easy Diffusion.

use crate::common::{program, read, steps};
use record::Reading;

#[test]
fn json_gives_models_and_prompts() {
    let text = r#"{"prompt": "heron", "negative_prompt": "blurry", "seed": 5, "use_stable_diffusion_model": "sd-v1-5", "use_vae_model": null, "use_lora_model": ["ink", "off"], "lora_alpha": [0.5, 0], "use_upscale": "RealESRGAN_x4plus", "use_face_correction": null}"#;
    let reading = read(&[("Comment", text)]);
    assert_eq!(
        steps(&reading),
        [
            "prompt: heron",
            "prompt negative: blurry",
            "model: sd-v1-5",
            "model: ink",
            "model: RealESRGAN_x4plus",
            &format!("parameters: {text}"),
            "tool: Easy Diffusion",
        ]
    );
    assert_eq!(program(&reading).as_deref(), Some("Easy Diffusion"));
}

#[test]
fn fields_give_the_same_as_json() {
    let reading = read(&[
        ("negative_prompt", "blurry"),
        ("use_stable_diffusion_model", "sd-v1-5"),
        ("use_vae_model", "None"),
        ("use_lora_model", "['ink', \"off's\"]"),
        ("lora_alpha", "[0.5, 0.0]"),
        ("seed", "5"),
    ]);
    assert_eq!(
        steps(&reading),
        [
            "prompt negative: blurry",
            "model: sd-v1-5",
            "model: ink",
            r#"parameters: {"negative_prompt":"blurry","use_stable_diffusion_model":"sd-v1-5","use_vae_model":"None","use_lora_model":"['ink', \"off's\"]","lora_alpha":"[0.5, 0.0]","seed":"5"}"#,
            "tool: Easy Diffusion",
        ]
    );
}

#[test]
fn fields_of_others_are_not_taken() {
    let reading = read(&[("negative_prompt", "blurry"), ("seed", "5")]);
    assert_eq!(reading, Reading::default());
}

#[test]
fn names_for_people_give_the_same() {
    let fields = [
        ("Prompt", "heron"),
        ("Negative Prompt", "blurry"),
        ("Stable Diffusion model", "sd-v1-5"),
        ("VAE model", "None"),
        ("LoRA model", "ink, off"),
        ("LoRA Strength", "0.5, 0"),
        ("Use Upscaling", "latent_upscaler"),
    ];
    let json = r#"{"Prompt":"heron","Negative Prompt":"blurry","Stable Diffusion model":"sd-v1-5","VAE model":"None","LoRA model":"ink, off","LoRA Strength":"0.5, 0","Use Upscaling":"latent_upscaler"}"#;
    for fields in [&fields[..], &[("UserComment", json)]] {
        let reading = read(fields);
        assert_eq!(
            steps(&reading),
            [
                "prompt: heron",
                "prompt negative: blurry",
                "model: sd-v1-5",
                "model: ink",
                &format!("parameters: {json}"),
                "tool: Easy Diffusion",
            ]
        );
    }
    let other = [("Prompt", "heron"), ("Negative Prompt", "blurry")];
    assert_eq!(read(&other), Reading::default());
}
