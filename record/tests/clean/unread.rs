//! Bytes that stand in a file and that no reader looks at.

use super::common::picture;
use super::pictures::chunk;
use super::{cleaned, copy, fixture};
use miniz_oxide::deflate::compress_to_vec_zlib;
use record::clean::Uncleanable;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG of two grey pixels one above the other, of these chunks before its end.
fn png(chunks: &[(&[u8; 4], &[u8])], end: &[u8]) -> Vec<u8> {
    let header = b"\0\0\0\x01\0\0\0\x02\x08\0\0\0\0";
    let chunks = chunks.iter().map(|(kind, data)| chunk(kind, data));
    let chunks: Vec<_> = chunks.collect();
    let end = chunk(b"IEND", end);
    [SIGNATURE, &chunk(b"IHDR", header), &chunks.concat(), &end].concat()
}

/// Rows of such a picture, packed.
fn pixels(rows: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(rows, 6)
}

#[test]
fn png_loses_what_stands_behind_its_pixels() {
    let data = pixels(&[0, 7, 0, 8]);
    let with = |behind: &[u8]| [&data[..], behind].concat();
    let plain = png(&[(b"IDAT", &data)], b"");
    let (first, rest) = data.split_at(data.len() - 2);
    let apart = png(&[(b"IDAT", first), (b"IDAT", rest)], b"");
    for (whole, clean, told) in [
        (
            png(&[(b"IDAT", &with(b"duck"))], b""),
            &plain,
            "bytes behind the pixels",
        ),
        (
            png(&[(b"IDAT", &data), (b"IDAT", b"duck")], b""),
            &plain,
            "bytes behind the pixels",
        ),
        (
            png(
                &[(b"IDAT", &with(b"a")), (b"IDAT", b"duck"), (b"IDAT", b"")],
                b"",
            ),
            &plain,
            "bytes behind the pixels",
        ),
        (
            png(
                &[(b"IDAT", first), (b"IDAT", &[rest, b"duck"].concat())],
                b"",
            ),
            &apart,
            "bytes behind the pixels",
        ),
        (png(&[(b"IDAT", &data)], b"duck"), &plain, "PNG IEND"),
        (
            png(&[(b"gAMA", b"\0\0\0\0duck"), (b"IDAT", &data)], b""),
            &plain,
            "PNG gAMA",
        ),
    ] {
        let (_, gone) = cleaned(&whole).expect("a copy");
        assert_eq!(
            (&copy(&whole), gone.removed),
            (clean, vec![told.to_owned()])
        );
    }
    assert_eq!(copy(&apart), apart);
    let density = (b"pHYs", &b"\0\0\x0b\x13\0\0\x0b\x13\x01"[..]);
    assert_eq!(
        copy(&png(
            &[density, (b"pHYs", b"\0\0duck!\0\0"), (b"IDAT", &data)],
            b""
        )),
        png(&[density, (b"IDAT", &data)], b"")
    );
    // More than its rows is no part of the picture, and is packed with it.
    for broken in [pixels(&[0, 7, 0, 8, b'd', b'u']), b"duck".to_vec()] {
        let refused = cleaned(&png(&[(b"IDAT", &broken)], b""));
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{refused:?}"
        );
    }
}

#[test]
fn animated_png_with_more_than_its_frames_is_refused() {
    let data = pixels(&[0, 7, 0, 8]);
    let frame = |number: u8| {
        let head = [0, 0, 0, number, 0, 0, 0, 1, 0, 0, 0, 2];
        [&head[..], &[0; 8], &[0, 1, 0, 1, 0, 0]].concat()
    };
    let of = |behind: &[u8]| {
        let second = [&[0, 0, 0, 2], &data[..], behind].concat();
        let chunks: [(&[u8; 4], &[u8]); 5] = [
            (b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
            (b"fcTL", &frame(0)),
            (b"IDAT", &data),
            (b"fcTL", &frame(1)),
            (b"fdAT", &second),
        ];
        png(&chunks, b"")
    };
    assert_eq!(copy(&of(b"")), of(b""));
    let refused = cleaned(&of(b"duck"));
    assert!(
        matches!(&refused, Err(Uncleanable::Broken(why)) if why.contains("no frame shows")),
        "{refused:?}"
    );
}

#[test]
fn png_keeps_how_it_is_turned_where_a_profile_in_a_text_says_it() {
    let plain = picture(&[]);
    let turned = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let (model, end) = (b"\x01\x0f\0\x02\0\0\0\x04duck", turned.len() - 16);
    let told = [
        &turned[..14],
        b"\0\x02",
        model,
        &turned[16..end],
        &turned[end..],
    ]
    .concat();
    let text = |exif: &[u8]| format!("\nexif\n{:8}\n{}\n", exif.len(), hex::encode(exif));
    let with =
        |kind: &[u8; 4], data: &[u8]| [&plain[..33], &chunk(kind, data), &plain[33..]].concat();
    let plainly = |exif: &[u8]| {
        let data = [b"Raw profile type exif\0", text(exif).as_bytes()].concat();
        with(b"tEXt", &data)
    };
    let packed = [
        b"Raw profile type APP1\0\0",
        &compress_to_vec_zlib(text(&told).as_bytes(), 6)[..],
    ];
    assert_eq!(copy(&plainly(&told)), plainly(turned));
    assert_eq!(copy(&with(b"zTXt", &packed.concat())), plainly(turned));
}

#[test]
fn gif_loses_what_stands_behind_its_pixels_and_in_its_controls() {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let file = |control: &[u8], data: &[u8]| {
        let image = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02";
        [&head[..], b"\x21\xf9", control, image, data, b"\x3b"].concat()
    };
    let control = b"\x04\0\x0a\0\0\0";
    let plain = file(control, b"\x02\x44\x01\0");
    assert_eq!(copy(&plain), plain);
    for (whole, told) in [
        (
            file(b"\x04\0\x0a\0\0\x04duck\0", b"\x02\x44\x01\0"),
            "GIF extension f9",
        ),
        (
            file(b"\x08\0\x0a\0\0duck\0", b"\x02\x44\x01\0"),
            "GIF extension f9",
        ),
        (
            file(control, b"\x02\x44\x01\x04duck\0"),
            "bytes behind the pixels",
        ),
        (
            file(control, b"\x06\x44\x01duck\0"),
            "bytes behind the pixels",
        ),
    ] {
        let (_, gone) = cleaned(&whole).expect("a copy");
        assert_eq!(
            (copy(&whole), gone.removed),
            (plain.clone(), vec![told.to_owned()])
        );
    }
    let refused = cleaned(&file(control, b"\x02\xff\xff\0"));
    assert!(
        matches!(refused, Err(Uncleanable::Broken(_))),
        "{refused:?}"
    );
}

#[test]
fn avi_loses_what_fills_up_among_its_media() {
    let part =
        |name: &[u8; 4], data: &[u8]| [name, &(data.len() as u32).to_le_bytes(), data].concat();
    let film = |name: &[u8; 4], data: &[u8]| {
        let frames = [part(b"00dc", b"ab"), part(name, data), part(b"ix00", b"cd")];
        let record = part(b"LIST", &[b"rec ", &frames.concat()[..]].concat());
        let movi = part(b"LIST", &[b"movi", &record[..], &part(name, data)].concat());
        let head = part(b"LIST", &[b"hdrl", &part(b"avih", &[0; 56])[..]].concat());
        part(b"RIFF", &[b"AVI ", &head[..], &movi].concat())
    };
    let plain = film(b"JUNK", &[0; 4]);
    for (name, told) in [(b"JUNK", "AVI JUNK"), (b"duck", "AVI duck")] {
        let (_, gone) = cleaned(&film(name, b"duck")).expect("a copy");
        assert_eq!(
            (copy(&film(name, b"duck")), gone.removed),
            (plain.clone(), vec![told.to_owned()])
        );
    }
    assert_eq!(copy(&plain), plain);
}

#[test]
fn matroska_loses_what_fills_up_wherever_it_stands() {
    let element = |id: &[u8], data: &[u8]| [id, &[0x80 | data.len() as u8], data].concat();
    let film = |void: &[u8]| {
        let void = element(b"\xec", void);
        let with = |id: &[u8], data: &[u8]| element(id, &[data, &void].concat());
        let head = with(b"\x1a\x45\xdf\xa3", b"\x42\x82\x88matroska");
        let seek = with(b"\x11\x4d\x9b\x74", &with(b"\x4d\xbb", b""));
        let tracks = with(
            b"\x16\x54\xae\x6b",
            &with(b"\xae", &with(b"\xe0", b"\xb0\x81\x01")),
        );
        let group = with(b"\xa0", b"\xa1\x85\x81\0\0\0a");
        let cluster = with(b"\x1f\x43\xb6\x75", &[b"\xe7\x81\0", &group[..]].concat());
        let segment = [seek, tracks, cluster].concat();
        let segment = [
            &b"\x18\x53\x80\x67\x40"[..],
            &[segment.len() as u8],
            &segment,
        ]
        .concat();
        [head, segment].concat()
    };
    assert_eq!(copy(&film(b"duck")), film(&[0; 4]));
    // What nobody knows in the head becomes void as well.
    let head = |id: u8| {
        [
            &b"\x1a\x45\xdf\xa3\x91\x42\x82\x88matroska"[..],
            &[id],
            b"\x84",
        ]
        .concat()
    };
    let rest = &film(&[0; 4])[4 + 1 + 11 + 6..];
    assert_eq!(
        copy(&[&head(0xc1)[..], b"duck", rest].concat()),
        [&head(0xec)[..], &[0; 4], rest].concat()
    );
}

#[test]
fn flac_behind_a_flac_is_refused() {
    let sound = fixture("media/a1111.flac");
    let refused = cleaned(&[&sound[..], &sound].concat());
    assert!(
        matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("another FLAC")),
        "{refused:?}"
    );
}

fn model(header: &str) -> Vec<u8> {
    model_of(header, b"\x01\x02")
}

fn model_of(header: &str, tensors: &[u8]) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length, header.as_bytes(), tensors].concat()
}

#[test]
fn safetensors_lose_what_no_program_reads_of_tensors_and_formats() {
    let tensor = r#"{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}"#;
    for more in [
        r#"{"note":"duck","dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}"#,
        r#"{"dtype":"F8_E4M3", "shape":[2],"data_offsets":[0,2],"note":{"a":[1]}}"#,
    ] {
        let filled = format!("{tensor}{}", " ".repeat(more.len() - tensor.len()));
        let whole = model(&format!("{{\"a\":{more}}}"));
        assert_eq!(copy(&whole), model(&format!("{{\"a\":{filled}}}")));
        let (_, gone) = cleaned(&whole).expect("a copy");
        assert_eq!(gone.removed, ["safetensors tensors"]);
    }
    let with = |metadata: &str| model(&format!("{{\"__metadata__\":{metadata},\"a\":{tensor}}}"));
    assert_eq!(
        copy(&with(r#"{"format":"duck"}"#)),
        with("{}               ")
    );
    assert_eq!(
        copy(&with(r#"{"format":"mlx"}"#)),
        with(r#"{"format":"mlx"}"#)
    );
    for (kind, shape, bytes) in [
        ("BOOL", "2", 2),
        ("U8", "1,2", 2),
        ("BF16", "", 2),
        ("F8_E5M2FNUZ", "2", 2),
        ("F4", "4", 2),
        ("F6_E2M3", "2,2", 3),
        ("C64", "3", 24),
        ("I64", "0", 0),
    ] {
        let header = format!(
            r#"{{"a":{{"dtype":"{kind}","shape":[{shape}],"data_offsets":[0,{bytes}]}}}}  "#
        );
        let whole = model_of(&header, &vec![7; bytes]);
        assert_eq!(copy(&whole), whole, "{kind}");
    }
    let place = r#""shape":[2],"data_offsets":[0,2]}"#;
    for header in [
        format!("{{\"a\":{{\"dtype\":\"a duck\",{place}}}"),
        format!("{{\"a\":{{\"dtype\":\"DUCK\",{place}}}"),
        format!("{{\"a\":{{\"dtype\":\"DUCK8\",{place}}}"),
        format!("{{\"a\":{tensor}}} a duck"),
        format!("{{\"a\":{tensor}}}\0duck"),
        format!("{{\"a\":{{\"dtype\":\"F8_DUCK\",{place}}}"),
        r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#.to_owned(),
        r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,2]}}"#.to_owned(),
        r#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}"#.to_owned(),
        r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}"#.to_owned(),
        format!("{{\"a\":{tensor},\"a\":{tensor}}}"),
        r#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#.to_owned(),
    ] {
        let refused = cleaned(&model(&header));
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{header} {refused:?}"
        );
    }
}

#[test]
fn tags_of_mp3_behind_an_ogg_or_a_film_go() {
    let old = [&b"TAGduck"[..], &[0; 121]].concat();
    let foot = [
        &b"APETAGEX\xd0\x07\0\0\x20\0\0\0\0\0\0\0\0\0\0\0"[..],
        &[0; 8],
    ]
    .concat();
    for name in ["comfyui.opus", "comfyui.ogg", "vhs.m4a", "comfyui.mp4"] {
        let sound = fixture(&format!("media/{name}"));
        let clean = copy(&sound);
        for (tag, told) in [
            (vec![&old], vec!["ID3v1"]),
            (vec![&foot], vec!["APE tag"]),
            (vec![&foot, &old], vec!["ID3v1", "APE tag"]),
        ] {
            let tags: Vec<u8> = tag.into_iter().flatten().copied().collect();
            let whole = [&sound[..], &tags].concat();
            assert_eq!(copy(&whole), clean, "{name}");
            let (_, gone) = cleaned(&whole).expect("a copy");
            let last = &gone.removed[gone.removed.len() - told.len()..];
            assert_eq!(last, told, "{name}");
        }
        let refused = cleaned(&[&sound[..], b"duck", &old].concat());
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{name} {refused:?}"
        );
    }
}
