//! What stays and what goes, by kind.

use super::{cleaned, copy, fixture};
use record::clean::Uncleanable;

/// EXIF of a picture that is turned, of a density, with a text.
fn exif() -> Vec<u8> {
    [
        &b"MM\0\x2a\0\0\0\x08\0\x04"[..],
        b"\x01\x0e\0\x02\0\0\0\x07\0\0\0\x3e",
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
        b"\x01\x1a\0\x05\0\0\0\x01\0\0\0\x46",
        b"\x01\x28\0\x03\0\0\0\x01\0\x02\0\0",
        b"\0\0\0\0a duck\0\0\0\0\x01\x2c\0\0\0\x01",
    ]
    .concat()
}

/// The same, but for the text and with or without the density.
fn turned(density: bool) -> Vec<u8> {
    match density {
        false => b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec(),
        true => [
            &b"MM\0\x2a\0\0\0\x08\0\x03\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"[..],
            b"\x01\x1a\0\x05\0\0\0\x01\0\0\0\x32\x01\x28\0\x03\0\0\0\x01\0\x02\0\0\0\0\0\0",
            b"\0\0\x01\x2c\0\0\0\x01",
        ]
        .concat(),
    }
}

/// EXIF of a picture in Adobe RGB as cameras tell it, and with the maker's name.
fn adobe_rgb() -> Vec<u8> {
    let told = [
        &b"MM\0\x2a\0\0\0\x08\0\x02"[..],
        b"\x01\x0f\0\x02\0\0\0\x04Bob\0",
        b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0",
    ];
    [&told.concat()[..], &colours(0x26 + 30)].concat()
}

/// The directory that tells of colours, and where that of its rules stands.
fn colours(rules: u8) -> Vec<u8> {
    [
        &b"\0\x02\xa0\x01\0\x03\0\0\0\x01\xff\xff\0\0\xa0\x05\0\x04\0\0\0\x01\0\0\0"[..],
        &[rules],
        b"\0\0\0\0\0\x01\0\x01\0\x02\0\0\0\x04R03\0\0\0\0\0",
    ]
    .concat()
}

#[test]
fn jpeg_keeps_colours_that_only_its_camera_tells() {
    let plain = fixture("works/empty_image.jpg");
    let exif = |data: &[u8]| segment(0xe1, &[b"Exif\0\0", data].concat());
    let with = |data: &[u8]| [&plain[..2], &exif(data), &plain[2..]].concat();
    let (copy, gone) = cleaned(&with(&adobe_rgb())).expect("a copy");
    let kept = [
        &b"MM\0\x2a\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"[..],
        &colours(0x1a + 30),
    ];
    assert_eq!(copy, with(&kept.concat()));
    assert_eq!(gone.removed, ["EXIF Make", "JPEG APP1"]);
    assert_eq!(cleaned(&copy).expect("a copy").0, copy);
    // Those of every screen need not be told.
    let common = adobe_rgb()
        .iter()
        .map(|byte| if *byte == b'3' { b'9' } else { *byte })
        .collect::<Vec<_>>();
    let (copy, _) = cleaned(&with(&common)).expect("a copy");
    assert_eq!(copy, plain);
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &length, data].concat()
}

#[test]
fn jpeg_keeps_its_colours_density_and_how_it_is_turned() {
    let plain = fixture("works/empty_image.jpg");
    // Past its own first segment.
    let rest = &plain[4 + usize::from(plain[5])..];
    let profile = segment(
        0xe2,
        &[b"ICC_PROFILE\0\x01\x01", &super::profiles::profile()[..]].concat(),
    );
    let adobe = segment(0xee, b"Adobe\0\x64\0\0\0\0\x01");
    let exif = |data: &[u8]| segment(0xe1, &[b"Exif\0\0", data].concat());
    let told = [
        segment(
            0xe1,
            b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>",
        ),
        segment(0xe2, b"MPF\0MM"),
        segment(0xed, b"Photoshop 3.0\0"),
        segment(0xe5, b"a note of its maker"),
        segment(0xfe, b"a duck"),
    ];
    let jfif = segment(0xe0, b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0");
    let thumbnail = segment(0xe0, b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\x01\x01abc");
    let whole = [
        &[0xff, 0xd8],
        &thumbnail[..],
        &exif(&self::exif()),
        &profile,
        &adobe,
        &told.concat(),
        rest,
        b"PK\x03\x04",
    ]
    .concat();
    let (copy, gone) = cleaned(&whole).expect("a copy");
    let clean = [
        &[0xff, 0xd8],
        &jfif[..],
        &exif(&turned(false)),
        &profile,
        &adobe,
        rest,
    ]
    .concat();
    assert_eq!(copy, clean);
    assert_eq!(
        gone.removed,
        [
            "EXIF ImageDescription",
            "JPEG Comment",
            "JPEG thumbnail",
            "JPEG APP1",
            "JPEG APP2",
            "JPEG APP13",
            "JPEG APP5",
            "bytes behind the end"
        ]
    );
    // Where nothing else tells the density, EXIF does.
    let shape = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for jfif in [&b""[..], &shape] {
        let whole = [&[0xff, 0xd8], jfif, &exif(&self::exif()), rest].concat();
        let clean = [&[0xff, 0xd8], jfif, &exif(&turned(true)), rest].concat();
        assert_eq!(self::copy(&whole), clean);
    }
}

#[test]
fn webp_keeps_how_it_is_turned_and_its_head_says_what_is_left() {
    let plain = fixture("pictures/a1111.webp");
    let chunk = |name: &[u8], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        [name, &length, data, &[0][..data.len() % 2]].concat()
    };
    let picture = {
        let at = plain
            .windows(4)
            .position(|name| name == b"VP8L" || name == b"VP8 ")
            .expect("a picture");
        let length =
            u32::from_le_bytes(plain[at + 4..at + 8].try_into().expect("a length")) as usize;
        plain[at..at + 8 + length + length % 2].to_vec()
    };
    let file = |flags: u8, chunks: &[Vec<u8>]| {
        let head = chunk(
            b"VP8X",
            &[
                flags, 0, 0, 0, plain[24], plain[25], plain[26], plain[27], plain[28], plain[29],
            ],
        );
        let all = [&b"WEBP"[..], &head, &chunks.concat()].concat();
        [&b"RIFF"[..], &(all.len() as u32).to_le_bytes(), &all].concat()
    };
    assert_eq!(&plain[12..16], b"VP8X");
    let alpha = plain[20] & 0x10;
    let whole = file(
        alpha | 0x0c,
        &[
            picture.clone(),
            chunk(b"EXIF", &exif()),
            chunk(b"XMP ", b"<x/>"),
            chunk(b"abcd", b"a note"),
        ],
    );
    let whole = [&whole[..], b"behind"].concat();
    assert_eq!(
        copy(&whole),
        file(
            alpha | 0x08,
            &[picture.clone(), chunk(b"EXIF", &turned(true))]
        )
    );
    let whole = file(alpha | 0x04, &[picture.clone(), chunk(b"XMP ", b"<x/>")]);
    assert_eq!(copy(&whole), file(alpha, &[picture]));
}

#[test]
fn png_keeps_how_it_is_turned() {
    let plain = super::common::picture(&[]);
    let with = |data: &[u8]| {
        [
            &plain[..33],
            &super::pictures::chunk(b"eXIf", data),
            &plain[33..],
        ]
        .concat()
    };
    assert_eq!(copy(&with(&exif())), with(&turned(false)));
}

#[test]
fn gif_keeps_its_loop_and_frames() {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let again = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let control = b"\x21\xf9\x04\0\x0a\0\0\0";
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let told: [&[u8]; 4] = [
        b"\x21\xfe\x06a duck\0",
        b"\x21\xff\x0bXMP DataXMP<x/>\x01\0\0",
        b"\x21\xff\x0bNOBODY  1.0\x02ab\0",
        b"\x21\xf9\x04\0\0\0\0\0\x21\x01\x0c\0\0\0\0\0\0\0\0\x01\x01\0\0\x02hi\0",
    ];
    // The packet of XMP is no packet, and its parts are of the lengths that its letters say.
    let told = [told[0], told[2], told[3]].concat();
    let whole = [
        &head[..],
        again,
        &told,
        control,
        frame,
        b"\x21\xf9\x04\0\x0a\0\0\0\x21\xfe\x01a\0",
        frame,
        b"\x3bPK",
    ]
    .concat();
    let clean = [&head[..], again, control, frame, control, frame, b"\x3b"].concat();
    assert_eq!(copy(&whole), clean);
}

#[test]
fn film_loses_its_times_and_names_and_one_with_a_track_of_metadata_is_refused() {
    let mut film = fixture("media/comfyui.mp4");
    for name in [b"mvhd", b"tkhd", b"mdhd"] {
        let at = film.windows(4).position(|found| found == name);
        let at = at.expect("a box");
        film[at + 8..at + 16].fill(7);
    }
    let copy = copy(&film);
    for (name, from, to) in [
        (b"mvhd", 8, 16),
        (b"tkhd", 8, 16),
        (b"mdhd", 8, 16),
        (b"hdlr", 28, 32),
    ] {
        let at = copy
            .windows(4)
            .position(|found| found == name)
            .expect("a box");
        assert!(
            copy[at + from..at + to].iter().all(|byte| *byte == 0),
            "{name:?}"
        );
    }
    let at = film
        .windows(4)
        .position(|found| found == b"vide")
        .expect("a track");
    let mut places = film.clone();
    places[at..at + 4].copy_from_slice(b"meta");
    let refused = cleaned(&places);
    assert!(matches!(refused, Err(Uncleanable::Track(track)) if track.starts_with("MP4 track 1 ")));
}

#[test]
fn svg_keeps_what_is_drawn() {
    let whole = "<?xml version=\"1.0\"?><!-- a duck --><svg xmlns=\"http://www.w3.org/2000/svg\" inkscape:version=\"1.0\" width=\"1\">\
        <title>a duck</title><desc>a > b<b>c</b></desc><metadata><rdf:RDF><a/></rdf:RDF></metadata>\
        <sodipodi:namedview id=\"x\"/><path sodipodi:nodetypes='c>c' d=\"M0 0\"/><text>a &amp; b</text></svg><!-- end -->\n";
    let clean = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\">\
        <path d=\"M0 0\"/><text>a &amp; b</text></svg>\n";
    assert_eq!(
        String::from_utf8(copy(whole.as_bytes())).expect("a text"),
        clean
    );
    let refused = cleaned(b"<svg><image href=\"data:image/png;base64,AAAA\"/></svg>");
    assert!(matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("other kinds")));
    for broken in [
        "<svg><desc>a</desc2></svg>",
        "<svg><g></g><g>",
        "<svg></svg></svg>",
        "<svg width=\"1\"",
    ] {
        let refused = cleaned(broken.as_bytes());
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{broken} {refused:?}"
        );
    }
}

#[test]
fn safetensors_keeps_its_format_and_its_tensors() {
    let file = |header: &str, tensors: &[u8]| {
        [
            &(header.len() as u64).to_le_bytes()[..],
            header.as_bytes(),
            tensors,
        ]
        .concat()
    };
    let tensor = r#""a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}"#;
    let metadata = r#"{"ss_tag":"a duck","format":"pt"}"#;
    let whole = file(
        &format!("{{\"__metadata__\":{metadata},{tensor}}}"),
        b"\x01\x02and more",
    );
    let clean = file(
        &format!(
            "{{\"__metadata__\":{{\"format\":\"pt\"}}{},{tensor}}}",
            " ".repeat(metadata.len() - 15)
        ),
        b"\x01\x02",
    );
    assert_eq!(copy(&whole), clean);
    let refused = cleaned(&file(&format!("{{{tensor}}}"), b"\x01"));
    assert!(
        matches!(refused, Err(Uncleanable::Broken(_))),
        "{refused:?}"
    );
}

#[test]
fn what_cannot_be_cleaned_says_what_to_do() {
    let long = [&b"GGUF\x03\0\0\0"[..], &[0; 16]].concat();
    for (bytes, says) in [
        (fixture("pictures/iptc.tif"), "save it as PNG"),
        (
            fixture("media/small.gguf"),
            "leave out what is not to be told",
        ),
        (long, "leave out what is not to be told"),
        (b"fn main() {}".to_vec(), "take out by hand"),
        (b"%PDF-1.7\n".to_vec(), "print it to a new one"),
        (b"\xff\x0a\x00\x00".to_vec(), "save it in boxes"),
    ] {
        match cleaned(&bytes) {
            Err(error @ Uncleanable::Kind(_)) => {
                assert!(error.to_string().contains(says), "{error}")
            }
            other => panic!("{other:?}"),
        }
    }
}
