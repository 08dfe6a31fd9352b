//! The least gas a transaction can cost for what it does to the state, counted from its trace.
//!
//! What is above it is the programs' own work: entry, memory and instructions.

use stylus_chain::trace::{Access, Detail, EventKind, Trace};

/// Intrinsic gas of a transaction (EIP-2).
const TRANSACTION: u64 = 21_000;
/// Gas of a zero and of another byte of calldata (EIP-2028).
const CALLDATA: (u64, u64) = (4, 16);
/// Gas of a slot that is read for the first time in a transaction (EIP-2929).
const COLD_LOAD: u64 = 2_100;
/// Gas of an account that is looked at for the first time in a transaction (EIP-2929).
const COLD_ACCOUNT: u64 = 2_600;
/// Gas of a log, of each topic and of each byte (yellow paper, appendix G).
const LOG: (u64, u64, u64) = (375, 375, 8);

/// What makes up the floor, each in gas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Floor {
    /// The transaction itself.
    pub transaction: u64,
    /// Its calldata.
    pub calldata: u64,
    /// Slots read for the first time.
    pub loads: u64,
    /// Slots written, as SSTORE prices them.
    pub writes: u64,
    /// Logs.
    pub logs: u64,
    /// Accounts called, created or looked at: their base price, without what they do.
    pub accounts: u64,
}

impl Floor {
    /// Counts what the programs of a transaction did. What EVM contracts do is not in it.
    #[must_use]
    pub fn of(calldata: &[u8], trace: &Trace) -> Self {
        let zeros = calldata.iter().filter(|byte| **byte == 0).count() as u64;
        let others = calldata.len() as u64 - zeros;
        let mut floor = Self {
            transaction: TRANSACTION,
            calldata: zeros * CALLDATA.0 + others * CALLDATA.1,
            ..Self::default()
        };
        for event in &trace.events {
            match &event.kind {
                EventKind::HostCall(call) => floor.count(&call.detail),
                EventKind::SubCall(call) => floor.accounts += call.base_cost,
                _ => {}
            }
        }
        floor
    }

    fn count(&mut self, detail: &Detail) {
        match detail {
            Detail::Load {
                access: Access::Cold,
                ..
            } => self.loads += COLD_LOAD,
            Detail::Flush { writes } => {
                self.writes += writes.iter().map(|write| write.gas).sum::<u64>()
            }
            Detail::Log { topics, data_len } => {
                self.logs += LOG.0 + LOG.1 * topics.len() as u64 + LOG.2 * data_len;
            }
            Detail::Account {
                cold: Some(true), ..
            } => self.accounts += COLD_ACCOUNT,
            _ => {}
        }
    }

    /// All of it.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.transaction + self.calldata + self.loads + self.writes + self.logs + self.accounts
    }
}
