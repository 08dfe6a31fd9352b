//! `lineage settle`.

use crate::income::{self, Errand, Outcome};
use crate::report::gas_line;
use crate::session::Session;
use crate::{account, amount, asset};
use alloy_primitives::{Address, U256};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Arguments of `settle`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage settle
  lineage settle --for alice --from bob
  lineage settle 2 3
  lineage settle 2 --asset 0xE8eEE3DB50cc313e435721DD64BD7952a5C8E02F

Without works: what reaches an account from its own works and from those that derive from them.
That is `lineage claim` without the payout.

With works: what their inboxes hold, and what they have to pass on to their parents. What the
parents got goes no further up the graph: name them too, or settle for an account.

Of ETH, a sum is left that is not worth the gas of moving it. Nobody knows the price of an ERC-20:
there a sum is left that brings, for its gas, a hundredth or less of what the best one does. --least
replaces both measures: every sum from there on moves, whatever that takes.

Anyone may settle; nobody can gain or lose by who does it, or in what order.

What fails is reported and left out. Every step is tried first, at the same price of gas, and what
fails when tried is not sent.

JSON: swept is what came out of which inbox, settled how many works passed income on; skipped is
what was left and why, failed what could not be moved and why, each by place (inbox, ledger) and
work.")]
pub struct Arguments {
    /// The works to settle; unless given, those whose income reaches an account
    #[arg(value_name = "WORK", conflicts_with = "for_account")]
    pub works: Vec<u64>,
    /// Whose income; the sender's unless given
    #[arg(long = "for", value_name = "ACCOUNT", value_parser = account::parse)]
    pub for_account: Option<Address>,
    /// An ERC-20; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
    /// Leave sums under this; unless given, those that are not worth their gas in ETH, and of an ERC-20
    /// those that are little beside the rest
    #[arg(long, value_name = "AMOUNT", value_parser = amount::parse)]
    pub least: Option<U256>,
    /// Who sends the transactions
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
}

/// What was settled.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What was swept and settled, what was left and what failed.
    #[serde(flatten)]
    pub outcome: Outcome,
    #[serde(skip)]
    asset: Address,
}

impl Arguments {
    /// Sweeps and settles.
    ///
    /// # Errors
    /// A work is unknown, or the chain does not take a transaction.
    pub fn run(&self, session: &mut Session) -> Result<Report> {
        asset::check(session, self.asset)?;
        let errand = Errand {
            from: self.from,
            asset: self.asset,
            least: self.least,
        };
        for work in &self.works {
            income::known(session, *work)?;
        }
        let works = self.works.iter().copied().collect::<BTreeSet<_>>();
        Ok(Report {
            outcome: match works.is_empty() {
                true => {
                    let account = self.for_account.unwrap_or(self.from);
                    income::settle_for(session, &errand, account)?
                }
                false => income::settle_works(session, &errand, &works)?,
            },
            asset: self.asset,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = &self.outcome;
        for swept in &outcome.swept {
            let (work, amount) = (swept.work, swept.amount);
            writeln!(f, "swept {amount} from the inbox of work {work}")?;
        }
        let remains = !(outcome.skipped.is_empty() && outcome.failed.is_empty());
        match (outcome.settled, outcome.swept.is_empty(), remains) {
            (0, true, true) => write!(f, "nothing was swept or settled")?,
            (0, true, false) => write!(f, "nothing to sweep or settle")?,
            (1, ..) => write!(f, "passed on the income of 1 work")?,
            (works, ..) => write!(f, "passed on the income of {works} works")?,
        }
        outcome.write_remains(f, self.asset)?;
        match outcome.sent.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  {}", gas_line(&outcome.sent)),
        }
    }
}
