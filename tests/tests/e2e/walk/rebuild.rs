//! The router's whole storage from its logs alone, and from what it was constructed with.

use crate::layout::key;
use alloy_primitives::{Address, Log, U256};
use alloy_sol_types::SolEvent;
use lineage_tests::World;
use lineage_tests::abi::IRouter::{
    self, Claimed, ClaimsReserved, Paid, Payee, PayeeHandedOver, PayeeOffered, Settled,
    WorkRegistered,
};
use std::collections::BTreeMap;
use stylus_chain::chain::Filter;

#[derive(Default)]
pub(crate) struct Rebuilt {
    works: Vec<Work>,
    collections: Vec<Address>,
    received: BTreeMap<(u64, Address), U256>,
    settled: BTreeMap<(u64, Address), U256>,
    claimed: BTreeMap<(u64, Address, u8), U256>,
    offered: BTreeMap<(u64, u8), Address>,
    reserved: BTreeMap<(u64, u8), bool>,
}

struct Work {
    creator: Address,
    collection: Address,
    kind: u8,
    parents: Vec<(u64, u16)>,
    /// Those that were named, or given an index.
    payees: Vec<Payee>,
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
            self.register(event);
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
        if let Some(event) = decoded::<PayeeOffered>(log) {
            self.offered.insert((event.work, event.payee), event.to);
        }
        if let Some(event) = decoded::<PayeeHandedOver>(log) {
            let offered = self.offered.remove(&(event.work, event.payee));
            assert_eq!(offered, Some(event.to));
            self.reserved.remove(&(event.work, event.payee));
            let payees = self.stored_payees(event.work);
            let payee = &mut payees[usize::from(event.payee)].account;
            assert_eq!(*payee, event.from);
            *payee = event.to;
        }
        if let Some(event) = decoded::<ClaimsReserved>(log) {
            self.stored_payees(event.work);
            let at = (event.work, event.payee);
            self.reserved.insert(at, event.reserved);
        }
    }

    /// The payees of a work whose payees are in storage from now on.
    fn stored_payees(&mut self, work: u64) -> &mut Vec<Payee> {
        let work = &mut self.works[work as usize - 1];
        work.payees = work.all_payees();
        &mut work.payees
    }

    fn register(&mut self, event: WorkRegistered) {
        if !self.collections.contains(&event.collection) {
            self.collections.push(event.collection);
        }
        let parents = event.parents.iter();
        self.works.push(Work {
            creator: event.creator,
            collection: event.collection,
            kind: event.kind,
            parents: parents.map(|parent| (parent.work, parent.share)).collect(),
            payees: event.payees,
        });
        assert_eq!(event.work, self.works.len() as u64);
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

    /// Holds it against every slot there is, and against what the views say of works.
    pub(crate) fn compare(&self, world: &World) {
        let (kept, told) = (world.chain.storage_dump(world.router), self.slots(world));
        for slot in kept.keys().chain(told.keys()) {
            assert_eq!(kept.get(slot), told.get(slot), "slot {slot:#066x}");
        }
        for (id, work) in (1..).zip(&self.works) {
            work.compare(world, id);
        }
        for entry in world.chain.logs(&Filter::of(world.router)) {
            let Some(paid) = decoded::<Paid>(&entry.log) else {
                continue;
            };
            let inbox = world.view(world.router, IRouter::inboxCall { id: paid.work });
            let by_inbox = paid.payer == inbox;
            assert_eq!(
                (paid.r#ref.is_zero(), paid.way),
                (by_inbox, u8::from(by_inbox))
            );
        }
    }

    /// What docs/layout.md says there is.
    fn slots(&self, world: &World) -> BTreeMap<U256, U256> {
        let mut slots = BTreeMap::new();
        let counts = [(64, self.works.len()), (32, self.collections.len())];
        let counts = counts.map(|(bits, count)| (bits, U256::from(count)));
        let first = [(160, word(world.licensing)), counts[0], counts[1]];
        slots.insert(U256::ZERO, pack(&first));
        slots.insert(U256::from(1), word(world.registry));
        slots.insert(U256::MAX, U256::from(1));
        for (number, collection) in (1..).zip(&self.collections) {
            slots.insert(key(6, 0, 0, 0, *collection), U256::from(number));
            slots.insert(key(7, 0, 0, number, Address::ZERO), word(*collection));
        }
        for (id, work) in (1..).zip(&self.works) {
            let number = (self.collections.iter())
                .position(|collection| *collection == work.collection)
                .map_or(0, |place| place + 1);
            work.slots(id, number, &mut slots);
        }
        for ((work, payee), to) in &self.offered {
            slots.insert(key(8, *payee, 0, *work, Address::ZERO), word(*to));
        }
        for ((work, payee), reserved) in &self.reserved {
            let slot = slots.entry(key(3, *payee, 0, *work, Address::ZERO));
            *slot.or_default() |= U256::from(u8::from(*reserved)) << 184;
        }
        for ((work, asset), received) in &self.received {
            let settled = self.settled.get(&(*work, *asset)).copied();
            let ledger = pack(&[(128, *received), (128, settled.unwrap_or_default())]);
            slots.insert(key(4, 0, 0, *work, *asset), ledger);
        }
        for ((work, asset, payee), claimed) in &self.claimed {
            let pair = slots.entry(key(5, payee / 2, 0, *work, *asset));
            *pair.or_default() |= *claimed << (128 * usize::from(payee % 2));
        }
        slots.retain(|_, word| !word.is_zero());
        slots
    }
}

impl Work {
    fn keep(&self) -> u16 {
        10_000 - self.parents.iter().map(|(_, share)| share).sum::<u16>()
    }

    /// Nobody named means the creator, where anything is kept.
    fn all_payees(&self) -> Vec<Payee> {
        if !self.payees.is_empty() || self.keep() == 0 {
            return self.payees.clone();
        }
        vec![Payee {
            account: self.creator,
            share: 10_000,
            role: 0,
        }]
    }

    fn slots(&self, id: u64, collection: usize, slots: &mut BTreeMap<U256, U256>) {
        let head = [
            (160, word(self.creator)),
            (32, U256::from(collection)),
            (8, U256::from(self.kind)),
            (8, U256::from(self.parents.len())),
            (8, U256::from(self.payees.len())),
            (16, U256::ZERO),
            (16, U256::from(self.keep())),
        ];
        slots.insert(key(1, 0, 0, id, Address::ZERO), pack(&head));
        for (index, three) in (0..).zip(self.parents.chunks(3)) {
            let edges = three.iter().flat_map(|(parent, share)| {
                // The share, neither carry nor inherited, the parent.
                [(16, U256::from(*share)), (64, U256::from(*parent))]
            });
            let edges = pack(&edges.collect::<Vec<_>>());
            slots.insert(key(2, index, 0, id, Address::ZERO), edges);
        }
        for (index, payee) in (0..).zip(&self.payees) {
            let payee = [
                (160, word(payee.account)),
                (16, U256::from(payee.share)),
                (8, U256::from(payee.role)),
            ];
            slots.insert(key(3, index, 0, id, Address::ZERO), pack(&payee));
        }
    }

    fn compare(&self, world: &World, id: u64) {
        let work = world.view(world.router, IRouter::workCall { id });
        assert_eq!(
            (work.creator, work.collection, work.kind, work.keep),
            (self.creator, self.collection, self.kind, self.keep())
        );
        let parents = world.view(world.router, IRouter::parentsCall { id });
        let parents = parents.iter().map(|edge| (edge.work, edge.share));
        assert_eq!(parents.collect::<Vec<_>>(), self.parents);
        let payees = world.view(world.router, IRouter::payeesCall { id });
        assert_eq!(payees, self.all_payees());
    }
}

/// A word of fields of so many bits, the lowest first.
fn pack(fields: &[(usize, U256)]) -> U256 {
    let (mut word, mut place) = (U256::ZERO, 0);
    for (bits, field) in fields {
        assert!(field.bit_len() <= *bits);
        word |= *field << place;
        place += bits;
    }
    word
}

fn word(address: Address) -> U256 {
    address.into_word().into()
}
