//! What decoders that are not ours make of the samples and of their copies.

use super::samples::samples;
use super::{cleaned, copy};
use std::io::Cursor;

/// The samples of these kinds that have a copy, and their copies.
fn copies(kinds: &[&str]) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let all = samples().into_iter();
    let wanted = all.filter(|(name, bytes)| {
        kinds.iter().any(|kind| name.ends_with(kind)) && cleaned(bytes).is_ok()
    });
    let copies: Vec<_> = wanted
        .map(|(name, bytes)| {
            let copy = copy(&bytes);
            (name, bytes, copy)
        })
        .collect();
    assert_ne!(copies.len(), 0, "{kinds:?}");
    copies
}

/// All frames of a PNG, and what is told of their colours, density and times.
fn png(bytes: &[u8]) -> (Vec<u8>, String) {
    let mut reader = png::Decoder::new(Cursor::new(bytes))
        .read_info()
        .expect("a picture");
    let mut info = reader.info().clone();
    info.exif_metadata = None;
    info.uncompressed_latin1_text.clear();
    info.compressed_latin1_text.clear();
    info.utf8_text.clear();
    let frames = info
        .animation_control
        .map_or(1, |control| control.num_frames);
    let mut all = Vec::new();
    for _ in 0..frames {
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("pixels");
        all.extend(pixels);
        all.extend(format!("{:?}", reader.info().frame_control).into_bytes());
    }
    (all, format!("{info:?}"))
}

#[test]
fn png_shows_the_same() {
    for (name, bytes, copy) in copies(&[".png"]) {
        if !name.contains("stealth") {
            assert!(png(&bytes) == png(&copy), "{name}");
        }
    }
}

#[test]
fn jpeg_shows_the_same() {
    for (name, bytes, copy) in copies(&[".jpg"]) {
        let pixels = |bytes: &[u8]| {
            let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(bytes));
            (decoder.decode().expect("pixels"), decoder.icc_profile())
        };
        assert!(pixels(&bytes) == pixels(&copy), "{name}");
    }
}

/// Every frame of a WebP and how long it stands, and its colour profile.
fn webp(bytes: &[u8]) -> (Vec<u8>, Vec<u32>, Option<Vec<u8>>) {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).expect("a picture");
    let mut pixels = vec![0; decoder.output_buffer_size().expect("a size")];
    let (mut all, mut times) = (Vec::new(), Vec::new());
    if !decoder.is_animated() {
        decoder.read_image(&mut pixels).expect("pixels");
        all.extend(&pixels);
    }
    for _ in 0..decoder.num_frames() {
        times.push(decoder.read_frame(&mut pixels).expect("a frame"));
        all.extend(&pixels);
    }
    (
        all,
        times,
        decoder.icc_profile().expect("a profile or none"),
    )
}

#[test]
fn webp_shows_the_same() {
    for (name, bytes, copy) in copies(&[".webp"]) {
        let (before, after) = (webp(&bytes), webp(&copy));
        if !name.contains("stealth") {
            assert!(before == after, "{name}");
            continue;
        }
        // Of these, the bits differ that carried a text.
        assert_ne!(before.0, after.0, "{name}");
        for (at, (before, after)) in before.0.iter().zip(&after.0).enumerate() {
            let may_differ = u8::from(name.contains("rgb") || at % 4 == 3);
            assert_eq!((before ^ after) & !may_differ, 0, "{name} {at}");
        }
    }
}

#[test]
fn gif_shows_the_same() {
    for (name, bytes, copy) in copies(&[".gif"]) {
        let frames = |bytes: &[u8]| {
            let mut decoder = gif::DecodeOptions::new()
                .read_info(Cursor::new(bytes.to_vec()))
                .expect("a picture");
            let mut frames = Vec::new();
            while let Some(frame) = decoder.read_next_frame().expect("a frame") {
                frames.push(format!("{frame:?}"));
            }
            (frames, format!("{:?}", decoder.repeat()))
        };
        assert_eq!(frames(&bytes), frames(&copy), "{name}");
    }
}

#[test]
fn flac_and_vorbis_sound_the_same() {
    for (name, bytes, copy) in copies(&[".flac"]) {
        let samples = |bytes: &[u8]| {
            let mut reader = claxon::FlacReader::new(Cursor::new(bytes)).expect("sound");
            let samples: Result<Vec<_>, _> = reader.samples().collect();
            (
                samples.expect("samples"),
                format!("{:?}", reader.streaminfo()),
            )
        };
        assert!(samples(&bytes) == samples(&copy), "{name}");
    }
    for (name, bytes, copy) in copies(&[".ogg"]) {
        let samples = |bytes: &[u8]| {
            let mut reader =
                lewton::inside_ogg::OggStreamReader::new(Cursor::new(bytes)).expect("sound");
            let mut all = Vec::new();
            while let Some(samples) = reader.read_dec_packet().expect("a packet") {
                all.push(samples);
            }
            all
        };
        assert!(samples(&bytes) == samples(&copy), "{name}");
    }
}

/// What stands between two marks in a file.
fn between<'a>(bytes: &'a [u8], begin: &[u8], length: usize) -> &'a [u8] {
    let at = bytes.windows(begin.len()).position(|found| found == begin);
    let start = at.expect("the mark") + begin.len();
    &bytes[start..(start + length).min(bytes.len())]
}

#[test]
fn media_that_are_not_decoded_here_are_the_same_bytes_at_the_same_places() {
    for (name, bytes, copy) in copies(&[
        ".mp4",
        ".mov",
        ".m4a",
        ".avif",
        ".mkv",
        ".webm",
        ".avi",
        ".opus",
        ".safetensors",
    ]) {
        assert_eq!(bytes.len(), copy.len(), "{name}");
        let differ =
            |mark: &[u8], length| between(&bytes, mark, length) != between(&copy, mark, length);
        let at = |mark: &[u8]| {
            let found = bytes.windows(mark.len()).position(|found| found == mark);
            assert_eq!(
                found,
                copy.windows(mark.len()).position(|found| found == mark),
                "{name}"
            );
        };
        let mark: &[u8] = match name.rsplit('.').next() {
            Some("mkv" | "webm") => &[0x1f, 0x43, 0xb6, 0x75],
            Some("avi") => b"movi",
            Some("opus") => continue,
            Some("safetensors") => {
                let length = 8 + bytes[0] as usize + 256 * bytes[1] as usize;
                assert_eq!(bytes[length..], copy[length..], "{name}");
                continue;
            }
            _ => b"mdat",
        };
        at(mark);
        // The pieces of films are small; EXIF and XMP stand among those of pictures.
        if !name.ends_with(".avif") {
            assert!(!differ(mark, 200), "{name}");
        }
    }
    for (name, bytes, copy) in copies(&[".mp3"]) {
        assert!(bytes.windows(copy.len()).any(|part| part == copy), "{name}");
    }
    for (name, bytes, copy) in copies(&[".wav"]) {
        let length = u32::from_le_bytes(between(&bytes, b"data", 4).try_into().expect("a length"));
        let sound = |bytes| between(bytes, b"data", 4 + length as usize).to_vec();
        assert_eq!(sound(&bytes), sound(&copy), "{name}");
        let told = u32::from_le_bytes(copy[4..8].try_into().expect("a length"));
        assert_eq!(told as usize + 8, copy.len(), "{name}");
    }
}
