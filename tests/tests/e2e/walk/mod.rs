//! Random graphs and random steps through the shipped WASM, compared with the oracle after each.

mod compare;
mod rebuild;
mod stage;
mod step;

use lineage_tests::dice::Dice;
use stage::Stage;

/// Graphs, each a seed of its own; a failure prints the seed and the steps so far.
const GRAPHS: u64 = 50;
const STEPS: usize = 100;

#[test]
fn i2_router_and_oracle_agree_after_every_step() {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || (first..GRAPHS).step_by(threads as usize).for_each(walk));
        }
    });
}

fn walk(seed: u64) {
    let mut diary = Diary {
        seed,
        steps: Vec::new(),
    };
    let mut dice = Dice::new(seed);
    let mut stage = Stage::new();
    for _ in 0..STEPS {
        diary.steps.push(stage.step(&mut dice));
        stage.compare();
    }
    stage.compare_by_views();
    rebuild::from_logs(&stage.world).compare(&stage.world, &stage.assets);
}

/// What led to a failure, told when there is one.
struct Diary {
    seed: u64,
    steps: Vec<String>,
}

impl Drop for Diary {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, after\n  {}", self.seed, self.steps.join("\n  "));
        }
    }
}
