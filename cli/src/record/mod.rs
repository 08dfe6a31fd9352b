//! The private half of a provenance record: the steps with their texts and salts, which the chain only commits to.
//!
//! Kept beside the file as `<file>.lineage.json`, an in-toto Statement (v1) in canonical JSON (RFC 8785). Whoever holds
//! it can prove any one step; who loses it can prove none.

mod salts;
mod statement;

pub use salts::Salts;

use crate::disk;
use crate::file::WorkFile;
use alloy_primitives::{Address, B256, keccak256};
use anyhow::{Context as _, Result, bail};
use logic::merkle::Tree;
use logic::step::{self, Step, StepKind};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Steps that a record may hold; the chain counts them in 16 bits, and nobody reads more.
const MAX_STEPS: usize = 1_000;

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
    /// Who claims the work; inside every leaf.
    pub creator: Address,
    /// The program that made the file, where the file says so.
    pub generator: Option<String>,
    /// Salt of the commitment that dates the claim.
    pub claim_salt: B256,
    /// The steps, the output last.
    pub steps: Vec<RecordedStep>,
}

/// SHA-256, as C2PA and every hash tool print it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> B256 {
    B256::from_slice(&Sha256::digest(bytes))
}

fn meta_hash(meta: &Map<String, Value>) -> Result<B256> {
    if meta.is_empty() {
        return Ok(B256::ZERO);
    }
    Ok(sha256(&serde_json_canonicalizer::to_vec(meta)?))
}

impl Record {
    /// A record of a file with fresh salts.
    ///
    /// # Errors
    /// No random numbers, or more than 1,000 steps.
    pub fn new(path: &Path, file: &WorkFile, creator: Address, salts: &mut Salts) -> Result<Self> {
        let (output_hash, source) = (file.output_hash, &file.source);
        if source.found.len() >= MAX_STEPS {
            bail!(
                "{} steps were found, at most {MAX_STEPS} fit",
                source.found.len()
            );
        }
        let mut steps = Vec::new();
        for found in &source.found {
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
            content_hash: output_hash,
            meta_hash: B256::ZERO,
            salt: salts.draw()?,
        });
        let name = path.file_name().context("the path names no file")?;
        Ok(Self {
            file: name.to_string_lossy().into_owned(),
            output_hash,
            creator,
            generator: source.generator.map(str::to_owned),
            claim_salt: salts.draw()?,
            steps,
        })
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
        let step = Step {
            kind: step.kind,
            content_hash: *step.content_hash,
            meta_hash: *step.meta_hash,
            salt: *step.salt,
        };
        let leaf = step::leaf(keccak, &self.creator, index, self.step_count(), &step);
        Some(leaf.into())
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

    /// Where the record of a file lies.
    #[must_use]
    pub fn path_of(file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".lineage.json");
        name.into()
    }

    /// Reads a record and checks that every hash in it is that of its text.
    ///
    /// # Errors
    /// The file cannot be read, is no record, or has been altered.
    pub fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let value = serde_json::from_slice(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        statement::decode(&value).with_context(|| format!("{} is no record", path.display()))
    }

    /// The record beside a file: the one that lies there, if it is of these bytes and this creator, else a new one.
    /// A record of something else is never overwritten, since nothing could bring its salts back.
    ///
    /// # Errors
    /// The record there is of other bytes or another creator, or the disk refuses.
    pub fn open_or_write(
        path: &Path,
        file: &WorkFile,
        creator: Address,
        salts: &mut Salts,
    ) -> Result<Self> {
        let beside = Self::path_of(path);
        if beside.exists() {
            let record = Self::read(&beside)?;
            let output_hash = file.output_hash;
            if record.output_hash != output_hash || record.creator != creator {
                bail!(
                    "{} is the record of another claim (creator {}, SHA-256 {:x}); this one is by {creator} of {output_hash:x}. \
                     Move it away to make a new record",
                    beside.display(),
                    record.creator,
                    record.output_hash
                );
            }
            return Ok(record);
        }
        let record = Self::new(path, file, creator, salts)?;
        record.write(&beside)?;
        Ok(record)
    }

    /// Writes the record whole or not at all, readable by its owner alone.
    fn write(&self, path: &Path) -> Result<()> {
        disk::add(
            path,
            &serde_json_canonicalizer::to_vec(&statement::encode(self))?,
        )
    }
}

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}
