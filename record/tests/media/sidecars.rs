//! What stands beside a file.

use crate::common::{inspected, keep, line, picture, read_bytes, told};
use record::{Reading, Sidecar, read_with, sidecars};
use std::io::Cursor;

const SAVED: &str =
    "a duck, reeds\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 1, Size: 64x64, Model: duck\n";
const VERSION: &str = r#"{"id": 182559, "modelId": 162141, "name": "v1.0", "baseModel": "SDXL 1.0",
    "air": "urn:air:sdxl:lora:civitai:162141@182559", "model": {"name": "Heron", "type": "LORA"},
    "files": [{"hashes": {"AutoV2": "6CE0161689", "SHA256": "6CE0161689B3853ACAA03779EC93EAFE75A02F4CED659BEE03F50797806FA2FA"}}],
    "images": [{"meta": {"prompt": "somebody else's heron"}}]}"#;
const HASH: &str = "6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa";

fn beside(bytes: &[u8], name: &str, text: &str) -> Reading {
    let sidecar = Sidecar {
        name,
        bytes: text.as_bytes(),
    };
    keep(bytes);
    read_with(&mut Cursor::new(bytes), &[sidecar])
}

#[test]
fn names_are_those_that_programs_write() {
    assert_eq!(
        sidecars("a.b.png"),
        [
            "a.b.txt",
            "a.b.json",
            "a.b.swarm.json",
            "a.b.xmp",
            "a.b.png.xmp"
        ]
    );
    assert_eq!(
        sidecars("heron.safetensors"),
        ["heron.civitai.info", "heron.cm-info.json"]
    );
    // A file is not its own.
    assert_eq!(
        sidecars("a.TXT"),
        ["a.json", "a.swarm.json", "a.xmp", "a.TXT.xmp"]
    );
    for name in ["", "a", ".png"] {
        assert_eq!(sidecars(name), [""; 0]);
    }
}

#[test]
fn text_of_the_web_ui_beside_a_picture_is_read() {
    assert_eq!(
        told(&beside(&picture(&[]), "x.txt", SAVED)),
        [
            "prompt: a duck, reeds < sidecar x.txt text",
            "model: duck < sidecar x.txt text",
            "parameters: Steps: 20, Sampler: Euler,  < sidecar x.txt text",
        ]
    );
}

#[test]
fn caption_beside_a_picture_is_no_prompt() {
    let caption = "a duck, reeds, masterpiece";
    assert_eq!(told(&beside(&picture(&[]), "x.txt", caption)), [""; 0]);
}

#[test]
fn what_the_picture_says_itself_is_said_once_and_first() {
    let reading = beside(&picture(&[("parameters", SAVED.trim())]), "x.txt", SAVED);
    assert_eq!(
        told(&reading),
        [
            "prompt: a duck, reeds < PNG iTXt parameters",
            "model: duck < PNG iTXt parameters",
            "parameters: Steps: 20, Sampler: Euler,  < PNG iTXt parameters",
        ]
    );
}

#[test]
fn civitai_names_the_model_itself_and_not_what_it_was_made_from() {
    let air = "urn:air:sdxl:lora:civitai:162141@182559";
    let reading = beside(b"", "heron.civitai.info", VERSION);
    let all: Vec<_> = reading.found.iter().map(line).collect();
    assert_eq!(
        all,
        [
            format!("parameters: {VERSION}"),
            format!("output hash={HASH} air={air}: Heron v1.0"),
        ]
    );
    assert_eq!(reading.unreadable, []);
    assert_eq!(reading.source_type, None);
    let connected = r#"{"ModelId": 1, "ModelName": "Heron", "VersionName": "v1.0", "Hashes": {"SHA256": "6CE0161689B3853ACAA03779EC93EAFE75A02F4CED659BEE03F50797806FA2FA"}}"#;
    let reading = beside(b"", "heron.cm-info.json", connected);
    assert_eq!(
        line(&reading.found[1]),
        format!("output hash={HASH}: Heron v1.0")
    );
    assert_eq!(reading.found.len(), 2);
    // The same text as a file of its own names another file.
    assert_eq!(told(&read_bytes(VERSION.as_bytes())), [""; 0]);
}

#[test]
fn hash_of_one_among_several_files_is_not_said() {
    let two = r#""files": [{"hashes": {"SHA256": "0123456789abcdef"}}, "#;
    let two = VERSION.replace(r#""files": ["#, two);
    assert_ne!(two, VERSION);
    let reading = beside(b"", "heron.civitai.info", &two);
    assert_eq!(reading.found[1].meta.get("hash"), None);
}

#[test]
fn xmp_beside_a_picture_is_read_like_its_own() {
    let settings = r#"{"c": "a duck", "uc": "blurry", "model": "duck.ckpt", "sampler": "Euler", "seed": 1, "steps": 2, "scale": 3}"#;
    let xmp = format!(
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></exif:UserComment></rdf:Description></rdf:RDF></x:xmpmeta>"#,
        settings.replace('"', "&quot;")
    );
    let told = told(&beside(&picture(&[]), "x.xmp", &xmp));
    assert_eq!(told[0], "prompt: a duck < sidecar x.xmp exif:UserComment");
    assert_eq!(told.len(), 5);
}

#[test]
fn who_gets_the_file_learns_nothing_of_what_stands_beside() {
    let bytes = picture(&[("Title", "a pond")]);
    let sidecar = Sidecar {
        name: "x.txt",
        bytes: SAVED.as_bytes(),
    };
    let seen = inspected("x.png", &bytes, &[sidecar]);
    let places: Vec<_> = seen.discloses.iter().map(|told| &*told.place).collect();
    assert_eq!(places, ["PNG iTXt Title"]);
    assert_eq!(seen.steps.len(), 3);
    assert!(!seen.ai.marked);
}

#[test]
fn file_beside_that_is_too_long_is_told() {
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(4 << 20));
    for (name, place) in [
        ("x.json", "sidecar x.json text"),
        ("x.xmp", "sidecar x.xmp text"),
    ] {
        let reading = beside(&picture(&[]), name, &long);
        let told: Vec<_> = reading
            .unreadable
            .iter()
            .map(|it| (&*it.field, &*it.reason))
            .collect();
        assert_eq!(told, [(place, "it has more than 4194304 bytes")]);
        assert_eq!(reading.found, []);
    }
    // So is JSON that is a file of its own, and nothing else that is as long.
    let reading = read_bytes(long.as_bytes());
    assert_eq!(reading.unreadable[0].field, "file text");
    assert_eq!(read_bytes(&long.as_bytes()[1..]).unreadable, []);
}
