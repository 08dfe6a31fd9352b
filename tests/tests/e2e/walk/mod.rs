//! Random graphs and random steps through the shipped WASM, compared with the oracle after each.

mod compare;
mod rebuild;
mod stage;
mod step;

use lineage_tests::dice::Dice;
use stage::Stage;
use std::collections::BTreeSet;

/// Graphs, each a seed of its own; a failure prints the seed and the steps so far.
const GRAPHS: u64 = 50;
const STEPS: usize = 100;

/// What the walks together must have met, or they prove less than they seem to.
const CORNERS: [&str; 12] = [
    "a claim of a part",
    "a claim of something",
    "a claim that is reserved",
    "a claim to another",
    "a handover with income",
    "a settlement stopped by its budget",
    "a sweep of a part",
    "a sweep of coins",
    "a sweep of ether",
    "a work of sixteen parents",
    "a work that keeps nothing",
    "a parent without a share",
];

#[test]
fn i2_router_and_oracle_agree_after_every_step() {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let walks = |first: u64| (first..GRAPHS).step_by(threads as usize).flat_map(walk);
    let met: BTreeSet<&str> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || walks(first).collect::<Vec<_>>()))
            .collect();
        let joined = started
            .into_iter()
            .map(|thread| thread.join().expect("a walk"));
        joined.flatten().collect()
    });
    assert_eq!(met, BTreeSet::from(CORNERS));
}

/// Answers which corners it met.
fn walk(seed: u64) -> BTreeSet<&'static str> {
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
    rebuild::from_logs(&stage.world).compare(&stage.world);
    stage.met
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
