//! Proof of one step: the file by which a creator discloses it, and nothing of the others but hashes.
//!
//! A leaf commits to the creator, to how many steps there are and which one it is, and to the step; the siblings lead from it to the
//! root that the chain keeps. `IProvenance.verifyStep` takes the same members by the same names.

use crate::record::{Record, RecordedStep, keccak, meta_hash};
use crate::{json, sha256, statement};
use alloy_primitives::{Address, B256};
use anyhow::{Context as _, Result, bail, ensure};
use logic::merkle;
use logic::step::StepKind;
use serde_json::{Value, json};

/// Names the shape of the file; it changes when the shape does.
pub const STEP_PROOF: &str = "urn:lineage:step-proof:v1";
/// Most bytes of a proof that are read. A text of a file has at most 4 MiB, and JSON writes some characters in more bytes.
pub const MAX_PROOF: usize = 32 << 20;
/// Siblings that lead to the root of the most steps that 16 bits count.
const MAX_SIBLINGS: usize = 16;
/// Marks before values: those of its members, its siblings, and the particulars of one step.
const MAX_VALUES: usize = 1_000;
/// The members of the file, in the order of canonical JSON.
const MEMBERS: [&str; 13] = [
    "content",
    "contentHash",
    "creator",
    "index",
    "kind",
    "leaf",
    "meta",
    "metaHash",
    "outputHash",
    "processRoot",
    "proof",
    "salt",
    "stepCount",
];

/// One step of a work, and the siblings that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepProof {
    /// Who claims the work.
    pub creator: Address,
    /// SHA-256 of the work's file. No leaf commits to it: that the root is of this file is what the chain says, or the record.
    pub output_hash: B256,
    /// The root that the chain keeps.
    pub process_root: B256,
    /// How many steps there are.
    pub step_count: u16,
    /// Which one this is, counted from 0.
    pub index: u16,
    /// The step.
    pub step: RecordedStep,
    /// What commits to it.
    pub leaf: B256,
    /// The siblings that lead from the leaf to the root, lowest first.
    pub proof: Vec<B256>,
}

impl Record {
    /// The proof of one step, counted from 0.
    ///
    /// # Errors
    /// There is no such step.
    pub fn reveal(&self, index: u16) -> Result<StepProof> {
        let count = self.step_count();
        let step = self.steps.get(usize::from(index));
        let (step, leaf, proof) = step
            .zip(self.leaf(index))
            .zip(self.proof(index))
            .map(|((step, leaf), proof)| (step, leaf, proof))
            .with_context(|| format!("there is no step {index}: the record has {count}, from 0"))?;
        Ok(StepProof {
            creator: self.creator,
            output_hash: self.output_hash,
            process_root: self.process_root(),
            step_count: count,
            index,
            step: step.clone(),
            leaf,
            proof,
        })
    }
}

impl StepProof {
    /// Reads the file, without checking that its members agree: [`StepProof::check`] does.
    ///
    /// # Errors
    /// It is too large, no JSON, or not of this shape.
    pub fn from_json(text: &[u8]) -> Result<Self> {
        ensure!(
            text.len() <= MAX_PROOF,
            "it has more than {MAX_PROOF} bytes, and no proof of a step has"
        );
        let values = json::values(text);
        ensure!(
            values <= MAX_VALUES,
            "it holds more values than any proof of a step"
        );
        let mut value: Value = serde_json::from_slice(text).context("it is not JSON")?;
        let mut proof = decode(&mut value)?;
        // JSON lets a member stand twice, and each reader picks its own. The content adds no mark, and may be long.
        let content = proof.step.content.take();
        ensure!(
            json::values(&proof.to_json()?) == values,
            "a member stands in it twice"
        );
        proof.step.content = content;
        Ok(proof)
    }

    /// The file: canonical JSON (RFC 8785).
    ///
    /// # Errors
    /// None that can be made to happen: JSON of a proof can be written.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let mut value = statement::encode_step(&self.step);
        value["type"] = STEP_PROOF.into();
        value["creator"] = self.creator.to_checksum(None).into();
        value["outputHash"] = self.output_hash.to_string().into();
        value["processRoot"] = self.process_root.to_string().into();
        value["stepCount"] = self.step_count.into();
        value["index"] = self.index.into();
        value["leaf"] = self.leaf.to_string().into();
        value["proof"] = json!(self.proof);
        Ok(serde_json_canonicalizer::to_vec(&value)?)
    }

    /// Checks that the text gives the hashes, these the leaf, and the leaf with its siblings the root. Whether the root is one of
    /// that file, and of this creator, is for the chain to say or the record.
    ///
    /// # Errors
    /// Which member does not fit.
    pub fn check(&self) -> Result<()> {
        let (step, index, count) = (&self.step, self.index, self.step_count);
        ensure!(
            index < count,
            "its index is {index}, and its stepCount {count}: steps are counted from 0"
        );
        match &step.content {
            Some(text) => ensure!(
                step.content_hash == sha256(text.as_bytes()),
                "its content is not the text that its contentHash is of"
            ),
            None => ensure!(
                step.kind == StepKind::Output && step.content_hash == self.output_hash,
                "it has no content, and is not the step that its outputHash is of"
            ),
        }
        ensure!(
            step.meta_hash == meta_hash(&step.meta)?,
            "its meta is not what its metaHash is of"
        );
        ensure!(
            self.leaf == step.leaf(&self.creator, index, count),
            "its leaf is not that of its creator, stepCount, index, kind, contentHash, metaHash and salt: one of these is not what \
             was committed to"
        );
        let (siblings, most) = (self.proof.len(), most_siblings(count));
        ensure!(
            siblings <= most,
            "its proof has {siblings} siblings, and in a tree of {count} leaves at most {most} lead to the root: it holds others as well"
        );
        let siblings = self.proof.iter().map(|sibling| &sibling.0);
        ensure!(
            self.process_root == merkle::root_of_proof(keccak, *self.leaf, siblings),
            "its proof does not lead from its leaf to its processRoot"
        );
        Ok(())
    }

    /// Checks that it is of the same claim as a record.
    ///
    /// # Errors
    /// Which member differs.
    pub fn check_against(&self, record: &Record) -> Result<()> {
        let same = [
            ("creator", self.creator == record.creator),
            ("outputHash", self.output_hash == record.output_hash),
            ("stepCount", self.step_count == record.step_count()),
            ("processRoot", self.process_root == record.process_root()),
        ];
        match same.into_iter().find(|(_, same)| !same) {
            Some((member, _)) => bail!("its {member} is not that of the record"),
            None => Ok(()),
        }
    }
}

/// Siblings that lead to the root of so many leaves, at most.
fn most_siblings(leaves: u16) -> usize {
    u32::from(leaves).next_power_of_two().ilog2() as usize
}

fn decode(value: &mut Value) -> Result<StepProof> {
    let object = value.as_object().context("it is no JSON object")?;
    ensure!(
        value["type"] == STEP_PROOF,
        "its type is {}, known is {STEP_PROOF}",
        value["type"]
    );
    for member in MEMBERS {
        ensure!(object.contains_key(member), "it has no {member}");
    }
    let unknown = |member: &&String| *member != "type" && !MEMBERS.contains(&member.as_str());
    if let Some(member) = object.keys().find(unknown) {
        bail!("it has {member:?}, which nothing in a proof vouches for");
    }
    let content = match value["content"].take() {
        Value::String(text) => Some(text),
        Value::Null => None,
        _ => bail!("its content is neither a text nor null"),
    };
    ensure!(value["meta"].is_object(), "its meta is no object");
    let value = &*value;
    let siblings = value["proof"].as_array().context("its proof is no list")?;
    ensure!(
        siblings.len() <= MAX_SIBLINGS,
        "its proof has {} siblings, at most {MAX_SIBLINGS} lead to a root",
        siblings.len()
    );
    let number = |key: &str| {
        let number = value[key].as_u64().and_then(|it| u16::try_from(it).ok());
        number.with_context(|| format!("its {key} is no number below 65,536"))
    };
    let sibling = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
    let mut step = statement::decode_step(value)?;
    step.content = content;
    let creator = value["creator"].as_str().and_then(|it| it.parse().ok());
    Ok(StepProof {
        creator: creator.context("its creator is no address")?,
        output_hash: statement::word(value, "outputHash")?,
        process_root: statement::word(value, "processRoot")?,
        step_count: number("stepCount")?,
        index: number("index")?,
        step,
        leaf: statement::word(value, "leaf")?,
        proof: siblings
            .iter()
            .map(sibling)
            .collect::<Option<_>>()
            .context("its proof holds what is no 32-byte word")?,
    })
}

#[cfg(test)]
mod tests;
