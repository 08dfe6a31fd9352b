//! The way from a work up to an account.

use super::super::map::{Map, Reach, Site};
use super::super::worth::{LEDGER_GAS, SETTLE_GAS, SWEEP_GAS};
use alloy_primitives::U256;
use logic::due::parent_share;
use logic::ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};

/// Gas of settling a work, beside that of the transaction: it writes its ledger and those of its parents.
fn gas_of(site: &Site) -> u64 {
    LEDGER_GAS * (site.parents.len() as u64 + 1)
}

/// The works to settle so that what a ledger has to pass on reaches an account, and how much of it does.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) works: BTreeSet<u64>,
    pub(super) amount: U256,
    /// Whether an inbox is to be swept first.
    pub(super) sweep: bool,
}

impl Route {
    /// Gas of going it, as far as these works of it are not settled anyway.
    pub(super) fn gas(&self, map: &Map, works: &BTreeSet<u64>) -> u64 {
        let sweep = if self.sweep { SWEEP_GAS } else { 0 };
        let settle = if works.is_empty() { 0 } else { SETTLE_GAS };
        let ledgers = works.iter().map(|work| gas_of(map.site(*work)));
        sweep + settle + ledgers.sum::<u64>()
    }

    /// Income divides at every work. The branch that brings the account most is always followed; another only where what it
    /// brings is worth the gas of settling the work that it leads to.
    pub(super) fn of(
        map: &Map,
        reach: &Reach,
        from: u64,
        ledger: Ledger,
        worthwhile: &dyn Fn(U256, u64) -> bool,
    ) -> Self {
        let mut route = Self::default();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        let mut main = BTreeSet::from([from]);
        let first: Vec<_> = map.site(from).dues(ledger).collect();
        route.works.insert(from);
        route.credit(reach, &mut credits, &mut main, first);
        while let Some((work, amount)) = credits.pop_last() {
            let (site, part) = (map.site(work), reach.of(work));
            route.amount += part.of_kept(amount);
            let followed = main.contains(&work) || worthwhile(part.of_passed(amount), gas_of(site));
            if part.passed == 0 || !followed {
                continue;
            }
            route.works.insert(work);
            let shares = site.parents.iter();
            let dues = shares.map(|parent| (parent.work, parent_share(amount, parent.share)));
            let dues = dues.filter(|(_, due)| *due > 0).collect();
            route.credit(reach, &mut credits, &mut main, dues);
        }
        route
    }

    fn credit(
        &self,
        reach: &Reach,
        credits: &mut BTreeMap<u64, u128>,
        main: &mut BTreeSet<u64>,
        dues: Vec<(u64, u128)>,
    ) {
        main.extend(
            dues.iter()
                .max_by_key(|(parent, due)| reach.of(*parent).of_all(*due))
                .map(|(parent, _)| *parent),
        );
        for (parent, due) in dues {
            let credit = credits.entry(parent).or_default();
            *credit = credit.saturating_add(due);
        }
    }
}
