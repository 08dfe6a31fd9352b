use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::world::NATIVE;
use oracle::Book;

/// More than any walk pays in all, and little enough to stay inside 128 bits.
const FUNDS: u128 = 1 << 120;

/// A world, the oracle beside it, and what the oracle does not know: the terms.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) book: Book,
    pub(crate) assets: [Address; 2],
    pub(crate) people: [Address; 5],
    /// Licensor and least share of each work from the first on; none is closed.
    pub(crate) open: Vec<Option<u16>>,
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
        }
    }
}
