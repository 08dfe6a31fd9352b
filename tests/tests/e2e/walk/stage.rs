use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::world::NATIVE;
use oracle::Book;
use std::collections::BTreeSet;

/// More than any walk pays in all, and little enough to stay inside 128 bits.
const FUNDS: u128 = 1 << 120;

/// A world, the oracle beside it, and what the oracle does not know: the terms.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) book: Book,
    pub(crate) assets: [Address; 2],
    pub(crate) people: [Address; 5],
    /// The least share of a child of each work, from the first on; none where it is closed.
    pub(crate) open: Vec<Option<u16>>,
    /// Positions whose payees reserved their claims.
    pub(crate) reserved: BTreeSet<(u64, u8)>,
    /// The corners this walk has been in.
    pub(crate) met: BTreeSet<&'static str>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        let people = [world.alice, world.bob, world.carol, world.dave, world.erin];
        let coin = world.deploy("Coin");
        for person in people {
            world.chain.set_balance(person, U256::from(FUNDS));
            world.fund(coin, person, FUNDS);
        }
        Self {
            world,
            book: Book::new(),
            assets: [NATIVE, coin],
            people,
            open: Vec::new(),
            reserved: BTreeSet::new(),
            met: BTreeSet::new(),
        }
    }

    /// Notes that the walk has been in a corner, if it has.
    pub(crate) fn meet(&mut self, corner: &'static str, met: bool) {
        if met {
            self.met.insert(corner);
        }
    }
}
