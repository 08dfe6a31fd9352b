//! A frame of an animated WebP, as a file of a still picture.

/// Most bytes of a frame that is looked through. It stands in memory.
pub(crate) const LONGEST: u64 = 8 << 20;
/// Bytes of a frame before its chunks (RFC 9649, 2.7.1.1).
pub(crate) const HEAD: usize = 16;
/// Where its size stands, and the bytes of that.
const SIZE: usize = 6;
const SIZE_BYTES: usize = 6;
/// The flag of the head of a file that says that there is alpha (RFC 9649, 2.7.1).
const HAS_ALPHA: u8 = 0x10;

/// The file of the picture of a frame: what is kept without loss, or a lossy picture with its alpha. [`None`] of one that has
/// neither.
pub(crate) fn still(frame: &[u8]) -> Option<Vec<u8>> {
    let (head, chunks) = frame.split_at_checked(HEAD)?;
    let first = |name: &[u8; 4]| each(chunks).find(|chunk| chunk.starts_with(name));
    let parts = match first(b"VP8L") {
        Some(lossless) => lossless.to_vec(),
        None => {
            let size = head.get(SIZE..SIZE + SIZE_BYTES)?;
            let before = [&b"VP8X\x0a\0\0\0"[..], &[HAS_ALPHA, 0, 0, 0], size].concat();
            [&before[..], first(b"ALPH")?, first(b"VP8 ")?].concat()
        }
    };
    let length = (parts.len() as u32 + 4).to_le_bytes();
    Some([&b"RIFF"[..], &length, b"WEBP", &parts].concat())
}

/// Chunks with their heads and what fills them up.
fn each(mut chunks: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let ([_, _, _, _, length @ ..], rest) = chunks.split_first_chunk::<8>()?;
        let length = u32::from_le_bytes(*length) as usize;
        // The last may lack what fills it up.
        let whole = length.checked_add(length % 2)?.min(rest.len());
        if whole < length {
            return None;
        }
        let (chunk, left) = chunks.split_at(8 + whole);
        chunks = left;
        Some(chunk)
    })
}
