//! How often a second a chain sends, calls, estimates, goes back and reads an old block, by how many accounts there are; and the
//! memory of a block.
//!
//! Figures go to standard output. They are for a reader, since they hang on the machine; that a call reads only what it
//! touches is held by `tests/store`, by counting.

use alloy_primitives::{Address, U256, keccak256};
use cpu_time::ProcessTime;
use std::hint::black_box;
use std::time::Duration;
use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction};

const ALICE: Address = DEV_ACCOUNTS[0];
/// How many accounts there are.
const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];
/// How many of them are acted on, so that the cost of a large state is told from that of a cold one.
const ACTED_ON: u64 = 1_000;
/// Blocks that there are before anything is measured.
const OLD_BLOCKS: u64 = 1_000;
/// How often each thing is measured, in turns with the others, since machines have moods; the best counts.
const ROUNDS: usize = 5;
/// How long it then is done, in the processor's time: others may be at work on the machine.
const SPAN: Duration = Duration::from_millis(200);
/// How often it is done between two looks at the clock.
const BATCH: u64 = 20;
/// Blocks over which memory is measured.
const BLOCKS: u64 = 50_000;
/// Something that is done with one account, named by its number.
type Act = fn(&mut Chain, u64);
/// What is measured.
const MEASURED: [(&str, Act); 6] = [
    ("calls", call),
    ("estimates", estimate),
    ("transfers", send),
    ("snapshot, transfer and back", go_back),
    ("reads of old blocks", read_old),
    ("calls on old blocks", call_old),
];

fn call(chain: &mut Chain, number: u64) {
    black_box(chain.call(transfer(number)).expect("a call"));
}

fn estimate(chain: &mut Chain, number: u64) {
    black_box(chain.estimate_gas(transfer(number)).expect("gas"));
}

fn send(chain: &mut Chain, number: u64) {
    black_box(chain.send(transfer(number)).expect("a transfer"));
}

fn go_back(chain: &mut Chain, number: u64) {
    let snapshot = chain.snapshot();
    chain.send(transfer(number)).expect("a transfer");
    assert!(chain.revert_to(snapshot));
}

fn read_old(chain: &mut Chain, number: u64) {
    let moment = chain.at(number % OLD_BLOCKS).expect("a block");
    black_box(moment.balance(account(number)).expect("a balance"));
}

fn call_old(chain: &mut Chain, number: u64) {
    let moment = chain.at(number % OLD_BLOCKS).expect("a block");
    black_box(moment.call(transfer(number)).expect("a call"));
}

fn account(number: u64) -> Address {
    Address::from_word(keccak256(number.to_be_bytes()))
}

fn transfer(number: u64) -> Transaction {
    Transaction::transfer(ALICE, account(number), U256::from(1))
}

/// A chain with so many accounts and some blocks.
fn filled(accounts: u64) -> Chain {
    let mut chain = Chain::default();
    for number in 0..accounts {
        chain.set_balance(account(number), U256::from(1));
    }
    for number in 0..OLD_BLOCKS {
        send(&mut chain, number % accounts);
    }
    chain
}

/// How often a second something can be done with one of so many accounts after the other.
fn rate(chain: &mut Chain, accounts: u64, act: Act) -> u64 {
    let mut number = 0;
    let mut next = || {
        number = (number + 7_919) % accounts;
        number
    };
    act(chain, next());
    let begun = ProcessTime::now();
    let mut done = 0;
    while begun.elapsed() < SPAN {
        for _ in 0..BATCH {
            act(chain, next());
        }
        done += BATCH;
    }
    (done as f64 / begun.elapsed().as_secs_f64()) as u64
}

/// Bytes that the process holds, where the system tells.
fn resident() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}

/// Bytes that the process grows by for a block of one transfer, where the system tells.
fn memory_of_a_block() -> Option<u64> {
    let mut chain = filled(ACTED_ON);
    let before = resident()?;
    for number in 0..BLOCKS {
        chain.send(transfer(number % ACTED_ON)).expect("a transfer");
    }
    Some((resident()? - before) / BLOCKS)
}

fn main() {
    // first, while no memory is free that was in use before
    if let Some(bytes) = memory_of_a_block() {
        println!("a block of one transfer: {bytes} bytes\n");
    }
    let names = MEASURED.map(|(name, _)| name).join(" | ");
    println!("| accounts | acted on | {names} |");
    println!("|---|---|{}", "---|".repeat(MEASURED.len()));
    let mut chains = SIZES.map(|accounts| (accounts, filled(accounts)));
    for all in [false, true] {
        let mut best = [[0; MEASURED.len()]; SIZES.len()];
        for _ in 0..ROUNDS {
            for (measured, (_, act)) in MEASURED.into_iter().enumerate() {
                for ((accounts, chain), best) in chains.iter_mut().zip(&mut best) {
                    let acted_on = if all { *accounts } else { ACTED_ON };
                    best[measured] = best[measured].max(rate(chain, acted_on, act));
                }
            }
        }
        for (accounts, best) in SIZES.iter().zip(best) {
            let acted_on = if all { *accounts } else { ACTED_ON };
            let rates = best.map(|rate| rate.to_string()).join(" | ");
            println!("| {accounts} | {acted_on} | {rates} |");
        }
    }
}
