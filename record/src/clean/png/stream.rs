//! The packed data of a picture, followed to its end: behind that no reader looks.

use super::super::Uncleanable;
use super::super::walk::{Walk, broken};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// How far deflate looks back (RFC 1951, 2).
const WINDOW: usize = 1 << 15;
/// Bytes of the file in memory at a time.
const PIECE: u64 = 1 << 16;
/// Most bytes that are unpacked, which takes some seconds.
const LONGEST: u64 = 1 << 32;

const TOO_LARGE: &str = "the picture has more than 4 GiB unpacked, which is not looked through here: make it smaller, and try again";

/// Rows, each with a byte before it (PNG, 7 and 9).
pub(super) struct Stream {
    inflating: Box<DecompressorOxide>,
    window: Box<[u8]>,
    given: u64,
    /// Bytes of all rows.
    wanted: u64,
    /// Whether its end was met.
    pub(super) is_done: bool,
}

/// The size of what is packed: how wide and high it is, and how its pixels are kept.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u64,
    pub(super) interlaced: bool,
}

impl Size {
    /// That of the whole picture, by its header (PNG, 11.2.1).
    pub(super) fn of(header: [u8; 13]) -> Self {
        let [a, b, c, d, e, f, g, h, depth, colour, _, _, interlaced] = header;
        let channels = match colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        Self {
            width: u32::from_be_bytes([a, b, c, d]),
            height: u32::from_be_bytes([e, f, g, h]),
            bits: u64::from(depth) * channels,
            interlaced: interlaced != 0,
        }
    }

    /// Bytes of all rows, of each pass of an interlaced picture (PNG, 8.2).
    fn bytes(self) -> u64 {
        // Where a pass begins and how far its pixels are apart, across and down.
        const PASSES: [[u32; 4]; 7] = [
            [0, 8, 0, 8],
            [4, 8, 0, 8],
            [0, 4, 4, 8],
            [2, 4, 0, 4],
            [0, 2, 2, 4],
            [1, 2, 0, 2],
            [0, 1, 1, 2],
        ];
        let passes = match self.interlaced {
            true => &PASSES[..],
            false => &[[0, 1, 0, 1]],
        };
        let bytes = passes.iter().map(|[x, across, y, down]| {
            let width = self.width.saturating_sub(*x).div_ceil(*across);
            let height = self.height.saturating_sub(*y).div_ceil(*down);
            let row = (u64::from(width) * self.bits).div_ceil(8) + 1;
            let rows = if width == 0 { 0 } else { u64::from(height) };
            rows.saturating_mul(row)
        });
        bytes.fold(0, u64::saturating_add)
    }
}

impl Stream {
    pub(super) fn of(size: Size) -> Self {
        Self {
            inflating: Box::default(),
            window: vec![0; WINDOW].into(),
            given: 0,
            wanted: size.bytes(),
            is_done: false,
        }
    }

    /// Begins anew with data of another size, in the same memory: an animation may have many frames.
    pub(super) fn begin(&mut self, size: Size) {
        self.inflating.init();
        self.given = 0;
        self.wanted = size.bytes();
        self.is_done = false;
    }

    /// Goes over the data of a chunk up to its end. How many bytes of it are of the picture, and their checksum with this begin.
    pub(super) fn take(
        &mut self,
        walk: &mut Walk,
        kind: [u8; 4],
        end: u64,
    ) -> Result<(u64, u32), Uncleanable> {
        let start = walk.at;
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(&kind);
        let mut used = 0;
        while walk.at < end && !self.is_done {
            let piece = walk.vec((end - walk.at).min(PIECE))?;
            let length = self.unpack(&piece, start)?;
            checksum.update(&piece[..length]);
            used += length as u64;
        }
        Ok((used, checksum.finalize()))
    }

    /// How many of these bytes are of the picture.
    fn unpack(&mut self, bytes: &[u8], at: u64) -> Result<usize, Uncleanable> {
        let flags =
            inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
        let mut used = 0;
        loop {
            let place = self.given as usize % WINDOW;
            let left = &bytes[used..];
            let (status, read, written) =
                decompress(&mut self.inflating, left, &mut self.window, place, flags);
            used += read;
            self.given += written as u64;
            if self.given > self.wanted {
                return Err(broken("more than the rows of the picture is", at));
            }
            if self.given > LONGEST {
                return Err(Uncleanable::Kind(TOO_LARGE));
            }
            match status {
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput => return Ok(used),
                // Readers show a picture whose sum is wrong all the same.
                TINFLStatus::Done | TINFLStatus::Adler32Mismatch => {
                    self.is_done = true;
                    return Ok(used);
                }
                _ => return Err(broken("a picture that cannot be unpacked is", at)),
            }
        }
    }
}
