//! docs/gas.md.

use super::{Cost, Figure};
use std::fmt::Write as _;

const ABOVE: &str = "\
# What things cost

Written by `cargo xtask gas`; a test fails when it is not what the programs cost now. Gas of whole transactions at the
default settings of the embedded chain, which charges what Nitro charges: *cached* with every program in ArbOS's cache, as
programs in use are kept, *uncached* with none and the transaction the first of its block.

Conditions: 1,234,567,890,123,456,789 wei; a reference of 32 bytes 0x11; a title of 20 bytes, no URI, two steps, a royalty
of 5%; the collection has minted before; payees claim for themselves. *First*: the slots it writes were empty. *Repeat*:
they were not.

| scenario | cached | uncached |
|---|--:|--:|
";

const BETWEEN: &str = "
## What the cached figures are made of

- **transaction**: 21,000 and the calldata.
- **read**, **written**: slots at the price of the EVM, with how many; of those written, how many were empty (new).
- **logs**: with how many.
- **accounts**: those called, created or looked at, at their base price.
- **contracts**: what EVM contracts did, and 200 gas for each byte of code created.
- **entry**: entering the programs, at most three in a transaction, with their pages.
- **rest**: the programs' instructions and host calls. All other columns would be the same for a contract in Solidity, but
  for the entry, which it does not pay.

| scenario | transaction | read | written | logs | accounts | contracts | entry | rest |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
";

const BELOW: &str = "
No program takes more memory than the page it starts with. The third program open at a time costs 1,000 gas for its page,
which is in the entry of a derived mint.

## The budget of settleUp

It counts ledgers: one for each work that is settled and one for each parent it credits; 17 cover any work. A unit costs
8,000 to 9,700 gas where the parents have been credited in this asset before and 17,500 to 24,500 where they have not, from
one parent to sixteen; a test measures both. Whoever built the graph, and whatever it was paid, a unit costs no more than
25,000: the dearest works are those that credit few of their sixteen parents, whose edges are read all the same. Beside its
units a call costs up to 60,000, the edges of the one work that the budget does not cover among them, and 6,000 for each
work that is named and not settled.

## What to try next

- The router's eight event hashes are data that every entry pays for, 24 gas each.
- A mint's largest part is its record: 32,000 gas for the creation and 200 a byte. Without the creator in it, whom the
  router knows, it would cost 4,000 gas less, and a call more to whoever reads it.
- Each of the ten claims above pays 21,000 gas for its transaction; whoever is a payee of many works claims them all in
  one, through `claimMany`.
";

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Gas and how many things it was for; nothing for nothing.
fn counted(gas: u64, count: u64) -> String {
    match count {
        0 => grouped(gas),
        count => format!("{} ({count})", grouped(gas)),
    }
}

fn written(cost: &Cost) -> String {
    let slots = cost.slots_filled + cost.slots_changed;
    match cost.slots_filled {
        0 => counted(cost.floor.writes, slots),
        new => format!("{} ({slots}, {new} new)", grouped(cost.floor.writes)),
    }
}

/// The whole page.
pub(super) fn write(figures: &[Figure]) -> String {
    let mut page = String::from(ABOVE);
    for Figure {
        name,
        cached,
        uncached,
    } in figures
    {
        let (cached, uncached) = (grouped(cached.gas), grouped(uncached.gas));
        let _ = writeln!(page, "| {name} | {cached} | {uncached} |");
    }
    page.push_str(BETWEEN);
    for Figure {
        name, cached: cost, ..
    } in figures
    {
        let floor = &cost.floor;
        let cells = [
            grouped(floor.transaction + floor.calldata),
            counted(floor.loads, cost.slots_read),
            written(cost),
            counted(floor.logs, cost.logs),
            grouped(floor.accounts),
            grouped(cost.contracts),
            grouped(cost.entry),
            grouped(cost.instructions()),
        ];
        let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
    }
    page.push_str(BELOW);
    page
}
