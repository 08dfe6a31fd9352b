//! Subtitles of Matroska that a camera wrote, and tracks of metadata.

use super::super::recorded::{LONGEST, MOST_TRACKS, Recorded};
use super::super::stream::{pass, vec};
use super::{CLUSTER, SEGMENT, TRACK, TRACKS, next, number};
use crate::Source;
use crate::field::Carried;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::io::SeekFrom;

/// Ids of elements, and kinds of tracks (RFC 9559, 5.1.4 and 5.1.3).
const NUMBER: u64 = 0xd7;
const KIND: u64 = 0x83;
const CODEC: u64 = 0x86;
const GROUP: u64 = 0xa0;
const BLOCK: u64 = 0xa1;
const SIMPLE_BLOCK: u64 = 0xa3;
const SUBTITLES: u8 = 0x11;
const METADATA: u8 = 0x21;
/// How a codec of texts for programs is called (WebM, Text Tracks).
const FOR_PROGRAMS: &str = "D_WEBVTT/METADATA";
/// Subtitles that are pictures.
const PICTURES: [&str; 4] = ["S_VOBSUB", "S_HDMV/PGS", "S_DVBSUB", "S_IMAGE"];

/// Most bytes of the name of a codec, and of the head of a block.
const LONGEST_CODEC: u64 = 64;
const HEAD: u64 = 3;
/// Most parts of a file that are looked at for subtitles.
const MOST_PARTS: usize = 200_000;

/// A track.
#[derive(Default)]
struct Track {
    number: u64,
    kind: u8,
    codec: String,
    recorded: Recorded,
}

/// Tells of tracks that a camera wrote.
pub(super) fn read(source: &mut dyn Source, place: &'static str, carried: &mut Carried) {
    let mut tracks = Vec::new();
    let _ = walk(
        source,
        &[SEGMENT, TRACKS, TRACK],
        &mut |source, id, length| {
            match (id, tracks.last_mut()) {
                (TRACK, _) => tracks.push(Track::default()),
                (_, Some(track)) => {
                    let _ = track.take(source, id, length);
                }
                _ => {}
            }
            (tracks.len() <= MOST_TRACKS * 4).then_some(())
        },
    );
    let is_for_programs = |track: &Track| track.kind == METADATA || track.codec == FOR_PROGRAMS;
    for track in tracks.iter().filter(|track| is_for_programs(track)) {
        carried.sample("text", place, &track.name());
    }
    let is_picture = |track: &Track| PICTURES.iter().any(|name| track.codec.starts_with(name));
    tracks.retain(|track| track.kind == SUBTITLES && !is_for_programs(track) && !is_picture(track));
    if tracks.is_empty() {
        return;
    }
    let mut parts = 0;
    let _ = walk(
        source,
        &[SEGMENT, CLUSTER, GROUP],
        &mut |source, id, length| {
            parts += 1;
            if matches!(id, BLOCK | SIMPLE_BLOCK) {
                let _ = block(source, length, &mut tracks);
            }
            (parts < MOST_PARTS).then_some(())
        },
    );
    for track in tracks {
        if let Some(what) = track.recorded.what() {
            carried.sample(&what, place, &track.name());
        }
    }
}

impl Track {
    fn name(&self) -> String {
        format!("track {} {}", self.number, self.codec)
    }

    /// Takes a part of its description.
    fn take(&mut self, source: &mut dyn Source, id: u64, length: u64) -> Option<()> {
        let numeral = |bytes: Vec<u8>| {
            bytes
                .iter()
                .fold(0, |all, byte| all << 8 | u64::from(*byte))
        };
        match id {
            NUMBER if length <= 8 => self.number = numeral(vec(source, length)?),
            KIND if length <= 8 => self.kind = u8::try_from(numeral(vec(source, length)?)).ok()?,
            CODEC if length <= LONGEST_CODEC => {
                let name = vec(source, length)?;
                let graphic = name.iter().copied().filter(u8::is_ascii_graphic);
                self.codec = graphic.map(char::from).collect();
            }
            _ => {}
        }
        Some(())
    }
}

/// Adds a block: the number of its track, a time and flags, and what is shown.
fn block(source: &mut dyn Source, length: u64, tracks: &mut [Track]) -> Option<()> {
    let start = source.stream_position().ok()?;
    let (of, _) = number(source, false)?;
    let mut tracks = tracks.iter_mut();
    let track = tracks.find(|track| track.number == of && !track.recorded.is_full())?;
    pass(source, HEAD)?;
    let left = length.checked_sub(source.stream_position().ok()? - start)?;
    let data = vec(source, left.min(LONGEST))?;
    // Some programs pack them, and what was packed as a whole begins so (RFC 1950, 2.2).
    if data.first() == Some(&0x78) {
        match decompress_to_vec_zlib_with_limit(&data, LONGEST as usize) {
            Ok(unpacked) => track.recorded.add(&unpacked),
            Err(error) => track.recorded.add(&error.output),
        }
    }
    track.recorded.add(&data);
    Some(())
}

/// Gives the elements of a file, in the order in which they stand, and what stands in those that are named, until one is not wanted.
fn walk(
    source: &mut dyn Source,
    entered: &[u64],
    each: &mut dyn FnMut(&mut dyn Source, u64, u64) -> Option<()>,
) -> Option<()> {
    source.seek(SeekFrom::Start(0)).ok()?;
    loop {
        let element = next(source, u64::MAX)?;
        let start = source.stream_position().ok()?;
        // What has no length is entered, or goes to the end of all.
        let end = element.end.unwrap_or(start);
        each(source, element.id, end - start)?;
        let to = match entered.contains(&element.id) || element.end.is_none() {
            true => start,
            false => end,
        };
        match to.checked_sub(source.stream_position().ok()?) {
            Some(left) => pass(source, left)?,
            None => source.seek(SeekFrom::Start(to)).ok().map(drop)?,
        }
    }
}
