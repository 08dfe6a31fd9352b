//! Text chunks of PNG (tEXt, zTXt, iTXt), before and after the picture data.

use super::Text;
use png::{Decoder, Info};
use std::io::Cursor;

/// All texts of a PNG in the order tEXt, zTXt, iTXt; none where the bytes are no PNG. A file that breaks off gives
/// what stands before the break.
pub(super) fn texts(bytes: &[u8]) -> Vec<Text> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
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
    let plain = info.uncompressed_latin1_text.iter();
    let plain = plain.map(|chunk| Some((chunk.keyword.clone(), chunk.text.clone())));
    let compressed = info.compressed_latin1_text.iter();
    let compressed = compressed.map(|chunk| Some((chunk.keyword.clone(), chunk.get_text().ok()?)));
    let unicode = info.utf8_text.iter();
    let unicode = unicode.map(|chunk| Some((chunk.keyword.clone(), chunk.get_text().ok()?)));
    plain
        .chain(compressed)
        .chain(unicode)
        .flatten()
        .map(|(keyword, text)| Text { keyword, text })
        .collect()
}
