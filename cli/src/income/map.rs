//! The graph as it stands, with the ledgers and inboxes of one asset.

use super::outcome::Outcome;
use super::parts::Parts;
use super::worth::LEDGER_GAS;
use super::{Place, held};
use crate::abi::router::IRouter::{
    Position, inboxCall, ledgerCall, parentsCall, payeesCall, workCall,
};
use crate::session::Session;
use alloy_primitives::{Address, U256};
use anyhow::Result;
use logic::bps::Bps;
use logic::due::parent_due;
use logic::ledger::Ledger;

/// A parent that earns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parent {
    pub(super) work: u64,
    pub(super) share: Bps,
}

/// A work on the map. What it received and what lies at its inbox stay zero until [`Map::fill`] reads them.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    pub(super) epoch: u16,
    pub(super) keep: u16,
    pub(super) parents: Vec<Parent>,
    pub(super) ledger: Ledger,
    pub(super) held: U256,
    /// What of it the coin lets go at once, where that is known not to be all.
    pub(super) part: Option<U256>,
}

impl Site {
    /// Gas of settling it, beside that of the transaction: its ledger is written, and those of its parents.
    pub(super) const fn gas(&self) -> u64 {
        LEDGER_GAS * (self.parents.len() as u64 + 1)
    }

    /// What settling its ledger would credit, parent by parent, those left out that would get nothing.
    pub(super) fn dues(&self, ledger: Ledger) -> impl Iterator<Item = (u64, u128)> {
        self.parents
            .iter()
            .map(move |parent| (parent.work, parent_due(ledger, parent.share)))
            .filter(|(_, due)| *due > 0)
    }
}

/// All works by their ids.
#[derive(Debug)]
pub(super) struct Map {
    sites: Vec<Site>,
}

/// A unit of income: 10²⁴ parts of it can be told apart on their way.
const UNIT: u128 = 1_000_000_000_000_000_000_000_000;

/// What of a unit that a work receives comes to an account, in parts of [`UNIT`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// What the account gets as a payee of this work.
    pub(super) kept: u128,
    /// What it gets by way of the work's parents.
    pub(super) passed: u128,
}

impl Part {
    /// Whether anything does.
    pub(super) const fn reaches(self) -> bool {
        self.kept > 0 || self.passed > 0
    }

    pub(super) fn of_kept(self, amount: u128) -> U256 {
        U256::from(amount) * U256::from(self.kept) / U256::from(UNIT)
    }

    pub(super) fn of_passed(self, amount: u128) -> U256 {
        U256::from(amount) * U256::from(self.passed) / U256::from(UNIT)
    }

    pub(super) fn of_all(self, amount: u128) -> U256 {
        U256::from(amount) * U256::from(self.kept + self.passed) / U256::from(UNIT)
    }
}

/// What comes to an account from each work.
#[derive(Debug)]
pub(super) struct Reach {
    parts: Vec<Part>,
    /// Gas of settling the shortest way from each work, as far as there is one.
    least_gas: Vec<u64>,
}

impl Reach {
    pub(super) fn of(&self, work: u64) -> Part {
        at(&self.parts, work).copied().unwrap_or_default()
    }

    /// Gas that settling the way from a work up to the account takes at least.
    pub(super) fn least_gas(&self, work: u64) -> u64 {
        at(&self.least_gas, work).copied().unwrap_or_default()
    }
}

fn at<T>(list: &[T], work: u64) -> Option<&T> {
    list.get(usize::try_from(work).ok()?.checked_sub(1)?)
}

impl Map {
    /// Reads the graph: every work and the parents that share in its income.
    ///
    /// # Errors
    /// The router fails.
    pub(super) fn read(session: &Session) -> Result<Self> {
        let router = session.programs.router;
        let mut sites = Vec::new();
        for id in super::works(session)? {
            let head = session.view(router, &workCall { id })?;
            let mut parents = Vec::new();
            // A work that keeps everything has no parent that earns.
            if head.keep < Bps::WHOLE.get() {
                for edge in session.view(router, &parentsCall { id })? {
                    let share = Bps::new(edge.share).unwrap_or_default();
                    if share > Bps::ZERO {
                        parents.push(Parent {
                            work: edge.work,
                            share,
                        });
                    }
                }
            }
            sites.push(Site {
                epoch: head.epoch,
                keep: head.keep,
                parents,
                ..Site::default()
            });
        }
        Ok(Self { sites })
    }

    #[cfg(test)]
    pub(super) fn of(sites: Vec<Site>) -> Self {
        Self { sites }
    }

    /// A work. Ids are the router's own, so that there is one.
    pub(super) fn site(&self, work: u64) -> &Site {
        at(&self.sites, work).expect("the router names works that it has")
    }

    /// The ids of all works, the greatest first: children before their parents.
    pub(super) fn works(&self) -> impl DoubleEndedIterator<Item = u64> + use<> {
        (1..=self.sites.len() as u64).rev()
    }

    /// What a sweep takes from a work's inbox at once.
    pub(super) fn held(&self, work: u64) -> U256 {
        let site = self.site(work);
        site.part.unwrap_or(site.held)
    }

    /// The positions of an account, each with its share of what the work keeps.
    ///
    /// # Errors
    /// The router fails.
    pub(super) fn payees_of(
        &self,
        session: &Session,
        account: Address,
    ) -> Result<Vec<(Position, u16)>> {
        let mut positions = Vec::new();
        for work in self.works().rev() {
            let epoch = self.site(work).epoch;
            let payees = session.view(session.programs.router, &payeesCall { id: work })?;
            positions.extend(
                (0_u8..)
                    .zip(payees)
                    .filter(|(_, of)| of.account == account)
                    .map(|(payee, of)| (Position { work, epoch, payee }, of.share)),
            );
        }
        Ok(positions)
    }

    /// What comes from each work to whoever holds these positions.
    pub(super) fn reach(&self, positions: &[(Position, u16)]) -> Reach {
        let mut parts = vec![Part::default(); self.sites.len()];
        let mut least_gas = vec![0; self.sites.len()];
        // Kept and shared are basis points of basis points.
        let of_kept =
            |keep: u16, share: u16| UNIT / 100_000_000 * u128::from(keep) * u128::from(share);
        for (position, share) in positions {
            let keep = self.site(position.work).keep;
            parts[index(position.work)].kept += of_kept(keep, *share);
        }
        // Parents have smaller ids, so theirs is known by now.
        for work in self.works().rev() {
            let passed = self.site(work).parents.iter().map(|parent| {
                let above = parts[index(parent.work)];
                (above.kept + above.passed) * u128::from(parent.share.get()) / 10_000
            });
            parts[index(work)].passed = passed.sum();
            let above = self.site(work).parents.iter().filter_map(|parent| {
                let above = index(parent.work);
                let ends = parts[above].kept > 0;
                let goes_on = parts[above].passed > 0;
                ends.then_some(0)
                    .or_else(|| goes_on.then(|| least_gas[above]))
            });
            least_gas[index(work)] = self.site(work).gas() + above.min().unwrap_or(0);
        }
        Reach { parts, least_gas }
    }

    /// Reads ledgers and inboxes of those works that are wanted. A token that does not tell a balance is a failure of
    /// that inbox alone.
    ///
    /// # Errors
    /// The router fails.
    pub(super) fn fill(
        &mut self,
        session: &Session,
        asset: Address,
        wanted: impl Fn(u64) -> bool,
        outcome: &mut Outcome,
    ) -> Result<()> {
        for work in self.works().filter(|work| wanted(*work)) {
            self.reload(session, asset, work)?;
            let inbox = session.view(session.programs.router, &inboxCall { id: work })?;
            match held(session, inbox, asset) {
                Ok(amount) => self.sites[index(work)].held = amount,
                Err(error) => outcome.failed(Place::Inbox, work, format!("{error:#}")),
            }
        }
        Ok(())
    }

    /// An inbox was swept as far as it goes. What is still there is left.
    pub(super) fn is_swept(&mut self, work: u64) {
        let site = &mut self.sites[index(work)];
        (site.held, site.part) = (U256::ZERO, None);
    }

    /// Whether the parts are known, and weighed, in which an inbox is swept.
    pub(super) fn parts(&self, work: u64) -> Parts {
        match self.site(work).part {
            Some(_) => Parts::Sent,
            None => Parts::Weighed,
        }
    }

    /// A coin lets no more than this go at once.
    pub(super) fn goes_in_parts(&mut self, work: u64, part: U256) {
        self.sites[index(work)].part = Some(part);
    }

    /// Reads a ledger again.
    ///
    /// # Errors
    /// The router fails.
    pub(super) fn reload(&mut self, session: &Session, asset: Address, work: u64) -> Result<()> {
        let epoch = self.site(work).epoch;
        let call = ledgerCall {
            id: work,
            epoch,
            asset,
        };
        let ledger = session.view(session.programs.router, &call)?;
        self.sites[index(work)].ledger = Ledger {
            received: ledger.received,
            settled: ledger.settled,
        };
        Ok(())
    }
}

/// Where a work stands in a list of all.
fn index(work: u64) -> usize {
    work as usize - 1
}
