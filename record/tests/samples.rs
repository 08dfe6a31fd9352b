//! What real files of image tools say of themselves.

use logic::step::StepKind;
use record::Reading;
use std::io::Cursor;

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

fn fixture(name: &str) -> Reading {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/works");
    read(&std::fs::read(format!("{folder}/{name}")).expect("the fixture is checked in"))
}

fn contents(source: &Reading, kind: StepKind) -> Vec<&str> {
    let found = source.found.iter().filter(|found| found.kind == kind);
    found.map(|found| found.content.as_str()).collect()
}

#[test]
fn automatic1111_gives_prompts_model_and_settings() {
    let source = fixture("automatic1111_cropped.png");
    assert_eq!(source.generator, None);
    assert_eq!(
        contents(&source, StepKind::Prompt),
        ["photo of a duck", "monochrome"]
    );
    assert_eq!(
        contents(&source, StepKind::Model),
        ["realistic_realisticVisionV20_v20"]
    );
    assert_eq!(source.found[2].meta["hash"], "c0d1994c73");
    assert!(contents(&source, StepKind::Parameters)[0].starts_with("Steps: 15, Sampler: UniPC"));
}

#[test]
fn text_behind_the_picture_is_read() {
    let (after, before) = (
        fixture("text_after_idat.png"),
        fixture("automatic1111_cropped.png"),
    );
    assert_eq!(after, before);
}

#[test]
fn fooocus_gives_prompt_model_and_version() {
    let source = fixture("fooocus1_cropped.png");
    assert_eq!(contents(&source, StepKind::Prompt), ["a smiling goldfish"]);
    assert_eq!(
        contents(&source, StepKind::Model),
        ["juggernautXL_v8Rundiffusion"]
    );
    assert_eq!(contents(&source, StepKind::Tool), ["Fooocus v2.4.3"]);
}

#[test]
fn comfyui_follows_the_graph_to_its_prompts() {
    let source = fixture("img2img_cropped.png");
    assert_eq!(
        contents(&source, StepKind::Prompt),
        [
            "photograph of victorian woman with wings, sky clouds, meadow grass",
            "watermark, text"
        ]
    );
    assert_eq!(source.found[1].meta["role"], "negative");
    assert_eq!(
        contents(&source, StepKind::Model),
        ["v1-5-pruned-emaonly.ckpt"]
    );
}

#[test]
fn invokeai_gives_prompts_and_model() {
    let source = fixture("invokeai_imeta1.png");
    assert_eq!(
        contents(&source, StepKind::Prompt)[0],
        "digital artwork, oil painting. painterly brushstrokes, holidays,"
    );
    assert_eq!(contents(&source, StepKind::Model), ["juggernautXL"]);
}

#[test]
fn novelai_gives_prompts_and_model() {
    let source = fixture("novelai1_cropped.png");
    assert_eq!(
        contents(&source, StepKind::Prompt)[0],
        "masterpiece, best quality,  cat, space, icon"
    );
    assert_eq!(
        contents(&source, StepKind::Model),
        ["Stable Diffusion 1D44365E"]
    );
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
