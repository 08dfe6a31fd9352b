//! The lowest bits of a picture's pixels.

use super::{Channel, MOST_BITS};

/// Bits that go down the columns of a picture. They are set by rows, since these are what decoders give.
pub(super) struct Bits {
    channel: Channel,
    height: usize,
    /// Columns that are kept.
    columns: usize,
    bytes: Vec<u8>,
}

impl Bits {
    /// No bits of a picture of this size. Columns beyond what a text may need are not kept.
    pub(super) fn new(channel: Channel, width: usize, height: usize) -> Self {
        let column = height.saturating_mul(channel.bits()).max(1);
        let columns = width.min(MOST_BITS.div_ceil(column));
        let bits = columns * column;
        Self {
            channel,
            height,
            columns,
            bytes: vec![0; bits.min(MOST_BITS).div_ceil(8)],
        }
    }

    /// Takes a row, whose pixels have this many bytes.
    pub(super) fn take(&mut self, row: usize, pixels: &[u8], size: usize) {
        let count = self.channel.bits();
        for (column, pixel) in pixels.chunks_exact(size).take(self.columns).enumerate() {
            let at = (column * self.height + row) * count;
            let Some(bits) = self.channel.of(pixel) else {
                continue;
            };
            for (at, bit) in (at..).zip(&bits[..count]) {
                if let Some(byte) = self.bytes.get_mut(at / 8) {
                    *byte |= bit << (7 - at % 8);
                }
            }
        }
    }

    /// How many whole bytes they make.
    pub(super) fn bytes(&self) -> usize {
        (self.columns * self.height * self.channel.bits()).min(MOST_BITS) / 8
    }

    /// A byte of them, zero where there is none.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }
}
