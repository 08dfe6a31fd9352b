//! FLAC, Opus, Vorbis and their kin: Vorbis comments, `NAME=text` (xiph.org, v-comment). Names are the same in any case, and are
//! read in small letters here.

use super::as_written;
use super::stream::{array, pass, skip, too_long, vec};
use crate::Source;
use crate::field::Carried;
use std::io::{Read, SeekFrom};

/// Names under which pictures stand in letters.
const PICTURES: [&str; 2] = ["metadata_block_picture", "coverart"];
/// The most of a comment that is read to know its name.
const LONGEST_NAME: u64 = 100;
/// FLAC's block with comments (RFC 9639, 8.1), and the bit that says that no block follows.
const COMMENTS: u8 = 4;
const LAST: u8 = 0x80;

/// Adds the texts of a FLAC, at whose marker the source stands.
pub(super) fn read_flac(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    if array(source)? != *b"fLaC" {
        return None;
    }
    loop {
        let [kind, length @ ..] = array::<4>(source)?;
        let length = u64::from(u32::from_be_bytes([0, length[0], length[1], length[2]]));
        let end = source.stream_position().ok()? + length;
        if kind & !LAST == COMMENTS {
            let _ = comments(&mut source.take(length), "FLAC", carried);
        }
        match end.checked_sub(source.stream_position().ok()?) {
            Some(left) => pass(source, left)?,
            None => source.seek(SeekFrom::Start(end)).ok().map(drop)?,
        }
        if kind & LAST != 0 {
            return Some(());
        }
    }
}

/// Adds comments: the name of a program, how many there are, and each with its length. Those that are too long are told.
pub(super) fn comments(
    source: &mut impl Read,
    place: &'static str,
    carried: &mut Carried,
) -> Option<()> {
    let length = u64::from(u32::from_le_bytes(array(source)?));
    match too_long(length) {
        Some(_) => skip(source, length)?,
        None => {
            let program = vec(source, length)?;
            if !program.is_empty() {
                carried.push(place, "vendor", as_written(&program));
            }
        }
    }
    let count = u32::from_le_bytes(array(source)?);
    for _ in 0..count {
        let length = u64::from(u32::from_le_bytes(array(source)?));
        let taken = match too_long(length) {
            Some(_) => LONGEST_NAME,
            None => length,
        };
        let comment = vec(source, taken)?;
        skip(source, length - taken)?;
        let Some(at) = comment.iter().position(|byte| *byte == b'=') else {
            continue;
        };
        let name = String::from_utf8_lossy(&comment[..at]).to_lowercase();
        if PICTURES.contains(&name.as_str()) {
            continue;
        }
        match (too_long(length), str::from_utf8(&comment[at + 1..])) {
            (Some(reason), _) => carried.fail(place, &name, reason),
            (None, Ok(text)) => carried.push(place, name, text.to_owned()),
            (None, Err(_)) => {
                carried.fail(place, &name, "it is not the UTF-8 that it says to be");
            }
        }
    }
    Some(())
}

/// What begins the first packet of a stream, what begins the one with comments, and how the place is called.
const STREAMS: [(&[u8], &[u8], &str); 5] = [
    (b"OpusHead", b"OpusTags", "Opus"),
    (b"\x01vorbis", b"\x03vorbis", "Vorbis"),
    (b"\x80theora", b"\x81theora", "Theora"),
    (b"Speex   ", b"", "Speex"),
    // The head of a block, of any length.
    (b"\x7fFLAC", b"", "FLAC"),
];

/// Most streams of an Ogg that are looked at. Films have two, and one that tells of these.
const MOST_STREAMS: usize = 16;
/// A page that begins a stream; these come before all others (RFC 3533, 4).
const BEGINS: u8 = 2;

/// Adds the texts of the streams of an Ogg that begins at a place, the first first.
pub(super) fn read_ogg(source: &mut dyn Source, at: u64, carried: &mut Carried) -> Option<()> {
    source.seek(SeekFrom::Start(at)).ok()?;
    let mut streams = Vec::new();
    for number in 0..MOST_STREAMS {
        let at = source.stream_position().ok()?;
        let Some((head, segments)) = page(source) else {
            break;
        };
        if number > 0 && head.flags & BEGINS == 0 {
            break;
        }
        let length = segments.iter().map(|length| u64::from(*length)).sum();
        let mut begin = Vec::new();
        (&mut *source).take(length).read_to_end(&mut begin).ok()?;
        let known = STREAMS
            .iter()
            .find(|(begins, _, _)| begin.starts_with(begins));
        streams.extend(known.map(|(_, begins, place)| (at, *begins, *place)));
    }
    for (at, begins, place) in streams {
        source.seek(SeekFrom::Start(at)).ok()?;
        let _ = read_stream(source, begins, place, carried);
    }
    Some(())
}

/// Adds the comments of the stream that begins where the source stands. They are its second packet.
fn read_stream(
    source: &mut dyn Source,
    begins: &[u8],
    place: &'static str,
    carried: &mut Carried,
) -> Option<()> {
    let mut second = Packet::begin(source)?.after()?;
    let skipped = match place {
        "FLAC" => 4,
        _ => begins.len(),
    };
    let head = vec(&mut second, skipped as u64)?;
    if !head.starts_with(begins) {
        return None;
    }
    comments(&mut second, place, carried)
}

/// A packet of a stream of an Ogg, read over its pages (RFC 3533). Pages of other streams are passed over.
struct Packet<'a> {
    source: &'a mut dyn Source,
    stream: [u8; 4],
    /// Lengths of the segments of this page that were not begun, the last first.
    segments: Vec<u8>,
    /// Bytes of the segment that are not read.
    left: usize,
    /// Whether the packet ends with this segment.
    is_last: bool,
}

/// What the head of a page says.
struct Head {
    flags: u8,
    stream: [u8; 4],
}

/// A page: its head, and the lengths of its segments, the last first.
fn page(source: &mut dyn Source) -> Option<(Head, Vec<u8>)> {
    let head = array::<27>(source)?;
    if !head.starts_with(b"OggS\0") {
        return None;
    }
    let mut segments = vec(source, u64::from(head[26]))?;
    segments.reverse();
    let head = Head {
        flags: head[5],
        stream: [head[14], head[15], head[16], head[17]],
    };
    Some((head, segments))
}

impl<'a> Packet<'a> {
    fn begin(source: &'a mut dyn Source) -> Option<Self> {
        let (head, segments) = page(source)?;
        Some(Self {
            source,
            stream: head.stream,
            segments,
            left: 0,
            is_last: false,
        })
    }

    /// The packet after this one.
    fn after(mut self) -> Option<Self> {
        while self.go_on()? {
            skip(self.source, self.left as u64)?;
            self.left = 0;
        }
        self.is_last = false;
        Some(self)
    }

    /// Goes to the next segment once one is read. Whether there is more of the packet.
    fn go_on(&mut self) -> Option<bool> {
        while self.left == 0 {
            if self.is_last {
                return Some(false);
            }
            match self.segments.pop() {
                Some(length) => {
                    self.left = usize::from(length);
                    self.is_last = length < u8::MAX;
                }
                None => {
                    let (head, segments) = page(self.source)?;
                    if head.stream == self.stream {
                        self.segments = segments;
                    } else {
                        let length = segments.iter().map(|length| u64::from(*length)).sum();
                        pass(self.source, length)?;
                    }
                }
            }
        }
        Some(true)
    }
}

impl Read for Packet<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.go_on() != Some(true) {
            return Ok(0);
        }
        let most = buffer.len().min(self.left);
        let read = self.source.read(&mut buffer[..most])?;
        self.left -= read;
        Ok(read)
    }
}
