//! What the chain says of a file: its claims, and the works that records and proofs are of.

use crate::abi::provenance::IProvenance::{
    Record as OnChain, Step, ownerOfCall, recordCall, tokenByCall, tokenOfCall, verifyStepCall,
};
use crate::income::works;
use crate::report::{self, time};
use crate::session::Session;
use crate::{account, verdict};
use alloy_primitives::{Address, B256, U256};
use anyhow::Result;
use logic::priority::COMMITMENT_LIFE;
use record::{Record, StepProof};
use serde::Serialize;

/// A claim on a file: a work whose record names it.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// The work.
    pub work: u64,
    /// Its title.
    pub title: String,
    /// Who claims it.
    #[serde(serialize_with = "report::address")]
    pub creator: Address,
    /// Who owns the token.
    #[serde(serialize_with = "report::address")]
    pub owner: Address,
    /// Since when, unix seconds: the time of the commitment, or of the mint where there was none.
    pub claimed_at: u64,
    /// When it was minted, unix seconds.
    pub minted_at: u64,
    /// Root of the steps.
    pub process_root: B256,
    /// How many steps.
    pub steps: u16,
    /// Whether it is the earliest in this collection.
    pub earliest: bool,
    /// From when no other can become the earliest in its place, unix seconds; none of a later claim.
    pub final_from: Option<u64>,
}

/// All claims on a file, the earliest first.
pub(super) fn on(session: &Session, hash: B256) -> Result<Vec<Claim>> {
    let provenance = session.programs.provenance;
    let earliest = session.view(provenance, &tokenOfCall { outputHash: hash })?;
    let mut claims = Vec::new();
    if earliest.is_zero() {
        return Ok(claims);
    }
    for work in works(session)? {
        let token_id = U256::from(work);
        let call = recordCall { tokenId: token_id };
        // A work that another collection registered has no record here.
        let Ok(record) = session.attempt_view(Address::ZERO, provenance, &call)? else {
            continue;
        };
        if record.outputHash == hash {
            claims.push(Claim {
                work,
                title: record.title,
                creator: record.creator,
                owner: session.view(provenance, &ownerOfCall { tokenId: token_id })?,
                claimed_at: record.claimedAt,
                minted_at: record.mintedAt,
                process_root: record.processRoot,
                steps: record.stepCount,
                earliest: token_id == earliest,
                // Commitments that still count then are no older than it.
                final_from: (token_id == earliest).then(|| record.claimedAt + COMMITMENT_LIFE),
            });
        }
    }
    claims.sort_by_key(|claim| (!claim.earliest, claim.claimed_at, claim.work));
    Ok(claims)
}

/// What the claims say together.
pub(super) fn told(claims: &[Claim]) -> Result<String, String> {
    match claims {
        [] => Err(
            "nobody has claimed a file of these bytes there: this is not a minted file of that chain, and a copy saved anew has \
             other bytes"
                .to_owned(),
        ),
        [claim] => Ok(format!("it is the file of work {}", claim.work)),
        [first, rest @ ..] => Ok(format!(
            "{} works claim it, work {} as the earliest",
            rest.len() + 1,
            first.work
        )),
    }
}

/// The work that a creator minted of a file.
pub(super) fn work_of(session: &Session, creator: Address, hash: B256) -> Result<u64, String> {
    let call = tokenByCall {
        creator,
        outputHash: hash,
    };
    let token = session.view(session.programs.provenance, &call);
    let token = token.map_err(|error| format!("{error:#}"))?;
    if token.is_zero() {
        return Err(format!(
            "its creator {} has minted no such file; of a root that another minted it proves nothing",
            account::name(creator)
        ));
    }
    u64::try_from(token).map_err(|error| error.to_string())
}

/// Checks that a record is that of a work by the same creator and of the same file.
pub(super) fn check_record(session: &Session, work: u64, record: &Record) -> Result<(), String> {
    let kept = on_chain(session, work)?;
    let (root, count) = (record.process_root(), record.step_count());
    if (kept.processRoot, kept.stepCount) != (root, count) {
        return Err(format!(
            "it is not what work {work} was minted with: the chain has {} steps under {}, and it gives {count} under {root}",
            kept.stepCount, kept.processRoot
        ));
    }
    Ok(())
}

/// Has the contract check a proof, of a work by the same creator and of the same file.
pub(super) fn check_proof(session: &Session, work: u64, proof: &StepProof) -> Result<(), String> {
    let kept = on_chain(session, work)?;
    if (kept.processRoot, kept.stepCount) != (proof.process_root, proof.step_count) {
        return Err(format!(
            "its root is not that of work {work}, which has {} steps under {}",
            kept.stepCount, kept.processRoot
        ));
    }
    let call = verifyStepCall {
        tokenId: U256::from(work),
        index: proof.index,
        step: Step {
            kind: proof.step.kind as u8,
            contentHash: proof.step.content_hash,
            metaHash: proof.step.meta_hash,
            salt: proof.step.salt,
        },
        proof: proof.proof.clone(),
    };
    match session.attempt_view(Address::ZERO, session.programs.provenance, &call) {
        Ok(Ok(leaf)) if leaf == proof.leaf => Ok(()),
        Ok(Ok(leaf)) => Err(format!("the contract gives it the leaf {leaf}")),
        Ok(Err(refusal)) => Err(format!("the contract refuses it: {refusal}")),
        Err(error) => Err(format!("{error:#}")),
    }
}

fn on_chain(session: &Session, work: u64) -> Result<OnChain, String> {
    let call = recordCall {
        tokenId: U256::from(work),
    };
    let record = session.view(session.programs.provenance, &call);
    record.map_err(|error| format!("{error:#}"))
}

impl Claim {
    /// On one line.
    pub(super) fn line(&self) -> String {
        let dated = match self.claimed_at < self.minted_at {
            true => "dated by a commitment",
            false => "dated by its mint",
        };
        let rank = match self.earliest {
            true => "the earliest claim",
            false => "a later claim",
        };
        let until = self.final_from;
        let until = until.map_or_else(String::new, |from| format!(", final from {}", time(from)));
        format!(
            "work {} {} by {}, {rank}: since {} ({dated}), minted {}{until}",
            self.work,
            verdict::plain(&format!("{:?}", self.title)),
            account::name(self.creator),
            time(self.claimed_at),
            time(self.minted_at)
        )
    }
}
