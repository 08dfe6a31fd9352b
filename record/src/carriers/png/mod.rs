//! PNG: text chunks (tEXt, zTXt, iTXt) before and after the picture, EXIF, what ComfyUI puts into animations (comf), and text
//! hidden in the pixels.
//!
//! Of the picture only the first rows are decoded, and all of them where these begin a hidden text. The crates that read pictures hold all chunks in memory, or give
//! none once the file breaks off.

mod profiles;

use super::stream::{array, pass};
use super::{LONGEST_TEXT, as_written, exif, hidden};
use crate::Source;
use crate::disclosures::DATE;
use crate::field::Carried;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
pub(crate) use profiles::turned;
use std::io::{Read as _, SeekFrom};

/// Every PNG begins so (PNG, 5.2).
const SIGNATURE: u64 = 8;

/// Adds the texts of a PNG in the order in which they stand. Texts that are too long are told and not read: a small file can hold
/// gigabytes of compressed ones.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut picture = Picture::default();
    if source.seek(SeekFrom::Start(SIGNATURE)).is_ok() {
        chunks(source, &mut picture, carried);
    }
    if picture.may_hide {
        hidden::in_png(source, carried);
    }
}

/// What is known of the picture itself.
#[derive(Default)]
struct Picture {
    header: Option<hidden::Header>,
    /// Whether its data begins as if it hid a text.
    may_hide: bool,
}

impl Picture {
    /// Reads its header, or the begin of its data; returns how many bytes of it that were.
    fn look(&mut self, source: &mut dyn Source, chunk: &Chunk) -> Option<u64> {
        match (&chunk.kind, self.header, chunk.length) {
            (b"IHDR", None, 13) => {
                self.header = hidden::Header::read(array(source)?);
                Some(13)
            }
            (b"IDAT", Some(header), length) => {
                self.header = None;
                let needed = header.needed().min(length as usize) as u64;
                let mut data = Vec::new();
                (&mut *source).take(needed).read_to_end(&mut data).ok()?;
                self.may_hide = header.may_hide(&data);
                Some(needed)
            }
            _ => Some(0),
        }
    }
}

fn chunks(source: &mut dyn Source, picture: &mut Picture, carried: &mut Carried) {
    while let Some(chunk) = next(source) {
        let read = match &chunk.kind {
            b"tEXt" => latin1,
            b"zTXt" => compressed,
            b"iTXt" => unicode,
            b"comf" => animation,
            b"eXIf" => exif_chunk,
            b"tIME" => time,
            b"IEND" => return,
            _ => {
                let looked_at = picture.look(source, &chunk);
                let rest = |looked_at| u64::from(chunk.length) + CHECKSUM - looked_at;
                if looked_at.and_then(|at| pass(source, rest(at))).is_none() {
                    return;
                }
                continue;
            }
        };
        match data(source, &chunk) {
            Data::Read(data) => read(data, carried),
            Data::Broken(keyword, reason) => {
                let place = format!("PNG {}", String::from_utf8_lossy(&chunk.kind));
                carried.fail(&place, &keyword, reason);
            }
        }
    }
}

/// The head of a chunk (PNG, 5.3).
struct Chunk {
    kind: [u8; 4],
    length: u32,
}

/// Bytes of the checksum that follows a chunk's data.
const CHECKSUM: u64 = 4;

/// Most bytes of a keyword with its end (PNG, 11.3.3).
const KEYWORD: usize = 80;

/// The data of a chunk.
enum Data {
    Read(Vec<u8>),
    /// It is not to be read: the keyword that it begins with, and why. The file may end in it.
    Broken(String, String),
}

fn next(source: &mut dyn Source) -> Option<Chunk> {
    let [a, b, c, d, kind @ ..] = array::<8>(source)?;
    let length = u32::from_be_bytes([a, b, c, d]);
    Some(Chunk { kind, length })
}

fn data(source: &mut dyn Source, chunk: &Chunk) -> Data {
    let length = u64::from(chunk.length);
    if length > LONGEST_TEXT as u64 {
        let mut head = [0; KEYWORD];
        let reason = format!("it has more than {LONGEST_TEXT} bytes");
        let head_is_read = source.read_exact(&mut head).is_ok();
        // Beyond the end of a file nothing is refused.
        return match pass(source, length - KEYWORD as u64 + CHECKSUM) {
            Some(()) if head_is_read => Data::Broken(as_written(&head), reason),
            _ => Data::Broken(as_written(&head), "the file breaks off in it".to_owned()),
        };
    }
    let mut data = Vec::new();
    let read = (&mut *source).take(length).read_to_end(&mut data);
    let checksum = match read {
        Ok(read) if read as u64 == length => array::<{ CHECKSUM as usize }>(source),
        _ => None,
    };
    let Some(checksum) = checksum else {
        let head = &data[..data.len().min(KEYWORD)];
        return Data::Broken(as_written(head), "the file breaks off in it".to_owned());
    };
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&chunk.kind);
    hasher.update(&data);
    match hasher.finalize() == u32::from_be_bytes(checksum) {
        true => Data::Read(data),
        false => {
            let head = &data[..data.len().min(KEYWORD)];
            Data::Broken(as_written(head), "its checksum is wrong".to_owned())
        }
    }
}

/// What stands before a zero byte, and behind it.
fn divided(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|byte| *byte == 0)?;
    Some((&data[..at], &data[at + 1..]))
}

fn latin1(data: Vec<u8>, carried: &mut Carried) {
    if let Some((keyword, text)) = divided(&data) {
        profiles::push("PNG tEXt", as_written(keyword), as_written(text), carried);
    }
}

/// A keyword, its end, a zero for deflate, and the compressed text.
fn compressed(data: Vec<u8>, carried: &mut Carried) {
    let Some((keyword, [method, text @ ..])) = divided(&data) else {
        return;
    };
    let keyword = as_written(keyword);
    let text = match method {
        0 => unpacked(text),
        _ => Err("it is not compressed by deflate".to_owned()),
    };
    match text {
        Ok(text) => profiles::push("PNG zTXt", keyword, as_written(&text), carried),
        Err(reason) => carried.fail("PNG zTXt", &keyword, reason),
    }
}

/// A keyword, its end, whether the text is compressed, a zero for deflate, two words that nobody needs, and the text in UTF-8.
fn unicode(data: Vec<u8>, carried: &mut Carried) {
    let parts = || {
        let (keyword, rest) = divided(&data)?;
        let [packed, _, rest @ ..] = rest else {
            return None;
        };
        let (_, rest) = divided(rest)?;
        let (_, text) = divided(rest)?;
        Some((as_written(keyword), *packed == 1, text))
    };
    let Some((keyword, packed, text)) = parts() else {
        return;
    };
    let text = match packed {
        true => unpacked(text),
        false => Ok(text.to_vec()),
    };
    let text = text.and_then(|text| {
        String::from_utf8(text).map_err(|_| "it is not the UTF-8 that it says to be".to_owned())
    });
    match text {
        Ok(text) => profiles::push("PNG iTXt", keyword, text, carried),
        Err(reason) => carried.fail("PNG iTXt", &keyword, reason),
    }
}

/// ComfyUI's texts in an animation: a keyword, its end, and the text.
fn animation(data: Vec<u8>, carried: &mut Carried) {
    if let Some((keyword, text)) = divided(&data) {
        carried.push("PNG comf", as_written(keyword), as_written(text));
    }
}

fn exif_chunk(data: Vec<u8>, carried: &mut Carried) {
    exif::read(data, carried);
}

/// When the picture was last changed.
fn time(_: Vec<u8>, carried: &mut Carried) {
    carried.value(DATE, "PNG", "tIME");
}

fn unpacked(text: &[u8]) -> Result<Vec<u8>, String> {
    decompress_to_vec_zlib_with_limit(text, LONGEST_TEXT)
        .map_err(|error| format!("it cannot be unpacked to at most {LONGEST_TEXT} bytes: {error}"))
}

#[cfg(test)]
mod tests {
    use super::super::ALL_TEXTS;
    use super::*;
    use png::text_metadata::ZTXtChunk;
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
        // Their keywords count too.
        let read = ALL_TEXTS / LONGEST_TEXT - 1;
        assert_eq!(
            (carried.fields.0.len(), carried.unreadable.len()),
            (read, 2)
        );
    }
}
