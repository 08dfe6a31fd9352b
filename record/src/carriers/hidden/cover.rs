//! The bits of a picture that carry a text.

use super::bits::Bits;
use super::{Channel, LENGTH, Signature};

/// Which bits carry a text: those of a channel, the first so many down the columns from the left.
pub(crate) struct Cover {
    channel: Channel,
    height: usize,
    bits: usize,
}

impl Cover {
    /// The bits of the signature, of the length behind it and of the text. Where the length is none that can be, all bits are.
    pub(super) fn new(signature: Signature, bits: &Bits, width: usize, height: usize) -> Self {
        let length = u32::from_be_bytes(std::array::from_fn(|at| bits.byte(LENGTH + at)));
        let all = width
            .saturating_mul(height)
            .saturating_mul(signature.channel.bits());
        let told = (8 * (LENGTH + 4)).saturating_add(length as usize);
        Self {
            channel: signature.channel,
            height,
            bits: if told <= all { told } else { usize::MAX },
        }
    }

    /// Overwrites those in a row, whose pixels have this many bytes: alpha becomes what it is without a text, which is opaque.
    pub(crate) fn overwrite(&self, row: usize, pixels: &mut [u8], size: usize) {
        let bits = self.channel.bits();
        for (column, pixel) in pixels.chunks_exact_mut(size).enumerate() {
            let first = (column * self.height + row) * bits;
            let left = self.bits.saturating_sub(first);
            if left == 0 {
                return;
            }
            match (self.channel, pixel) {
                (Channel::Alpha, [.., alpha]) => *alpha |= 1,
                (Channel::Colours, pixel) => {
                    for colour in pixel.iter_mut().take(bits.min(left)) {
                        *colour &= !1;
                    }
                }
                _ => {}
            }
        }
    }
}
