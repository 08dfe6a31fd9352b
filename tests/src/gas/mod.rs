//! What the programs cost to use: named transactions, measured with every program cached and with none.
//!
//! tests/snapshots/gas.json holds the figures and docs/gas.md what they are made of; a test compares both, and
//! `cargo xtask gas` writes them.

mod cost;
mod page;
mod scenario;
mod snapshot;

pub use cost::Cost;
pub use snapshot::{differences, write};

use crate::World;
use stylus_chain::{Status, Transaction};

/// A scenario's costs.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name in the snapshot.
    pub name: &'static str,
    /// With every program in the chain's cache.
    pub cached: Cost,
    /// With none, each transaction the first of its block.
    pub uncached: Cost,
}

/// Measures every scenario.
///
/// # Panics
/// When a transaction of one does not succeed.
#[must_use]
pub fn measure() -> Vec<Figure> {
    let figure = |(name, prepare): &(&'static str, scenario::Prepare)| {
        let mut world = World::new();
        let transactions = prepare(&mut world);
        Figure {
            name,
            cached: run(name, &world, &transactions, true),
            uncached: run(name, &world, &transactions, false),
        }
    };
    scenario::ALL.iter().map(figure).collect()
}

/// Sends each transaction in a block of its own, on a copy of the chain, and adds up what they cost.
fn run(name: &str, world: &World, transactions: &[Transaction], cached: bool) -> Cost {
    let mut chain = world.chain.clone();
    chain.set_trace(true);
    for program in [
        world.router,
        world.licensing,
        world.provenance,
        world.renderer,
        world.registry,
    ] {
        assert!(chain.cache_program(program, cached));
    }
    let costs = transactions.iter().map(|transaction| {
        let calldata = transaction.input.clone();
        let receipt = chain
            .send(transaction.clone())
            .expect("the transaction is valid");
        assert_eq!(
            receipt.status,
            Status::Success,
            "{name}: 0x{}",
            hex::encode(&receipt.output)
        );
        Cost::of(&calldata, &receipt)
    });
    costs.sum()
}
