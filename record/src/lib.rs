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
pub mod clean;
mod credentials;
mod dialects;
mod disclosures;
mod field;
mod inspection;
mod json;
pub mod models;
mod proof;
mod reading;
mod record;
mod salts;
mod sidecars;
mod source_type;
mod statement;

pub use credentials::{Consents, Credentials, Ingredient, Trust};
pub use disclosures::Disclosure;
pub use field::Field;
pub use inspection::{Ai, BEGINNING, Inspection, Subject};
pub use proof::{MAX_PROOF, STEP_PROOF, StepProof};
pub use reading::{Found, Generator, Reading, Unreadable};
pub use record::{MAX_STEPS, Record, RecordedStep};
pub use salts::Salts;
pub use sidecars::{Sidecar, sidecars};

use alloy_primitives::B256;
use dialects::xmp;
use logic::source_type::SourceType;
use memchr::memchr2;
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
    read_trusting(source, sidecars, &Trust::default())
}

/// As [`read_with`], for one who trusts these signers.
#[must_use]
pub fn read_trusting(source: &mut dyn Source, sidecars: &[Sidecar], trust: &Trust) -> Reading {
    let (mut carried, _) = carriers::read(source);
    sidecars::read(sidecars, &mut carried);
    let mut reading = dialects::read(&carried.fields);
    reading.unreadable.splice(..0, carried.unreadable);
    let checked = credentials::check(source, trust);
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

/// Bytes that a report mostly takes.
const MOSTLY: usize = 16 << 10;

/// A report as JSON.
///
/// JSON lets DEL and the C1 control characters (U+0080 to U+009F) stand as they are (RFC 8259, section 7), and so does serde_json. A
/// terminal may obey them, and a file says what its maker likes: they are escaped. Outside its strings JSON has none.
///
/// # Errors
/// The report cannot be written as JSON.
pub fn to_json(report: &impl serde::Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(MOSTLY);
    serde_json::to_writer_pretty(&mut bytes, report)?;
    let text = String::from_utf8(bytes).map_err(serde::ser::Error::custom)?;
    let is_control = |char: char| matches!(char, '\u{7f}'..='\u{9f}');
    // DEL is a byte, and the others begin with this one, which hardly any text has.
    let may_be = memchr2(0x7f, 0xc2, text.as_bytes()).is_some();
    if !may_be || !text.contains(is_control) {
        return Ok(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match is_control(char) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(char))),
            false => escaped.push(char),
        }
    }
    Ok(escaped)
}

/// The account of a creator, from its address.
///
/// # Errors
/// It is no address.
pub fn creator(address: &str) -> anyhow::Result<alloy_primitives::Address> {
    let parsed = address.parse().ok();
    parsed.ok_or_else(|| anyhow::anyhow!("{address:?} is no address: write 0x and 40 hex digits"))
}

/// SHA-256, as C2PA and every hash tool print it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> B256 {
    B256::from_slice(&Sha256::digest(bytes))
}
