//! Random graphs and random steps through the shipped WASM, compared with the oracle after each.

mod compare;
mod rebuild;
mod stage;
mod step;

use lineage_tests::dice::Dice;
use stage::Stage;

/// Graphs, each a seed of its own; a failure prints the seed.
const GRAPHS: u64 = 50;
const STEPS: usize = 100;

#[test]
fn i2_router_and_oracle_agree_after_every_step() {
    for seed in 0..GRAPHS {
        walk(seed);
    }
}

fn walk(seed: u64) {
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let mut stage = Stage::new();
    for step in 0..STEPS {
        let taken = stage.step(&mut dice);
        println!("  {step}: {taken}");
        stage.compare();
    }
    stage.compare_by_views();
    rebuild::from_logs(&stage.world).compare(&stage.world, &stage.assets);
}
