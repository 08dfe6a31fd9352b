//! How fast the chain runs transactions, in transactions a second: `cargo run --release --package lineage-tests --example
//! speed`. Another number of transactions may be named.

use lineage_tests::World;
use lineage_tests::world::NATIVE;
use std::env;
use std::time::Instant;
use stylus_chain::Transaction;

/// Transactions of each kind, unless another number is named.
const TRANSACTIONS: u32 = 2_000;

fn main() {
    let count = env::args()
        .nth(1)
        .map_or(TRANSACTIONS, |text| text.parse().expect("a number"));
    let mut world = World::new();
    let work = world.mint_open(world.alice);

    timed("transfer", count, || {
        let transfer = Transaction::new(world.bob).to(world.carol);
        world.chain.send(transfer).expect("a valid transaction");
    });
    timed("router: pay", count, || {
        world.pay(world.bob, work, NATIVE, 1_000_000);
    });
    timed("provenance: mint", count, || {
        world.mint(world.alice).send();
    });
}

fn timed(name: &str, count: u32, mut run: impl FnMut()) {
    let began = Instant::now();
    for _ in 0..count {
        run();
    }
    let each = began.elapsed() / count;
    println!(
        "{name}: {each:?} each, {:.0} a second",
        1.0 / each.as_secs_f64()
    );
}
