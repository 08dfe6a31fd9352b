//! What a proof discloses, for people and as JSON.

use crate::account;
use crate::report::{self, plain, shortened};
use alloy_primitives::{Address, B256};
use record::StepProof;
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;
use std::path::{Path, PathBuf};

/// What a proof discloses.
#[derive(Clone, Debug, Serialize)]
pub struct Disclosed {
    /// Where the proof lies.
    #[serde(serialize_with = "report::path")]
    pub proof: PathBuf,
    /// Which step, counted from 0.
    pub index: u16,
    /// How many steps there are.
    pub steps: u16,
    /// What it is.
    pub kind: &'static str,
    /// Its text; none of the file itself.
    pub content: Option<String>,
    /// Particulars of the text.
    pub meta: Map<String, Value>,
    /// Who claims the work.
    #[serde(serialize_with = "report::address")]
    pub creator: Address,
    /// SHA-256 of the file.
    pub output_hash: B256,
    /// Root of the steps.
    pub process_root: B256,
}

impl Disclosed {
    /// What a proof discloses that lies there.
    #[must_use]
    pub fn of(path: &Path, proof: StepProof) -> Self {
        Self {
            proof: path.to_owned(),
            index: proof.index,
            steps: proof.step_count,
            kind: proof.step.kind.name(),
            content: proof.step.content,
            meta: proof.step.meta,
            creator: proof.creator,
            output_hash: proof.output_hash,
            process_root: proof.process_root,
        }
    }
}

impl fmt::Display for Disclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proof = plain(&self.proof.display().to_string());
        writeln!(f, "{proof} discloses step {} of {}", self.index, self.steps)?;
        let text = self.content.as_deref().map(shortened);
        let text = text.as_deref().unwrap_or("the file");
        writeln!(f, "  {:<11} {text}", self.kind)?;
        for (name, value) in &self.meta {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            writeln!(f, "  {:<11} {}", plain(name), shortened(&value))?;
        }
        writeln!(f, "  creator     {}", account::name(self.creator))?;
        writeln!(f, "  SHA-256     {}", hex::encode(self.output_hash))?;
        write!(f, "  root        {}", self.process_root)
    }
}
