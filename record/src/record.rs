//! The private half of a provenance record: the steps with their texts and salts, which the chain only commits to.
//!
//! Its file is an in-toto Statement (v1) in canonical JSON (RFC 8785). Whoever holds
//! it can prove any one step; who loses it can prove none.

use crate::cid::Hashes;
use crate::reading::Reading;
use crate::salts::Salts;
use crate::{json, sha256, statement};
use alloy_primitives::{Address, B256, keccak256};
use anyhow::{Context as _, Result, bail, ensure};
use cid::Cid;
use logic::merkle::Tree;
use logic::step::{self, Step, StepKind};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// Steps that a record may hold; the chain counts them in 16 bits, and nobody reads more.
pub const MAX_STEPS: usize = 1_000;

/// Marks before values in a statement: at most 20 or so for each step, and room for more.
const MAX_VALUES: usize = 250_000;

/// How many steps a statement says to have.
#[derive(Deserialize)]
struct Shape {
    predicate: Steps,
}

#[derive(Deserialize)]
struct Steps {
    steps: Vec<IgnoredAny>,
}

/// Refuses steps that are more than a record may hold.
pub(crate) fn fits(steps: usize) -> Result<()> {
    ensure!(
        steps <= MAX_STEPS,
        "it has {steps} steps, at most {MAX_STEPS} fit"
    );
    Ok(())
}

/// A step with what the chain never sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedStep {
    /// What it is.
    pub kind: StepKind,
    /// Its text; none for the output, whose content is the file.
    pub content: Option<String>,
    /// Particulars of the text.
    pub meta: Map<String, Value>,
    /// SHA-256 of the text, or of the file.
    pub content_hash: B256,
    /// SHA-256 of the particulars in canonical JSON, zero where there are none.
    pub meta_hash: B256,
    /// Random, so that a short text cannot be guessed from its leaf.
    pub salt: B256,
}

/// What a creator keeps of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the file's bytes.
    pub output_hash: B256,
    /// The identifier under which IPFS has the file.
    pub cid: Cid,
    /// Who claims the work; inside every leaf.
    pub creator: Address,
    /// The program that made the file, where the file says so.
    pub generator: Option<String>,
    /// Salt of the commitment that dates the claim.
    pub claim_salt: B256,
    /// The steps, the output last.
    pub steps: Vec<RecordedStep>,
}

/// SHA-256 of a step's particulars in canonical JSON (RFC 8785), zero where there are none.
///
/// # Errors
/// One is a number that canonical JSON writes as it writes another one.
pub(crate) fn meta_hash(meta: &Map<String, Value>) -> Result<B256> {
    if meta.is_empty() {
        return Ok(B256::ZERO);
    }
    ensure!(
        meta.values().all(is_exact),
        "its meta has a number beyond 2^53, for which canonical JSON has no room: write it as a text"
    );
    Ok(sha256(&serde_json_canonicalizer::to_vec(meta)?))
}

/// Whether all numbers in a value are below 2^53: beyond, canonical JSON writes several whole ones as one (RFC 8785, appendix B), and
/// one hash would vouch for all of them.
fn is_exact(value: &Value) -> bool {
    const LIMIT: f64 = 9_007_199_254_740_992.0; // 2^53
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|it| it.abs() < LIMIT),
        Value::Array(values) => values.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        _ => true,
    }
}

impl RecordedStep {
    /// The leaf that commits to it as step `index` of `count`.
    pub(crate) fn leaf(&self, creator: &Address, index: u16, count: u16) -> B256 {
        let step = Step {
            kind: self.kind,
            content_hash: *self.content_hash,
            meta_hash: *self.meta_hash,
            salt: *self.salt,
        };
        step::leaf(keccak, creator, index, count, &step).into()
    }
}

impl Record {
    /// A record of a file with fresh salts.
    ///
    /// # Errors
    /// No random numbers, or more than 1,000 steps.
    pub fn new(
        file: String,
        hashes: &Hashes,
        reading: &Reading,
        creator: Address,
        salts: &mut Salts,
    ) -> Result<Self> {
        if reading.found.len() >= MAX_STEPS {
            bail!(
                "{} steps were found, at most {} fit",
                reading.found.len(),
                MAX_STEPS - 1
            );
        }
        let mut steps = Vec::new();
        for found in &reading.found {
            steps.push(RecordedStep {
                kind: found.kind,
                content: Some(found.content.clone()),
                meta: found.meta.clone(),
                content_hash: sha256(found.content.as_bytes()),
                meta_hash: meta_hash(&found.meta)?,
                salt: salts.draw()?,
            });
        }
        steps.push(RecordedStep {
            kind: StepKind::Output,
            content: None,
            meta: Map::new(),
            content_hash: hashes.sha256,
            meta_hash: B256::ZERO,
            salt: salts.draw()?,
        });
        Ok(Self {
            file,
            output_hash: hashes.sha256,
            cid: hashes.cid,
            creator,
            generator: reading.generator.as_ref().map(ToString::to_string),
            claim_salt: salts.draw()?,
            steps,
        })
    }

    /// The record whose statement this is, every hash in it checked against its text.
    ///
    /// # Errors
    /// It is no JSON, no record, or has been altered.
    pub fn from_statement(json: &[u8]) -> Result<Self> {
        // Counted without taking them: a made-up record can hold millions.
        if let Ok(Shape { predicate }) = serde_json::from_slice(json) {
            fits(predicate.steps.len())?;
        }
        let values = json::values(json);
        ensure!(values <= MAX_VALUES, "it holds more values than any record");
        let value = serde_json::from_slice(json).context("it is not JSON")?;
        let record = statement::decode(&value)?;
        // JSON lets a member stand twice, and each reader picks its own.
        ensure!(
            json::values(&record.to_statement()?) == values,
            "a member stands in it twice"
        );
        Ok(record)
    }

    /// The statement that says it, in canonical JSON.
    ///
    /// # Errors
    /// None that can be made to happen: JSON of a record can be written.
    pub fn to_statement(&self) -> Result<Vec<u8>> {
        Ok(serde_json_canonicalizer::to_vec(&statement::encode(self))?)
    }

    /// Number of steps, as every leaf and the chain have it.
    #[must_use]
    pub fn step_count(&self) -> u16 {
        self.steps.len() as u16 // at most MAX_STEPS
    }

    /// The leaf that commits to a step; `None` past the last.
    #[must_use]
    pub fn leaf(&self, index: u16) -> Option<B256> {
        let step = self.steps.get(usize::from(index))?;
        Some(step.leaf(&self.creator, index, self.step_count()))
    }

    fn tree(&self) -> Option<Tree> {
        let leaves: Vec<_> = (0..self.step_count())
            .filter_map(|index| self.leaf(index).map(Into::into))
            .collect();
        Tree::new(keccak, &leaves)
    }

    /// The root that the chain keeps.
    #[must_use]
    pub fn process_root(&self) -> B256 {
        self.tree()
            .map(|tree| tree.root().into())
            .unwrap_or_default()
    }

    /// The proof of one step for `verifyStep`; `None` past the last.
    #[must_use]
    pub fn proof(&self, index: u16) -> Option<Vec<B256>> {
        let proof = self.tree()?.proof(&self.leaf(index)?.0)?;
        Some(proof.into_iter().map(Into::into).collect())
    }

    /// The commitment that dates the claim before its mint.
    #[must_use]
    pub fn commitment(&self) -> B256 {
        let root = self.process_root();
        logic::commitment::hash(
            keccak,
            &self.creator,
            &self.output_hash,
            &root,
            &self.claim_salt,
        )
        .into()
    }
}

pub(crate) fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}
