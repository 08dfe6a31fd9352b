//! The texts that stand in a file.

use crate::carriers::pdf::INFO;
use crate::carriers::{ALL_TEXTS, MOST_TEXTS};
use crate::disclosures::Disclosure;
use crate::reading::Unreadable;
use std::borrow::Cow;
use std::fmt;

/// A text of a file by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The part of the file in which it stands, such as `PNG tEXt` or `EXIF`.
    pub place: Cow<'static, str>,
    /// What it is called there, such as `parameters` or `UserComment`.
    pub name: String,
    /// The text as its author had it, whatever its encoding in the file.
    pub text: String,
}

/// What the place of a text begins with that stands in a file beside.
pub(crate) const BESIDE: &str = "sidecar ";

impl Field {
    /// Whether it is hidden in the pixels of a picture.
    pub(crate) fn is_hidden(&self) -> bool {
        HIDDEN.contains(&self.place.as_ref())
    }

    /// Whether it stands in a file beside this one.
    pub(crate) fn is_beside(&self) -> bool {
        self.place.starts_with(BESIDE)
    }
}

/// The places of text that is hidden in pixels.
pub(crate) const HIDDEN: [&str; 4] = ["PNG alpha", "PNG colours", "WebP alpha", "WebP colours"];

/// Where it stands: `PNG tEXt parameters`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.name)
    }
}

/// Names under which files hold whatever text a program has to say. JPEG and WebP have no other place, so that every dialect is
/// found in these.
const FREE: [&str; 15] = [
    "parameters",
    "UserComment",
    "Comment",
    "comment",
    "Description",
    "description",
    "ImageDescription",
    WHOLE,
    "XPComment",
    "exif:UserComment",
    "dc:description",
    "tiff:ImageDescription",
    // IPTC's, and two of SVG's.
    "Caption",
    "desc",
    "metadata",
];

/// The same of the information of a PDF, which has a name for everything else.
const FREE_IN_PDF: [&str; 2] = ["Subject", "Keywords"];

/// What a text is called that is a file of its own.
pub(crate) const WHOLE: &str = "text";

/// All texts of a file, in the order in which they stand there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<Field>);

impl Fields {
    /// The first field of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }

    /// The fields that may hold the text of any program.
    pub(crate) fn free(&self) -> impl Iterator<Item = &Field> {
        self.0.iter().filter(|field| {
            let name = field.name.as_str();
            FREE.contains(&name) || (field.place == INFO && FREE_IN_PDF.contains(&name))
        })
    }
}

/// What a carrier gives.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    pub(crate) fields: Fields,
    /// Fields that are there and cannot be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// Values that are no text and tell of people, places and times.
    pub(crate) values: Vec<Disclosure>,
    /// The first track that tells of these among the samples of a film, where no clean copy can take it out.
    pub(crate) among_samples: Option<String>,
    /// Bytes of all fields.
    taken: usize,
}

/// Values that are told.
const MOST_VALUES: usize = 100;
/// Fields that are told to be unreadable.
const MOST_UNREADABLE: usize = 100;
/// Letters of the name of such a field that are told. A file can have a hundred names of millions each.
const LETTERS: usize = 200;

impl Carried {
    /// Adds a text, or tells that it is left out once there are too many.
    pub(crate) fn push(
        &mut self,
        place: impl Into<Cow<'static, str>>,
        name: impl Into<String>,
        text: String,
    ) {
        let (place, name) = (place.into(), name.into());
        let taken = self.taken + name.len() + text.len();
        if self.fields.0.len() == MOST_TEXTS || taken > ALL_TEXTS {
            // A file may hold millions, and each would be told in vain.
            if self.unreadable.len() == MOST_UNREADABLE {
                return;
            }
            let reason = format!(
                "the file has more than {MOST_TEXTS} texts, or than {ALL_TEXTS} bytes of them: this one and others are left out"
            );
            return self.fail(&place, &name, reason);
        }
        self.taken = taken;
        self.fields.0.push(Field { place, name, text });
    }

    /// Tells once that a value is there which is no text.
    pub(crate) fn value(&mut self, what: &str, place: &str, name: &str) {
        if self.values.len() == MOST_VALUES {
            return;
        }
        let place = format!("{place} {name}");
        if self.values.iter().all(|value| value.place != place) {
            let what = what.to_owned();
            self.values.push(Disclosure { what, place });
        }
    }

    /// Tells what a track of a film tells among the samples.
    pub(crate) fn sample(&mut self, what: &str, place: &str, name: &str) {
        let track = || format!("{place} {name}");
        self.among_samples.get_or_insert_with(track);
        self.value(what, place, name);
    }

    /// Tells of a field that cannot be read. Of very many, the first are told.
    pub(crate) fn fail(&mut self, place: &str, name: &str, reason: impl fmt::Display) {
        if self.unreadable.len() == MOST_UNREADABLE {
            return;
        }
        let name = match name.char_indices().nth(LETTERS) {
            Some((end, _)) => format!("{}…", &name[..end]),
            None => name.to_owned(),
        };
        self.unreadable.push(Unreadable {
            field: format!("{place} {name}"),
            reason: reason.to_string(),
        });
    }
}
