//! What came of moving income: what was swept, settled and paid, what was left, and what failed.

use super::parts::Stopped;
use crate::asset;
use crate::refusal::Refusal;
use crate::report::{self, Sent};
use alloy_primitives::{Address, U256};
use serde::Serialize;
use std::fmt;

/// Where income lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// At a work's inbox, until it is swept.
    Inbox,
    /// In a work's ledger, until it is settled.
    Ledger,
    /// With a payee of a work, until it is claimed.
    Payee,
}

/// An inbox that was swept.
#[derive(Clone, Debug, Serialize)]
pub struct Swept {
    /// The work.
    pub work: u64,
    /// What was credited to it, in the asset's smallest unit.
    #[serde(serialize_with = "report::decimal")]
    pub amount: U256,
}

/// Income that was left where it is.
#[derive(Clone, Debug, Serialize)]
pub struct Skipped {
    /// Where it lies.
    pub place: Place,
    /// The work.
    pub work: u64,
    /// What of it would reach whom the command is for, in the asset's smallest unit.
    #[serde(serialize_with = "report::decimal")]
    pub amount: U256,
    /// Why.
    pub why: &'static str,
}

/// Income that could not be moved.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    /// Where it lies.
    pub place: Place,
    /// The work.
    pub work: u64,
    /// Why.
    pub reason: String,
}

/// What came of it all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Outcome {
    /// Inboxes that were swept.
    pub swept: Vec<Swept>,
    /// Works whose income was passed on to their parents.
    pub settled: usize,
    /// What an account was paid, in the asset's smallest unit.
    #[serde(skip)]
    pub paid: U256,
    /// What was left, and why.
    pub skipped: Vec<Skipped>,
    /// What failed, and why. What failed when it was tried was not sent.
    pub failed: Vec<Failed>,
    /// The transactions.
    pub sent: Vec<Sent>,
}

/// Failures that are told one by one; the rest are counted.
const TOLD: usize = 10;

impl Outcome {
    pub(super) fn failed(&mut self, place: Place, work: u64, reason: String) {
        self.failed.push(Failed {
            place,
            work,
            reason,
        });
    }

    pub(super) fn refused(&mut self, place: Place, work: u64, refusal: &Refusal) {
        // Advice is written for whoever does one thing; of several that fail, it fits where one account is asked for.
        let advice = refusal.advice().filter(|_| refusal.reserved().is_some());
        let reason = match advice {
            Some(advice) => format!("{}: {advice}", refusal.error()),
            None => refusal.error(),
        };
        self.failed(place, work, reason);
    }

    /// A transaction failed that had gone through when it was tried.
    pub(super) fn failed_at_cost(&mut self, place: Place, work: u64, refusal: &Refusal) {
        let reason = format!(
            "sent, and failed at the cost of its gas: {}",
            refusal.error()
        );
        self.failed(place, work, reason);
    }

    pub(super) fn stopped(&mut self, place: Place, work: u64, stopped: Option<Stopped>) {
        match stopped {
            Some(Stopped::Refused(refusal)) => self.refused(place, work, &refusal),
            Some(Stopped::AtCost(refusal)) => self.failed_at_cost(place, work, &refusal),
            Some(Stopped::Later(reason)) => self.failed(place, work, reason),
            Some(Stopped::InParts(_)) | None => {}
        }
    }

    /// The lines of a report that say what was left and what failed.
    pub(crate) fn write_remains(&self, f: &mut fmt::Formatter<'_>, asset: Address) -> fmt::Result {
        if let Some(first) = self.skipped.first() {
            let (count, total) = (
                self.skipped.len(),
                self.skipped.iter().map(|left| left.amount),
            );
            let total = asset::shown(asset, total.fold(U256::ZERO, U256::saturating_add));
            let sums = if count == 1 { "sum" } else { "sums" };
            write!(
                f,
                "\n  left {count} {sums} of {total} in all, {}",
                first.why
            )?;
            write!(f, "; to take all: --least 1")?;
        }
        for failed in self.failed.iter().take(TOLD) {
            write!(f, "\n  failed: {failed}")?;
        }
        match self.failed.len().checked_sub(TOLD) {
            Some(more) if more > 0 => write!(f, "\n  and {more} more failed: see --json"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (work, reason) = (self.work, &self.reason);
        match self.place {
            Place::Inbox => write!(f, "the inbox of work {work} cannot be swept: {reason}"),
            Place::Ledger => write!(f, "work {work} cannot be settled: {reason}"),
            Place::Payee => write!(f, "work {work} cannot pay: {reason}"),
        }
    }
}
