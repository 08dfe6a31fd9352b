//! Clean copies: the same pixels or samples, without what the file says of itself.
//!
//! A carrier is walked once, and gives a plan of the pieces of the file that the copy has. Nothing is written until the plan
//! stands and the reader of this crate finds no text in the copy that it would make, so that a broken file leaves nothing behind.
//! Media are copied byte by byte; only a picture that hides a text in its lowest bits is packed again, without loss.

mod bmff;
mod codec;
mod gif;
mod jpeg;
mod jxl;
mod limited;
mod matroska;
mod ogg;
mod over;
mod plan;
mod png;
mod profile;
mod riff;
mod safetensors;
mod sound;
mod svg;
mod walk;
mod webp;

use crate::Source;
use crate::carriers::{self, Unnamed};
use crate::field::{Carried, Field, HIDDEN};
use plan::Plan;
use std::collections::HashSet;
use std::io::{self, BufReader, Write};
use std::{error, fmt};
use walk::Walk;

/// What may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether Content Credentials may go too.
    pub credentials: bool,
}

/// What a clean copy has no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Fields that are gone, as `discloses` names places; then parts of the file in which no text is read, such as `PNG tIME` or
    /// `bytes behind the end`.
    pub removed: Vec<String>,
}

/// Why there is no clean copy. Nothing was written, but of [`Uncleanable::Io`].
#[derive(Debug)]
pub enum Uncleanable {
    /// It has Content Credentials, and [`Options::credentials`] does not let them go.
    Signed,
    /// Files of this kind cannot be cleaned: which, why, and what to do.
    Kind(&'static str),
    /// A track of the film tells something among its samples: which.
    Track(String),
    /// It is not what it says to be: where and how.
    Broken(String),
    /// It cannot be read, or the copy cannot be written, of which a part may stand.
    Io(io::Error),
}

impl fmt::Display for Uncleanable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed => f.write_str(
                "the file has Content Credentials, which a clean copy loses: allow that, or publish the file as it is",
            ),
            Self::Kind(says) => f.write_str(says),
            Self::Track(track) => write!(
                f,
                "{track} tells something among the samples of the film, such as places and times, which is not taken out here: take that track \
                 out, by a program that edits films, and try again"
            ),
            Self::Broken(says) => write!(
                f,
                "the file is broken, {says}: save it anew by the program that made it"
            ),
            Self::Io(error) => write!(f, "{error}"),
        }
    }
}

impl error::Error for Uncleanable {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for Uncleanable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes a clean copy of a file.
///
/// # Errors
///
/// [`Uncleanable`] says why there is none.
pub fn clean(
    source: &mut dyn Source,
    to: &mut dyn Write,
    options: Options,
) -> Result<Cleaned, Uncleanable> {
    let (carried, media_type) = carriers::read(source);
    if let Some(track) = &carried.among_samples {
        return Err(Uncleanable::Track(track.clone()));
    }
    let mut plan = Plan::new(hides(&carried));
    let mut removed = places(carried);
    cleaner(source, media_type)?(&mut Walk::begin(source)?, &mut plan)?;
    if plan.is_signed && !options.credentials {
        return Err(Uncleanable::Signed);
    }
    // The name of a part says nothing more where texts in it are named.
    let parts = std::mem::take(&mut plan.gone);
    for part in parts {
        if !removed.iter().any(|place| place.starts_with(&part)) {
            removed.push(part);
        }
    }
    let mut copy = BufReader::with_capacity(1 << 16, plan.copy(source));
    let (left, _) = carriers::read(&mut copy);
    let values = left.values;
    let told = left.fields.0.iter().find(|field| !is_kept(field));
    let left = told.map(ToString::to_string).or_else(|| {
        let first = left.unreadable.first()?;
        Some(first.field.clone())
    });
    let left = left.or_else(|| Some(values.first()?.place.clone()));
    if let Some(place) = left {
        return Err(Uncleanable::Broken(format!(
            "{place} would stand in the copy too"
        )));
    }
    io::Seek::rewind(&mut copy)?;
    io::copy(&mut copy, to)?;
    to.flush()?;
    Ok(Cleaned { removed })
}

/// The places of fields, also of those that cannot be read, each once.
fn places(carried: Carried) -> Vec<String> {
    let fields = carried.fields.0.iter().filter(|field| !is_kept(field));
    let read = fields.map(ToString::to_string);
    let unread = carried.unreadable.iter().map(|it| it.field.clone());
    let mut known = HashSet::new();
    read.chain(unread)
        .filter(|place| known.insert(place.clone()))
        .collect()
}

/// Whether a text is hidden in the pixels, also one that cannot be read.
fn hides(carried: &Carried) -> bool {
    let in_pixels = |place: &str| HIDDEN.iter().any(|hidden| place.starts_with(hidden));
    let unreadable = &carried.unreadable;
    carried.fields.0.iter().any(Field::is_hidden)
        || unreadable.iter().any(|it| in_pixels(&it.field))
}

/// Walks a file and plans its copy.
type Cleaner = fn(&mut Walk, &mut Plan) -> Result<(), Uncleanable>;

fn cleaner(
    source: &mut dyn Source,
    media_type: Option<&'static str>,
) -> Result<Cleaner, Uncleanable> {
    match media_type {
        Some("image/png") => Ok(png::clean),
        Some("image/jpeg") => Ok(jpeg::clean),
        Some("image/webp") => Ok(webp::clean),
        Some("image/gif") => Ok(gif::clean),
        Some("image/jxl") => Ok(jxl::clean),
        Some(
            "image/avif" | "image/heif" | "video/mp4" | "video/quicktime" | "video/x-m4v"
            | "audio/m4a",
        ) => Ok(bmff::clean),
        Some("video/x-matroska" | "video/webm") => Ok(matroska::clean),
        Some("audio/x-wav") => Ok(riff::clean_wav),
        Some("video/x-msvideo") => Ok(riff::clean_avi),
        Some("audio/ogg" | "audio/opus") => Ok(ogg::clean),
        Some("audio/mpeg" | "audio/aac") => Ok(sound::clean),
        Some("audio/x-flac") => Ok(sound::clean_flac),
        Some("image/svg+xml") => Ok(svg::clean),
        Some("image/tiff") => Err(Uncleanable::Kind(TIFF)),
        Some("application/pdf") => Err(Uncleanable::Kind(PDF)),
        Some(_) => Err(Uncleanable::Kind(UNKNOWN)),
        None => match carriers::unnamed_kind(source) {
            Unnamed::Bmff => Ok(bmff::clean),
            Unnamed::Safetensors => Ok(safetensors::clean),
            Unnamed::Gguf => Err(Uncleanable::Kind(GGUF)),
            Unnamed::Text => Err(Uncleanable::Kind(TEXT)),
        },
    }
}

const TIFF: &str = "a TIFF cannot be cleaned here, since its tags of the picture and of what is told stand among each other: save it as PNG, and \
                    clean that";
const PDF: &str = "a PDF cannot be cleaned here, since it may tell something in any of its parts: print it to a new one, or publish it as it is";
const GGUF: &str = "a GGUF cannot be cleaned, since programs need its keys to run the model: leave out what is not to be told when it is made";
const TEXT: &str = "a text or a file of a kind that nobody here knows cannot be cleaned, since it is the work itself: take out by hand what is not \
                    to be told";
const UNKNOWN: &str = "files of this kind cannot be cleaned, since nobody here knows what in them is work and what is told of it: save it as one \
                       that can, such as PNG or MP4, or publish it as it is";

/// Whether a field is left on purpose.
fn is_kept(field: &Field) -> bool {
    field.place == "safetensors"
        && field.name == safetensors::FORMAT
        && safetensors::is_format(&field.text)
}
