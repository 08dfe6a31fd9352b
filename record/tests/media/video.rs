//! Video, as ffmpeg writes it for ComfyUI and its nodes.

use crate::common::{break_everywhere, inspected, media, program, read_bytes, told};

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

/// XMP that says how a film was made.
const XMP: &[u8] =
    b"<rdf:RDF><rdf:Description Iptc4xmpExt:AIPromptInformation='a heron'/></rdf:RDF>";

/// A box: its length with this head, its name, and what it holds.
fn boxed(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() + 8) as u32;
    [&length.to_be_bytes(), &name[..], data].concat()
}

#[test]
fn xmp_of_a_film_is_read_in_each_place_where_it_stands() {
    const ID: &[u8] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
    let film = |more: Vec<u8>| [boxed(b"ftyp", b"isom\0\0\0\0"), more].concat();
    let udta = boxed(b"udta", &boxed(b"XMP_", XMP));
    // Its length is odd, so that a zero follows.
    let chunk = [b"_PMX", &(XMP.len() as u32).to_le_bytes()[..], XMP, b"\0"].concat();
    for bytes in [
        film(boxed(b"uuid", &[ID, XMP].concat())),
        film(boxed(b"moov", &udta)),
        [b"RIFF\0\0\0\0AVI ", &chunk[..]].concat(),
        [b"RIFF\0\0\0\0WAVE", &chunk[..]].concat(),
    ] {
        let reading = read_bytes(&bytes);
        let said = "prompt: a heron < XMP Iptc4xmpExt:AIPromptInformation";
        assert_eq!(told(&reading), [said]);
        assert_eq!(reading.unreadable, []);
    }
    let other = film(boxed(b"uuid", &[&[7; 16], XMP].concat()));
    assert_eq!(told(&read_bytes(&other)), [""; 0]);
}

#[test]
fn xmp_of_a_film_that_is_too_long_is_told() {
    let long = vec![b' '; (4 << 20) + 1];
    let udta = boxed(b"udta", &boxed(b"XMP_", &long));
    let bytes = [boxed(b"ftyp", b"isom\0\0\0\0"), boxed(b"moov", &udta)].concat();
    let unreadable = read_bytes(&bytes).unreadable;
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0].field, "XMP packet");
}

#[test]
fn programs_that_wrote_a_film_or_sound_are_disclosed() {
    for (name, expected) in [
        (
            "vhs.mkv",
            &["Matroska MuxingApp", "Matroska WritingApp"][..],
        ),
        ("comfyui.webm", &["WebM MuxingApp", "WebM WritingApp"]),
        ("a1111.flac", &["FLAC vendor"]),
        ("comfyui.ogg", &["Vorbis vendor"]),
    ] {
        let told = inspected(name, &media(name), &[]).discloses;
        let programs = told.iter().filter(|it| it.what == "text");
        let mut programs: Vec<_> = programs.map(|it| &*it.place).collect();
        programs.retain(|place| !place.ends_with("encoder") && !place.ends_with("duration"));
        assert_eq!(programs, expected, "{name}");
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
