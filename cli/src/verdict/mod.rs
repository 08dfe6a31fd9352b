//! Whether a file is a minted one, and what proofs of its steps show: each thing that was looked at, and whether it holds.

mod claims;
mod show;

pub use claims::Claim;

use crate::disclosed::Disclosed;
use crate::report;
use crate::session::Session;
use alloy_primitives::B256;
use anyhow::Result;
use cid::Cid;
use record::{Ai, Credentials, Inspection, Record, StepProof};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How the command ends where something does not hold.
const FAILS: u8 = 2;

/// What a file beside the one in question says, or why it says nothing.
pub struct Witness<T> {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says; its own hashes hold.
    pub says: Result<T>,
}

/// What a verdict is made from.
pub struct Evidence {
    /// What is known of the file.
    pub file: Inspection,
    /// Its record.
    pub record: Option<Witness<Record>>,
    /// Proofs of steps.
    pub proofs: Vec<Witness<StepProof>>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What: `file`, `chain`, `record`, `proof` or `credentials`.
    pub of: &'static str,
    /// The record or the proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether it holds; none where nobody could look.
    pub holds: Option<bool>,
    /// Why.
    pub reason: String,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// The file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub output_hash: B256,
    /// Whether all that was checked holds.
    pub holds: bool,
    /// What was looked at.
    pub checks: Vec<Check>,
    /// The claims on the file, the earliest first; none where no chain was asked.
    pub claims: Option<Vec<Claim>>,
    /// The steps whose proofs hold.
    pub steps: Vec<Disclosed>,
    /// Whether the file is marked as made by AI.
    pub ai: Ai,
    /// What its Content Credentials are.
    pub credentials: Credentials,
}

impl Check {
    fn new(of: &'static str, path: Option<&Path>, outcome: Result<String, String>) -> Self {
        let (holds, reason) = match outcome {
            Ok(reason) => (true, reason),
            Err(reason) => (false, reason),
        };
        Self {
            of,
            path: path.map(|path| path.display().to_string()),
            holds: Some(holds),
            reason,
        }
    }

    fn skipped(of: &'static str, reason: String) -> Self {
        Self {
            of,
            path: None,
            holds: None,
            reason,
        }
    }
}

impl Verdict {
    /// What can be said without a chain, and why there is none.
    #[must_use]
    pub fn without_chain(evidence: Evidence, why: &str) -> Self {
        let chain = Check::skipped("chain", format!("not checked on a chain: {why}"));
        Self::new(evidence, None, chain, None)
    }

    /// What can be said with the chain of a session.
    ///
    /// # Errors
    /// A program does not answer.
    pub fn on_chain(evidence: Evidence, session: &Session) -> Result<Self> {
        let hash = output_hash(&evidence.file);
        let claims = claims::on(session, hash)?;
        let chain = Check::new("chain", None, claims::told(&claims));
        Ok(Self::new(evidence, Some(session), chain, Some(claims)))
    }

    fn new(
        evidence: Evidence,
        session: Option<&Session>,
        chain: Check,
        claims: Option<Vec<Claim>>,
    ) -> Self {
        let Evidence {
            file,
            record,
            proofs,
        } = evidence;
        let hash = output_hash(&file);
        let cid = file.hashes.map(|hashes| hashes.cid);
        let whole = record.as_ref().and_then(|it| it.says.as_ref().ok());
        let mut checks = Vec::new();
        checks.extend(is_the_one(hash, claims.as_deref(), whole, &proofs));
        checks.push(chain);
        if let Some(Witness { path, says }) = &record {
            let outcome = says.as_ref().map_err(|error| format!("{error:#}"));
            let outcome = outcome.and_then(|record| of_record(record, hash, cid, session));
            checks.push(Check::new("record", Some(path), outcome));
        }
        let mut shown: Vec<(PathBuf, StepProof)> = Vec::new();
        for Witness { path, says } in proofs {
            let outcome = match says {
                Err(error) => Err(format!("{error:#}")),
                Ok(proof) => {
                    let outcome = of_proof(&proof, hash, whole, session);
                    let outcome = outcome.and_then(|it| beside_others(&proof, &shown).map(|()| it));
                    if outcome.is_ok() {
                        shown.push((path.clone(), proof));
                    }
                    outcome
                }
            };
            checks.push(Check::new("proof", Some(&path), outcome));
        }
        let steps = shown.into_iter();
        let steps = steps.map(|(path, proof)| Disclosed::of(&path, proof));
        let steps = steps.collect();
        checks.extend(of_credentials(&file.credentials));
        Self {
            file: file.file,
            output_hash: hash,
            holds: checks.iter().all(|check| check.holds != Some(false)),
            checks,
            claims,
            steps,
            ai: file.ai,
            credentials: file.credentials,
        }
    }

    /// How the command ends: with 2 where something does not hold.
    #[must_use]
    pub fn ending(&self) -> ExitCode {
        match self.holds {
            true => ExitCode::SUCCESS,
            false => FAILS.into(),
        }
    }
}

/// The file's SHA-256: it was inspected with its hashes.
fn output_hash(file: &Inspection) -> B256 {
    file.hashes.map(|hashes| hashes.sha256).unwrap_or_default()
}

/// Whether the file is the one that the record or the proofs name; nothing where none names any.
fn is_the_one(
    hash: B256,
    claims: Option<&[Claim]>,
    record: Option<&Record>,
    proofs: &[Witness<StepProof>],
) -> Option<Check> {
    let proofs = proofs.iter().filter_map(|proof| {
        let named = proof.says.as_ref().ok()?.output_hash;
        Some(("a proof", named))
    });
    let record = record.map(|record| ("the record", record.output_hash));
    let named: Vec<_> = record.into_iter().chain(proofs).collect();
    let first = named.iter().find(|(_, named)| *named == hash);
    let outcome = match (first, named.first()) {
        (Some((who, _)), _) => Ok(format!("it is the file that {who} names")),
        // Then it is the others that do not fit.
        (None, _) if claims.is_some_and(|claims| !claims.is_empty()) => return None,
        (None, Some((who, other))) => Err(format!(
            "this is not the minted file, whose SHA-256 is {other:x} as {who} says: a copy saved anew has other bytes"
        )),
        (None, None) => return None,
    };
    Some(Check::new("file", None, outcome))
}

fn of_record(
    record: &Record,
    hash: B256,
    cid: Option<Cid>,
    session: Option<&Session>,
) -> Result<String, String> {
    if record.output_hash != hash {
        return Err(of_other(record.output_hash));
    }
    // No leaf commits to it. A file of many blocks has two: that of its tree, and that of its bytes as they are.
    let is_of_bytes = record.cid.hash().digest() == hash.as_slice();
    if !is_of_bytes && cid.is_some_and(|cid| cid != record.cid) {
        return Err(format!(
            "its address in IPFS, {}, is that of another file",
            record.cid
        ));
    }
    let count = record.step_count();
    match session {
        None => Ok(format!("its {count} steps give its root")),
        Some(session) => {
            let work = claims::work_of(session, record.creator, hash)?;
            claims::check_record(session, work, record)?;
            Ok(format!("its {count} steps give the root of work {work}"))
        }
    }
}

fn of_proof(
    proof: &StepProof,
    hash: B256,
    record: Option<&Record>,
    session: Option<&Session>,
) -> Result<String, String> {
    if proof.output_hash != hash {
        return Err(of_other(proof.output_hash));
    }
    if let Some(record) = record {
        let checked = proof.check_against(record);
        checked.map_err(|error| error.to_string())?;
    }
    let step = format!("step {} of {}", proof.index, proof.step_count);
    match (session, record) {
        (Some(session), _) => {
            let work = claims::work_of(session, proof.creator, hash)?;
            claims::check_proof(session, work, proof)?;
            Ok(format!("it proves {step} of work {work}"))
        }
        (None, Some(_)) => Ok(format!("it proves {step} of the record")),
        (None, None) => Ok(format!(
            "it proves {step} under its root; only a chain or the record can say that the root is of this file"
        )),
    }
}

/// Whether it shows another step than one that was shown before in the same place. Nobody but its creator can have made such a root.
fn beside_others(proof: &StepProof, shown: &[(PathBuf, StepProof)]) -> Result<(), String> {
    let place = |it: &StepProof| (it.process_root, it.creator, it.index);
    let other = shown
        .iter()
        .find(|(_, other)| place(other) == place(proof) && other.leaf != proof.leaf);
    match other {
        None => Ok(()),
        Some((path, _)) => Err(format!(
            "step {} is another one in {}, under the same root: its creator has committed to both, and which was meant nobody can tell",
            proof.index,
            path.display()
        )),
    }
}

fn of_other(named: B256) -> String {
    format!("it is of another file, whose SHA-256 is {named:x}")
}

fn of_credentials(credentials: &Credentials) -> Option<Check> {
    let reasons = credentials.reasons.join(", ");
    let changed = credentials.changed_after_signing;
    let changed = changed.map_or_else(String::new, |it| format!("{it} changed after signing: "));
    let outcome = match credentials.state {
        "none" => return None,
        "trusted" => Ok("they hold, and the signer is trusted".to_owned()),
        "valid" => Ok("they hold, and nobody here knows the signer".to_owned()),
        "invalid" => Err(format!("they do not hold: {changed}{reasons}")),
        _ => {
            return Some(Check::skipped(
                "credentials",
                format!("not checked: {reasons}"),
            ));
        }
    };
    Some(Check::new("credentials", None, outcome))
}

/// Words for people, of what a chain or a file says.
fn plain(words: &str) -> String {
    report::plain(words)
}
