//! `lineage settle`.

use crate::report::{Sent, gas_line};
use crate::session::Session;
use crate::{account, asset, income};
use alloy_primitives::Address;
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::fmt;

/// Arguments of `settle`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage settle
  lineage settle --asset 0xE8eEE3DB50cc313e435721DD64BD7952a5C8E02F --from bob

Anyone may settle; nobody can gain or lose by who does it, or in what order.")]
pub struct Arguments {
    /// An ERC-20; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
    /// Who sends the transactions
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
}

/// An inbox that was swept.
#[derive(Clone, Debug, Serialize)]
pub struct Swept {
    /// The work.
    pub work: u64,
    /// What its inbox held, in the asset's smallest unit.
    pub amount: String,
}

/// What was settled.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Inboxes that held something.
    pub swept: Vec<Swept>,
    /// Ledgers that had income to pass on.
    pub settled: usize,
    /// The transactions.
    pub sent: Vec<Sent>,
}

impl Arguments {
    /// Sweeps and settles.
    ///
    /// # Errors
    /// The chain refuses.
    pub fn run(&self, session: &mut Session) -> Result<Report> {
        asset::check(session, self.asset)?;
        let mut sent = Vec::new();
        let swept = income::sweep(session, self.from, self.asset, &mut sent)?;
        let settled = income::settle(session, self.from, self.asset, &mut sent)?;
        let swept = swept.into_iter().map(|(work, amount)| Swept {
            work,
            amount: amount.to_string(),
        });
        Ok(Report {
            swept: swept.collect(),
            settled,
            sent,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sent.is_empty() {
            return write!(f, "nothing to sweep or settle");
        }
        for swept in &self.swept {
            writeln!(
                f,
                "swept {} from the inbox of work {}",
                swept.amount, swept.work
            )?;
        }
        writeln!(f, "passed on the income of {} works", self.settled)?;
        write!(f, "  {}", gas_line(&self.sent))
    }
}
