//! What Draw Things writes.

mod common;

use common::{finds, generator, read};
use record::Reading;

const SETTINGS: &str = r#"{"c": "a \"red\" heron", "uc": "mud & fog", "model": "heron_q8p.ckpt", "sampler": "Euler A",
  "scale": 7, "seed": 5, "steps": 20, "size": "64x64", "strength": 1,
  "lora": [{"model": "reeds_f16.ckpt", "weight": 0.6}, {"model": "unused.ckpt", "weight": 0}],
  "v2": {"loras": [{"file": "reeds_f16.ckpt", "weight": 0.6}]}}"#;

fn expected(field: &str) -> [(&str, &str, &str); 6] {
    [
        ("prompt", "a \"red\" heron", ""),
        ("prompt", "mud & fog", "negative"),
        ("model", "heron_q8p.ckpt", ""),
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
