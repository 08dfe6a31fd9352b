//! Graphs in the shapes that people use, each made like public ones.

use super::{node, text, told};
use serde_json::{Value, json};

/// A graph whose sampler is this node, and is saved by that class.
fn saved(sampler: Value, class: &str, more: Value) -> Value {
    let mut graph = json!({
        "sample": sampler,
        "decode": node("VAEDecode", json!({ "samples": ["sample", 0], "vae": ["vae", 0] })),
        "save": node(class, json!({ "images": ["decode", 0], "filename_prefix": "out" })),
    });
    let nodes = graph.as_object_mut().expect("an object");
    nodes.extend(more.as_object().cloned().unwrap_or_default());
    graph
}

fn sampler(model: &str, positive: Value, negative: Value) -> Value {
    node(
        "KSampler",
        json!({
            "seed": 5, "steps": 8, "cfg": 1, "sampler_name": "euler", "scheduler": "simple", "denoise": 1,
            "model": [model, 0], "positive": positive, "negative": negative, "latent_image": ["empty", 0],
        }),
    )
}

#[test]
fn music_has_tags_and_lyrics() {
    let more = json!({
        "unet": node("UNETLoader", json!({ "unet_name": "acestep_v1.5_turbo.safetensors", "weight_dtype": "default" })),
        "clip": node("DualCLIPLoader", json!({
            "clip_name1": "qwen_0.6b.safetensors", "clip_name2": "qwen_4b.safetensors", "type": "ace", "device": "default",
        })),
        "text": node("TextEncodeAceStepAudio1.5", json!({
            "clip": ["clip", 0], "tags": "calm, harp", "lyrics": "[verse]\nheron", "bpm": 95, "timesignature": "4", "language": "en",
            "keyscale": "C major", "generate_audio_codes": true,
        })),
        "zero": node("ConditioningZeroOut", json!({ "conditioning": ["text", 0] })),
        "empty": node("EmptyAceStep1.5LatentAudio", json!({ "seconds": 60 })),
        "decode": node("VAEDecodeAudio", json!({ "samples": ["sample", 0] })),
    });
    let graph = saved(
        sampler("unet", json!(["text", 0]), json!(["zero", 0])),
        "SaveAudioMP3",
        more,
    );
    let expected = [
        "+ calm, harp",
        "+ [verse]\nheron",
        "acestep_v1.5_turbo.safetensors",
        "qwen_0.6b.safetensors",
        "qwen_4b.safetensors",
    ];
    assert_eq!(told(&graph), expected);
}

#[test]
fn wrapped_video_models_have_both_texts_and_their_loras() {
    for encoder in [
        node(
            "WanVideoTextEncode",
            json!({ "positive_prompt": "a heron walks", "negative_prompt": "static", "t5": ["t5", 0], "device": "gpu" }),
        ),
        node(
            "WanVideoTextEncodeCached",
            json!({
                "model_name": "umt5.safetensors", "positive_prompt": "a heron walks", "negative_prompt": "static", "precision": "bf16",
            }),
        ),
    ] {
        let more = json!({
            "t5": node("LoadWanVideoT5TextEncoder", json!({ "model_name": "umt5.safetensors", "precision": "bf16" })),
            "lora": node("WanVideoLoraSelect", json!({ "lora": "slow.safetensors", "strength": 0.8 })),
            "model": node("WanVideoModelLoader", json!({ "model": "wan.gguf", "quantization": "disabled", "lora": ["lora", 0] })),
            "text": encoder,
            "decode": node("WanVideoDecode", json!({ "samples": ["sample", 0] })),
        });
        let sampler = node(
            "WanVideoSampler",
            json!({
                "model": ["model", 0], "text_embeds": ["text", 0], "image_embeds": ["empty", 0], "steps": 30, "cfg": 5, "seed": 1,
                "scheduler": "unipc", "rope_function": "comfy",
            }),
        );
        let mut told = told(&saved(sampler, "VHS_VideoCombine", more));
        told[2..].sort_unstable();
        let expected = [
            "+ a heron walks",
            "- static",
            "slow.safetensors",
            "umt5.safetensors",
            "wan.gguf",
        ];
        assert_eq!(told, expected);
    }
}

#[test]
fn guided_video_has_both_sides_and_nothing_of_what_guides_attention() {
    let more = json!({
        "ckpt": node("CheckpointLoaderSimple", json!({ "ckpt_name": "ltx-2.3.safetensors" })),
        "clip": node("LTXAVTextEncoderLoader", json!({ "text_encoder": "gemma_3.safetensors", "ckpt_name": "ltx-2.3.safetensors" })),
        "a": text("a heron"), "b": text("blurry"), "c": text("still picture"),
        "cond": node("LTXVConditioning", json!({ "positive": ["a", 0], "negative": ["b", 0], "frame_rate": 24 })),
        "image": node("LTXVImgToVideo", json!({ "positive": ["cond", 0], "negative": ["cond", 1], "image": ["load", 0] })),
        "load": node("LoadImage", json!({ "image": "heron.png" })),
        "nag": node("LTX2_NAG", json!({ "model": ["ckpt", 0], "nag_cond_video": ["c", 0], "nag_cond_audio": ["c", 0] })),
        "guide": node("CFGGuider", json!({ "model": ["nag", 0], "positive": ["image", 0], "negative": ["image", 1], "cfg": 1 })),
    });
    let sampler = node(
        "SamplerCustomAdvanced",
        json!({ "noise": ["noise", 0], "guider": ["guide", 0], "sigmas": ["s", 0], "latent_image": ["image", 2] }),
    );
    assert_eq!(
        told(&saved(sampler, "SaveVideo", more)),
        ["+ a heron", "- blurry", "ltx-2.3.safetensors"]
    );
}

#[test]
fn edited_picture_has_the_text_that_asks_for_it() {
    let more = json!({
        "unet": node("UnetLoaderGGUF", json!({ "unet_name": "qwen-edit.gguf" })),
        "norm": node("CFGNorm", json!({ "model": ["unet", 0], "strength": 1 })),
        "clip": node("CLIPLoader", json!({ "clip_name": "qwen_vl.safetensors", "type": "qwen_image" })),
        "a": node("TextEncodeQwenImageEditPlus", json!({ "prompt": "make it red", "clip": ["clip", 0], "vae": ["vae", 0], "image1": ["load", 0] })),
        "b": node("TextEncodeQwenImageEditPlus", json!({ "prompt": "", "clip": ["clip", 0], "image1": ["load", 0] })),
        "ref": node("FluxKontextMultiReferenceLatentMethod", json!({ "conditioning": ["a", 0], "reference_latents_method": "index" })),
        "load": node("LoadImage", json!({ "image": "heron.png" })),
        "vae": node("VAELoader", json!({ "vae_name": "qwen_vae.safetensors" })),
    });
    let mut graph = saved(
        sampler("norm", json!(["ref", 0]), json!(["b", 0])),
        "SaveImage",
        more,
    );
    let models = [
        "qwen-edit.gguf",
        "qwen_vae.safetensors",
        "qwen_vl.safetensors",
    ];
    let mut found = told(&graph);
    found[1..].sort_unstable();
    assert_eq!(found, [&["+ make it red"], models.as_slice()].concat());
    // A text that a camera's position or a language model gives is not in the graph.
    graph["camera"] = node(
        "QwenMultiangleCameraNode",
        json!({ "horizontal_angle": 30, "default_prompts": false }),
    );
    graph["write"] = node(
        "TextGenerateLTX2Prompt",
        json!({ "clip": ["clip", 0], "prompt": "heron", "max_length": 256 }),
    );
    for from in ["camera", "write"] {
        graph["a"]["inputs"]["prompt"] = json!([from, 0]);
        let mut found = told(&graph);
        found.sort_unstable();
        assert_eq!(found, models, "{from}");
    }
}

#[test]
fn texts_by_frame_are_not_said_to_be_what_they_are_not() {
    let more = json!({
        "ckpt": node("CheckpointLoaderSimple", json!({ "ckpt_name": "heron.safetensors" })),
        "plan": node("BatchPromptSchedule", json!({
            "text": "\"0\": \"a heron\", \"8\": \"a crane --neg mud\"", "pre_text": "best, ", "max_frames": 16, "clip": ["ckpt", 1],
        })),
    });
    let graph = saved(
        sampler("ckpt", json!(["plan", 0]), json!(["plan", 1])),
        "VHS_VideoCombine",
        more,
    );
    assert_eq!(told(&graph), ["heron.safetensors"]);
}

#[test]
fn regions_of_a_picture_have_the_texts_of_their_samplers() {
    let pipe = |text: &str| {
        node(
            "ToBasicPipe",
            json!({ "model": ["ckpt", 0], "clip": ["ckpt", 1], "vae": ["ckpt", 2], "positive": [text, 0], "negative": ["n", 0] }),
        )
    };
    let provider = |pipe: &str| {
        node(
            "KSamplerAdvancedProvider",
            json!({ "basic_pipe": [pipe, 0], "cfg": 7, "sampler_name": "dpmpp_2m", "scheduler": "karras", "sigma_factor": 1 }),
        )
    };
    let more = json!({
        "ckpt": node("CheckpointLoaderSimple", json!({ "ckpt_name": "heron.safetensors" })),
        "a": text("a lake"), "b": text("a heron"), "n": text("mud"),
        "pa": pipe("a"), "pb": pipe("b"), "sa": provider("pa"), "sb": provider("pb"),
        "region": node("RegionalPrompt", json!({ "mask": ["mask", 0], "advanced_sampler": ["sb", 0] })),
        "all": node("CombineRegionalPrompts", json!({ "regional_prompts1": ["region", 0] })),
        "mask": node("LoadImageMask", json!({ "image": "mask.png", "channel": "red" })),
    });
    let sampler = node(
        "RegionalSampler",
        json!({ "seed": 1, "steps": 20, "denoise": 1, "samples": ["empty", 0], "base_sampler": ["sa", 0], "regional_prompts": ["all", 0] }),
    );
    assert_eq!(
        told(&saved(sampler, "SaveImage", more)),
        ["+ a lake", "+ a heron", "- mud", "heron.safetensors"]
    );
}

#[test]
fn easy_pipeline_has_the_texts_of_its_loader() {
    let graph = json!({
        "load": node("easy fullLoader", json!({
            "ckpt_name": "sd_xl.safetensors", "vae_name": "Baked VAE", "lora_name": "None", "lora_model_strength": 1.0,
            "lora_clip_strength": 1.0, "positive": "a fox", "negative": "noise", "batch_size": 1,
        })),
        "pre": node("easy preSamplingAdvanced", json!({
            "pipe": ["load", 0], "seed": 77, "steps": 23, "cfg": 5, "sampler_name": "euler", "scheduler": "karras", "denoise": 0.8,
        })),
        "sample": node("easy kSampler", json!({ "pipe": ["pre", 0], "image_output": "Preview", "save_prefix": "ComfyUI" })),
    });
    assert_eq!(told(&graph), ["+ a fox", "- noise", "sd_xl.safetensors"]);
}

#[test]
fn many_encoders_of_one_text_say_it_once() {
    let more = json!({
        "unet": node("UNETLoader", json!({ "unet_name": "hidream.safetensors" })),
        "clip": node("QuadrupleCLIPLoader", json!({ "clip_name1": "l.safetensors", "clip_name2": "g.safetensors", "clip_name3": "t5.safetensors", "clip_name4": "llama.safetensors" })),
        "a": node("CLIPTextEncodeHiDream", json!({ "clip": ["clip", 0], "clip_l": "a heron", "clip_g": "a heron", "t5xxl": "a heron by a lake", "llama": "a heron" })),
        "b": node("ConditioningZeroOut", json!({ "conditioning": ["a", 0] })),
    });
    let graph = saved(
        sampler("unet", json!(["a", 0]), json!(["b", 0])),
        "SaveImage",
        more,
    );
    let expected = [
        "+ a heron",
        "+ a heron by a lake",
        "hidream.safetensors",
        "l.safetensors",
        "g.safetensors",
        "t5.safetensors",
        "llama.safetensors",
    ];
    assert_eq!(told(&graph), expected);
}

#[test]
fn face_that_is_drawn_again_names_what_found_it() {
    let more = json!({
        "ckpt": node("CheckpointLoaderSimple", json!({ "ckpt_name": "heron.safetensors" })),
        "a": text("a heron"), "b": text("mud"),
        "find": node("UltralyticsDetectorProvider", json!({ "model_name": "bbox/face_yolov8m.pt" })),
        "face": node("FaceDetailer", json!({
            "image": ["decode", 0], "model": ["ckpt", 0], "clip": ["ckpt", 1], "vae": ["ckpt", 2], "positive": ["a", 0], "negative": ["b", 0],
            "bbox_detector": ["find", 0], "seed": 2, "steps": 20, "cfg": 5, "sampler_name": "euler", "scheduler": "normal", "denoise": 0.4,
            "wildcard": "", "cycle": 1,
        })),
        "save": node("SaveImage", json!({ "images": ["face", 0] })),
    });
    let graph = saved(
        sampler("ckpt", json!(["a", 0]), json!(["b", 0])),
        "SaveImage",
        more,
    );
    let expected = [
        "+ a heron",
        "- mud",
        "heron.safetensors",
        "bbox/face_yolov8m.pt",
    ];
    assert_eq!(told(&graph), expected);
}

#[test]
fn hunyuan_video_has_the_text_of_its_embeddings() {
    for from in ["text", "way"] {
        let more = json!({
            "te": node("DownloadAndLoadHyVideoTextEncoder", json!({ "llm_model": "Kijai/llava", "clip_model": "openai/clip-vit-large-patch14", "precision": "fp16" })),
            "model": node("HyVideoModelLoader", json!({ "model": "hunyuan.safetensors", "attention_mode": "sdpa" })),
            "text": node("HyVideoTextEncode", json!({ "text_encoders": ["te", 0], "prompt": "a heron", "prompt_template": "video" })),
            "way": node("Reroute", json!({ "": ["text", 0] })),
            "decode": node("HyVideoDecode", json!({ "samples": ["sample", 0] })),
        });
        let sampler = node(
            "HyVideoSampler",
            json!({ "model": ["model", 0], "hyvid_embeds": [from, 0], "steps": 30, "seed": 6, "flow_shift": 9, "scheduler": "Flow" }),
        );
        let mut told = told(&saved(sampler, "VHS_VideoCombine", more));
        told.sort_unstable();
        let expected = [
            "+ a heron",
            "Kijai/llava",
            "hunyuan.safetensors",
            "openai/clip-vit-large-patch14",
        ];
        assert_eq!(told, expected);
    }
}
