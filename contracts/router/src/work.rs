//! The heads of works.

use crate::key;
use crate::IRouter::{UnknownEpoch, UnknownWork};
use alloy_sol_types::SolError;
use logic::head::Head;
use logic::work::{WorkEpoch, WorkId};
use shell::{storage, word, Revert};

/// No work has this id.
pub(crate) fn unknown(work: u64) -> Revert {
    Revert::new(UnknownWork::SELECTOR, &[word::from_u64(work)])
}

/// The head of a work that must exist.
pub(crate) fn head(work: u64) -> Result<Head, Revert> {
    Head::from_word(&storage::load(&key::head(work))).ok_or_else(|| unknown(work))
}

/// The head of a work that must exist and have reached the epoch.
pub(crate) fn head_at(at: WorkEpoch) -> Result<Head, Revert> {
    let head = head(at.work.0)?;
    if at.epoch > head.epoch {
        return Err(Revert::new(
            UnknownEpoch::SELECTOR,
            &[
                word::from_u64(at.work.0),
                word::from_u64(at.epoch.into()),
                word::from_u64(head.epoch.into()),
            ],
        ));
    }
    Ok(head)
}

/// The ledgers that a work's income goes to now.
pub(crate) fn current(work: u64, head: &Head) -> WorkEpoch {
    WorkEpoch {
        work: WorkId(work),
        epoch: head.epoch,
    }
}
