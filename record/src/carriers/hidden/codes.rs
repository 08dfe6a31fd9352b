//! The codes of a WebP that keeps its pixels without loss, which are read before it is decoded.
//!
//! Such a picture can have 65,536 groups of five codes, and the decoder makes a table of some kibibytes of each code that takes a
//! dozen bytes in the file. So they are read here first, each by itself, and what their tables would take is added up.

use std::io::BufRead;

/// Most bytes that the tables may take. Encoders write at most some thousand groups, of which few codes are long.
const MOST: usize = 20 << 20;
/// Bits by which the decoder's tables are looked up, and the bytes of an entry and of a node for what is longer.
const TABLE_BITS: usize = 10;
const ENTRY: usize = 4;
const NODE: usize = 16;
/// Bytes of a code itself.
const SELF: usize = 64;

/// Symbols of each code of a group: green with lengths, red, blue, alpha, distances (RFC 9649, 6.2).
const SYMBOLS: [usize; 5] = [256 + 24, 256, 256, 256, 40];
/// The order in which the lengths of the code for lengths stand (RFC 9649, 6.2.1).
const ORDER: [usize; 19] = [
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
];

/// Whether the codes of such a picture take little memory: `source` is at its data, behind the head that says its size.
pub(in super::super) fn are_few(source: &mut dyn BufRead, width: usize, height: usize) -> bool {
    let mut stream = Stream::new(source);
    stream.picture(width, height).is_some()
}

/// The size in the head of such a picture, behind which its data stands (RFC 9649, 3.4).
pub(in super::super) fn size(head: [u8; 5]) -> Option<(usize, usize)> {
    let [0x2f, bits @ ..] = head else {
        return None;
    };
    let bits = u32::from_le_bytes(bits) as usize;
    Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}

/// Bits, the lowest of a byte first.
struct Stream<'a> {
    source: &'a mut dyn BufRead,
    byte: u8,
    left: u32,
    /// Bytes that the tables take so far.
    taken: usize,
}

/// A code by how many symbols there are of each length, and these in their order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<u16>,
}

impl<'a> Stream<'a> {
    fn new(source: &'a mut dyn BufRead) -> Self {
        Self {
            source,
            byte: 0,
            left: 0,
            taken: 0,
        }
    }

    fn bit(&mut self) -> Option<usize> {
        if self.left == 0 {
            self.byte = *self.source.fill_buf().ok()?.first()?;
            self.source.consume(1);
            self.left = 8;
        }
        let bit = self.byte & 1;
        self.byte >>= 1;
        self.left -= 1;
        Some(usize::from(bit))
    }

    fn number(&mut self, bits: usize) -> Option<usize> {
        let mut number = 0;
        for at in 0..bits {
            number |= self.bit()? << at;
        }
        Some(number)
    }

    /// Reads over the transforms, the groups of each block, and all codes (RFC 9649, 4 and 6.2.2).
    fn picture(&mut self, mut width: usize, height: usize) -> Option<()> {
        while self.bit()? == 1 {
            match self.number(2)? {
                0 | 1 => {
                    let bits = self.number(3)? + 2;
                    self.pixels(blocks(width, bits), blocks(height, bits))?;
                }
                2 => {}
                _ => {
                    let colours = self.number(8)? + 1;
                    self.pixels(colours, 1)?;
                    width = match colours {
                        1..=2 => blocks(width, 3),
                        3..=4 => blocks(width, 2),
                        5..=16 => blocks(width, 1),
                        _ => width,
                    };
                }
            }
        }
        let cached = self.cached()?;
        let groups = match self.bit()? {
            0 => 1,
            _ => {
                let bits = self.number(3)? + 2;
                self.pixels(blocks(width, bits), blocks(height, bits))? + 1
            }
        };
        for _ in 0..groups {
            self.group(cached)?;
        }
        Some(())
    }

    /// How many colours are remembered.
    fn cached(&mut self) -> Option<usize> {
        match self.bit()? {
            0 => Some(0),
            _ => Some(1 << self.number(4)?.min(11)),
        }
    }

    /// Reads over a picture within the picture. Returns the highest number that red and green make, of which groups are told.
    fn pixels(&mut self, width: usize, height: usize) -> Option<usize> {
        let cached = self.cached()?;
        let before = self.taken;
        let [green, red, blue, alpha, distance] = self.group(cached)?;
        let mut highest = 0;
        let mut left = width * height;
        while left > 0 {
            let symbol = self.symbol(&green)?;
            let read = match symbol {
                0..256 => {
                    highest = highest.max(self.symbol(&red)? << 8 | symbol);
                    self.symbol(&blue)?;
                    self.symbol(&alpha)?;
                    1
                }
                256..280 => {
                    let length = self.length(symbol - 256)?;
                    let far = self.symbol(&distance)?;
                    self.length(far)?;
                    length
                }
                _ => 1,
            };
            left = left.saturating_sub(read);
        }
        // These tables are not kept.
        self.taken = before;
        Some(highest)
    }

    /// A length or a distance by its prefix (RFC 9649, 5.2.2).
    fn length(&mut self, prefix: usize) -> Option<usize> {
        if prefix < 4 {
            return Some(prefix + 1);
        }
        let more = (prefix - 2) >> 1;
        Some(((2 + (prefix & 1)) << more) + self.number(more)? + 1)
    }

    fn group(&mut self, cached: usize) -> Option<[Code; 5]> {
        let mut codes = Vec::with_capacity(SYMBOLS.len());
        for (at, symbols) in SYMBOLS.into_iter().enumerate() {
            let more = if at == 0 { cached } else { 0 };
            codes.push(self.code(symbols + more)?);
        }
        codes.try_into().ok()
    }

    fn code(&mut self, symbols: usize) -> Option<Code> {
        let mut lengths = vec![0; symbols];
        if self.bit()? == 1 {
            let both = self.bit()? == 1;
            let bits = if self.bit()? == 1 { 8 } else { 1 };
            *lengths.get_mut(self.number(bits)?)? = 1;
            if both {
                *lengths.get_mut(self.number(8)?)? = 1;
            }
        } else {
            self.lengths(&mut lengths)?;
        }
        let code = Code::of(&lengths);
        self.taken += code.taken();
        (self.taken <= MOST).then_some(code)
    }

    fn lengths(&mut self, lengths: &mut [u8]) -> Option<()> {
        let mut of_lengths = [0; ORDER.len()];
        for at in ORDER.into_iter().take(4 + self.number(4)?) {
            of_lengths[at] = self.number(3)? as u8;
        }
        let code = Code::of(&of_lengths);
        let mut left = match self.bit()? {
            0 => lengths.len(),
            _ => {
                let bits = 2 + 2 * self.number(3)?;
                2 + self.number(bits)?
            }
        };
        let (mut at, mut before) = (0, 8);
        while at < lengths.len() && left > 0 {
            left -= 1;
            let (length, times) = match self.symbol(&code)? {
                16 => (before, 3 + self.number(2)?),
                17 => (0, 3 + self.number(3)?),
                18 => (0, 11 + self.number(7)?),
                length => (length as u8, 1),
            };
            if length != 0 {
                before = length;
            }
            lengths.get_mut(at..at + times)?.fill(length);
            at += times;
        }
        Some(())
    }

    /// The next symbol. A code of one symbol has no bits.
    fn symbol(&mut self, code: &Code) -> Option<usize> {
        if let [only] = code.symbols[..] {
            return Some(usize::from(only));
        }
        let (mut bits, mut first, mut before) = (0, 0, 0);
        for count in &code.counts[1..] {
            bits |= self.bit()?;
            if bits < first + count {
                let at = before + bits.checked_sub(first)?;
                return code.symbols.get(at).copied().map(usize::from);
            }
            before += count;
            first = (first + count) << 1;
            bits <<= 1;
        }
        None
    }
}

impl Code {
    fn of(lengths: &[u8]) -> Self {
        let mut counts = [0; 16];
        let mut symbols: Vec<_> = (0..lengths.len() as u16)
            .filter(|symbol| lengths[usize::from(*symbol)] != 0)
            .collect();
        symbols.sort_by_key(|symbol| lengths[usize::from(*symbol)]);
        for length in lengths.iter().filter(|length| **length != 0) {
            counts[usize::from(*length)] += 1;
        }
        Self { counts, symbols }
    }

    /// Bytes that the decoder takes for it.
    fn taken(&self) -> usize {
        let longest = self.counts.iter().rposition(|count| *count > 0);
        let beyond: usize = self.counts[TABLE_BITS + 1..].iter().sum();
        SELF + (ENTRY << longest.unwrap_or(0).min(TABLE_BITS)) + 2 * NODE * beyond
    }
}

/// Blocks of a side.
fn blocks(side: usize, bits: usize) -> usize {
    side.div_ceil(1 << bits)
}
