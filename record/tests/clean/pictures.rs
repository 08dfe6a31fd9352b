//! Pictures: their pixels, colours, frames and how they are turned.

use super::{cleaned, copy, fixture};
use record::clean::Uncleanable;

/// A chunk of a PNG with its checksum.
pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&kind[..], data].concat();
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat()
}

#[test]
fn text_hidden_in_a_png_is_overwritten_and_no_other_bit_is() {
    for (name, channel) in [
        ("pictures/stealth_pnginfo.png", 3..4),
        ("pictures/stealth_pngcomp.png", 3..4),
        ("pictures/stealth_rgbinfo.png", 0..3),
        ("pictures/stealth_rgbcomp.png", 0..3),
        ("works/automatic1111_stealth.png", 3..4),
    ] {
        let bytes = fixture(name);
        let (copy, _) = cleaned(&bytes).expect("a copy");
        let (before, after) = (pixels(&bytes), pixels(&copy));
        assert_eq!((before.1, before.2), (after.1, after.2), "{name}");
        assert_ne!(before.0, after.0, "{name}");
        let size = before.1;
        for (at, (before, after)) in before.0.iter().zip(&after.0).enumerate() {
            let may_differ = if channel.contains(&(at % size)) { 1 } else { 0 };
            assert_eq!((before ^ after) & !may_differ, 0, "{name} {at}");
        }
    }
}

/// The pixels of a PNG, how many bytes each has, and their number.
fn pixels(bytes: &[u8]) -> (Vec<u8>, usize, usize) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    let size = reader.output_color_type().0.samples();
    let count = pixels.len() / size;
    (pixels, size, count)
}

#[test]
fn png_keeps_what_is_shown_and_how() {
    let profile = miniz_oxide::deflate::compress_to_vec_zlib(&super::profiles::profile(), 6);
    let profile = [b"profile\0\0", &profile[..]].concat();
    let shown: [(&[u8; 4], &[u8]); 6] = [
        (b"cHRM", &[0; 32]),
        (b"gAMA", &[0, 0, 0xb1, 0x8f]),
        (b"iCCP", &profile),
        (b"sRGB", &[0]),
        (b"cICP", &[9, 16, 0, 1]),
        (b"pHYs", &[0, 0, 0xb, 0x13, 0, 0, 0xb, 0x13, 1]),
    ];
    let told: [(&[u8; 4], &[u8]); 6] = [
        (b"tEXt", b"parameters\0a duck"),
        (b"tIME", &[7, 0xea, 1, 1, 0, 0, 0]),
        (b"prVW", b"a thumbnail"),
        (b"sPLT", b"a name\0\x08"),
        (b"iDOT", &[0; 28]),
        (b"eXIf", b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0"),
    ];
    let whole = super::common::picture(&[]);
    let (head, rest) = whole.split_at(33);
    let with = |chunks: &[(&[u8; 4], &[u8])], behind: &[u8]| {
        let chunks = chunks.iter().map(|(kind, data)| chunk(kind, data));
        [head, &chunks.collect::<Vec<_>>().concat(), rest, behind].concat()
    };
    let (copy, gone) = cleaned(&with(&[told, shown].concat(), b"PK\x03\x04")).expect("a copy");
    assert_eq!(copy, with(&shown, b""));
    assert_eq!(
        gone.removed,
        [
            "PNG tEXt parameters",
            "PNG tIME",
            "PNG prVW",
            "PNG sPLT",
            "PNG iDOT",
            "PNG eXIf",
            "bytes behind the end"
        ]
    );
}

/// A PNG of colours with alpha, one pixel wide, whose alpha begins with a signature or not.
fn column(depth: u8, interlaced: bool, hides: bool) -> Vec<u8> {
    let signature = b"stealth_pngcomp";
    let height = 8 * signature.len();
    let pixel = |row: usize| {
        let bit = signature[row / 8] >> (7 - row % 8) & 1;
        let alpha = if hides { 0xfe | bit } else { 0xff };
        let pixel = [0, 9, 9, 9, alpha];
        match depth {
            8 => pixel.to_vec(),
            _ => pixel[1..].iter().fold(vec![0], |mut row, byte| {
                row.extend([*byte, 7]);
                row
            }),
        }
    };
    // Those passes that have the first column (PNG, 8.2).
    let passes: &[(usize, usize)] = match interlaced {
        true => &[(0, 8), (4, 8), (2, 4), (1, 2)],
        false => &[(0, 1)],
    };
    let rows = passes
        .iter()
        .flat_map(|(from, by)| (*from..height).step_by(*by));
    let data: Vec<u8> = rows.flat_map(pixel).collect();
    let size = [1_u32.to_be_bytes(), (height as u32).to_be_bytes()].concat();
    let head = [&size[..], &[depth, 6, 0, 0, u8::from(interlaced)]].concat();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &head),
        &chunk(
            b"IDAT",
            &miniz_oxide::deflate::compress_to_vec_zlib(&data, 6),
        ),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn png_that_hides_a_text_and_is_not_packed_again_is_refused() {
    for (depth, interlaced) in [(8, true), (16, false), (16, true)] {
        let plain = column(depth, interlaced, false);
        assert_eq!(copy(&plain), plain);
        let refused = cleaned(&column(depth, interlaced, true));
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("hides a text")),
            "{depth} {interlaced} {refused:?}"
        );
    }
}

#[test]
fn webp_keeps_a_profile_of_colours_by_which_it_is_shown_and_no_other() {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        [&name[..], &length, data, &[0][..data.len() % 2]].concat()
    };
    let webp = |flags: u8, profiles: &[&[u8]]| {
        let profiles: Vec<u8> = profiles
            .iter()
            .flat_map(|data| chunk(b"ICCP", data))
            .collect();
        let chunks = [
            chunk(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            profiles,
            chunk(b"VP8 ", &[0; 12]),
        ]
        .concat();
        [
            &b"RIFF"[..],
            &(chunks.len() as u32 + 4).to_le_bytes(),
            b"WEBP",
            &chunks,
        ]
        .concat()
    };
    let mut profile = vec![0; 140];
    profile[3] = 140;
    profile[36..40].copy_from_slice(b"acsp");
    let longer = [&profile[..], b"a duck"].concat();
    for whole in [
        webp(0x20, &[&profile]),
        webp(0x20, &[&longer]),
        webp(0x20, &[&profile, &longer]),
    ] {
        assert!(copy(&whole) == webp(0x20, &[&profile]));
    }
    for whole in [
        webp(0x20, &[b"a duck"]),
        webp(0x20, &[&[b'a'; 140]]),
        webp(0, &[&profile]),
    ] {
        let (copy, gone) = cleaned(&whole).expect("a copy");
        assert!(copy == webp(0, &[]));
        assert_eq!(gone.removed, ["WebP ICCP"]);
    }
}
