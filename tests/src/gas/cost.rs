//! What a transaction cost, and for what.

use lineage::floor::Floor;
use std::iter::Sum;
use stylus_chain::Executed;
use stylus_chain::trace::{Access, Detail, Event, EventKind, SstoreClass};

/// Gas of transactions and its parts, which add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// All of it.
    pub gas: u64,
    /// What any contract would pay for the same effects.
    pub floor: Floor,
    /// EVM contracts called and code created, without the programs that those call.
    pub contracts: u64,
    /// Entering programs, with the pages they start with.
    pub entry: u64,
    /// Slots read for the first time.
    pub slots_read: u64,
    /// Slots that were zero and are not now.
    pub slots_filled: u64,
    /// Slots that held something else before.
    pub slots_changed: u64,
    /// Logs.
    pub logs: u64,
    /// Times a program asked for more memory. Each asks once for none when it is entered, which is how the SDK keeps that
    /// host call's import.
    pub growths: u64,
    /// Programs entered.
    pub entries: u64,
}

impl Cost {
    /// The cost of a transaction with this calldata, by its trace.
    #[must_use]
    pub fn of(calldata: &[u8], receipt: &Executed) -> Self {
        let mut cost = Self {
            gas: receipt.gas_used,
            floor: Floor::of(calldata, &receipt.trace),
            contracts: contracts(&receipt.trace.events),
            ..Self::default()
        };
        for event in &receipt.trace.events {
            match &event.kind {
                EventKind::Entry(entry) => {
                    cost.entry += entry.entry_gas + entry.page_gas;
                    cost.entries += 1;
                }
                EventKind::HostCall(call) => {
                    cost.growths += u64::from(call.name == "pay_for_memory_grow");
                    cost.count(&call.detail);
                }
                _ => {}
            }
        }
        cost
    }

    fn count(&mut self, detail: &Detail) {
        match detail {
            Detail::Load {
                access: Access::Cold,
                ..
            } => self.slots_read += 1,
            Detail::Log { .. } => self.logs += 1,
            Detail::Flush { writes } => {
                let of = |classes: &[SstoreClass]| {
                    writes
                        .iter()
                        .filter(|write| classes.contains(&write.class()))
                        .count() as u64
                };
                self.slots_filled += of(&[SstoreClass::ZeroToNonzero]);
                self.slots_changed +=
                    of(&[SstoreClass::NonzeroToOther, SstoreClass::NonzeroToZero]);
            }
            _ => {}
        }
    }

    /// What the programs' own instructions and host calls took beyond that.
    ///
    /// # Panics
    /// When the parts are more than the whole.
    #[must_use]
    pub fn instructions(&self) -> u64 {
        let parts = self.floor.total() + self.contracts + self.entry;
        self.gas
            .checked_sub(parts)
            .expect("no part is counted twice")
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), |sum, cost| Self {
            gas: sum.gas + cost.gas,
            floor: Floor {
                transaction: sum.floor.transaction + cost.floor.transaction,
                calldata: sum.floor.calldata + cost.floor.calldata,
                loads: sum.floor.loads + cost.floor.loads,
                writes: sum.floor.writes + cost.floor.writes,
                logs: sum.floor.logs + cost.floor.logs,
                accounts: sum.floor.accounts + cost.floor.accounts,
            },
            contracts: sum.contracts + cost.contracts,
            entry: sum.entry + cost.entry,
            slots_read: sum.slots_read + cost.slots_read,
            slots_filled: sum.slots_filled + cost.slots_filled,
            slots_changed: sum.slots_changed + cost.slots_changed,
            logs: sum.logs + cost.logs,
            growths: sum.growths + cost.growths,
            entries: sum.entries + cost.entries,
        })
    }
}

/// Gas of all frames that run no program, less that of the programs' frames right inside them.
fn contracts(events: &[Event]) -> u64 {
    let mut open: Vec<(bool, u64)> = Vec::new();
    let mut total = 0;
    for event in events {
        match &event.kind {
            EventKind::Begin(begin) => open.push((begin.program, 0)),
            EventKind::End(end) => {
                let (program, inner) = open.pop().expect("a frame that ends has begun");
                if !program {
                    total += end.gas_used - inner;
                }
                if let Some((_, outer)) = open.last_mut() {
                    *outer += end.gas_used;
                }
            }
            _ => {}
        }
    }
    total
}
