//! What cameras write among the samples of a film.

use super::common::inspected;
use super::{cleaned, copy};
use record::clean::Uncleanable;

fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes(), &name[..], data].concat()
}

/// A film of one track of such a handler and samples, each in a chunk of its own.
fn film(handler: &[u8; 4], kind: &[u8; 4], samples: &[&[u8]]) -> Vec<u8> {
    let table = |numbers: &[u32]| {
        let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
        numbers.collect::<Vec<_>>()
    };
    let begin = part(b"ftyp", b"isom\0\0\0\0");
    let mut at = begin.len() as u32 + 8;
    let mut places = vec![0, samples.len() as u32];
    let mut lengths = vec![0, 0, samples.len() as u32];
    for sample in samples {
        places.push(at);
        lengths.push(sample.len() as u32);
        at += sample.len() as u32;
    }
    let stbl = [
        part(
            b"stsd",
            &[&table(&[0, 1])[..], &part(kind, &[0; 8])].concat(),
        ),
        part(b"stsc", &table(&[0, 1, 1, 1, 1])),
        part(b"stsz", &table(&lengths)),
        part(b"stco", &table(&places)),
    ];
    let minf = part(b"minf", &part(b"stbl", &stbl.concat()));
    let hdlr = part(b"hdlr", &[&[0; 8], &handler[..], &[0; 12]].concat());
    let mdia = part(b"mdia", &[hdlr, minf].concat());
    let moov = part(b"moov", &part(b"trak", &mdia));
    [begin, part(b"mdat", &samples.concat()), moov].concat()
}

/// What a file discloses, on a line each, and whether a clean copy is refused for it.
fn told(file: &[u8]) -> Vec<String> {
    let all = inspected("film", file, &[]);
    assert_eq!(all.unreadable, []);
    let lines = all
        .discloses
        .into_iter()
        .map(|it| format!("{}: {}", it.place, it.what));
    let lines: Vec<_> = lines.collect();
    let refused = cleaned(file);
    match lines.first() {
        None => assert_eq!(copy(file), file),
        Some(line) => assert!(
            matches!(&refused, Err(Uncleanable::Track(track)) if line.starts_with(track.as_str())),
            "{refused:?}"
        ),
    }
    lines
}

/// Lines of drones and cameras in cars, and what they tell.
const LINES: [(&[u8], &str); 16] = [
    (b"\0\x26HOME(11.5700,48.1300) GPS(11.5700,48.1300,16)", "location"),
    (
        b"\0\x46F/3.5, SS 1000, ISO 100, EV 0, GPS (8.6499, 53.1665, 18), D 24.26m",
        "location, device",
    ),
    (
        b"FrameCnt: 1 2026-11-30 19:30:00.123\n[iso : 100] [shutter : 1/60.0] [latitude: 8.123456] [longitude: 47.123456]",
        "location, date, device",
    ),
    (
        b"HOME(W: 109.318642, N: 40.769371) 2017-07-22 15:07:30",
        "location, date",
    ),
    (b"$GPRMC,201555.000,A,3356.8925,N,08420.2071,W,0.0", "location"),
    (b"+48.85771+002.29515/", "location"),
    (b"2016:02:29\r12:00:00 2016/02/29 12:00:01", "date"),
    (b"02/29/2016 12:00:01 PM 34 MPH", "date"),
    (b"12:00:01 29.02.2016", "date"),
    (b"12:00:01 2016-02-29", "date"),
    (b"lat:52,123456 lon:13,123456", "location"),
    (b"1,4807.038,N,01131.000,E", "location"),
    (b"$GPGGA,123519,4807.038,N,01131.000,E,1,08", "location"),
    ("52 deg 7' 24.12\" N, 13\u{b0} 7' 24.12\" E".as_bytes(), "location"),
    ("13\u{b0}7'24.12\"E".as_bytes(), "location"),
    (b"\xfe\xff\x008\x00.\x001\x002\x003\x004\x00,\x004\x007\x00.\x001\x002\x003\x004", "location"),
];

/// Lines that people read.
const WORDS: [&[u8]; 7] = [
    b"\0\x1aMeet me at home at 12:30:00.",
    b"In 2016 it was 3.14159 miles, or more, and there we were: 2.71828",
    b"<p tts:origin='12.5000% 80.0000%'>ISO 9001</p>",
    b"{\\p1}m 12.34567 89.12345 l 1.00000 2.00000{\\p0}",
    b"{\\pos(12.34567,89.12345)}Hello",
    b"Of 12,3456 and 1,234,567 he took 10,000 at 12:30:00 on 29.02.16.",
    b"It's a 5' 11.5\" newcomer, 51' 30\" N",
];

#[test]
fn what_a_camera_wrote_into_a_track_of_text_is_told_and_not_kept_in_silence() {
    for (line, what) in LINES {
        for (handler, kind) in [(b"sbtl", b"tx3g"), (b"text", b"text"), (b"subt", b"stpp")] {
            let name = String::from_utf8_lossy(kind);
            let film = film(handler, kind, &[b"\0\0", line]);
            assert_eq!(told(&film), [format!("MP4 track 1 {name}: {what}")]);
        }
        assert_eq!(
            told(&matroska(0x11, "S_TEXT/UTF8", line)),
            [format!("Matroska track 1 S_TEXT/UTF8: {what}")]
        );
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(line, 6);
        assert_eq!(
            told(&matroska(0x11, "S_TEXT/UTF8", &packed)),
            [format!("Matroska track 1 S_TEXT/UTF8: {what}")]
        );
    }
}

#[test]
fn subtitles_for_people_tell_nothing_and_stay() {
    assert_eq!(told(&film(b"sbtl", b"tx3g", &WORDS)), [""; 0]);
    for line in WORDS {
        assert_eq!(told(&matroska(0x11, "S_TEXT/ASS", line)), [""; 0]);
    }
}

#[test]
fn track_of_metadata_is_told_by_its_kind() {
    for (handler, kind, what) in [
        (b"meta", b"gpmd", "location, date, device"),
        (b"meta", b"djmd", "location, date, device"),
        (b"meta", b"rtmd", "location, date, device"),
        (b"camm", b"camm", "location, date"),
        (b"meta", b"mett", "text"),
        (b"data", b"RVMI", "text"),
    ] {
        let name = String::from_utf8_lossy(kind);
        let film = film(handler, kind, &[b"\0"]);
        assert_eq!(told(&film), [format!("MP4 track 1 {name}: {what}")]);
    }
    assert_eq!(
        told(&matroska(0x21, "D_WEBVTT/METADATA", b"a")),
        ["Matroska track 1 D_WEBVTT/METADATA: text"]
    );
    let car = [
        film(b"vide", b"avc1", &[b"a"]),
        part(b"moov", &part(b"gps ", &[0; 8])),
    ];
    assert_eq!(told(&car.concat()), ["MP4 gps: location"]);
}

#[test]
fn texts_in_fragments_are_told_not_to_be_looked_through() {
    let film = film(b"subt", b"wvtt", &[]);
    let unreadable = inspected("film", &film, &[]).unreadable;
    let unreadable: Vec<_> = unreadable.iter().map(|it| &*it.field).collect();
    assert_eq!(unreadable, ["MP4 track 1 wvtt"]);
    assert!(matches!(cleaned(&film), Err(Uncleanable::Broken(_))));
}

/// A film of one track and one block.
fn matroska(kind: u8, codec: &str, line: &[u8]) -> Vec<u8> {
    let element = |id: &[u8], data: &[u8]| {
        let length = 1 << 28 | data.len() as u32;
        [id, &length.to_be_bytes(), data].concat()
    };
    let track = [
        element(b"\xd7", b"\x01"),
        element(b"\x83", &[kind]),
        element(b"\x86", codec.as_bytes()),
    ];
    let tracks = element(b"\x16\x54\xae\x6b", &element(b"\xae", &track.concat()));
    let block = element(b"\xa0", &element(b"\xa1", &[b"\x81\0\0\0", line].concat()));
    let cluster = element(
        b"\x1f\x43\xb6\x75",
        &[element(b"\xe7", b"\0"), block].concat(),
    );
    [
        element(b"\x1a\x45\xdf\xa3", b"\x42\x82\x88matroska"),
        element(b"\x18\x53\x80\x67", &[tracks, cluster].concat()),
    ]
    .concat()
}
