//! Profiles of colours, and what stands behind them.

use super::codecs::{film, part};
use super::common::picture;
use super::pictures::chunk;
use super::{cleaned, copy, fixture};
use miniz_oxide::deflate::compress_to_vec_zlib;
use record::clean::Uncleanable;

/// A profile of 300 bytes, as far as its head says so.
pub(crate) fn profile() -> Vec<u8> {
    let mut profile: Vec<u8> = (0..300).map(|at| (at % 251) as u8).collect();
    profile[..4].copy_from_slice(&[0, 0, 1, 44]);
    profile[36..40].copy_from_slice(b"acsp");
    profile
}

/// A profile, one with something behind it, and what is none.
fn profiles() -> [Vec<u8>; 3] {
    let more = [&profile()[..], b"a duck"].concat();
    [profile(), more, b"a duck".repeat(40)]
}

/// Asserts that of the same file with each of these the second becomes the first, and the third this.
fn become_one(files: [Vec<u8>; 3], without: &[u8], told: &str) {
    let [plain, more, none] = files;
    let (_, gone) = cleaned(&plain).expect("a copy");
    assert_eq!((copy(&plain), gone.removed), (plain.clone(), vec![]));
    for (whole, clean) in [(more, &plain[..]), (none, without)] {
        let (_, gone) = cleaned(&whole).expect("a copy");
        assert_eq!(
            (&*copy(&whole), gone.removed),
            (clean, vec![told.to_owned()])
        );
    }
}

#[test]
fn png_keeps_a_profile_and_nothing_behind_it() {
    let whole = picture(&[]);
    let (head, rest) = whole.split_at(33);
    let with = |data: &[u8]| [head, &chunk(b"iCCP", data), rest].concat();
    let packed = |profile: &[u8]| [b"a\0\0", &compress_to_vec_zlib(profile, 6)[..]].concat();
    let files = profiles().map(|profile| with(&packed(&profile)));
    become_one(files.clone(), &whole, "PNG iCCP");
    let [plain, ..] = files;
    for (data, clean) in [
        ([&packed(&profile())[..], b"a duck"].concat(), &plain),
        (b"a\0\0a duck".to_vec(), &whole),
        (b"a duck".to_vec(), &whole),
    ] {
        assert_eq!(&copy(&with(&data)), clean);
    }
    // Programs use a profile that is whole, also where its packing lacks the sum at its end.
    let (packed, [_, more, _]) = (packed(&profile()), profiles());
    let unended = [b"a\0\0", &compress_to_vec_zlib(&more, 6)[..]].concat();
    for data in [&packed, &unended] {
        let (copy, gone) = cleaned(&with(&data[..data.len() - 4])).expect("a copy");
        assert_eq!(
            (copy, gone.removed),
            (plain.clone(), vec!["PNG iCCP".to_owned()])
        );
    }
    let refused = cleaned(&with(&packed[..200]));
    assert!(
        matches!(refused, Err(Uncleanable::Broken(_))),
        "{refused:?}"
    );
}

fn segment(number: u8, count: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 16).to_be_bytes();
    [
        b"\xff\xe2",
        &length,
        &b"ICC_PROFILE\0"[..],
        &[number, count],
        data,
    ]
    .concat()
}

#[test]
fn jpeg_keeps_every_part_of_a_profile_and_nothing_behind_it() {
    let whole = fixture("works/empty_image.jpg");
    let plain = copy(&whole);
    let with = |parts: &[Vec<u8>]| [&plain[..2], &parts.concat(), &plain[2..]].concat();
    become_one(
        profiles().map(|data| with(&[segment(1, 1, &data)])),
        &plain,
        "JPEG APP2",
    );
    let parts = |second: &[u8], third: &[u8]| {
        let [first, ..] = profiles();
        with(&[
            segment(1, 3, &first[..200]),
            segment(2, 3, &[&first[200..], second].concat()),
            segment(3, 3, third),
        ])
    };
    assert_eq!(copy(&parts(b"a duck", b"a duck")), parts(b"", b""));
    for parts in [
        [segment(1, 2, &profile()), segment(3, 2, b"a duck")],
        [
            segment(1, 2, &profile()[..127]),
            segment(2, 2, &profile()[127..]),
        ],
        [segment(1, 1, &profile()), segment(1, 1, b"a duck")],
        [segment(1, 1, &profile()), segment(2, 1, b"a duck")],
        [segment(0, 1, &profile()), segment(1, 1, b"a duck")],
    ] {
        let refused = cleaned(&with(&parts));
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{refused:?}"
        );
    }
}

#[test]
fn gif_keeps_one_profile_and_nothing_behind_it() {
    let with = |profiles: &[Vec<u8>]| {
        let blocks = |data: &Vec<u8>| {
            let parts = data.chunks(255);
            let parts = parts.map(|part| [&[part.len() as u8], part].concat());
            [
                b"\x21\xff\x0bICCRGBG1012",
                &parts.collect::<Vec<_>>().concat()[..],
                &[0],
            ]
            .concat()
        };
        let blocks: Vec<_> = profiles.iter().map(blocks).collect();
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
        [&head[..], &blocks.concat(), frame].concat()
    };
    become_one(
        profiles().map(|data| with(&[data])),
        &with(&[]),
        "GIF ICCRGBG1012",
    );
    assert_eq!(copy(&with(&[profile(), profile()])), with(&[profile()]));
    let [plain, _, none] = profiles();
    assert_eq!(copy(&with(&[none, plain.clone()])), with(&[plain]));
}

/// A HEIF of one picture in these colours.
fn heif(colours: &[u8]) -> Vec<u8> {
    let meta = [
        &[0; 4][..],
        &part(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        &part(b"iprp", &part(b"ipco", &part(b"colr", colours))),
    ];
    let meta = part(b"meta", &meta.concat());
    [
        part(b"ftyp", b"avif\0\0\0\0mif1avif"),
        meta,
        part(b"mdat", b"a"),
    ]
    .concat()
}

/// A film of a sample in these colours.
fn video(colours: &[u8]) -> Vec<u8> {
    film(&part(
        b"avc1",
        &[&[0; 78][..], &part(b"colr", colours)].concat(),
    ))
}

#[test]
fn boxes_keep_a_profile_and_zeros_behind_it() {
    let zeros = |data: &[u8], more: usize| [data, &vec![0; more]].concat();
    for (with, told) in [
        (heif as fn(&[u8]) -> Vec<u8>, "HEIF colr"),
        (video, "MP4 colr"),
    ] {
        for kind in [b"prof", b"rICC"] {
            let [plain, more, none] = profiles().map(|data| [&kind[..], &data].concat());
            for (colours, clean) in [
                (more, zeros(&plain, 6)),
                (none, zeros(kind, 240)),
                (
                    b"nclx\0\x01\0\x01\0\x01\0a duck".to_vec(),
                    zeros(b"nclx\0\x01\0\x01\0\x01\0", 6),
                ),
            ] {
                let (copy, gone) = cleaned(&with(&colours)).expect("a copy");
                assert_eq!((copy, gone.removed), (with(&clean), vec![told.to_owned()]));
            }
            let (copy, gone) = cleaned(&with(&plain)).expect("a copy");
            assert_eq!((copy, gone.removed), (with(&plain), vec![]));
        }
    }
}
