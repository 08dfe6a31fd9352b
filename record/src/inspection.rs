//! All that is known of a file, in the shape in which `lineage inspect --json` prints it.

use crate::cid::Hashes;
use crate::dialects::xmp;
use crate::disclosures::{self, Disclosure};
use crate::field::Fields;
use crate::reading::{Found, Generator, Reading, Unreadable};
use crate::sidecars::{self, Sidecar};
use crate::source_type::is_of_ai;
use crate::{Consents, Credentials, Ingredient, Source, Trust, carriers, credentials, dialects};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

/// What is known of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    /// Its name or path, as the caller has it.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its hashes; without them, both are null in JSON.
    #[serde(flatten, serialize_with = "hashes")]
    pub hashes: Option<Hashes>,
    /// What kind of file its first bytes say it is.
    pub media_type: Option<&'static str>,
    /// The program that made it, where it is known.
    pub generator: Option<Generator>,
    /// The steps that it tells of, in the order of the process.
    #[serde(serialize_with = "steps")]
    pub steps: Vec<Found>,
    /// Fields that are there and cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// What everybody learns who gets the file.
    pub discloses: Vec<Disclosure>,
    /// Whether it is marked as made by AI.
    pub ai: Ai,
    /// What its Content Credentials are.
    pub credentials: Credentials,
    /// Files that its Content Credentials say it was made of.
    pub ingredients: Vec<Ingredient>,
    /// Whether it may be used to train models and be mined, by its Content Credentials.
    pub training_and_mining: Consents,
    /// How the texts that it discloses begin, by where they stand: at most [`BEGINNING`] letters of each.
    #[serde(skip)]
    pub beginnings: Vec<(String, String)>,
}

/// Letters of a text in [`Inspection::beginnings`].
pub const BEGINNING: usize = 200;

/// Whether a file is marked as made by AI. No mark does not mean that it was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ai {
    /// Whether it is.
    pub marked: bool,
    /// The layers that say so: `metadata` is what the program that made it wrote, `xmp` the source type, `c2pa` its Content
    /// Credentials.
    pub by: Vec<&'static str>,
    /// How it came to be, by its Content Credentials or else its XMP: a digital source type of IPTC as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
}

/// A file that is to be inspected.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its name or path.
    pub file: &'a str,
    /// Its length.
    pub bytes: u64,
    /// Its hashes, where they are wanted.
    pub hashes: Option<Hashes>,
    /// The files beside it.
    pub sidecars: &'a [Sidecar<'a>],
    /// Whose signatures are trusted.
    pub trust: &'a Trust,
}

impl Inspection {
    /// What is known of a file.
    #[must_use]
    pub fn of(subject: Subject, source: &mut dyn Source) -> Self {
        let (mut carried, media_type) = carriers::read(source);
        let mut reading = dialects::read(&carried.fields);
        let checked = credentials::check(source, subject.trust);
        // A camera is a program too, so that only the dialects' programs say that it is of AI; and what stands beside a file is no
        // mark of its own.
        let ai = Ai::of(&carried.fields, &reading, &checked);
        if !subject.sidecars.is_empty() {
            sidecars::read(subject.sidecars, &mut carried);
            reading = dialects::read(&carried.fields);
        }
        let credentials::Checked {
            credentials,
            reading: signed,
            ingredients,
            training_and_mining,
            ..
        } = checked;
        reading.add(signed);
        Self {
            file: subject.file.to_owned(),
            bytes: subject.bytes,
            hashes: subject.hashes,
            media_type,
            discloses: disclosures::of(&carried, &reading),
            beginnings: beginnings(&carried.fields),
            ai,
            credentials,
            ingredients,
            training_and_mining,
            unreadable: [carried.unreadable, reading.unreadable].concat(),
            generator: reading.generator,
            steps: reading.found,
        }
    }
}

impl Ai {
    fn of(fields: &Fields, reading: &Reading, checked: &credentials::Checked) -> Self {
        let in_xmp = xmp::source_type(fields);
        let layers = [
            ("metadata", reading.is_of_ai()),
            ("xmp", in_xmp.is_some_and(|field| is_of_ai(&field.text))),
            ("c2pa", checked.is_of_ai()),
        ];
        let by = layers.into_iter().filter(|(_, says)| *says);
        let by: Vec<_> = by.map(|(layer, _)| layer).collect();
        let signed = checked.source_type.clone();
        Self {
            marked: !by.is_empty(),
            by,
            source_type: signed.or_else(|| Some(in_xmp?.text.trim().to_owned())),
        }
    }
}

fn beginnings(fields: &Fields) -> Vec<(String, String)> {
    let own = fields.0.iter().filter(|field| !field.is_beside());
    let beginning = |text: &str| text.chars().take(BEGINNING).collect();
    own.map(|field| (field.to_string(), beginning(&field.text)))
        .collect()
}

fn hashes<S: Serializer>(hashes: &Option<Hashes>, to: S) -> Result<S::Ok, S::Error> {
    let hashes = hashes.as_ref();
    let mut both = to.serialize_map(Some(2))?;
    both.serialize_entry("sha256", &hashes.map(|all| hex::encode(all.sha256)))?;
    both.serialize_entry("cid", &hashes.map(|all| all.cid.to_string()))?;
    both.end()
}

fn steps<S: Serializer>(steps: &[Found], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(steps.iter().map(StepJson))
}

/// A step as JSON has it: its particulars beside its text.
struct StepJson<'a>(&'a Found);

impl Serialize for StepJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut step = to.serialize_map(None)?;
        step.serialize_entry("kind", self.0.kind.name())?;
        step.serialize_entry("content", &self.0.content)?;
        for (name, particular) in &self.0.meta {
            step.serialize_entry(name, particular)?;
        }
        step.serialize_entry("from", &self.0.from)?;
        step.end()
    }
}
