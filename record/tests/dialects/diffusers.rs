//! Arguments of diffusers' pipelines as JSON.

use crate::common::{finds, generator, read, read_bytes};
use serde_json::json;

#[test]
fn arguments_are_read_with_the_model_where_it_is_said() {
    for model in [
        json!({ "Model": { "Model": "Heron XL", "Model hash": "e3c47aedb0" } }),
        json!({ "Model": "Heron XL", "Model hash": "e3c47aedb0" }),
    ] {
        let mut settings = json!({
            "prompt": "a heron", "negative_prompt": "blurry", "resolution": "832 x 1216", "guidance_scale": 7.0,
            "num_inference_steps": 28, "seed": 5, "sampler": "Euler a",
            "use_lora": { "selected_lora": "reeds/style", "multiplier": 0.7 }, "use_upscaler": null,
        });
        settings
            .as_object_mut()
            .expect("an object")
            .extend(model.as_object().expect("an object").clone());
        let text = settings.to_string();
        for name in ["parameters", "metadata", "Comment"] {
            let reading = read(&[(name, &text)]);
            finds(
                &reading,
                &[
                    ("prompt", "a heron", ""),
                    ("prompt", "blurry", "negative"),
                    ("model", "Heron XL", "e3c47aedb0"),
                    ("model", "reeds/style", ""),
                    ("parameters", &text, ""),
                ],
            );
            assert_eq!(generator(&reading), "");
        }
        // The same as a file of its own may be a request that was never sent.
        assert_eq!(read_bytes(text.as_bytes()).found, []);
    }
}

#[test]
fn other_json_and_what_was_not_used_is_not_read() {
    for settings in [
        json!({ "prompt": "a heron", "steps": 5 }),
        json!({ "num_inference_steps": 5 }),
        json!({ "prompt": "a heron", "num_inference_steps": "many" }),
    ] {
        assert_eq!(
            read(&[("parameters", &settings.to_string())]).found,
            [],
            "{settings}"
        );
    }
    let off = json!({ "prompt": "a heron", "num_inference_steps": 5, "use_lora": { "selected_lora": "a", "multiplier": 0.0 } });
    let text = off.to_string();
    let reading = read(&[("parameters", &text)]);
    finds(
        &reading,
        &[("prompt", "a heron", ""), ("parameters", &text, "")],
    );
}
