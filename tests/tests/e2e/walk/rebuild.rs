//! The router's whole state from its logs alone.

use alloy_primitives::{Address, Log, U256};
use alloy_sol_types::SolEvent;
use lineage_tests::World;
use lineage_tests::abi::IRouter::{
    Claimed, Paid, PayeeHandedOver, Settled, WorkRegistered, claimedCall, inboxCall, ledgerCall,
    parentsCall, payeesCall, workCall, workCountCall,
};
use std::collections::BTreeMap;
use stylus_chain::chain::Filter;

#[derive(Default)]
pub(crate) struct Rebuilt {
    works: Vec<Work>,
    received: BTreeMap<(u64, Address), U256>,
    settled: BTreeMap<(u64, Address), U256>,
    claimed: BTreeMap<(u64, Address, u8), U256>,
}

struct Work {
    creator: Address,
    collection: Address,
    kind: u8,
    parents: Vec<(u64, u16)>,
    payees: Vec<(Address, u16)>,
}

/// Reads every log the router ever emitted.
pub(crate) fn from_logs(world: &World) -> Rebuilt {
    let mut rebuilt = Rebuilt::default();
    for entry in world.chain.logs(&Filter::of(world.router)) {
        rebuilt.apply(&entry.log);
    }
    rebuilt
}

fn decoded<E: SolEvent>(log: &Log) -> Option<E> {
    (log.topics()[0] == E::SIGNATURE_HASH)
        .then(|| E::decode_log_validate(log).expect(E::SIGNATURE).data)
}

impl Rebuilt {
    fn apply(&mut self, log: &Log) {
        if let Some(event) = decoded::<WorkRegistered>(log) {
            self.works.push(Work::new(event));
            return;
        }
        if let Some(event) = decoded::<Paid>(log) {
            *self.received.entry((event.work, event.asset)).or_default() += event.amount;
        }
        if let Some(event) = decoded::<Settled>(log) {
            self.settle(&event);
        }
        if let Some(event) = decoded::<Claimed>(log) {
            *self
                .claimed
                .entry((event.work, event.asset, event.payee))
                .or_default() += event.amount;
        }
        if let Some(event) = decoded::<PayeeHandedOver>(log) {
            let payee = &mut self.works[event.work as usize - 1].payees[usize::from(event.payee)].0;
            assert_eq!(*payee, event.from);
            *payee = event.to;
        }
    }

    fn settle(&mut self, event: &Settled) {
        let mark = self.settled.entry((event.work, event.asset)).or_default();
        assert_eq!(*mark, event.from);
        *mark = event.to;
        for (parent, share) in self.works[event.work as usize - 1].parents.clone() {
            let part = |amount: U256| amount * U256::from(share) / U256::from(10_000);
            *self.received.entry((parent, event.asset)).or_default() +=
                part(event.to) - part(event.from);
        }
    }

    /// Holds it against what the views say.
    pub(crate) fn compare(&self, world: &World, assets: &[Address]) {
        let router = world.router;
        assert_eq!(
            world.view(router, workCountCall {}),
            self.works.len() as u64
        );
        for (id, rebuilt) in (1..).zip(&self.works) {
            let work = world.view(router, workCall { id });
            assert_eq!(
                (work.creator, work.collection, work.kind),
                (rebuilt.creator, rebuilt.collection, rebuilt.kind)
            );
            assert_eq!(
                work.keep,
                10_000 - rebuilt.parents.iter().map(|(_, share)| share).sum::<u16>()
            );
            let parents = world.view(router, parentsCall { id });
            assert_eq!(
                parents
                    .iter()
                    .map(|edge| (edge.work, edge.share))
                    .collect::<Vec<_>>(),
                rebuilt.parents
            );
            let payees = world.view(router, payeesCall { id });
            assert_eq!(
                payees
                    .iter()
                    .map(|payee| (payee.account, payee.share))
                    .collect::<Vec<_>>(),
                rebuilt.payees
            );
            for asset in assets {
                self.compare_money(world, id, *asset, payees.len() as u8);
            }
        }
        let emitters: Vec<_> = world
            .chain
            .logs(&Filter::default().topic(Paid::SIGNATURE_HASH));
        for entry in emitters.iter().filter(|entry| entry.log.address == router) {
            let paid = decoded::<Paid>(&entry.log).expect("filtered by its hash");
            let swept = paid.r#ref.is_zero();
            assert_eq!(
                swept,
                paid.payer == world.view(router, inboxCall { id: paid.work })
            );
        }
    }

    fn compare_money(&self, world: &World, id: u64, asset: Address, payees: u8) {
        let ledger = world.view(
            world.router,
            ledgerCall {
                id,
                epoch: 0,
                asset,
            },
        );
        let of = |book: &BTreeMap<(u64, Address), U256>| {
            book.get(&(id, asset)).copied().unwrap_or_default()
        };
        assert_eq!(U256::from(ledger.received), of(&self.received));
        assert_eq!(U256::from(ledger.settled), of(&self.settled));
        for payee in 0..payees {
            let claimed = world.view(
                world.router,
                claimedCall {
                    id,
                    epoch: 0,
                    asset,
                    payee,
                },
            );
            assert_eq!(
                U256::from(claimed),
                self.claimed
                    .get(&(id, asset, payee))
                    .copied()
                    .unwrap_or_default()
            );
        }
    }
}

impl Work {
    /// Nobody named means the creator, where anything is kept.
    fn new(event: WorkRegistered) -> Self {
        let parents: Vec<(u64, u16)> = event
            .parents
            .iter()
            .map(|parent| (parent.work, parent.share))
            .collect();
        let mut payees: Vec<_> = event
            .payees
            .iter()
            .map(|payee| (payee.account, payee.share))
            .collect();
        let given: u16 = parents.iter().map(|(_, share)| share).sum();
        if payees.is_empty() && given < 10_000 {
            payees.push((event.creator, 10_000));
        }
        Self {
            creator: event.creator,
            collection: event.collection,
            kind: event.kind,
            parents,
            payees,
        }
    }
}
