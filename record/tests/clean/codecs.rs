//! What the heads of codecs say in the descriptions of tracks.

use super::common::inspected;
use super::{cleaned, copy};

pub(crate) fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes()[..], name, data].concat()
}

/// A film of a sample described so.
pub(crate) fn film(description: &[u8]) -> Vec<u8> {
    let stsd = part(b"stsd", &[b"\0\0\0\0\0\0\0\x01", description].concat());
    let minf = part(b"minf", &part(b"stbl", &stsd));
    let trak = part(b"trak", &part(b"mdia", &minf));
    [part(b"ftyp", b"isom\0\0\0\0"), part(b"moov", &trak)].concat()
}

/// A Matroska of a codec of this head.
pub(crate) fn matroska(head: &[u8]) -> Vec<u8> {
    let element = |id: &[u8], data: &[u8]| {
        let length = (data.len() as u16 | 0x4000).to_be_bytes();
        [id, &length, data].concat()
    };
    let track = element(&[0xae], &element(b"\x63\xa2", head));
    let tracks = element(b"\x16\x54\xae\x6b", &track);
    [
        element(b"\x1a\x45\xdf\xa3", b"\x42\x82\x88matroska"),
        element(b"\x18\x53\x80\x67", &tracks),
    ]
    .concat()
}

fn comments() -> Vec<u8> {
    let long = |text: &[u8]| [&(text.len() as u32).to_le_bytes()[..], text].concat();
    [
        &long(b"a program")[..],
        &[1, 0, 0, 0],
        &long(b"PROMPT=a duck"),
    ]
    .concat()
}

/// Three packets of a codec one behind the other: the lengths of the first two, and these (Matroska, Codec Specifications).
fn laced(packets: [&[u8]; 3]) -> Vec<u8> {
    let head = [2, packets[0].len() as u8, packets[1].len() as u8];
    [&head[..], &packets.concat()].concat()
}

#[test]
fn comments_of_vorbis_and_theora_are_read_and_become_none() {
    for (name, first, mark, end) in [
        ("Vorbis", b"\x01vorbis", b"\x03vorbis", &[1][..]),
        ("Theora", b"\x80theora", b"\x81theora", &[]),
    ] {
        let head =
            |comments: &[u8]| laced([first, &[mark, comments].concat(), b"\x05 how it is packed"]);
        let told = head(&[&comments()[..], end].concat());
        let zeros = vec![0; comments().len() - 8];
        let clean = head(&[&[0; 8][..], end, &zeros].concat());
        for (told, clean) in [
            (matroska(&told), matroska(&clean)),
            (film(&part(b"mp4a", &told)), film(&part(b"mp4a", &clean))),
        ] {
            let places = [format!("{name} vendor"), format!("{name} prompt")];
            let before = inspected("a", &told, &[]);
            let found: Vec<_> = before.discloses.into_iter().map(|it| it.place).collect();
            assert_eq!(found, places);
            let (copy, gone) = cleaned(&told).expect("a copy");
            assert_eq!(copy, clean);
            assert_eq!(gone.removed, places);
            assert_eq!(self::copy(&clean), clean);
        }
    }
}

#[test]
fn comments_and_pictures_of_flac_are_read_and_become_padding() {
    let block = |kind: u8, data: &[u8]| {
        let length = (data.len() as u32).to_be_bytes();
        [&[kind], &length[1..], data].concat()
    };
    let sound = [block(0, &[7; 34]), block(3, &[8; 18])];
    let told = [
        &sound[0][..],
        &block(4, &comments()),
        &sound[1],
        &block(0x86, b"a duck"),
    ]
    .concat();
    let clean = [
        &sound[0][..],
        &block(1, &vec![0; comments().len()]),
        &sound[1],
        &block(0x81, &[0; 6]),
    ]
    .concat();
    let in_matroska = |blocks: &[u8]| matroska(&[b"fLaC", blocks].concat());
    let in_film = |blocks: &[u8]| {
        let head = part(b"dfLa", &[&[0; 4], blocks].concat());
        film(&part(b"fLaC", &[&[0; 28], &head[..]].concat()))
    };
    for (told, clean) in [
        (in_matroska(&told), in_matroska(&clean)),
        (in_film(&told), in_film(&clean)),
    ] {
        let before = inspected("a", &told, &[]);
        let found: Vec<_> = before.discloses.into_iter().map(|it| it.place).collect();
        assert_eq!(found, ["FLAC vendor", "FLAC prompt"]);
        let (copy, gone) = cleaned(&told).expect("a copy");
        assert_eq!(copy, clean);
        assert_eq!(gone.removed, ["FLAC vendor", "FLAC prompt"]);
        assert_eq!(self::copy(&clean), clean);
    }
}
