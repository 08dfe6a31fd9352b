//! Texts hidden in the lowest bits of WebPs that are large, or animated.

use super::common::inspected;
use super::{cleaned, copy, fixture};
use record::clean::Uncleanable;

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [&name[..], &length, data, &[0][..data.len() % 2]].concat()
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

/// The part of a picture by its name, with its head.
fn part(file: &[u8], name: &[u8; 4]) -> Vec<u8> {
    let at = file.windows(4).position(|found| found == name);
    let part = &file[at.expect("the part")..];
    let length = u32::from_le_bytes(part[4..8].try_into().expect("a length")) as usize;
    part[..8 + length + length % 2].to_vec()
}

/// A picture of one colour, packed without loss.
fn plain(side: u32) -> Vec<u8> {
    let mut bits: Vec<u32> = vec![0, 0, 0];
    // Each of its five codes has one symbol, of eight bits.
    for symbol in [9, 9, 9, 255, 0] {
        bits.extend([1, 0, 1]);
        bits.extend((0..8).map(|at| symbol >> at & 1));
    }
    let data = bits.chunks(8).map(|bits| {
        let bits = bits.iter().enumerate();
        bits.fold(0, |byte, (at, bit)| byte | (*bit as u8) << at)
    });
    let head = (side - 1) | (side - 1) << 14;
    let data = [&[0x2f][..], &head.to_le_bytes(), &data.collect::<Vec<_>>()].concat();
    chunk(b"VP8L", &data)
}

#[test]
fn webp_that_nobody_looked_through_for_a_hidden_text_is_refused() {
    let small = file(&[plain(100)]);
    assert_eq!(copy(&small), small);
    let cut = chunk(b"VP8L", &plain(100)[8..16]);
    for picture in [plain(2_100), cut] {
        let refused = cleaned(&file(&[picture]));
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("looked through")),
            "{refused:?}"
        );
    }
}

/// An animation of frames as wide and high as the first.
fn animation(of: &[u8], frames: &[Vec<u8>]) -> Vec<u8> {
    let side = &of[24..30];
    let frame = |picture: &Vec<u8>| {
        let head = [&[0; 6], side, &[100, 0, 0, 2]].concat();
        chunk(b"ANMF", &[&head, &picture[..]].concat())
    };
    let mut chunks = vec![
        chunk(b"VP8X", &[&[0x12, 0, 0, 0], side].concat()),
        chunk(b"ANIM", &[0; 6]),
    ];
    chunks.extend(frames.iter().map(frame));
    file(&chunks)
}

#[test]
fn text_hidden_in_any_frame_is_overwritten_and_that_of_the_first_is_read() {
    let lossy = {
        let picture = fixture("pictures/stealth_lossy.webp");
        let parts = [part(&picture, b"ALPH"), part(&picture, b"VP8 ")].concat();
        (animation_head(&picture), "WebP alpha parameters", parts)
    };
    let lossless = ["pngcomp", "rgbcomp"].map(|name| {
        let picture = fixture(&format!("pictures/stealth_{name}.webp"));
        let place = match name {
            "rgbcomp" => "WebP colours parameters",
            _ => "WebP alpha parameters",
        };
        (animation_head(&picture), place, part(&picture, b"VP8L"))
    });
    for (head, place, hides) in lossless.into_iter().chain([lossy]) {
        let first = animation(&head, std::slice::from_ref(&hides));
        let told = inspected("a.webp", &first, &[]);
        let places: Vec<_> = told.discloses.into_iter().map(|it| it.place).collect();
        assert_eq!(places, [place]);
        let (one, gone) = cleaned(&first).expect("a copy");
        assert_eq!(gone.removed, [place, "text hidden in a frame"]);
        assert_eq!(copy(&one), one);
        // The same frame of the copy stands for a picture that hides nothing.
        let head_of_frame = first.len() - hides.len();
        let clean = one[head_of_frame..].to_vec();
        let both = animation(&head, &[clean.clone(), hides, clean.clone()]);
        let (three, gone) = cleaned(&both).expect("a copy");
        assert_eq!(gone.removed, ["text hidden in a frame"]);
        assert_eq!(
            three,
            animation(&head, &[clean.clone(), clean.clone(), clean])
        );
    }
}

/// The first bytes of a file, up to where it tells its width and height, whether it has such a head or not.
fn animation_head(file: &[u8]) -> Vec<u8> {
    if &file[12..16] == b"VP8X" {
        return file[..30].to_vec();
    }
    let head = u32::from_le_bytes(file[21..25].try_into().expect("a size"));
    let side = |side: u32| side.to_le_bytes()[..3].to_vec();
    [
        &[0; 24][..],
        &side(head & 0x3fff),
        &side(head >> 14 & 0x3fff),
    ]
    .concat()
}
