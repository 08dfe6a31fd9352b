//! GIF and JPEG XL: comments, extensions and boxes between frames.

use super::common::steps;
use super::{SAID, TEXT, fixture, places, read, says_the_text, unreadable};

#[test]
fn comment_of_a_gif_is_read() {
    says_the_text(&fixture("pictures/a1111.gif"), "GIF Comment");
}

/// A GIF of one pixel before an extension.
fn gif(extension: &[u8]) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let pixel = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    [head, &pixel[..], extension, b"\x3b"].concat()
}

#[test]
fn xmp_of_a_gif_is_read_behind_the_picture() {
    let xmp = format!("<rdf:RDF><dc:description>{TEXT}</dc:description></rdf:RDF>");
    let end: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
    let extension = [b"\x21\xff\x0bXMP DataXMP", xmp.as_bytes(), &end].concat();
    says_the_text(&gif(&extension), "XMP dc:description");
    let cut = gif(&extension[..extension.len() - 200]);
    assert_eq!(places(&cut), [""; 0]);
}

#[test]
fn extensions_of_others_are_passed_over() {
    let other = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x21\xf9\x04\0\0\0\0\0";
    let comment = [other, &b"\x21\xfe\x06a here\x01n\0"[..]].concat();
    assert_eq!(places(&gif(&comment)), ["GIF Comment"]);
}

/// A box of JPEG XL.
fn boxed(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32 + 8).to_be_bytes();
    [&length[..], kind, data].concat()
}

#[test]
fn boxes_of_jpeg_xl_are_read_and_compressed_ones_told() {
    let webp = fixture("pictures/a1111.webp");
    let at = webp.windows(4).position(|it| it == b"EXIF").expect("EXIF");
    let exif = [&[0; 4], &webp[at + 8..]].concat();
    let start = boxed(b"JXL ", b"\x0d\x0a\x87\x0a");
    let start = [start, boxed(b"ftyp", b"jxl \0\0\0\0jxl ")].concat();
    let whole = [
        start.clone(),
        boxed(b"jxlp", b"1234"),
        boxed(b"Exif", &exif),
    ]
    .concat();
    assert_eq!(steps(&read(&whole)), SAID);
    let packed = [start, boxed(b"brob", b"xml 1234")].concat();
    assert_eq!(
        unreadable(&read(&packed)),
        ["JPEG XL xml: it is compressed, which is not read"]
    );
}

#[test]
fn chunk_of_a_webp_is_read_behind_one_of_odd_length() {
    let chunk = |xml: &str| {
        let length = (xml.len() as u32).to_le_bytes();
        let padding = vec![0; xml.len() % 2];
        [b"XMP ", &length[..], xml.as_bytes(), &padding].concat()
    };
    let xmp = format!("<rdf:RDF><dc:description>{TEXT}</dc:description></rdf:RDF>");
    let odd = chunk("<rdf:RDF></rdf:RDF>");
    let bytes = [&b"RIFF\0\0\0\0WEBP"[..], &odd, &chunk(&xmp)].concat();
    says_the_text(&bytes, "XMP dc:description");
}

#[test]
fn comment_of_a_gif_that_is_too_long_is_told_and_not_cut() {
    let part = [&[255][..], &[b'a'; 255]].concat();
    let long = [&b"!\xfe"[..], &part.repeat(17_000), &[0]].concat();
    let reading = read(&gif(&long));
    assert_eq!(
        unreadable(&reading),
        ["GIF Comment: it has more than 4194304 bytes"]
    );
    assert_eq!(reading.found, []);
}
