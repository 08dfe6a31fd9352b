//! Tags between and behind frames of sound.

use super::{cleaned, copy};
use record::clean::Uncleanable;

/// A frame of MP3 of 128 kilobits at 44,100 samples, filled with a byte.
fn frame(fill: u8) -> Vec<u8> {
    [&b"\xff\xfb\x90\x64"[..], &[fill; 413]].concat()
}

/// A frame of MP3 of 32 kilobits at 22,050 samples.
fn slow() -> Vec<u8> {
    [&b"\xff\xf3\x40\xc0"[..], &[0x33; 100]].concat()
}

/// A frame of AAC.
fn aac() -> Vec<u8> {
    // Its length stands in thirteen bits: 64.
    [&b"\xff\xf1\x50\x80\x08\x1f\xfc"[..], &[0x44; 57]].concat()
}

fn ape() -> Vec<u8> {
    let item = b"\x04\0\0\0\0\0\0\0Comment\0duck";
    let ends = |flags: u8| {
        let length = (item.len() as u32 + 32).to_le_bytes();
        let head = [
            &b"APETAGEX\xd0\x07\0\0"[..],
            &length,
            &[1, 0, 0, 0, 0, 0, 0],
        ];
        [&head.concat()[..], &[flags], &[0; 8]].concat()
    };
    [&ends(0xa0)[..], item, &ends(0x80)].concat()
}

fn old() -> Vec<u8> {
    [&b"TAGduck"[..], &[0; 121]].concat()
}

fn id3(zeros: usize) -> Vec<u8> {
    let tag = b"ID3\x03\0\0\0\0\0\x0fTIT2\0\0\0\x05\0\0\0duck";
    [&tag[..], &vec![0; zeros]].concat()
}

/// Every kind of tag, and its name.
fn tags() -> Vec<(&'static str, Vec<u8>)> {
    let long = [&b"TAG+duck"[..], &[0; 219], &old()].concat();
    vec![
        ("ID3", id3(0)),
        ("ID3", id3(100)),
        ("ID3v1", old()),
        ("ID3v1", long),
        ("APE tag", ape()),
        ("Lyrics3", b"LYRICSBEGINa duckLYRICSEND".to_vec()),
        (
            "Lyrics3",
            b"LYRICSBEGINLYR00004duck000023LYRICS200".to_vec(),
        ),
    ]
}

#[test]
fn tags_between_joined_files_go_whatever_frames_follow() {
    let frames = [frame(0x11), slow(), aac()];
    for (name, tag) in tags() {
        for (before, after) in frames.iter().zip(frames.iter().cycle().skip(1)) {
            let first = [&frames[0][..], before].concat();
            let file = [&first[..], &tag, after, after].concat();
            let (copy, gone) = cleaned(&file).expect("a copy");
            assert!(copy == [&first[..], after, after].concat(), "{name}");
            assert_eq!(gone.removed, ["tags within the sound"], "{name}");
        }
    }
}

#[test]
fn tags_behind_the_sound_go_also_where_zeros_fill_them_up() {
    let sound = [frame(0x11), frame(0x22)].concat();
    for (name, tag) in tags() {
        for zeros in [0, 64, 200] {
            let file = [&sound[..], &tag, &vec![0; zeros]].concat();
            let (copy, gone) = cleaned(&file).expect("a copy");
            assert!(copy == sound, "{name} {zeros}");
            assert_eq!(gone.removed, [name], "{name} {zeros}");
        }
    }
}

#[test]
fn tags_behind_a_flac_go_also_where_zeros_fill_them_up() {
    let sound = [
        &b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0\0\0\0\x01"[..],
        &[0; 16],
        b"\xff\xf8",
        &[0x55; 200],
    ]
    .concat();
    // Of ID3 there is nothing at its end that tells of it.
    for (name, tag) in tags().into_iter().filter(|(name, _)| *name != "ID3") {
        for zeros in [0, 64] {
            let file = [&sound[..], &tag, &vec![0; zeros]].concat();
            assert!(copy(&file) == sound, "{name} {zeros}");
        }
    }
}

#[test]
fn what_looks_like_a_tag_within_a_frame_is_sound() {
    for name in [&b"TAG"[..], b"ID3\x03\0\0\0\0\0\x76", b"APETAGEX"] {
        let mut named = frame(0x11);
        // What would follow on the tag begins the next frame.
        let at = named.len() - 128;
        named[at..at + name.len()].copy_from_slice(name);
        let sound = [named.repeat(3), frame(0x11)].concat();
        assert!(copy(&sound) == sound, "{name:?}");
    }
}

/// Where a player finds the heads of frames: each behind the frame before it, or else at the next that may be one.
fn heads(sound: &[u8], length: usize) -> usize {
    let (mut at, mut heads) = (0, 0);
    while at + 4 <= sound.len() {
        let is_head = sound[at] == 0xff && sound[at + 1] & 0xf0 == 0xf0;
        heads += usize::from(is_head);
        at += if is_head { length } else { 1 };
    }
    heads
}

#[test]
fn frame_that_a_tag_cuts_off_is_filled_up_so_that_the_next_is_found() {
    for (frame, most) in [(frame(0x11), 417), (aac(), 64)] {
        assert_eq!(frame.len(), most);
        for place in [12, most / 2, most - 12] {
            for tag in [id3(5), old(), ape()] {
                let cut = [&frame[..], &frame[..place]].concat();
                let file = [&cut[..], &tag, &frame, &frame, &frame].concat();
                let copy = copy(&file);
                let zeros = vec![0; most - place];
                let whole = [&cut[..], &zeros, &frame, &frame, &frame].concat();
                assert!(copy == whole, "{most} {place} {:?}", &tag[..4]);
                assert_eq!(heads(&copy, most), 5);
                // At the end nothing follows that could be lost.
                let file = [&cut[..], &tag].concat();
                assert!(self::copy(&file) == cut);
            }
        }
    }
}

#[test]
fn tag_with_the_name_of_credentials_in_a_text_is_not_signed() {
    let sound = frame(0x11).repeat(3);
    let tag = |name: &[u8], data: &[u8]| {
        let frame = [name, &[0, 0, 0, data.len() as u8, 0, 0], data].concat();
        [&b"ID3\x03\0\0\0\0\0"[..], &[frame.len() as u8], &frame].concat()
    };
    let object = b"\0application/c2pa\0c2pa\0a\0abcd";
    for (name, data, is_signed) in [
        (b"TIT2", &b"\0what is c2pa?"[..], false),
        (b"TIT2", b"\0application/c2pa", false),
        (b"GEOB", b"\0image/png\0c2pa\0a\0abcd", false),
        (b"GEOB", object, true),
        (b"GEOB", b"\0application/x-c2pa-manifest-store\0\0\0a", true),
    ] {
        let tag = tag(name, data);
        for file in [
            [&tag[..], &sound].concat(),
            [&sound[..], &tag, &sound].concat(),
        ] {
            let refused = matches!(cleaned(&file), Err(Uncleanable::Signed));
            assert_eq!(refused, is_signed, "{name:?} {data:?}");
        }
    }
}

#[test]
fn bytes_that_are_no_sound_go_behind_it_and_are_refused_within_it() {
    let frame = frame(0x11);
    let (copy, gone) = cleaned(&[&frame[..], &frame, b"a duck"].concat()).expect("a copy");
    assert!(copy == frame.repeat(2));
    assert_eq!(gone.removed, ["bytes behind the end"]);
    let within = [&frame[..], &frame, b"a duck", &frame, &frame, &frame].concat();
    let refused = cleaned(&within);
    assert!(
        matches!(&refused, Err(Uncleanable::Broken(why)) if why.contains("at byte 834")),
        "{refused:?}"
    );
    let free = [&b"\xff\xfb\0\x64"[..], &[0x11; 300]].concat().repeat(2);
    let refused = cleaned(&free);
    assert!(
        matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("bitrate of its own")),
        "{refused:?}"
    );
}
