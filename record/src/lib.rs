//! What a file says of how it was made, and the provenance record that commits to it.
//!
//! A file goes through three floors. A *carrier* is a kind of file, and gives the texts that stand in it as fields, each with
//! the place where it stands. A *dialect* is the way in which a program writes down what it did, and gives steps; any dialect is
//! read from any carrier. The steps become the leaves of the tree that the chain commits to, and a statement that their owner
//! keeps.
//!
//! A record never changes, so a wrong step is worse than a missing one. What cannot be known is not said; what is recognised and
//! cannot be read is kept whole, and said aloud. No file makes this crate panic, and none makes it take much more memory than
//! the file has bytes.

mod carriers;
pub mod cid;
mod credentials;
mod dialects;
mod field;
mod inspection;
mod json;
mod proof;
mod reading;
mod record;
mod salts;
mod sidecars;
mod source_type;
mod statement;

pub use credentials::{Consents, Credentials, Ingredient, Trust};
pub use field::Field;
pub use inspection::{Ai, Disclosure, Inspection, Subject};
pub use proof::{MAX_PROOF, STEP_PROOF, StepProof};
pub use reading::{Found, Generator, Reading, Unreadable};
pub use record::{MAX_STEPS, Record, RecordedStep};
pub use salts::Salts;
pub use sidecars::{Sidecar, sidecars};

use alloy_primitives::B256;
use dialects::xmp;
use logic::source_type::SourceType;
use sha2::{Digest as _, Sha256};
use std::io::{BufRead, Seek};

/// A file that can be read from any place in it, and by another thread.
pub trait Source: BufRead + Seek + Send {}

impl<S: BufRead + Seek + Send> Source for S {}

/// Reads what a file says of itself. One of a kind that is not known, or that says nothing, gives an empty answer.
#[must_use]
pub fn read(source: &mut dyn Source) -> Reading {
    read_with(source, &[])
}

/// Reads what a file says of itself, and what the files beside it say of it. [`sidecars`] gives the names of these.
#[must_use]
pub fn read_with(source: &mut dyn Source, sidecars: &[Sidecar]) -> Reading {
    let (mut carried, _) = carriers::read(source);
    sidecars::read(sidecars, &mut carried);
    let mut reading = dialects::read(&carried.fields);
    reading.unreadable.splice(..0, carried.unreadable);
    let checked = credentials::check(source, &Trust::default());
    // A camera signs as well, so that credentials by themselves do not mean AI. What was in a picture before a program changed it may
    // still stand in its XMP.
    let by_program = reading.is_of_ai();
    let is_of_ai = by_program || checked.is_of_ai();
    let in_xmp = xmp::source_type(&carried.fields).map(|field| field.text.as_str());
    let in_xmp = in_xmp.filter(|uri| !is_of_ai || source_type::is_of_ai(uri));
    reading.source_type = checked
        .source_type()
        .or_else(|| source_type::named(in_xmp?))
        .or_else(|| by_program.then_some(SourceType::TrainedAlgorithmicMedia));
    reading.add(checked.reading);
    reading
}

/// SHA-256, as C2PA and every hash tool print it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> B256 {
    B256::from_slice(&Sha256::digest(bytes))
}
