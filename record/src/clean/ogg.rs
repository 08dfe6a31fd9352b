//! Ogg: Opus, Vorbis and their kin. Comments become none, filled up with zeros to the length that they had, so that pages need not
//! move; the checksums of their pages are made anew (RFC 3533, 6).

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::sound::are_tags;
use super::walk::{Walk, broken};

/// What the first packet of a stream begins with, and what the one with comments does.
const CODECS: [(&[u8], &[u8]); 5] = [
    (b"OpusHead", b"OpusTags"),
    (b"\x01vorbis", b"\x03vorbis"),
    (b"\x80theora", b"\x81theora"),
    (b"Speex   ", b""),
    (b"\x7fFLAC", b""),
];
const VORBIS: usize = 1;
const FLAC: usize = 4;
/// An empty name of a program, and no comments.
const NONE: u64 = 8;
/// Blocks of FLAC (RFC 9639, 8.1): what is kept of these, the one with comments, and the one that fills up.
const OF_FLAC: [u8; 3] = [0, 1, 3];
const COMMENTS: u8 = 4;
const PADDING: u8 = 1;

/// Bits of a page (RFC 3533, 6): it goes on with a packet; it begins a stream.
const GOES_ON: u8 = 1;
const BEGINS: u8 = 2;
/// Where the checksum stands.
const CHECKSUM: usize = 22;
/// Most streams at a time.
const MOST: usize = 32;

const UNKNOWN: &str = "the file has a stream that nobody here knows, so that what it tells cannot be taken out: save it with its sound alone, \
                       and try again";

/// A stream whose comments were not met to their end.
struct Stream {
    number: [u8; 4],
    codec: usize,
    /// The number of its packet.
    packet: u64,
    /// How much of this packet was met.
    met: u64,
    /// Where its bytes are kept that begin it, and what kind of block it is of FLAC.
    before: Vec<u8>,
}

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut over = Over::default();
    let mut streams: Vec<Stream> = Vec::new();
    while walk.left() > 0 {
        let at = walk.at;
        if streams.is_empty() && at > 0 && walk.array()? != *b"OggS" {
            // Programs for MP3 write their tags behind it.
            if are_tags(walk, at, plan)? {
                return over.finish(at, plan);
            }
            return Err(broken("no page is", at));
        }
        walk.to(at)?;
        let head = walk.array::<27>()?;
        if !head.starts_with(b"OggS\0") {
            return Err(broken("no page is", at));
        }
        let segments = walk.vec(u64::from(head[26]))?;
        let length: u64 = segments.iter().map(|length| u64::from(*length)).sum();
        let number = [head[14], head[15], head[16], head[17]];
        if head[5] & BEGINS != 0 {
            streams.push(Stream::begin(walk, number, length)?);
            if streams.len() > MOST {
                return Err(broken("one stream too many is", at));
            }
        }
        let Some(place) = streams.iter().position(|stream| stream.number == number) else {
            walk.pass(length)?;
            continue;
        };
        let start = walk.at;
        let before = walk.vec(length)?;
        let mut data = before.clone();
        let is_done = streams[place].page(&segments, head[5] & GOES_ON != 0, &mut data)?;
        if is_done {
            streams.swap_remove(place);
        }
        if data != before {
            plan.tell("Ogg comments");
            let mut page = [&head[..], &segments].concat();
            page[CHECKSUM..CHECKSUM + 4].fill(0);
            let checksum = checksum(page.iter().chain(&data)).to_le_bytes();
            over.put(at + CHECKSUM as u64, checksum)?;
            changes(&before, &data, start, &mut over)?;
        }
    }
    match streams.is_empty() {
        true => over.finish(walk.length, plan),
        false => Err(super::walk::breaks_off(walk.length)),
    }
}

/// Puts what has changed, zeros as such, since they may be many.
fn changes(before: &[u8], data: &[u8], start: u64, over: &mut Over) -> Result<(), Uncleanable> {
    let mut at = 0;
    while at < data.len() {
        let zeros = data[at..].iter().take_while(|byte| **byte == 0).count();
        over.zeros(start + at as u64, start + (at + zeros) as u64)?;
        at += zeros;
        let others = data[at..].iter().take_while(|byte| **byte != 0).count();
        let end = at + others;
        if data[at..end] != before[at..end] {
            over.put(start + at as u64, &data[at..end])?;
        }
        at = end;
    }
    Ok(())
}

impl Stream {
    fn begin(walk: &mut Walk, number: [u8; 4], length: u64) -> Result<Self, Uncleanable> {
        let at = walk.at;
        let head = walk.vec(length.min(8))?;
        walk.to(at)?;
        let codec = CODECS
            .iter()
            .position(|(begins, _)| head.starts_with(begins));
        Ok(Self {
            number,
            codec: codec.ok_or(Uncleanable::Kind(UNKNOWN))?,
            packet: 0,
            met: 0,
            before: Vec::new(),
        })
    }

    /// Overwrites the comments in a page. Whether all are met.
    fn page(
        &mut self,
        segments: &[u8],
        goes_on: bool,
        data: &mut [u8],
    ) -> Result<bool, Uncleanable> {
        if goes_on != (self.met > 0) {
            return Err(Uncleanable::Broken("a page of it is missing".to_owned()));
        }
        let mut rest = data;
        for length in segments {
            let (segment, left) = rest.split_at_mut(usize::from(*length));
            rest = left;
            for byte in segment {
                if self.is_done() {
                    return Ok(true);
                }
                *byte = self.byte(*byte)?;
                self.met += 1;
            }
            if *length < u8::MAX {
                if self.is_done() {
                    return Ok(true);
                }
                self.end()?;
                if self.codec != FLAC && self.packet == 2 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether the sound of FLAC has begun, which has no other end of what stands before it (RFC 9639, 9.1).
    fn is_done(&self) -> bool {
        self.codec == FLAC && self.packet > 0 && self.before.first() == Some(&0xff)
    }

    /// Whether the packet may tell something.
    fn is_told(&self) -> bool {
        match self.before.first() {
            Some(kind) if self.codec == FLAC => !OF_FLAC.contains(&(kind & 0x7f)),
            _ => self.packet == 1,
        }
    }

    /// What a byte becomes.
    fn byte(&mut self, byte: u8) -> Result<u8, Uncleanable> {
        let begins = CODECS[self.codec].1;
        let kept = match self.codec {
            FLAC => 4,
            _ => begins.len() as u64,
        };
        if self.packet == 0 {
            return Ok(byte);
        }
        if self.met < kept {
            if begins
                .get(self.met as usize)
                .is_some_and(|known| *known != byte)
            {
                return Err(Uncleanable::Broken(
                    "its comments are not where they should be".to_owned(),
                ));
            }
            if self.met == 0 {
                self.before = vec![byte];
            }
            let kind = byte & 0x7f;
            return Ok(
                match self.codec == FLAC && self.met == 0 && self.is_told() {
                    true if kind != COMMENTS && byte != 0xff => byte & 0x80 | PADDING,
                    _ => byte,
                },
            );
        }
        // A packet of padding stays one of zeros.
        let fills = self.codec == FLAC
            && self
                .before
                .first()
                .is_some_and(|kind| kind & 0x7f == PADDING);
        Ok(match self.is_told() || fills {
            // The bit that ends the comments of Vorbis.
            true if self.codec == VORBIS && self.met == kept + NONE => 1,
            true => 0,
            false => byte,
        })
    }

    /// Ends a packet.
    fn end(&mut self) -> Result<(), Uncleanable> {
        let least = match self.codec {
            FLAC => 4,
            codec => CODECS[codec].1.len() as u64 + NONE + u64::from(codec == VORBIS),
        };
        if self.packet > 0 && self.met < least {
            return Err(Uncleanable::Broken("its comments break off".to_owned()));
        }
        self.packet += 1;
        self.met = 0;
        self.before.clear();
        Ok(())
    }
}

/// The checksum of a page (RFC 3533, 6): CRC-32 by the polynomial 04c11db7, its high bit first, from zero.
fn checksum<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    bytes.fold(0, |sum: u32, byte| {
        sum << 8 ^ TABLE[((sum >> 24) as u8 ^ byte) as usize]
    })
}

static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut sum = (at as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum >> 31 == 1 {
                sum << 1 ^ 0x04c1_1db7
            } else {
                sum << 1
            };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
};
