//! Pictures that are made to break who reads them: a short answer, in little time and memory, and never a panic.

use super::{alone, read_soon};

/// The fields that cannot be read.
fn told(bytes: &[u8]) -> Vec<String> {
    let unreadable = read_soon(bytes).unreadable.into_iter();
    unreadable.map(|it| it.field).collect()
}

fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut inside = b"WEBP".to_vec();
    for (kind, data) in chunks {
        inside.extend([&kind[..], &(data.len() as u32).to_le_bytes(), data].concat());
        inside.resize(inside.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &(inside.len() as u32).to_le_bytes()[..], &inside].concat()
}

fn packet(xml: &str) -> Vec<u8> {
    riff(&[(b"XMP ", xml.as_bytes())])
}

#[test]
fn xmp_of_any_shape_takes_little() {
    let _alone = alone();
    let mut prefixes = "<rdf:RDF".to_owned();
    for at in 0..30_000 {
        prefixes += &format!(" xmlns:a{at}='http://purl.org/dc/elements/1.1/'");
    }
    let long = "a".repeat(1 << 20);
    let attributes: String = (0..50_000).map(|at| format!(" a:b{at}='c'")).collect();
    for (xml, fields) in [
        (format!("{prefixes}><a0:b>c</a0:b></rdf:RDF>"), 0),
        (format!("<rdf:RDF>{}", "<a:b>".repeat(400_000)), 1),
        (format!("<rdf:RDF>{}", "<a:b c='d'>".repeat(100_000)), 1),
        (
            format!(
                "<rdf:RDF><a:{long}>{}</a:{long}></rdf:RDF>",
                "<b>c</b>".repeat(200_000)
            ),
            0,
        ),
        (
            format!("<rdf:RDF>{}</rdf:RDF>", "<b>c</b>".repeat(400_000)),
            1,
        ),
        (format!("<rdf:RDF><a:b{attributes}/></rdf:RDF>"), 1),
        (
            format!(
                "<rdf:RDF><a:b>{}</a:b></rdf:RDF>",
                "&a;&lt;&#x41;".repeat(100_000)
            ),
            0,
        ),
        (
            format!(
                "<rdf:RDF><a:b c='{}'/></rdf:RDF>",
                "&a;&lt;".repeat(100_000)
            ),
            0,
        ),
        ("<".repeat(4 << 20), 1),
        ("&".repeat(4 << 20), 0),
        ("</a>".repeat(1 << 20), 0),
    ] {
        assert_eq!(told(&packet(&xml)).len(), fields, "{:.40}", xml);
    }
}

#[test]
fn webp_that_claims_many_pixels_takes_no_memory() {
    let _alone = alone();
    let side = 16_383_u16 | 0x4000;
    let lossy = [
        &[0x10, 0, 0, 0x9d, 1, 0x2a][..],
        &side.to_le_bytes(),
        &side.to_le_bytes(),
    ]
    .concat();
    let lossy = [&lossy[..], &[0; 100]].concat();
    let lossless = [&[0x2f, 0xff, 0xff, 0xff, 0x1f][..], &[0; 100]].concat();
    for (flags, sides) in [(0x10, [9, 0, 0, 9, 0, 0]), (0x10, [0xff; 6])] {
        let extended = [&[flags, 0, 0, 0][..], &sides].concat();
        let _ = read_soon(&riff(&[
            (b"VP8X", &extended),
            (b"ALPH", &[0; 50]),
            (b"VP8 ", &lossy),
        ]));
        let _ = read_soon(&riff(&[
            (b"VP8X", &extended),
            (b"VP8 ", &lossy[..9]),
            (b"ALPH", &[1]),
            (b"VP8 ", &lossy),
        ]));
        let _ = read_soon(&riff(&[(b"VP8X", &extended), (b"VP8L", &lossless)]));
    }
    let _ = read_soon(&riff(&[(b"VP8L", &lossless)]));
    let many: Vec<(&[u8; 4], &[u8])> = vec![(b"ANMF", &[0; 24]); 100_000];
    let _ = read_soon(&riff(&many));
}

/// A picture whose alpha begins with a signature.
fn pixels(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = vec![0xff; (width * height * 4) as usize];
    let mut noise = 1_u32;
    for pixel in pixels.chunks_exact_mut(4) {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        pixel[..3].copy_from_slice(&noise.to_be_bytes()[..3]);
    }
    for (at, byte) in b"stealth_pngcomp".iter().enumerate() {
        for bit in 0..8 {
            let place = (at * 8 + bit) * width as usize * 4 + 3;
            pixels[place] = 254 | (byte >> (7 - bit) & 1);
        }
    }
    pixels
}

#[test]
fn large_pictures_that_hide_a_text_are_decoded_in_little_memory() {
    let _alone = alone();
    let (width, height) = (3_000, 2_000);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().expect("a header");
    writer
        .write_image_data(&pixels(width, height))
        .expect("pixels");
    writer.finish().expect("an end");
    assert_eq!(told(&bytes), ["PNG alpha parameters"]);
    drop(bytes);
    for colour in [image_webp::ColorType::Rgba8, image_webp::ColorType::Rgb8] {
        let size = if colour == image_webp::ColorType::Rgb8 {
            3
        } else {
            4
        };
        let pixels = pixels(2_048, 2_048);
        let pixels: Vec<u8> = pixels
            .chunks_exact(4)
            .flat_map(|pixel| &pixel[..size])
            .copied()
            .collect();
        let mut bytes = Vec::new();
        let encoded =
            image_webp::WebPEncoder::new(&mut bytes).encode(&pixels, 2_048, 2_048, colour);
        encoded.expect("a picture");
        drop(pixels);
        let expected = usize::from(size == 4);
        assert_eq!(told(&bytes).len(), expected);
    }
}

#[test]
fn png_that_claims_many_pixels_takes_no_memory() {
    let _alone = alone();
    for (width, height) in [
        (u32::MAX >> 1, 1),
        (1, u32::MAX >> 1),
        (1 << 17, 1 << 17),
        (0, 0),
    ] {
        let header = [
            &width.to_be_bytes()[..],
            &height.to_be_bytes(),
            &[8, 6, 0, 0, 0],
        ]
        .concat();
        let data = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 8 << 20], 9);
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
            let named = [&kind[..], &data].concat();
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend([&named[..], &crc32fast::hash(&named).to_be_bytes()].concat());
        }
        assert_eq!(told(&bytes), [""; 0]);
    }
}

#[test]
fn tiff_that_turns_in_circles_or_claims_too_much_is_told() {
    let _alone = alone();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value.to_be_bytes(),
        ]
        .concat()
    };
    let tiff = |entries: &[Vec<u8>]| {
        let count = (entries.len() as u16).to_be_bytes();
        [b"MM\0*\0\0\0\x08", &count[..], &entries.concat(), &[0; 4]].concat()
    };
    let circle = tiff(&[entry(0x8769, 4, 1, 8)]);
    assert_eq!(told(&circle), [""; 0]);
    let long = tiff(&[
        entry(0x010e, 2, u32::MAX, 8),
        entry(0x9286, 7, u32::MAX >> 1, 8),
    ]);
    assert_eq!(told(&long), ["EXIF UserComment", "EXIF ImageDescription"]);
    let tags = [
        0x9286, 0x010e, 0x010d, 0x010f, 0x0110, 0x0131, 0x02bc, 0x83bb, 0x9c9c,
    ];
    let shared: Vec<_> = tags
        .iter()
        .map(|tag| entry(*tag, 2, 4 << 20, 200))
        .collect();
    let mut shared = tiff(&shared);
    shared.resize(200, 0);
    for byte in [b"a\0", b"aa", b"\0a"] {
        let bytes = [&shared[..], &byte.repeat(2 << 20)].concat();
        let _ = read_soon(&bytes);
    }
    let many = tiff(&vec![entry(0x010e, 2, 4, 0x6161_6161); 65_535]);
    assert_eq!(told(&many), [""; 0]);
}

#[test]
fn items_of_heif_that_claim_too_much_are_told() {
    let _alone = alone();
    let boxed = |kind: &[u8; 4], data: &[u8]| {
        [&(data.len() as u32 + 8).to_be_bytes()[..], kind, data].concat()
    };
    let info = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    let infos = boxed(
        b"iinf",
        &[&[0, 0, 0, 0, 0xff, 0xff], &info.repeat(60_000)[..]].concat(),
    );
    let place = [&[0, 1, 0, 0, 0xff, 0xff][..], &[0xff; 8]].concat();
    let places = boxed(
        b"iloc",
        &[
            &[0, 0, 0, 0, 0x44, 0, 0xff, 0xff],
            &place.repeat(60_000)[..],
        ]
        .concat(),
    );
    let meta = boxed(b"meta", &[&[0; 4], &infos[..], &places].concat());
    let bytes = [boxed(b"ftyp", b"avif\0\0\0\0avif"), meta].concat();
    let _ = read_soon(&bytes);
    let mut claims = boxed(b"ftyp", b"avif\0\0\0\0avif");
    claims.extend(b"\xff\xff\xff\xffmeta");
    assert_eq!(told(&claims), ["HEIF meta"]);
}

#[test]
fn many_segments_and_blocks_take_little() {
    let _alone = alone();
    let segment = |marker: u8, data: &[u8]| {
        [
            &[0xff, marker][..],
            &(data.len() as u16 + 2).to_be_bytes(),
            data,
        ]
        .concat()
    };
    let part = [
        b"http://ns.adobe.com/xmp/extension/\0",
        &[b'a'; 40][..],
        b"b",
    ]
    .concat();
    for data in [
        segment(0xe1, &part),
        segment(0xfe, b"a"),
        segment(0xed, b"Photoshop 3.0\x008BIM"),
    ] {
        let bytes = [&b"\xff\xd8"[..], &data.repeat(200_000)].concat();
        let _ = read_soon(&bytes);
    }
    let gif = b"GIF89a\x01\0\x01\0\0\0\0";
    let comment = [&b"\x21\xfe"[..], &b"\x01a".repeat(8 << 20), b"\0;"].concat();
    let _ = read_soon(&[&gif[..], &comment].concat());
    let _ = read_soon(&[&gif[..], &b"\x21\xfe\x01a\0".repeat(100_000)].concat());
}

#[test]
fn svg_of_any_shape_takes_little() {
    let _alone = alone();
    for inside in [
        "<desc>".repeat(1 << 20),
        "<desc>a</desc>".repeat(100_000),
        "<!-- a -->".repeat(100_000),
        format!("<image href='{}'/>", "a".repeat(10 << 20)),
        format!("<metadata>{}", "&a;".repeat(1 << 20)),
        format!(
            "<!DOCTYPE svg [{}]>",
            "<!ENTITY a '&b;&b;'>".repeat(100_000)
        ),
    ] {
        let _ = read_soon(format!("<svg>{inside}").as_bytes());
    }
}
