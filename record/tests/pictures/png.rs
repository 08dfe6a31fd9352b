//! PNG: profiles that ImageMagick puts into texts.

use super::common::{picture, steps};
use super::{SAID, TEXT, fixture, places, read, says_the_text, unreadable};

/// Bytes in hex on lines of 36 bytes, as ImageMagick writes a profile.
fn profile(kind: &str, data: &[u8]) -> String {
    let digits: Vec<String> = data.iter().map(|byte| format!("{byte:02x}")).collect();
    let lines: Vec<String> = digits.chunks(36).map(<[String]>::concat).collect();
    format!("\n{kind}\n    {:>4}\n{}\n", data.len(), lines.join("\n"))
}

/// What stands in the first segment of a JPEG.
fn exif() -> Vec<u8> {
    let jpeg = fixture("pictures/a1111.jpg");
    let at = jpeg.windows(4).position(|it| it == b"Exif").expect("EXIF");
    let length = u16::from_be_bytes([jpeg[at - 2], jpeg[at - 1]]);
    jpeg[at..at - 2 + usize::from(length)].to_vec()
}

#[test]
fn profiles_are_read_as_what_they_hold() {
    let xmp = format!("<rdf:RDF><dc:description>{TEXT}</dc:description></rdf:RDF>");
    let length = (TEXT.len() as u16).to_be_bytes();
    let iptc = [b"\x1c\x02\x78", &length[..], TEXT.as_bytes()].concat();
    let in_segment = [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat();
    for (kind, data, place) in [
        ("exif", exif(), "EXIF UserComment"),
        ("APP1", exif(), "EXIF UserComment"),
        ("APP1", in_segment, "XMP dc:description"),
        ("xmp", xmp.into_bytes(), "XMP dc:description"),
        ("iptc", iptc, "IPTC Caption"),
    ] {
        let keyword = format!("Raw profile type {kind}");
        let bytes = picture(&[(&keyword, &profile(kind, &data))]);
        says_the_text(&bytes, place);
    }
}

#[test]
fn broken_profile_is_told_and_that_of_colours_is_none() {
    let short = profile("exif", &exif()).replacen("20", "", 1);
    let texts = [
        ("Raw profile type exif", &*short),
        ("Raw profile type icc", "\nicc\n 1\n00"),
    ];
    let bytes = picture(&texts);
    assert_eq!(
        unreadable(&read(&bytes)),
        ["PNG iTXt Raw profile type exif: it is not the profile that it says to be"]
    );
    assert_eq!(places(&bytes), [""; 0]);
}

#[test]
fn text_beside_xmp_is_read() {
    let bytes = picture(&[("parameters", TEXT), ("XML:com.adobe.xmp", "<rdf:RDF/>")]);
    assert_eq!(steps(&read(&bytes)), SAID);
}

#[test]
fn text_in_which_a_picture_breaks_off_is_told() {
    let whole = super::common::picture(&[("Title", "a pond"), ("parameters", TEXT)]);
    let at = |words: &[u8]| {
        whole
            .windows(words.len())
            .position(|at| at == words)
            .expect("words")
    };
    let text = at(b"parameters");
    for (end, field) in [
        (text + 30, "PNG iTXt parameters"),
        // All of it but the checksum.
        (at(b"Model: reeds") + 13, "PNG iTXt parameters"),
        (text + 4, "PNG iTXt para"),
        (text, "PNG iTXt "),
    ] {
        let reading = super::read(&whole[..end]);
        let told = super::unreadable(&reading);
        assert_eq!(told, [format!("{field}: the file breaks off in it")]);
        assert_eq!(super::places(&whole[..end]), ["PNG iTXt Title"]);
    }
    // One that breaks off in the picture lacks no text.
    let picture = at(b"IDAT") + 6;
    assert_eq!(super::unreadable(&super::read(&whole[..picture])), [""; 0]);
}
