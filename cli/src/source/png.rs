//! Text chunks of PNG (tEXt, zTXt, iTXt), before and after the picture data.

use super::Text;
use png::{Decoder, DecodingError, Info};
use std::io::Cursor;

/// Most bytes that one compressed text may have; what image tools write has some ten thousand.
const LONGEST: usize = 2 << 20;
/// Most bytes that all compressed texts of a file may have together.
const IN_ALL: usize = 16 << 20;

/// All texts of a PNG in the order tEXt, zTXt, iTXt; none where the bytes are no PNG. A file that breaks off gives
/// what stands before the break. Compressed texts of more than 2 MiB, and those past 16 MiB in all, are left out: a small
/// file can hold gigabytes of them.
pub(super) fn texts(bytes: &[u8]) -> Vec<Text> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_iccp_chunk(true);
    if decoder.read_header_info().is_err() {
        return Vec::new();
    }
    let Ok(mut reader) = decoder.read_info() else {
        return Vec::new();
    };
    // text may follow the picture: reading to the end is best effort, what came before stays known
    let _ = reader.finish();
    collect(reader.info())
}

fn collect(info: &Info<'_>) -> Vec<Text> {
    let mut left = IN_ALL;
    let mut texts = Vec::new();
    for chunk in &info.uncompressed_latin1_text {
        texts.push(Text {
            keyword: chunk.keyword.clone(),
            text: chunk.text.clone(),
        });
    }
    for chunk in &info.compressed_latin1_text {
        let mut chunk = chunk.clone();
        let text = bounded(&mut left, |limit| {
            chunk.decompress_text_with_limit(limit)?;
            chunk.get_text()
        });
        let keyword = chunk.keyword;
        texts.extend(text.map(|text| Text { keyword, text }));
    }
    for chunk in &info.utf8_text {
        let mut chunk = chunk.clone();
        let text = bounded(&mut left, |limit| {
            chunk.decompress_text_with_limit(limit)?;
            chunk.get_text()
        });
        let keyword = chunk.keyword;
        texts.extend(text.map(|text| Text { keyword, text }));
    }
    texts
}

/// A text unpacked within what is left. One that fails may have taken all it was given before it did.
fn bounded(
    left: &mut usize,
    unpack: impl FnOnce(usize) -> Result<String, DecodingError>,
) -> Option<String> {
    let limit = LONGEST.min(*left);
    let text = unpack(limit).ok();
    *left -= text.as_ref().map_or(limit, |text| text.len().min(limit));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::text_metadata::ZTXtChunk;

    #[test]
    fn many_long_texts_are_read_up_to_a_limit() {
        let text = "x".repeat(LONGEST);
        let mut bytes = Vec::new();
        let encoder = png::Encoder::new(&mut bytes, 1, 1);
        let mut writer = encoder.write_header().expect("a header");
        for keyword in ["a"; 9] {
            let written = writer.write_text_chunk(&ZTXtChunk::new(keyword, &text));
            written.expect("a text");
        }
        writer.write_image_data(&[0]).expect("a pixel");
        writer.finish().expect("an end");
        assert!(bytes.len() < LONGEST / 10);
        assert_eq!(texts(&bytes).len(), IN_ALL / LONGEST);
    }
}
