//! `lineage claim`.

use crate::report::{Sent, checksummed, gas_line};
use crate::session::Session;
use crate::{account, asset, income};
use alloy_primitives::Address;
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::fmt;

/// Arguments of `claim`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage claim --from alice
  lineage claim --to bob --from alice
  lineage claim --asset 0xE8eEE3DB50cc313e435721DD64BD7952a5C8E02F --from carol

Sweeps and settles first, so that nothing is left behind in a descendant. Anyone may claim for
anyone: the money goes to the payee alone.")]
pub struct Arguments {
    /// Whose income; the sender's unless given
    #[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
    pub to: Option<Address>,
    /// An ERC-20; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
    /// Who sends the transactions
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
}

/// What was paid out.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Who was paid.
    pub to: String,
    /// How much, in the asset's smallest unit.
    pub amount: String,
    /// The ERC-20, or zero for ETH.
    pub asset: String,
    /// The transactions.
    pub sent: Vec<Sent>,
    #[serde(skip)]
    shown: String,
}

impl Arguments {
    /// Sweeps, settles and claims.
    ///
    /// # Errors
    /// The chain refuses.
    pub fn run(&self, session: &mut Session) -> Result<Report> {
        let to = self.to.unwrap_or(self.from);
        asset::check(session, self.asset)?;
        let mut sent = Vec::new();
        income::sweep(session, self.from, self.asset, &mut sent)?;
        income::settle(session, self.from, self.asset, &mut sent)?;
        let total = income::claim(session, self.from, to, self.asset, &mut sent)?;
        let received = asset::shown(self.asset, total);
        Ok(Report {
            to: checksummed(to),
            amount: total.to_string(),
            asset: checksummed(self.asset),
            shown: format!("{} received {received}", account::name(to)),
            sent,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.shown)?;
        match self.sent.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  {}", gas_line(&self.sent)),
        }
    }
}
