//! Random graphs, and a slow model of what is due in them: big integers and plain recursion over children, no marks, no
//! order, nothing of the crate's.

use num_bigint::BigUint;
use proptest::{collection::vec, prelude::*};

/// Shares to parents by id and shares of payees, for the work with the id of its place counted from 1.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) parents: Vec<(u64, u16)>,
    pub(crate) payees: Vec<u16>,
}

impl Node {
    pub(crate) fn keep(&self) -> u16 {
        10_000 - self.parents.iter().map(|(_, share)| share).sum::<u16>()
    }

    pub(crate) fn earning_parents(&self) -> usize {
        self.parents.iter().filter(|(_, share)| *share > 0).count()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Graph(pub(crate) Vec<Node>);

impl Graph {
    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        1..=self.0.len() as u64
    }

    pub(crate) fn node(&self, id: u64) -> &Node {
        &self.0[id as usize - 1]
    }

    /// All a work receives once everything below it is settled: what it is offered, as far as it fits in 128 bits.
    pub(crate) fn lifetime(&self, id: u64, paid: &[(u64, u128)]) -> BigUint {
        self.offered(id, paid).min(u128::MAX.into())
    }

    /// What a work was paid, and its floor of what each child receives.
    pub(crate) fn offered(&self, id: u64, paid: &[(u64, u128)]) -> BigUint {
        let outside: BigUint = paid
            .iter()
            .filter(|(work, _)| *work == id)
            .map(|(_, amount)| BigUint::from(*amount))
            .sum();
        let children = self.ids().flat_map(|child| {
            let edges = self
                .node(child)
                .parents
                .iter()
                .filter(|(parent, _)| *parent == id);
            edges.map(move |(_, share)| (child, *share))
        });
        outside
            + children
                .map(|(child, share)| self.lifetime(child, paid) * share / 10_000u32)
                .sum::<BigUint>()
    }
}

/// Amounts of every size up to `bits`, the greatest and the least among them.
pub(crate) fn amounts(bits: u32) -> impl Strategy<Value = u128> {
    let max = u128::MAX >> (128 - bits);
    prop_oneof![
        1 => Just(max),
        2 => 1..=30u128,
        7 => (any::<u128>(), 0..bits).prop_map(move |(value, shift)| (value >> shift) & max),
    ]
    .prop_map(|amount| amount.max(1))
}

/// Graphs of up to ten works; parents are any earlier ones, shares often awkward, zero or everything.
pub(crate) fn graphs() -> impl Strategy<Value = Graph> {
    vec(
        (
            vec((any::<prop::sample::Index>(), any::<u16>()), 0..6),
            vec(1..=10_000u16, 0..8),
            any::<u16>(),
        ),
        1..10,
    )
    .prop_map(|raw| {
        let nodes = (1u64..).zip(raw).map(|(id, (edges, cuts, limit))| Node {
            parents: parents(id, &edges, limit % 10_001),
            payees: parts(&cuts),
        });
        Graph(nodes.collect())
    })
}

fn parents(id: u64, edges: &[(prop::sample::Index, u16)], mut left: u16) -> Vec<(u64, u16)> {
    let mut ids: Vec<u64> = edges
        .iter()
        .filter(|_| id > 1)
        .map(|(index, _)| 1 + index.index(id as usize - 1) as u64)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let shares = edges.iter().map(|(_, share)| {
        let share = share % (left + 1);
        left -= share;
        share
    });
    ids.into_iter().zip(shares).collect()
}

/// Cuts the whole at these points.
fn parts(cuts: &[u16]) -> Vec<u16> {
    let mut cuts: Vec<u16> = cuts
        .iter()
        .copied()
        .filter(|cut| *cut < 10_000)
        .take(7)
        .chain([10_000])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let starts = std::iter::once(0).chain(cuts.clone());
    starts
        .zip(cuts.iter())
        .map(|(from, to)| to - from)
        .collect()
}
