//! PNG: text chunks (tEXt, zTXt, iTXt) before and after the picture, EXIF, and what ComfyUI puts into animations (comf).

use super::{ALL_TEXTS, LONGEST_TEXT, exif};
use crate::Source;
use crate::field::Carried;
use img_parts::png::Png;
use png::text_metadata::{ITXtChunk, TEXtChunk, ZTXtChunk};
use png::{Decoder, DecodingError, Info, Limits};

/// Adds the texts of a PNG in the order tEXt, zTXt, iTXt, comf. Compressed texts that are too long are not read: a small file can
/// hold gigabytes of them.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut decoder = Decoder::new_with_limits(&mut *source, Limits { bytes: usize::MAX });
    decoder.set_ignore_iccp_chunk(true);
    if decoder.read_header_info().is_err() {
        return;
    }
    let Ok(mut reader) = decoder.read_info() else {
        return;
    };
    // Text may follow the picture; where that breaks off, what came before stays known.
    let _ = reader.finish();
    let animated = reader.info().animation_control().is_some();
    texts(reader.info(), carried);
    drop(reader);
    if source.rewind().is_ok() {
        exif::read(source, carried);
    }
    if animated && source.rewind().is_ok() {
        animation(source, carried);
    }
}

fn texts(info: &Info<'_>, carried: &mut Carried) {
    for TEXtChunk { keyword, text, .. } in &info.uncompressed_latin1_text {
        carried.push("PNG tEXt", keyword, as_written(text));
    }
    let mut left = ALL_TEXTS;
    for chunk in &info.compressed_latin1_text {
        let mut chunk: ZTXtChunk = chunk.clone();
        let text = bounded(&mut left, |limit| {
            chunk.decompress_text_with_limit(limit)?;
            chunk.get_text()
        });
        match text {
            Ok(text) => carried.push("PNG zTXt", chunk.keyword, as_written(&text)),
            Err(reason) => carried.fail("PNG zTXt", &chunk.keyword, reason),
        }
    }
    for chunk in &info.utf8_text {
        let mut chunk: ITXtChunk = chunk.clone();
        let text = bounded(&mut left, |limit| {
            chunk.decompress_text_with_limit(limit)?;
            chunk.get_text()
        });
        match text {
            Ok(text) => carried.push("PNG iTXt", chunk.keyword, text),
            Err(reason) => carried.fail("PNG iTXt", &chunk.keyword, reason),
        }
    }
}

/// The text of a chunk that is Latin-1 by the standard (PNG, 11.3.3). Programs write UTF-8 all the same, and what is valid UTF-8
/// beyond ASCII is practically never meant as Latin-1.
fn as_written(latin1: &str) -> String {
    let bytes: Option<Vec<u8>> = latin1
        .chars()
        .map(|char| u8::try_from(u32::from(char)).ok())
        .collect();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_else(|| latin1.to_owned())
}

/// A text unpacked within what is left. One that fails may have taken all it was given before it did.
fn bounded(
    left: &mut usize,
    unpack: impl FnOnce(usize) -> Result<String, DecodingError>,
) -> Result<String, String> {
    let limit = LONGEST_TEXT.min(*left);
    let text = unpack(limit);
    *left -= text.as_ref().map_or(limit, |text| text.len().min(limit));
    text.map_err(|error| format!("{error}, within {limit} bytes"))
}

/// ComfyUI's texts in an animation: chunks `comf`, each a keyword, a zero byte and the text.
fn animation(source: &mut dyn Source, carried: &mut Carried) {
    let mut bytes = Vec::new();
    if source.read_to_end(&mut bytes).is_err() {
        return;
    }
    let Ok(png) = Png::from_bytes(bytes.into()) else {
        return;
    };
    for chunk in png.chunks_by_type(*b"comf") {
        let contents = chunk.contents();
        let Some(end) = contents.iter().position(|byte| *byte == 0) else {
            continue;
        };
        let [keyword, text] = [&contents[..end], &contents[end + 1..]].map(String::from_utf8_lossy);
        carried.push("PNG comf", keyword, text.into_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn many_long_texts_are_read_up_to_a_limit_and_the_rest_is_told() {
        let text = "x".repeat(LONGEST_TEXT);
        let mut bytes = Vec::new();
        let encoder = png::Encoder::new(&mut bytes, 1, 1);
        let mut writer = encoder.write_header().expect("a header");
        for keyword in ["a"; ALL_TEXTS / LONGEST_TEXT + 1] {
            let written = writer.write_text_chunk(&ZTXtChunk::new(keyword, &text));
            written.expect("a text");
        }
        writer.write_image_data(&[0]).expect("a pixel");
        writer.finish().expect("an end");
        assert!(bytes.len() < LONGEST_TEXT / 10);
        let mut carried = Carried::default();
        read(&mut Cursor::new(bytes), &mut carried);
        assert_eq!(carried.fields.0.len(), ALL_TEXTS / LONGEST_TEXT);
        assert_eq!(carried.unreadable.len(), 1);
    }
}
