//! Sound, as ffmpeg and mutagen write its tags.

use crate::common::{break_everywhere, media, read_bytes, told};

#[test]
fn what_comfyui_saves_is_read_in_every_kind_of_sound() {
    for (name, place) in [
        ("comfyui.flac", "FLAC"),
        ("comfyui.opus", "Opus"),
        ("comfyui.ogg", "Vorbis"),
        ("comfyui.mp3", "ID3 TXXX"),
    ] {
        let reading = read_bytes(&media(name));
        let expected = [
            ("prompt: a heron at dawn", "prompt"),
            ("prompt role=negative: blurry", "prompt"),
            ("model: duck.safetensors", "prompt"),
            ("parameters: {\"3\": {\"class_type\": \"KSamp", "prompt"),
            ("parameters: {\"nodes\": [{\"id\": 9, \"type\"", "workflow"),
            ("tool: ComfyUI", "prompt"),
        ];
        let expected = expected.map(|(step, name)| format!("{step} < {place} {name}"));
        assert_eq!(told(&reading), expected, "{name}");
        assert_eq!(reading.unreadable, [], "{name}");
    }
}

#[test]
fn tag_of_wav_is_read_beside_its_list() {
    let expected = [
        "prompt: a heron at dawn < ID3 TXXX prompt",
        "prompt role=negative: blurry < ID3 TXXX prompt",
        "model: duck.safetensors < ID3 TXXX prompt",
        "parameters: {\"3\": {\"class_type\": \"KSamp < ID3 TXXX prompt",
        "parameters: {\"prompt\": \"{\\\"3\\\": {\\\"clas < WAV comment",
        "parameters: {\"nodes\": [{\"id\": 9, \"type\" < ID3 TXXX workflow",
        "tool: ComfyUI < ID3 TXXX prompt",
    ];
    assert_eq!(told(&read_bytes(&media("id3.wav"))), expected);
}

#[test]
fn parameters_of_the_web_ui_are_read_in_sound_too() {
    for (name, place) in [
        ("a1111.flac", "FLAC parameters"),
        ("a1111-v23.mp3", "ID3 TXXX parameters"),
    ] {
        let reading = read_bytes(&media(name));
        let expected = [
            "prompt: a duck, reeds",
            "prompt role=negative: blurry",
            "model hash=1234567890: duck",
            "parameters: Steps: 20, Sampler: Euler, ",
        ];
        let expected = expected.map(|line| format!("{line} < {place}"));
        assert_eq!(told(&reading), expected, "{name}");
        assert_eq!(reading.unreadable, [], "{name}");
    }
}

#[test]
fn sound_may_break_anywhere() {
    for name in [
        "a1111.flac",
        "comfyui.opus",
        "comfyui.ogg",
        "comfyui.mp3",
        "a1111-v23.mp3",
        "id3.wav",
    ] {
        break_everywhere(&media(name));
    }
}

#[test]
fn text_that_is_not_in_its_encoding_is_told_and_not_guessed() {
    for (encoding, text) in [(3, &b"prompt\0a \xff duck"[..]), (4, b"prompt\0a duck")] {
        let frame = [&[encoding], text].concat();
        let head = [&b"TXXX\0\0\0"[..], &[frame.len() as u8, 0, 0]].concat();
        let length = (head.len() + frame.len()) as u8;
        let bytes = [&b"ID3\x04\0\0\0\0\0"[..], &[length], &head, &frame].concat();
        let reading = read_bytes(&bytes);
        let told: Vec<_> = reading.unreadable.iter().map(|it| &*it.field).collect();
        assert_eq!((reading.found.len(), told), (0, vec!["ID3 TXXX"]));
    }
}
