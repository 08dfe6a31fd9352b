//! The packed data of a frame, followed to its end: behind that no reader looks. It is not unpacked, only counted (GIF89a, appendix F).

use super::super::Uncleanable;
use super::super::plan::Plan;
use super::super::walk::{Walk, broken};

/// Codes have at most so many bits.
const WIDEST: u32 = 12;

/// Keeps the data of a frame, whose head this is, up to where its pixels end. The walk stands before the bits of its first codes.
pub(super) fn clean(walk: &mut Walk, head: [u8; 9], plan: &mut Plan) -> Result<(), Uncleanable> {
    let start = walk.at;
    let [_, _, _, _, a, b, c, d, _] = head;
    let pixels = u64::from(u16::from_le_bytes([a, b])) * u64::from(u16::from_le_bytes([c, d]));
    let [bits] = walk.array()?;
    let mut codes =
        Codes::of(u32::from(bits), pixels).ok_or_else(|| broken("a wrong frame is", start))?;
    loop {
        let part = walk.at;
        let [length] = walk.array()?;
        if length == 0 {
            return plan.keep(start, walk.at);
        }
        let data = walk.vec(u64::from(length))?;
        let used = codes.take(&data);
        let used = used.ok_or_else(|| broken("a frame that cannot be unpacked is", start))?;
        if !codes.is_done {
            continue;
        }
        let behind = walk.at;
        super::skip(walk)?;
        if used == data.len() && walk.at == behind + 1 {
            return plan.keep(start, walk.at);
        }
        plan.tell("bytes behind the pixels");
        plan.keep(start, part)?;
        // It is not longer than the part was.
        if used > 0 {
            plan.put([used as u8])?;
            plan.keep(part + 1, part + 1 + used as u64)?;
        }
        return plan.put([0]);
    }
}

/// What is known of the codes so far.
struct Codes {
    /// Bits of colours.
    bits: u32,
    width: u32,
    /// Bits that are read and not yet a code, and how many.
    held: u32,
    holds: u32,
    /// How many pixels each code stands for, of those beyond colours.
    lengths: Vec<u32>,
    /// How many the last one stood for, if one did since codes began anew.
    last: Option<u32>,
    /// Pixels that are left.
    left: u64,
    is_done: bool,
}

impl Codes {
    fn of(bits: u32, pixels: u64) -> Option<Self> {
        (1..WIDEST).contains(&bits).then(|| Self {
            bits,
            width: bits + 1,
            held: 0,
            holds: 0,
            lengths: Vec::new(),
            last: None,
            left: pixels,
            is_done: false,
        })
    }

    /// How many of these bytes are of the frame. [`None`] where a code is none.
    fn take(&mut self, data: &[u8]) -> Option<usize> {
        for (at, byte) in data.iter().enumerate() {
            self.held |= u32::from(*byte) << self.holds;
            self.holds += 8;
            while self.holds >= self.width {
                let code = self.held & ((1 << self.width) - 1);
                self.held >>= self.width;
                self.holds -= self.width;
                self.code(code)?;
                if self.is_done {
                    return Some(at + 1);
                }
            }
        }
        Some(data.len())
    }

    fn code(&mut self, code: u32) -> Option<()> {
        let clear = 1 << self.bits;
        if code == clear {
            self.lengths.clear();
            self.last = None;
            self.width = self.bits + 1;
            return Some(());
        }
        // Readers stop at the last pixel, with the end or without.
        if code == clear + 1 || self.left == 0 {
            self.is_done = true;
            return Some(());
        }
        let next = clear + 2 + self.lengths.len() as u32;
        let length = match (code, self.last) {
            (code, _) if code < clear => 1,
            (code, Some(_)) if code < next => self.lengths[(code - clear - 2) as usize],
            (code, Some(last)) if code == next => last + 1,
            _ => return None,
        };
        if let Some(last) = self.last
            && next < 1 << WIDEST
        {
            self.lengths.push(last + 1);
            if next + 1 == 1 << self.width && self.width < WIDEST {
                self.width += 1;
            }
        }
        self.last = Some(length);
        self.left = self.left.saturating_sub(u64::from(length));
        Some(())
    }
}
