//! Words of programs and cameras in places that are not those of tags.

use super::{cleaned, copy};
use record::clean::Uncleanable;

fn ended<const N: usize>(pieces: [&[u8]; N]) -> Vec<u8> {
    pieces.concat()
}

#[test]
fn joined_mp3s_lose_the_tags_between_them() {
    let sound = ended([b"\xff\xfb\x90\x64", &[0x55; 200], b"TAGID3"]);
    let id3 = ended([
        b"ID3\x04\0\0\0\0\0\x10TIT2\0\0\0\x06\0\0\x03duck\0\0\0",
        &[0; 5],
    ]);
    let old = ended([b"TAGduck", &[0; 121]]);
    let file = ended([&id3, &sound, &id3, &sound, &old, &id3, &sound, &old]);
    let (copy, gone) = cleaned(&file).expect("a copy");
    // A frame has 417 bytes, and is filled up to these.
    let whole = ended([&sound, &[0; 417 - 210]]);
    assert_eq!(copy, ended([&whole, &whole, &sound]));
    assert!(
        gone.removed.contains(&"tags within the sound".to_owned()),
        "{gone:?}"
    );
}

#[test]
fn flac_loses_tags_behind_its_sound() {
    let sound = ended([
        b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0\0\0\0\x01",
        &[0; 16],
        b"\xff\xf8",
        &[0x55; 200],
    ]);
    let tag = ended([b"TAGduck", &[0; 121]]);
    assert_eq!(copy(&ended([&sound, &tag])), sound);
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    ended([name, &(data.len() as u32).to_le_bytes(), data])
}

#[test]
fn avi_loses_what_a_camera_told_the_driver_of_a_stream() {
    let film = |name: &[u8; 4], of_driver: &[u8]| {
        let heads = [
            chunk(b"strh", &[0; 56]),
            chunk(b"strf", &[0; 40]),
            chunk(name, of_driver),
        ];
        let stream = chunk(b"LIST", &ended([b"strl", &heads.concat()]));
        let head = ended([b"hdrl", &chunk(b"avih", &[0; 56]), &stream]);
        let parts = [chunk(b"LIST", &head), chunk(b"LIST", b"movi")];
        chunk(b"RIFF", &ended([b"AVI ", &parts.concat()]))
    };
    for told in [b"AVIFduck", b"CASIduck", b"Zoraduck"] {
        assert_eq!(copy(&film(b"strd", told)), film(b"JUNK", &[0; 8]));
    }
    let set = film(b"strd", b"\x01\x02\x03\x04\x05\x06\x07\x08");
    assert_eq!(copy(&set), set);
}

fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    ended([&(data.len() as u32 + 8).to_be_bytes(), name, data])
}

/// A film of these descriptions of samples and files.
fn film(descriptions: &[u8], files: &[u8]) -> Vec<u8> {
    let one = b"\0\0\0\0\0\0\0\x01";
    let dref = part(b"dref", &ended([one, files]));
    let stsd = part(b"stsd", &ended([one, descriptions]));
    let minf = ended([&part(b"dinf", &dref), &part(b"stbl", &stsd)]);
    let trak = part(b"mdia", &part(b"minf", &minf));
    let moov = part(b"moov", &part(b"trak", &trak));
    ended([&part(b"ftyp", b"qt  \0\0\0\0"), &moov])
}

#[test]
fn film_loses_names_of_tapes_programs_and_disks() {
    let here = part(b"alis", b"\0\0\0\x01/Users/duck");
    let nowhere = part(b"alis", &ended([b"\0\0\0\x01", &[0; 11]]));
    let tape = |reel: &[u8]| part(b"tmcd", &ended([&[1; 26], reel]));
    let reel = part(b"name", b"\0\x04\0\0duck");
    assert_eq!(
        copy(&film(&tape(&reel), &here)),
        film(&tape(&part(b"free", &[0; 8])), &nowhere)
    );
    let video = |kind, maker: &[u8], name: &[u8]| {
        part(kind, &ended([&[1; 12], maker, &[1; 26], name, &[2; 4]]))
    };
    let name = ended([b"\x04duck", &[0; 27]]);
    assert_eq!(
        copy(&film(&video(b"avc1", b"duck", &name), &nowhere)),
        film(&video(b"avc1", &[0; 4], &[0; 32]), &nowhere)
    );
    // Its decoder asks for the name.
    let old = film(&video(b"raw ", b"duck", &name), &nowhere);
    assert_eq!(copy(&old), old);
    let elsewhere = part(b"alis", b"\0\0\0\0/Users/duck");
    let refused = cleaned(&film(&tape(&reel), &elsewhere));
    assert!(matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("other files")));
}

#[test]
fn matroska_loses_how_a_codec_was_set() {
    let film = |settings: &[u8]| {
        let track = ended([b"\xd7\x81\x01", settings]);
        let track = ended([&[0xae, 0x80 | track.len() as u8], &track]);
        let tracks = ended([b"\x16\x54\xae\x6b", &[0x80 | track.len() as u8], &track]);
        let segment = [0x80 | tracks.len() as u8];
        ended([
            b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska\x18\x53\x80\x67",
            &segment,
            &tracks,
        ])
    };
    assert_eq!(
        copy(&film(b"\x3a\x96\x97\x84duck")),
        film(b"\xec\x86\0\0\0\0\0\0")
    );
}

#[test]
fn svg_loses_what_only_the_program_that_drew_it_reads() {
    let drawing = |named: &str, root: &str, told: &str| {
        format!(
            "<!DOCTYPE svg [{named}\
             <!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]>\
             <svg xmlns:s=\"&ns_svg;\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:m=\"http://www.w3.org/1998/Math/MathML\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\"{root}><s:g/><use xlink:href=\"#a\"/><m:mi>x</m:mi>{told}</svg>"
        )
    };
    let told = drawing(
        "<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">",
        " xmlns:i=\"&ns_ai;\" content=\"&lt;mxfile host=&quot;duck&quot;/&gt;\" i:knockout=\"duck\"",
        "<i:aipgf><![CDATA[duck]]></i:aipgf>",
    );
    let copy = String::from_utf8(copy(told.as_bytes())).expect("a text");
    assert_eq!(copy, drawing("", "", ""));
}
