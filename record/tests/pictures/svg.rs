//! SVG: titles, descriptions, comments and metadata.

use super::common::{program, steps};
use super::{SAID, TEXT, inspect, places, read, says_the_text, unreadable};

fn svg(inside: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>")
        .into_bytes()
}

#[test]
fn description_comment_and_metadata_are_read() {
    says_the_text(&svg(&format!("<desc>{TEXT}</desc>")), "SVG desc");
    says_the_text(&svg(&format!("<!-- {TEXT} -->")), "SVG Comment");
    says_the_text(
        &svg(&format!("<metadata>{TEXT}</metadata>")),
        "SVG metadata",
    );
    assert_eq!(inspect(&svg("")).media_type, Some("image/svg+xml"));
}

#[test]
fn graph_in_metadata_is_read_as_comfyui_writes_it() {
    let graph = r#"{"prompt": {"1": {"class_type": "KSampler", "inputs": {"seed": 1, "model": ["5", 0], "positive": ["2", 0], "negative": ["4", 0]}}, "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a heron & reeds"}}, "3": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}}, "4": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}}, "5": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "reeds.safetensors"}}}}"#;
    let reading = read(&svg(&format!(
        "<metadata><![CDATA[\n{graph}\n]]></metadata>"
    )));
    assert_eq!(
        steps(&reading),
        [
            "prompt: a heron & reeds",
            "prompt negative: blurry",
            "model: reeds.safetensors",
            &format!("parameters: {graph}"),
            "tool: ComfyUI"
        ]
    );
    assert_eq!(program(&reading).as_deref(), Some("ComfyUI"));
}

#[test]
fn xmp_in_metadata_is_read_by_prefixes_declared_outside() {
    let rdf =
        "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description>
        <i:AIPromptInformation>a heron</i:AIPromptInformation></r:Description></r:RDF></metadata>";
    let bytes = format!(
        "<svg xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>{rdf}<desc>b</desc></svg>"
    );
    assert_eq!(steps(&read(bytes.as_bytes())), ["prompt: a heron"]);
    assert_eq!(
        places(bytes.as_bytes()),
        ["XMP Iptc4xmpExt:AIPromptInformation", "SVG desc"]
    );
}

#[test]
fn entities_and_words_of_the_picture_are_not_read() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'a a a'>]>\n<svg><text>hidden</text><title>&a;&amp;</title><style>a</style></svg>";
    let inspection = inspect(bomb.as_bytes());
    assert_eq!(inspection.unreadable, []);
    assert_eq!(places(bomb.as_bytes()), ["SVG title"]);
}

#[test]
fn what_stands_before_a_break_is_read() {
    let text = format!("<svg><desc>{TEXT}</desc><path d=\"M0 0");
    let reading = read(text.as_bytes());
    assert_eq!(steps(&reading), SAID);
    assert_eq!(unreadable(&reading).len(), 1);
}
