//! What is written beside pictures and samples, in boxes that no reader needs.

use super::common::inspected;
use super::{cleaned, copy};
use record::clean::Uncleanable;

fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes()[..], name, data].concat()
}

fn places(bytes: &[u8]) -> Vec<String> {
    let inspection = inspected("a", bytes, &[]);
    inspection
        .discloses
        .into_iter()
        .map(|it| it.place)
        .collect()
}

/// A HEIF of one picture with a name, with these properties, and which is in these files.
fn heif(item: &[u8], property: &[u8], files: &[u8]) -> Vec<u8> {
    let info = part(
        b"infe",
        &[b"\x02\0\0\0\0\x01\0\0av01", item, b"\0"].concat(),
    );
    let meta = [
        &[0; 4][..],
        &part(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        &part(
            b"dinf",
            &part(b"dref", &[b"\0\0\0\0\0\0\0\x01", files].concat()),
        ),
        &part(b"iinf", &[b"\0\0\0\0\0\x01", &info[..]].concat()),
        &part(
            b"iprp",
            &part(b"ipco", &[&part(b"ispe", &[1; 12])[..], property].concat()),
        ),
    ];
    [
        part(b"ftyp", b"avif\0\0\0\0mif1avif"),
        part(b"meta", &meta.concat()),
        part(b"mdat", b"pixels"),
    ]
    .concat()
}

#[test]
fn properties_that_make_no_picture_are_disclosed_and_become_free_space() {
    let own = part(b"url ", b"\0\0\0\x01");
    for name in [
        b"udes", b"altt", b"crtt", b"mdft", b"uuid", b"itai", b"xxxx",
    ] {
        let with = |property: &[u8]| heif(b"", property, &own);
        let whole = with(&part(name, b"what a duck says"));
        let place = format!("HEIF {}", String::from_utf8_lossy(name));
        assert_eq!(places(&whole), [place.as_str()]);
        let (copy, gone) = cleaned(&whole).expect("a copy");
        assert!(copy == with(&part(b"free", &[0; 16])), "{place}");
        assert_eq!(gone.removed, [place]);
        assert!(self::copy(&copy) == copy);
    }
    let kept = heif(b"Color", &part(b"irot", &[1]), &own);
    assert_eq!(places(&kept), [""; 0]);
    assert!(copy(&kept) == kept);
}

#[test]
fn head_of_other_media_keeps_what_they_are_shown_by() {
    let film = |told: &[u8]| {
        let head = [&part(b"gmin", &[1; 16]), told, &part(b"text", &[2; 36])].concat();
        let media = part(b"mdia", &part(b"minf", &part(b"gmhd", &head)));
        let track = part(b"moov", &part(b"trak", &media));
        [part(b"ftyp", b"qt  \0\0\0\0"), track].concat()
    };
    let (copy, gone) = cleaned(&film(&part(b"name", b"a duck"))).expect("a copy");
    assert!(copy == film(&part(b"free", &[0; 6])));
    assert_eq!(gone.removed, ["MP4 name"]);
}

#[test]
fn names_of_items_and_places_of_files_become_empty() {
    let own = part(b"url ", b"\0\0\0\x01");
    let whole = heif(b"a duck", b"", &own);
    assert_eq!(places(&whole), ["HEIF item name"]);
    assert!(copy(&whole) == heif(&[0; 6], b"", &own));
    let whole = heif(b"", b"", &part(b"url ", b"\0\0\0\x01file:///duck\0"));
    assert_eq!(places(&whole), ["HEIF url"]);
    let zeros = [&b"\0\0\0\x01"[..], &[0; 13]].concat();
    assert!(copy(&whole) == heif(b"", b"", &part(b"url ", &zeros)));
    let elsewhere = heif(b"", b"", &part(b"url ", b"\0\0\0\0file:///duck\0"));
    assert!(matches!(cleaned(&elsewhere), Err(Uncleanable::Kind(_))));
}

/// A film whose media are of this kind, described so, with these boxes beside.
fn film(kind: &[u8; 4], entry: &[u8], track: &[u8], film: &[u8]) -> Vec<u8> {
    let hdlr = [&[0; 8][..], kind, &[0; 13]].concat();
    let stsd = part(b"stsd", &[b"\0\0\0\0\0\0\0\x01", entry].concat());
    let minf = part(b"minf", &part(b"stbl", &stsd));
    let mdia = part(b"mdia", &[part(b"hdlr", &hdlr), minf].concat());
    let trak = part(b"trak", &[&mdia[..], track].concat());
    let moov = part(b"moov", &[&trak[..], film].concat());
    [part(b"ftyp", b"qt  \0\0\0\0"), moov].concat()
}

/// The description of video: who made the program, its name, and what follows.
fn video(name: &[u8; 4], maker: &[u8; 4], program: &[u8; 32], more: &[u8]) -> Vec<u8> {
    let data = [
        &[0; 12][..],
        maker,
        &[7; 26],
        program,
        b"\0\x18\xff\xff",
        more,
    ]
    .concat();
    part(name, &data)
}

fn padded(name: &[u8]) -> [u8; 32] {
    let mut padded = [0; 32];
    padded[..name.len()].copy_from_slice(name);
    padded
}

#[test]
fn name_of_the_program_that_packed_video_goes_whatever_the_codec() {
    let more = part(b"pasp", &[1; 8]);
    let told = padded(b"\x0ca duck 1.2.3");
    for codec in [
        b"png ", b"rle ", b"s263", b"FFV1", b"apcn", b"jpeg", b"avc1", b"hvc1",
    ] {
        let with = |maker, program| film(b"vide", &video(codec, maker, program, &more), b"", b"");
        let copy = copy(&with(b"FFMP", &told));
        assert!(copy == with(&[0; 4], &[0; 32]), "{codec:?}");
    }
    // By these decoders know what the samples are.
    for name in [&b"\x0dSorenson H263"[..], b"\x13Planar Y'CbCr 8:2:0"] {
        let with = |name: &[u8]| {
            film(
                b"vide",
                &video(b"raw ", &[0; 4], &padded(name), &more),
                b"",
                b"",
            )
        };
        assert!(copy(&with(&[name, b"duck"].concat())) == with(name));
    }
    // Sound has other things there.
    let sound = film(b"soun", &part(b"mp4a", &[7; 80]), b"", b"");
    let mut kept = sound.clone();
    let at = sound
        .windows(4)
        .position(|found| found == b"mp4a")
        .expect("sound")
        + 4;
    kept[at + 12..at + 16].fill(0);
    assert!(copy(&sound) == kept);
}

#[test]
fn boxes_that_no_player_needs_go_from_descriptions_and_tracks() {
    let codec = part(b"avcC", &[1; 8]);
    for name in [b"uuid", b"udta", b"name", b"meta"] {
        let told = part(name, b"0123456789abcdef a duck");
        let free = part(b"free", &[0; 23]);
        let with = |told: &[u8]| {
            let more = [&codec[..], told].concat();
            film(b"vide", &video(b"avc1", &[0; 4], &[0; 32], &more), b"", b"")
        };
        assert!(copy(&with(&told)) == with(&free), "{name:?}");
    }
    let told = part(b"uuid", b"0123456789abcdef a duck");
    let free = part(b"free", &[0; 23]);
    for (outer, kept) in [
        (b"edts", part(b"elst", &[0; 8])),
        (b"tref", part(b"chap", &[0, 0, 0, 1])),
        (b"trgr", part(b"msrc", &[0; 8])),
    ] {
        let entry = video(b"avc1", &[0; 4], &[0; 32], &codec);
        let with = |told: &[u8]| {
            film(
                b"vide",
                &entry,
                &part(outer, &[&kept[..], told].concat()),
                b"",
            )
        };
        assert!(copy(&with(&told)) == with(&free), "{outer:?}");
    }
    let entry = video(b"avc1", &[0; 4], &[0; 32], &codec);
    let extends = |told: &[u8]| {
        let kept = part(b"trex", &[0; 24]);
        film(
            b"vide",
            &entry,
            b"",
            &part(b"mvex", &[&kept[..], told].concat()),
        )
    };
    assert!(copy(&extends(&told)) == extends(&free));
}
