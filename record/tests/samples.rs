//! What real files of image tools say of themselves.

mod common;

use common::lines;
use record::Reading;
use std::io::Cursor;

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

fn fixture(name: &str) -> Reading {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/works");
    read(&std::fs::read(format!("{folder}/{name}")).expect("the fixture is checked in"))
}

/// What a sample says, but for parameters and tools, a step a line; and the program that made it.
fn said(name: &str) -> (Vec<String>, Option<String>) {
    let reading = fixture(name);
    let generator = reading.generator.as_ref().map(ToString::to_string);
    (lines(&reading), generator)
}

#[test]
fn automatic1111_gives_prompts_and_model() {
    let (said, generator) = said("automatic1111_cropped.png");
    let model = "model hash=c0d1994c73: realistic_realisticVisionV20_v20";
    assert_eq!(
        said,
        [
            "prompt: photo of a duck",
            "prompt role=negative: monochrome",
            model
        ]
    );
    assert_eq!(generator, None, "it does not say its version");
    let settings = &fixture("automatic1111_cropped.png").found[3];
    assert!(settings.content.starts_with("Steps: 15, Sampler: UniPC"));
}

#[test]
fn text_behind_the_picture_is_read() {
    assert_eq!(
        said("text_after_idat.png"),
        said("automatic1111_cropped.png")
    );
}

#[test]
fn fooocus_gives_what_was_typed_and_its_version() {
    let (said, generator) = said("fooocus1_cropped.png");
    let model = "model hash=aeb7e9e689: juggernautXL_v8Rundiffusion";
    assert_eq!(said, ["prompt: a smiling goldfish", model]);
    assert_eq!(generator.as_deref(), Some("Fooocus v2.4.3"));
}

#[test]
fn comfyui_follows_the_graph_to_its_prompts() {
    let (said, generator) = said("img2img_cropped.png");
    let prompts = [
        "prompt: photograph of victorian woman with wings, sky clouds, meadow grass",
        "prompt role=negative: watermark, text",
        "model: v1-5-pruned-emaonly.ckpt",
    ];
    assert_eq!(said, prompts);
    assert_eq!(generator.as_deref(), Some("ComfyUI"));
}

#[test]
fn invokeai_gives_prompts_and_all_its_models() {
    let (said, generator) = said("invokeai_imeta1.png");
    let expected = [
        "prompt: digital artwork, oil painting. painterly brushstrokes, holidays,",
        "prompt role=negative: grainy+, photo, oversaturated, overexposed, blurry, compressed jpg+, noisy++, unfocused , black and white",
        "model: juggernautXL",
        "model: VAEFix",
        "model: ip-adapter-plus_sdxl_vit-h",
    ];
    assert_eq!(said, expected);
    assert_eq!(generator.as_deref(), Some("InvokeAI"));
}

#[test]
fn novelai_gives_prompts_and_model() {
    let (said, generator) = said("novelai1_cropped.png");
    assert_eq!(
        said[0],
        "prompt: masterpiece, best quality,  cat, space, icon"
    );
    assert!(said[1].starts_with("prompt role=negative: lowres, bad anatomy,"));
    assert_eq!(
        said[2..],
        ["model hash=1D44365E: Stable Diffusion 1D44365E"]
    );
    assert_eq!(generator.as_deref(), Some("NovelAI"));
}

#[test]
fn a_file_that_says_nothing_gives_nothing() {
    for name in ["empty_image.png", "empty_file.png", "README.md"] {
        assert_eq!(fixture(name), Reading::default(), "{name}");
    }
}

#[test]
fn a_file_that_breaks_off_is_no_crash() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/works");
    let whole = std::fs::read(format!("{folder}/automatic1111_cropped.png")).expect("checked in");
    for length in 0..whole.len() {
        let _ = read(&whole[..length]);
    }
}

/// A small picture with these texts, compressed.
fn picture(texts: &[(&str, String)], unicode: bool) -> Vec<u8> {
    use png::text_metadata::{ITXtChunk, ZTXtChunk};
    let mut bytes = Vec::new();
    let encoder = png::Encoder::new(&mut bytes, 1, 1);
    let mut writer = encoder.write_header().expect("a header");
    for (keyword, text) in texts {
        let mut chunk = ITXtChunk::new(*keyword, text);
        chunk.compressed = true;
        let written = match unicode {
            true => writer.write_text_chunk(&chunk),
            false => writer.write_text_chunk(&ZTXtChunk::new(*keyword, text)),
        };
        written.expect("a text");
    }
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("an end");
    bytes
}

#[test]
fn compressed_text_is_read_unless_it_is_too_long() {
    let settings = "Steps: 15, Sampler: UniPC, Size: 1x1";
    for unicode in [false, true] {
        let long = |len| format!("{}\n{settings}", "a duck ".repeat(len));
        let short = read(&picture(&[("parameters", long(100_000))], unicode));
        assert_eq!(short.found.len(), 2);
        // More than 4 MiB
        let long = read(&picture(&[("parameters", long(700_000))], unicode));
        assert_eq!((long.found.len(), long.unreadable.len()), (0, 1));
    }
}
