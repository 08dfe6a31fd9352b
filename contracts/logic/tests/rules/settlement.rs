//! The settlement of whole graphs, step by step, against the slow model.

use std::{collections::BTreeMap, convert::Infallible};

use crate::graph::{amounts, graphs, Graph};
use logic::{
    bps::Bps,
    due::{parent_share, payee_entitled},
    edge::{Edge, Edges},
    ledger::Ledger,
    settle_up::{settle_up, Ledgers},
    work::{WorkEpoch, WorkId},
};
use num_bigint::BigUint;
use proptest::{collection::vec, prelude::*, sample::Index};

/// A router's storage of one asset, as words, and its log.
#[derive(Default)]
struct Books {
    edges: BTreeMap<WorkEpoch, (u8, Vec<[u8; 32]>)>,
    ledgers: BTreeMap<WorkEpoch, [u8; 32]>,
    epochs: BTreeMap<WorkId, u16>,
    stores: Vec<WorkEpoch>,
    reads: Vec<WorkEpoch>,
    log: Vec<(WorkEpoch, u128, u128)>,
}

fn at(work: u64) -> WorkEpoch {
    WorkEpoch {
        work: WorkId(work),
        epoch: 0,
    }
}

fn bps(share: u16) -> Bps {
    Bps::new(share).expect("at most the whole")
}

impl Books {
    fn of(graph: &Graph) -> Self {
        let mut books = Self::default();
        for id in graph.ids() {
            books.freeze(at(id), &graph.node(id).parents);
        }
        books
    }

    fn freeze(&mut self, at: WorkEpoch, parents: &[(u64, u16)]) {
        let edges = parents.iter().map(|(work, share)| Edge {
            work: WorkId(*work),
            share: bps(*share),
            ..Edge::default()
        });
        let packed = Edges::pack(edges);
        self.edges
            .insert(at, (packed.count(), packed.words().to_vec()));
    }

    fn ledger(&self, at: WorkEpoch) -> Ledger {
        self.ledgers
            .get(&at)
            .map_or_else(Ledger::default, Ledger::from_word)
    }

    fn pay(&mut self, work: u64, amount: u128) {
        assert!(self.pay_if_it_fits(work, amount), "within 128 bits");
    }

    /// Whether it did.
    fn pay_if_it_fits(&mut self, work: u64, amount: u128) -> bool {
        let credited = self.ledger(at(work)).credited(amount);
        if let Some(ledger) = credited {
            self.ledgers.insert(at(work), ledger.to_word());
        }
        credited.is_some()
    }

    fn settle(&mut self, works: impl IntoIterator<Item = u64>, budget: u32) -> Vec<u64> {
        self.stores.clear();
        self.reads.clear();
        let rest = settle_up(self, works.into_iter().map(at), budget).expect("settles");
        rest.into_iter().map(|at| at.work.0).collect()
    }
}

impl Ledgers for Books {
    type Error = Infallible;

    fn load(&mut self, at: WorkEpoch) -> Result<(Ledger, u8), Infallible> {
        let (count, words) = &self.edges[&at];
        let edges = Edges::load(*count, |index| {
            Ok::<_, Infallible>(words[usize::from(index)])
        })?;
        let earns = edges.iter().any(|edge| edge.share > Bps::ZERO);
        Ok((self.ledger(at), if earns { *count } else { 0 }))
    }

    fn store(&mut self, at: WorkEpoch, ledger: Ledger) -> Result<(), Infallible> {
        self.stores.push(at);
        self.ledgers.insert(at, ledger.to_word());
        Ok(())
    }

    fn edges(&mut self, at: WorkEpoch, count: u8) -> Result<Edges, Infallible> {
        self.reads.push(at);
        let (frozen, words) = &self.edges[&at];
        assert_eq!(count, *frozen);
        Edges::load(count, |index| Ok(words[usize::from(index)]))
    }

    fn current(&mut self, work: WorkId) -> Result<WorkEpoch, Infallible> {
        Ok(WorkEpoch {
            work,
            epoch: self.epochs.get(&work).copied().unwrap_or(0),
        })
    }

    fn settled(&mut self, at: WorkEpoch, from: u128, to: u128) {
        self.log.push((at, from, to));
    }
}

#[derive(Clone, Debug)]
enum Act {
    Pay(Index, u128),
    Settle(Vec<Index>, u32),
}

/// Acts of any size; half of them may fill ledgers.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop_oneof![acts_of(100), acts_of(128)]
}

/// Acts whose payments are of up to so many bits. Those of 100 fill no ledger.
fn acts_of(bits: u32) -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (any::<Index>(), amounts(bits)).prop_map(|(work, amount)| Act::Pay(work, amount)),
        2 => (vec(any::<Index>(), 0..5), 0..6u32).prop_map(|(works, budget)| Act::Settle(works, budget)),
    ];
    vec(act, 1..25)
}

fn pick(graph: &Graph, index: &Index) -> u64 {
    1 + index.index(graph.0.len()) as u64
}

/// Plays the acts and calls `check` after each with the books and what was paid so far.
fn play(
    graph: &Graph,
    acts: &[Act],
    mut check: impl FnMut(&Books, &[(u64, u128)]) -> Result<(), TestCaseError>,
) -> Result<(Books, Vec<(u64, u128)>), TestCaseError> {
    let mut books = Books::of(graph);
    let mut paid = Vec::new();
    for act in acts {
        match act {
            Act::Pay(work, amount) => {
                if books.pay_if_it_fits(pick(graph, work), *amount) {
                    paid.push((pick(graph, work), *amount));
                }
            }
            Act::Settle(works, budget) => {
                books.settle(works.iter().map(|work| pick(graph, work)), *budget);
            }
        }
        check(&books, &paid)?;
    }
    Ok((books, paid))
}

/// What the settlements in a log cost: one for each work and one for each parent it credits.
fn spent(graph: &Graph, log: &[(WorkEpoch, u128, u128)]) -> usize {
    let cost = |(at, from, to): &(WorkEpoch, u128, u128)| {
        let part = |amount: u128, share: u16| BigUint::from(amount) * share / 10_000u32;
        let parents = graph.node(at.work.0).parents.iter();
        1 + parents
            .filter(|(_, share)| part(*to, *share) > part(*from, *share))
            .count()
    };
    log.iter().map(cost).sum()
}

/// What a ledger handed on to parents so far, and what its payees could have claimed so far.
fn given(graph: &Graph, id: u64, ledger: Ledger) -> (BigUint, BigUint) {
    let node = graph.node(id);
    let parents = node
        .parents
        .iter()
        .map(|(_, share)| parent_share(ledger.settled, bps(*share)));
    let payees = node
        .payees
        .iter()
        .map(|share| payee_entitled(ledger.received, bps(node.keep()), bps(*share)));
    (
        parents.map(BigUint::from).sum(),
        payees.map(BigUint::from).sum(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn prop_i1_every_unit_paid_is_in_one_ledger_after_every_step(graph in graphs(), acts in acts_of(100)) {
        play(&graph, &acts, |books, paid| {
            let held: BigUint = graph.ids().map(|id| {
                let ledger = books.ledger(at(id));
                BigUint::from(ledger.received) - given(&graph, id, ledger).0
            }).sum();
            prop_assert_eq!(held, paid.iter().map(|(_, amount)| BigUint::from(*amount)).sum::<BigUint>());
            Ok(())
        })?;
    }

    #[test]
    fn prop_i2_no_ledger_owes_more_than_it_received_after_every_step(
        graph in graphs(),
        acts in acts(),
    ) {
        play(&graph, &acts, |books, _| {
            for id in graph.ids() {
                let ledger = books.ledger(at(id));
                let (parents, payees) = given(&graph, id, ledger);
                prop_assert!(ledger.settled <= ledger.received);
                prop_assert!(parents + payees <= BigUint::from(ledger.received), "work {}", id);
            }
            Ok(())
        })?;
    }

    #[test]
    fn prop_i3_whatever_the_order_of_settling_the_end_is_the_models(
        graph in graphs(),
        acts in acts(),
    ) {
        let (mut books, paid) = play(&graph, &acts, |_, _| Ok(()))?;
        prop_assert_eq!(books.settle(graph.ids(), u32::MAX), Vec::<u64>::new());
        for id in graph.ids() {
            let ledger = books.ledger(at(id));
            prop_assert_eq!(BigUint::from(ledger.received), graph.lifetime(id, &paid), "work {}", id);
            if graph.node(id).earning_parents() > 0 {
                prop_assert_eq!(ledger.settled, ledger.received);
            }
        }
    }

    #[test]
    fn prop_i1_what_is_in_no_ledger_is_what_full_ones_could_not_take(graph in graphs(), acts in acts_of(128)) {
        let (mut books, paid) = play(&graph, &acts, |_, _| Ok(()))?;
        books.settle(graph.ids(), u32::MAX);
        let (mut held, mut lost) = (BigUint::ZERO, BigUint::ZERO);
        for id in graph.ids() {
            let ledger = books.ledger(at(id));
            held += BigUint::from(ledger.received) - given(&graph, id, ledger).0;
            lost += graph.offered(id, &paid) - ledger.received;
        }
        let came: BigUint = paid.iter().map(|(_, amount)| BigUint::from(*amount)).sum();
        prop_assert_eq!(held + lost, came);
    }

    #[test]
    fn prop_i4_splitting_payments_changes_nothing(
        graph in graphs(),
        payments in vec((any::<Index>(), 1..=u64::MAX, 1..=u64::MAX), 1..10),
        settle_between: bool,
    ) {
        let (mut whole, mut split) = (Books::of(&graph), Books::of(&graph));
        for (work, first, second) in &payments {
            whole.pay(pick(&graph, work), u128::from(*first) + u128::from(*second));
        }
        for (work, first, _) in &payments {
            split.pay(pick(&graph, work), (*first).into());
            if settle_between {
                split.settle(graph.ids(), u32::MAX);
            }
        }
        for (work, _, second) in payments.iter().rev() {
            split.pay(pick(&graph, work), (*second).into());
        }
        whole.settle(graph.ids(), u32::MAX);
        split.settle(graph.ids(), u32::MAX);
        prop_assert_eq!(whole.ledgers, split.ledgers);
    }

    #[test]
    fn prop_i5_what_no_floor_covers_is_less_than_one_unit_a_party(graph in graphs(), acts in acts()) {
        let (mut books, _) = play(&graph, &acts, |_, _| Ok(()))?;
        books.settle(graph.ids(), u32::MAX);
        for id in graph.ids() {
            let ledger = books.ledger(at(id));
            let (parents, payees) = given(&graph, id, ledger);
            let node = graph.node(id);
            let paid_parties = if node.keep() > 0 { node.payees.len() } else { 0 };
            let parties = node.earning_parents() + paid_parties;
            prop_assert!(BigUint::from(ledger.received) - parents - payees < BigUint::from(parties), "work {}", id);
        }
    }

    #[test]
    fn prop_settling_in_small_budgets_ends_where_one_large_one_does(
        graph in graphs(),
        acts in acts(),
        budget in 6..9u32, // one work and its five parents, or a little more
    ) {
        let (mut small, paid) = play(&graph, &acts, |_, _| Ok(()))?;
        let mut rest: Vec<u64> = graph.ids().collect();
        while !rest.is_empty() {
            let logged = small.log.len();
            rest = small.settle(rest, budget);
            prop_assert!(spent(&graph, &small.log[logged..]) <= budget as usize);
            prop_assert!(small.reads.len() <= small.log.len() - logged + 1, "one look in vain");
            let mut stores = small.stores.clone();
            stores.dedup();
            prop_assert_eq!(&stores, &small.stores);
            prop_assert!(stores.is_sorted_by(|a, b| a > b), "each ledger once, greatest first");
        }
        for id in graph.ids() {
            prop_assert_eq!(BigUint::from(small.ledger(at(id)).received), graph.lifetime(id, &paid));
        }
    }

    #[test]
    fn prop_a_stop_answers_exactly_what_is_still_to_settle(graph in graphs(), acts in acts(), budget in 0..12u32) {
        let (mut books, _) = play(&graph, &acts, |_, _| Ok(()))?;
        let rest = books.settle(graph.ids(), budget);
        let open = graph.ids().filter(|id| {
            books.ledger(at(*id)).is_open() && graph.node(*id).earning_parents() > 0
        });
        prop_assert_eq!(rest, open.collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn prop_ledgers_follow_from_payments_and_the_log(graph in graphs(), acts in acts()) {
        let (books, paid) = play(&graph, &acts, |_, _| Ok(()))?;
        let mut received: BTreeMap<u64, BigUint> = BTreeMap::new();
        let mut settled: BTreeMap<u64, u128> = BTreeMap::new();
        for (work, amount) in &paid {
            *received.entry(*work).or_default() += *amount;
        }
        for (at, from, to) in &books.log {
            prop_assert_eq!(settled.insert(at.work.0, *to).unwrap_or(0), *from);
            for (parent, share) in &graph.node(at.work.0).parents {
                *received.entry(*parent).or_default() +=
                    BigUint::from(*to) * *share / 10_000u32 - BigUint::from(*from) * *share / 10_000u32;
            }
        }
        for id in graph.ids() {
            let ledger = books.ledger(at(id));
            let fits = received.get(&id).cloned().unwrap_or_default().min(u128::MAX.into());
            prop_assert_eq!(BigUint::from(ledger.received), fits);
            prop_assert_eq!(ledger.settled, settled.get(&id).copied().unwrap_or(0));
        }
    }
}

#[test]
fn a_chain_is_settled_from_its_youngest_work_in_one_call() {
    let mut books = Books::default();
    for id in 1..=10 {
        let parents: &[(u64, u16)] = if id == 1 { &[] } else { &[(id - 1, 1_000)] };
        books.freeze(at(id), parents);
    }
    books.pay(10, 10_000_000_000);

    assert_eq!(books.settle([10], 17), [2]);
    let rest = books.settle([2], 2);

    assert!(rest.is_empty());
    let received: Vec<u128> = (1..=10).map(|id| books.ledger(at(id)).received).collect();
    assert_eq!(
        received,
        (1..=10).map(|id| 10u128.pow(id)).collect::<Vec<_>>()
    );
    assert_eq!(
        books.ledger(at(1)).settled,
        0,
        "a root has nobody to settle with"
    );
    assert_eq!(books.log.len(), 9);
}

#[test]
fn works_named_twice_or_with_nothing_to_settle_cost_no_budget_and_no_write() {
    let mut books = Books::default();
    books.freeze(at(1), &[]);
    books.freeze(at(2), &[(1, 0)]);
    books.freeze(at(3), &[(1, 5_000)]);
    books.freeze(at(4), &[(1, 5_000)]);
    books.pay(1, 100);
    books.pay(2, 100);
    books.pay(3, 100);

    let rest = books.settle([3, 4, 2, 1, 3], 2);

    assert!(rest.is_empty());
    assert_eq!(books.stores, [at(3), at(1)]);
    assert_eq!(books.log, [(at(3), 0, 100)]);
}

/// Works 1 to 16, a child of them all and a child of the first alone.
fn sixteen_parents() -> Books {
    let mut books = Books::default();
    for id in 1..=16 {
        books.freeze(at(id), &[]);
    }
    let parents: Vec<(u64, u16)> = (1..=16).map(|id| (id, 100)).collect();
    books.freeze(at(17), &parents);
    books.freeze(at(18), &[(1, 5_000)]);
    books
}

#[test]
fn a_work_is_settled_with_all_its_parents_or_not_at_all() {
    let mut books = sixteen_parents();
    books.pay(17, 10_000);

    assert_eq!(books.settle([17], 16), [17]);
    assert_eq!(books.stores, []);

    assert_eq!(books.settle([17], 17), Vec::<u64>::new());
    assert_eq!((books.stores.len(), books.log.len()), (17, 1));
}

#[test]
fn parents_due_nothing_cost_no_budget() {
    let mut books = sixteen_parents();
    books.pay(17, 99);

    assert_eq!(books.settle([17], 1), Vec::<u64>::new());
    assert_eq!(books.stores, [at(17)]);
}

#[test]
fn the_first_work_that_does_not_fit_ends_the_settling_and_the_looking() {
    let mut books = sixteen_parents();
    books.freeze(at(19), &[(17, 5_000), (18, 5_000)]);
    books.pay(17, 10_000);
    books.pay(18, 10_000);
    books.pay(19, 10_000);

    // 19 and its parents take three, 18 and its parent two: of the twelve left 17 needs seventeen.
    assert_eq!(books.settle([19, 17, 18], 17), [17]);
    assert_eq!(books.reads, [at(19), at(18), at(17)]);
    assert_eq!(books.ledger(at(17)).received, 15_000);

    books.freeze(at(20), &[(17, 5_000), (18, 5_000)]);
    books.pay(20, 2);
    // The two left when 20 is settled would do for 18, but 20 needs three.
    assert_eq!(books.settle([20, 18, 17], 2), [20, 17]);
    assert_eq!(books.reads, [at(20)]);
}

#[test]
fn a_parent_due_nothing_yet_is_neither_credited_nor_settled() {
    let mut books = Books::default();
    books.freeze(at(1), &[]);
    books.freeze(at(2), &[(1, 5_000)]);
    books.freeze(at(3), &[(2, 5_000)]);
    books.pay(2, 100);
    books.pay(3, 1);

    books.settle([3], 9);

    assert_eq!(books.stores, [at(3)]);
    books.pay(3, 1);
    books.settle([3], 9);
    assert_eq!(books.ledger(at(2)).received, 101);
    assert_eq!(books.ledger(at(1)).received, 50);
}

#[test]
fn a_parent_is_credited_in_its_current_epoch_and_settled_by_that_epochs_edges() {
    let mut books = Books::default();
    let second = WorkEpoch {
        work: WorkId(2),
        epoch: 1,
    };
    books.freeze(at(1), &[]);
    books.freeze(at(2), &[(1, 1_000)]);
    books.freeze(second, &[(1, 2_500)]);
    books.freeze(at(3), &[(2, 5_000)]);
    books.epochs.insert(WorkId(2), 1);
    books.pay(2, 1_000);
    books.pay(3, 800);

    books.settle([3, 2], 9);

    assert_eq!(
        books.ledger(at(2)),
        Ledger {
            received: 1_000,
            settled: 1_000
        }
    );
    assert_eq!(
        books.ledger(second),
        Ledger {
            received: 400,
            settled: 400
        }
    );
    assert_eq!(books.ledger(at(1)).received, 100 + 100);
}

#[test]
fn a_full_ledger_takes_what_fits_and_holds_up_no_other() {
    let mut books = Books::default();
    books.freeze(at(1), &[]);
    books.freeze(at(2), &[]);
    books.freeze(at(3), &[(1, 5_000), (2, 5_000)]);
    books.pay(1, u128::MAX - 30);
    books.pay(3, 100);

    assert_eq!(books.settle([3], 9), Vec::<u64>::new());

    assert_eq!(books.ledger(at(1)).received, u128::MAX);
    assert_eq!(books.ledger(at(2)).received, 50);
    assert_eq!(books.ledger(at(3)).settled, 100);
    books.pay(3, 100);
    books.settle([3], 9);
    assert_eq!(books.stores, [at(3), at(2)], "the full one is not written");
    assert_eq!(books.ledger(at(2)).received, 100);
}

#[test]
fn credits_that_pass_128_bits_together_fill_a_ledger_that_is_settled_on() {
    let mut books = Books::default();
    books.freeze(at(1), &[]);
    books.freeze(at(2), &[(1, 10_000)]);
    books.freeze(at(3), &[(2, 10_000)]);
    books.freeze(at(4), &[(2, 10_000)]);
    books.pay(3, u128::MAX);
    books.pay(4, u128::MAX);

    books.settle([3, 4], 9);

    let all = Ledger {
        received: u128::MAX,
        settled: u128::MAX,
    };
    assert_eq!((books.ledger(at(2)), books.ledger(at(3))), (all, all));
    assert_eq!(books.ledger(at(4)), all);
    assert_eq!(books.ledger(at(1)).received, u128::MAX);
}
