//! Text hidden in the lowest bits of pixels.

use super::common::{program, steps};
use super::{fixture, places, read, says_the_text, unreadable};

#[test]
fn text_under_every_signature_is_read() {
    for (name, place) in [
        ("stealth_pnginfo.png", "PNG alpha parameters"),
        ("stealth_pngcomp.png", "PNG alpha parameters"),
        ("stealth_rgbinfo.png", "PNG colours parameters"),
        ("stealth_rgbcomp.png", "PNG colours parameters"),
        ("stealth_pngcomp.webp", "WebP alpha parameters"),
        ("stealth_rgbcomp.webp", "WebP colours parameters"),
        ("stealth_lossy.webp", "WebP alpha parameters"),
    ] {
        says_the_text(&fixture(&format!("pictures/{name}")), place);
    }
}

#[test]
fn picture_of_the_web_ui_is_read() {
    let reading = read(&fixture("works/automatic1111_stealth.png"));
    let settings = "Steps: 20, Sampler: Euler, Schedule type: Automatic, CFG scale: 7, Seed: 2015833630, Size: 64x64, \
        Model hash: 15012c538f, Model: realisticVisionV51_v51VAE, Clip skip: 2, Version: v1.9.4-169-ga30b19dd";
    assert_eq!(
        steps(&reading),
        [
            "prompt: a circle",
            "prompt negative: a square",
            "model 15012c538f: realisticVisionV51_v51VAE",
            &format!("parameters: {settings}"),
            "tool: Stable Diffusion web UI v1.9.4-169-ga30b19dd",
        ]
    );
    assert_eq!(unreadable(&reading), [""; 0]);
    assert_eq!(reading.found[0].from, "PNG alpha parameters");
}

/// A PNG of this size whose alpha holds a signature, a length and a text, and whose texts these are.
fn png(size: (u32, u32), payload: &[u8], length: u32, texts: &[(&str, &str)]) -> Vec<u8> {
    let hidden = [b"stealth_pnginfo", &length.to_be_bytes()[..], payload].concat();
    let (width, height) = size;
    let mut pixels = vec![0xff; (width * height * 4) as usize];
    let bits = hidden
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    for (at, bit) in bits.enumerate() {
        let (column, row) = (at as u32 / height, at as u32 % height);
        pixels[((row * width + column) * 4 + 3) as usize] = 254 | bit;
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    for (keyword, text) in texts {
        let added = encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned());
        added.expect("a text");
    }
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

const NOVELAI: &str = r#"{"Description": "a heron", "Software": "NovelAI", "Source": "NovelAI Diffusion V4 37442FCA", "Comment": "{\"prompt\": \"a heron\", \"uc\": \"blurry\"}"}"#;

#[test]
fn novelai_hides_what_it_also_writes_and_is_read_once() {
    let said = |parameters: &str| {
        vec![
            "prompt: a heron".to_owned(),
            "prompt negative: blurry".to_owned(),
            "model 37442FCA: NovelAI Diffusion V4 37442FCA".to_owned(),
            format!("parameters: {parameters}"),
            "tool: NovelAI".to_owned(),
        ]
    };
    let length = NOVELAI.len() as u32 * 8;
    let hidden = read(&png((40, 60), NOVELAI.as_bytes(), length, &[]));
    assert_eq!(steps(&hidden), said(NOVELAI));
    assert_eq!(program(&hidden).as_deref(), Some("NovelAI"));
    let comment = r#"{"prompt": "a heron", "uc": "blurry"}"#;
    let texts = [
        ("Software", "NovelAI"),
        ("Description", "a heron"),
        ("Source", "NovelAI Diffusion V4 37442FCA"),
        ("Comment", comment),
    ];
    let both = png((40, 60), NOVELAI.as_bytes(), length, &texts);
    assert_eq!(steps(&read(&both)), said(comment));
    assert_eq!(places(&both)[4], "PNG alpha parameters");
}

#[test]
fn pictures_lower_than_the_signature_are_read() {
    for height in [1, 7, 119, 120, 121] {
        let bytes = png(
            (3_000 / height + 1, height),
            b"a heron\nSteps: 1, Model: m",
            26 * 8,
            &[],
        );
        assert_eq!(places(&bytes), ["PNG alpha parameters"], "{height}");
        assert_eq!(steps(&read(&bytes)).len(), 3);
    }
}

#[test]
fn text_that_is_longer_than_the_picture_or_no_utf8_is_told() {
    let told =
        |payload: &[u8], length: u32| unreadable(&read(&png((40, 60), payload, length, &[])));
    assert_eq!(
        told(b"a", 8 * 3_000),
        ["PNG alpha parameters: it is longer than the picture"]
    );
    assert_eq!(
        told(b"a", u32::MAX),
        ["PNG alpha parameters: it has more than 4194304 bytes"]
    );
    assert_eq!(
        told(b"\xff\xfe", 16),
        ["PNG alpha parameters: it is not UTF-8"]
    );
    let whole = png((40, 400), b"a heron", 56, &[]);
    assert_eq!(
        unreadable(&read(&whole[..whole.len() - 60])),
        ["PNG alpha parameters: the picture breaks off"]
    );
}
