//! Tracks whose samples are no media: what a camera recorded beside the picture, and texts.

use super::super::recorded::{LONGEST, MOST, MOST_TRACKS, Recorded};
use super::super::stream::{array, vec};
use super::{PLACE, Part, next, to};
use crate::Source;
use crate::disclosures::{DATE, DEVICE, LOCATION};
use crate::field::Carried;
use std::io::SeekFrom;

/// Handlers of media, and of what only tells how these belong together (ISO/IEC 14496-12, 12; QuickTime, Media Atoms; the list of the
/// MP4 Registration Authority).
const OF_MEDIA: [[u8; 4]; 12] = [
    *b"vide", *b"soun", *b"auxv", *b"pict", *b"hint", *b"tmcd", *b"subp", *b"clcp", *b"sdsm",
    *b"odsm", *b"volm", *b"hapt",
];
/// Handlers of texts.
const OF_TEXT: [[u8; 4]; 3] = [*b"text", *b"sbtl", *b"subt"];

/// Whether the samples of such a track are what somebody sees, hears or reads.
pub(crate) fn is_of_media(handler: [u8; 4]) -> bool {
    OF_MEDIA.contains(&handler) || OF_TEXT.contains(&handler)
}

/// What samples tell by their kind (GoPro's GPMF; Google, Camera Motion Metadata; ExifTool, QuickTimeStream: DJI's protobuf, Sony's
/// and Canon's).
const KINDS: [([u8; 4], &[&str]); 7] = [
    (*b"gpmd", &[LOCATION, DATE, DEVICE]),
    (*b"djmd", &[LOCATION, DATE, DEVICE]),
    (*b"dbgi", &[LOCATION, DATE, DEVICE]),
    (*b"rtmd", &[LOCATION, DATE, DEVICE]),
    (*b"camm", &[LOCATION, DATE]),
    (*b"CTMD", &[DATE, DEVICE]),
    (*b"fdsc", &[DEVICE]),
];
/// The kind that names what it tells in its description (QuickTime, Timed Metadata Media).
const NAMED: [u8; 4] = *b"mebx";
const OF_LOCATION: &[u8] = b"location";

/// Most bytes of a description, and of a table of samples.
const LONGEST_DESCRIPTION: u64 = 64 << 10;
const LONGEST_TABLE: u64 = 1 << 20;
/// Most samples, as many as four bytes each make such a table.
const MOST_SAMPLES: usize = (LONGEST_TABLE / 4) as usize;

/// What is known of a track: tables are those of ISO/IEC 14496-12, 8.7.
#[derive(Default)]
struct Track {
    handler: [u8; 4],
    description: Vec<u8>,
    /// How many samples there are, the length of each or of all, and the bits that each length takes.
    sizes: Option<Part>,
    /// Which chunk has how many samples.
    runs: Option<Part>,
    /// Where chunks begin, in four bytes or eight.
    chunks: Option<Part>,
}

/// Tells of what a track tells that is no media, by its number. `mdia` is where it is described.
pub(super) fn read(
    source: &mut dyn Source,
    mdia: &Part,
    number: usize,
    texts: &mut usize,
    carried: &mut Carried,
) -> Option<()> {
    let mut track = Track::default();
    let _ = describe(source, mdia, &mut track);
    let kind = track.kind();
    let name = kind.iter().copied().filter(u8::is_ascii_graphic);
    let name: String = name.map(char::from).collect();
    let name = format!("track {number} {name}");
    if OF_TEXT.contains(&track.handler) {
        *texts += 1;
        let told = match *texts > MOST_TRACKS {
            true => Err("there are more tracks of texts than are looked through"),
            false => track.texts(source),
        };
        match told {
            Ok(recorded) => {
                if let Some(what) = recorded.what() {
                    carried.sample(&what, PLACE, &name);
                }
            }
            Err(reason) => carried.fail(PLACE, &name, reason),
        }
    } else if track.handler != [0; 4] && !is_of_media(track.handler) {
        let known = KINDS.iter().find(|(known, _)| *known == kind);
        let names_location = || memchr::memmem::find(&track.description, OF_LOCATION).is_some();
        let what = match known {
            Some((_, what)) => what.join(", "),
            None if kind == NAMED && names_location() => LOCATION.to_owned(),
            None => "text".to_owned(),
        };
        carried.sample(&what, PLACE, &name);
    }
    source.seek(SeekFrom::Start(mdia.start)).ok().map(drop)
}

fn describe(source: &mut dyn Source, within: &Part, track: &mut Track) -> Option<()> {
    while let Some(part) = next(source, within.end) {
        match (&within.name, &part.name) {
            (b"mdia", b"hdlr") => {
                let [_, _, _, _, _, _, _, _, handler @ ..] = array::<12>(source)?;
                track.handler = handler;
            }
            (b"mdia", b"minf") | (b"minf", b"stbl") => describe(source, &part, track)?,
            (b"stbl", b"stsd") => {
                let length = (part.end - part.start).min(LONGEST_DESCRIPTION);
                track.description = vec(source, length)?;
            }
            (b"stbl", b"stsz" | b"stz2") => track.sizes = Some(part),
            (b"stbl", b"stsc") => track.runs = Some(part),
            (b"stbl", b"stco" | b"co64") => track.chunks = Some(part),
            _ => {}
        }
        to(source, part.end)?;
    }
    Some(())
}

impl Track {
    /// What its first sample is: a version, flags, a count, the length of the first description, its kind.
    fn kind(&self) -> [u8; 4] {
        let kind = self.description.get(12..16).and_then(<[u8]>::first_chunk);
        kind.copied().unwrap_or(self.handler)
    }

    /// What its texts tell. Of many, some are looked at, from the first to the last.
    fn texts(&self, source: &mut dyn Source) -> Result<Recorded, &'static str> {
        let mut recorded = Recorded::default();
        let samples = self.samples(source)?;
        let step = samples.len().div_ceil(MOST).max(1);
        for (at, length) in samples.iter().step_by(step).chain(samples.last()) {
            let moved = source.seek(SeekFrom::Start(*at));
            let sample = moved.ok().and_then(|_| vec(source, (*length).min(LONGEST)));
            recorded.add(&sample.unwrap_or_default());
            if recorded.is_full() {
                break;
            }
        }
        Ok(recorded)
    }

    /// Where each sample stands, and its length.
    fn samples(&self, source: &mut dyn Source) -> Result<Vec<(u64, u64)>, &'static str> {
        const BROKEN: &str = "where its texts stand is not told as it should be";
        let tables = self.sizes.zip(self.runs).zip(self.chunks);
        let ((sizes, runs), chunks) = tables.ok_or(BROKEN)?;
        let mut table = |part: &Part| {
            let length = part.end - part.start;
            if length > LONGEST_TABLE {
                return Err("it has more texts than are looked through");
            }
            let moved = source.seek(SeekFrom::Start(part.start));
            moved.ok().and_then(|_| vec(source, length)).ok_or(BROKEN)
        };
        let (lengths, runs) = (table(&sizes)?, table(&runs)?);
        let chunk_table = table(&chunks)?;
        let lengths = self::lengths(&lengths, &sizes.name).ok_or(BROKEN)?;
        if lengths.is_empty() {
            // What a film in fragments has in these is told in each of them.
            return Err(
                "its texts stand in fragments of the film or nowhere, and are not looked through",
            );
        }
        let wide = &chunks.name == b"co64";
        let entries = chunk_table.get(8..).unwrap_or_default();
        let (four, _) = entries.as_chunks::<4>();
        let (eight, _) = entries.as_chunks::<8>();
        let starts: Vec<u64> = match wide {
            true => eight.iter().map(|it| u64::from_be_bytes(*it)).collect(),
            false => four
                .iter()
                .map(|it| u64::from(u32::from_be_bytes(*it)))
                .collect(),
        };
        let (runs, _) = runs.get(8..).unwrap_or_default().as_chunks::<12>();
        let mut left = lengths.into_iter();
        let mut all = Vec::with_capacity(left.len());
        let mut run = 0;
        for (number, start) in (1_u32..).zip(starts) {
            let first = |run: usize| {
                runs.get(run)
                    .map(|[a, b, c, d, ..]| u32::from_be_bytes([*a, *b, *c, *d]))
            };
            while first(run + 1).is_some_and(|first| first <= number) {
                run += 1;
            }
            let Some([_, _, _, _, a, b, c, d, ..]) = runs.get(run) else {
                break;
            };
            let mut at = start;
            for length in left
                .by_ref()
                .take(u32::from_be_bytes([*a, *b, *c, *d]) as usize)
            {
                all.push((at, length));
                at = at.saturating_add(length);
            }
        }
        match left.len() {
            0 => Ok(all),
            _ => Err(BROKEN),
        }
    }
}

/// The lengths of samples. All are of one, or each stands there, in a `stz2` in fewer bits.
fn lengths(table: &[u8], name: &[u8; 4]) -> Option<Vec<u64>> {
    let one = u32::from_be_bytes(*table.get(4..)?.first_chunk()?);
    let count = u32::from_be_bytes(*table.get(8..)?.first_chunk()?) as usize;
    let each = table.get(12..)?;
    if count > MOST_SAMPLES {
        return None;
    }
    if name == b"stsz" && one != 0 {
        return Some(vec![u64::from(one); count]);
    }
    let bits = if name == b"stsz" { 32 } else { one & 0xff };
    let (two, _) = each.as_chunks::<2>();
    let (four, _) = each.as_chunks::<4>();
    let lengths: Vec<u64> = match bits {
        4 => each
            .iter()
            .flat_map(|it| [u64::from(it >> 4), u64::from(it & 15)])
            .collect(),
        8 => each.iter().map(|it| u64::from(*it)).collect(),
        16 => two
            .iter()
            .map(|it| u64::from(u16::from_be_bytes(*it)))
            .collect(),
        32 => four
            .iter()
            .map(|it| u64::from(u32::from_be_bytes(*it)))
            .collect(),
        _ => return None,
    };
    (lengths.len() >= count).then(|| lengths[..count].to_vec())
}
