//! Video, as ffmpeg writes it for ComfyUI and its nodes.

mod common;

use common::{break_everywhere, media, program, read_bytes, told};

/// All steps of a file with ComfyUI's two fields, each in its own.
fn apart(place: &str) -> Vec<String> {
    [
        ("prompt: a heron at dawn", "prompt"),
        ("prompt role=negative: blurry", "prompt"),
        ("model: duck.safetensors", "prompt"),
        ("parameters: {\"3\": {\"class_type\": \"KSamp", "prompt"),
        ("parameters: {\"nodes\": [{\"id\": 9, \"type\"", "workflow"),
        ("tool: ComfyUI", "prompt"),
    ]
    .map(|(step, name)| format!("{step} < {place} {name}"))
    .to_vec()
}

/// The same of a file with both in one comment, as VideoHelperSuite has it.
fn together(place: &str) -> Vec<String> {
    [
        "prompt: a heron at dawn",
        "prompt role=negative: blurry",
        "model: duck.safetensors",
        "parameters: {\"prompt\": \"{\\\"3\\\": {\\\"clas",
        "tool: ComfyUI",
    ]
    .map(|step| format!("{step} < {place} comment"))
    .to_vec()
}

#[test]
fn what_comfyui_saves_is_read_in_every_container() {
    for (name, place) in [
        ("comfyui.mp4", "MP4"),
        ("comfyui.mov", "MP4"),
        ("faststart.mp4", "MP4"),
        ("fragments.mp4", "MP4"),
        ("freeform.m4a", "MP4 ----"),
        ("comfyui.webm", "WebM"),
        ("live.mkv", "Matroska"),
    ] {
        let reading = read_bytes(&media(name));
        assert_eq!(told(&reading), apart(place), "{name}");
        assert_eq!(reading.unreadable, [], "{name}");
        assert_eq!(program(&reading).as_deref(), Some("ComfyUI"));
    }
}

#[test]
fn comment_with_both_is_read_in_every_container() {
    for (name, place) in [
        ("vhs.mp4", "MP4"),
        ("vhs.mov", "MP4"),
        ("vhs.m4a", "MP4"),
        ("vhs.mkv", "Matroska"),
        ("vhs.avi", "AVI"),
        ("vhs.wav", "WAV"),
        ("vhs.mp3", "ID3 TXXX"),
    ] {
        let reading = read_bytes(&media(name));
        assert_eq!(told(&reading), together(place), "{name}");
        assert_eq!(reading.unreadable, [], "{name}");
    }
}

#[test]
fn video_may_break_anywhere() {
    for name in [
        "comfyui.mp4",
        "fragments.mp4",
        "vhs.mov",
        "freeform.m4a",
        "comfyui.webm",
        "live.mkv",
        "vhs.avi",
    ] {
        break_everywhere(&media(name));
    }
}

#[test]
fn texts_before_a_break_are_read() {
    for (name, last) in [
        ("faststart.mp4", "mdat"),
        ("comfyui.webm", "\x1f\x43\u{b6}\x75"),
    ] {
        let bytes = media(name);
        let last: Vec<u8> = last.chars().map(|char| char as u8).collect();
        let at = bytes.windows(4).position(|four| four == last);
        let reading = read_bytes(&bytes[..at.expect("the media")]);
        assert_eq!(reading.found.len(), 6, "{name}");
    }
}
