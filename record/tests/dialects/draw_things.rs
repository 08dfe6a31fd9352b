//! What Draw Things writes.

use crate::common::{finds, generator, read};
use record::Reading;

const SETTINGS: &str = r#"{"c": "a \"red\" heron", "uc": "mud & fog", "model": "heron_q8p.ckpt", "sampler": "Euler A",
  "scale": 7, "seed": 5, "steps": 20, "size": "64x64", "strength": 1, "upscaler": "large.ckpt",
  "lora": [{"model": "reeds_f16.ckpt", "weight": 0.6}, {"model": "unused.ckpt", "weight": 0}],
  "v2": {"loras": [{"file": "reeds_f16.ckpt", "weight": 0.6}, {"file": "absent.ckpt", "weight": 1}], "upscaler": "absent_too.ckpt", "faceRestoration": "absent_as_well.ckpt"}}"#;

fn expected(field: &str) -> [(&str, &str, &str); 7] {
    [
        ("prompt", "a \"red\" heron", ""),
        ("prompt", "mud & fog", "negative"),
        ("model", "heron_q8p.ckpt", ""),
        ("model", "large.ckpt", ""),
        ("model", "reeds_f16.ckpt", ""),
        ("parameters", field, ""),
        ("tool", "Draw Things", ""),
    ]
}

#[test]
fn user_comment_gives_prompts_and_models() {
    let reading = read(&[("UserComment", SETTINGS)]);
    assert_eq!(generator(&reading), "Draw Things");
    finds(&reading, &expected(SETTINGS));
}

#[test]
fn user_comment_in_xmp_is_read() {
    let escaped = SETTINGS.replace('&', "&amp;").replace('"', "&quot;");
    let xmp = format!(
        r#"<x:xmpmeta><rdf:RDF><rdf:Description><exif:UserComment> <rdf:Alt>
        <rdf:li xml:lang="x-default">{escaped}</rdf:li></rdf:Alt></exif:UserComment></rdf:Description></rdf:RDF></x:xmpmeta>"#
    );
    finds(&read(&[("XML:com.adobe.xmp", &xmp)]), &expected(SETTINGS));
}

#[test]
fn json_that_is_not_surely_theirs_says_nothing() {
    for text in [
        r#"{"c": "a", "uc": "b"}"#,
        r#"{"c": "a", "uc": "b", "model": "m", "sampler": "s", "seed": "5", "steps": 20, "scale": 7}"#,
        r#"{"uc": "#,
    ] {
        assert_eq!(read(&[("UserComment", text)]), Reading::default(), "{text}");
    }
    let broken = read(&[("XML:com.adobe.xmp", "<exif:UserComment><rdf:li")]);
    assert_eq!((broken.found.len(), broken.unreadable.len()), (0, 1));
}

const END: &str = "Steps: 10, Sampler: DDIM, Guidance Scale: 10.0, Seed: 5, Size: 64x64, Model: heron.ckpt, Strength: 1.0, Seed Mode: Scale Alike, LoRA Model: reeds.ckpt, LoRA Weight: 0.8, LoRA Model: off.ckpt, LoRA Weight: 0.0";

fn model_and_tool(field: &str) -> [(&str, &str, &str); 4] {
    [
        ("model", "heron.ckpt", ""),
        ("model", "reeds.ckpt", ""),
        ("parameters", field, ""),
        ("tool", "Draw Things", ""),
    ]
}

#[test]
fn a_description_has_its_own_mark_of_what_is_not_wanted() {
    for (head, prompts) in [
        (
            "a heron\n-mud, fog\n",
            &[
                ("prompt", "a heron", ""),
                ("prompt", "mud, fog", "negative"),
            ][..],
        ),
        ("a heron\n-\n", &[("prompt", "a heron", "")]),
        ("a heron\nreeds\n", &[("prompt", "a heron\nreeds", "")]),
        ("", &[]),
        // Whose line is the second?
        ("a heron\n-red\n-mud\n", &[]),
        ("-mud\n", &[]),
    ] {
        let text = format!("{head}{END}");
        for name in ["ImageDescription", "parameters"] {
            let expected = [prompts, &model_and_tool(&text)].concat();
            let reading = read(&[(name, &text)]);
            finds(&reading, &expected);
            assert_eq!(generator(&reading), "Draw Things");
            assert!(reading.unreadable.is_empty());
        }
        let item = text.replace('\n', "&#xA;");
        let xmp = format!(
            "<rdf:RDF><rdf:Description><dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{item}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>"
        );
        let expected = [prompts, &model_and_tool(&text)].concat();
        finds(&read(&[("XML:com.adobe.xmp", &xmp)]), &expected);
    }
}

#[test]
fn several_loras_of_a_description_have_numbers() {
    let text = "a heron\n-mud\nSteps: 10, Sampler: DDIM, Guidance Scale: 10.0, Seed: 5, Size: 64x64, Model: heron.ckpt, Strength: 1.0, Seed Mode: Scale Alike, Upscaler: large.ckpt, Shift: 3.0, LoRA 1 Model: reeds.ckpt, LoRA 1 Weight: 0.8, LoRA 2 Model: off.ckpt, LoRA 2 Weight: 0.0, LoRA 3 Model: ink.ckpt, LoRA 3 Weight: 1.0, Control: lines.ckpt, Control No Prompt: false";
    finds(
        &read(&[("Description", text)]),
        &[
            ("prompt", "a heron", ""),
            ("prompt", "mud", "negative"),
            ("model", "heron.ckpt", ""),
            ("model", "large.ckpt", ""),
            ("model", "reeds.ckpt", ""),
            ("model", "ink.ckpt", ""),
            ("parameters", text, ""),
            ("tool", "Draw Things", ""),
        ],
    );
}

#[test]
fn a_description_beside_the_settings_is_kept_and_says_nothing_more() {
    let text = format!("a \"red\" heron\n-mud & fog\n{END}");
    let all = expected(SETTINGS);
    let [settings @ .., tool] = &all;
    let mut steps = settings.to_vec();
    steps.extend([("parameters", text.as_str(), ""), *tool]);
    finds(
        &read(&[("ImageDescription", &text), ("UserComment", SETTINGS)]),
        &steps,
    );
}

#[test]
fn a_text_in_another_order_is_not_theirs() {
    let text = "a heron\n-mud\nSteps: 10, Sampler: DDIM, Seed: 5, Guidance Scale: 10.0, Size: 64x64, Model: heron.ckpt";
    let reading = read(&[("parameters", text)]);
    assert_eq!(generator(&reading), "");
    assert_eq!(reading.found[0].content, "a heron\n-mud");
}
