//! `lineage claim`.

use crate::income::{self, Errand, Outcome};
use crate::report::{self, gas_line};
use crate::session::Session;
use crate::{account, amount, asset, coin};
use alloy_primitives::{Address, U256};
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
  lineage claim --least 0.001eth --from alice

Sweeps and settles first what reaches the account from its own works and from those that derive
from them, and nothing else. Anyone may claim for anyone, unless the payee has reserved its claims:
the money goes to the payee alone.

The greatest sum that can be claimed as it is is claimed at any rate. Of the rest, ETH is left that is
not worth the gas of moving it, and of an ERC-20, whose price nobody knows, what brings, for its gas,
a hundredth or less of what the best one does. --least replaces both measures: every sum from there
on moves, whatever that takes.

What fails is reported and left out. Every step is tried first, at the same price of gas, and what
fails when tried is not sent. If a coin does not move as one, a payee gets what is its own in parts.

JSON: amount was paid; swept, settled and sent say how it came there; skipped is what was left and
why, failed what could not be moved and why, each by place (inbox, ledger, payee) and work. Where
something failed and nothing was paid, the report is the same and the exit code 1.")]
pub struct Arguments {
    /// Whose income; the sender's unless given
    #[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
    pub to: Option<Address>,
    /// An ERC-20; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
    /// Leave sums that bring the account less than this; unless given, those that are not worth
    /// their gas in ETH, and of an ERC-20 those that are little beside the rest
    #[arg(long, value_name = "AMOUNT", value_parser = amount::parse)]
    pub least: Option<U256>,
    /// Who sends the transactions
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
}

/// What was paid out.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Who was paid.
    #[serde(serialize_with = "report::address")]
    pub to: Address,
    /// How much, in the asset's smallest unit.
    #[serde(serialize_with = "report::decimal")]
    pub amount: U256,
    /// The ERC-20, or zero for ETH.
    #[serde(serialize_with = "report::address")]
    pub asset: Address,
    /// How it came there, what was left and what failed.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The state's own ERC-20, where the account would be paid some of that.
    #[serde(skip)]
    other: Option<Address>,
}

impl Arguments {
    /// Sweeps, settles and claims.
    ///
    /// # Errors
    /// The chain does not take a transaction. Whether anything could be paid is in the report: [`Report::is_unpaid`].
    pub fn run(&self, session: &mut Session) -> Result<Report> {
        let to = self.to.unwrap_or(self.from);
        asset::check(session, self.asset)?;
        let errand = Errand {
            from: self.from,
            asset: self.asset,
            least: self.least,
        };
        let outcome = income::claim(session, &errand, to)?;
        let mut report = Report {
            to,
            amount: outcome.paid,
            asset: self.asset,
            outcome,
            other: None,
        };
        if report.is_of_nothing() && self.asset.is_zero() {
            report.other = coin::of(session)?.filter(|coin| pays(session, &errand, to, *coin));
        }
        Ok(report)
    }
}

/// Whether a claim in another asset would pay something.
fn pays(session: &Session, errand: &Errand, to: Address, asset: Address) -> bool {
    let mut copy = Session {
        chain: session.chain.clone(),
        programs: session.programs,
    };
    let errand = Errand { asset, ..*errand };
    income::claim(&mut copy, &errand, to).is_ok_and(|outcome| !outcome.paid.is_zero())
}

impl Report {
    /// Whether nothing was paid because something failed.
    #[must_use]
    pub fn is_unpaid(&self) -> bool {
        self.amount.is_zero() && !self.outcome.failed.is_empty()
    }

    /// Whether there was nothing to do, nor anything that is left.
    fn is_of_nothing(&self) -> bool {
        let outcome = &self.outcome;
        self.amount.is_zero()
            && outcome.sent.is_empty()
            && outcome.skipped.is_empty()
            && outcome.failed.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = account::name(self.to);
        if self.is_of_nothing() {
            return match (self.asset.is_zero(), self.other) {
                (true, Some(coin)) => write!(
                    f,
                    "nothing is due to {name} in ETH; try --asset {}",
                    report::checksummed(coin)
                ),
                (true, None) => write!(f, "nothing is due to {name} in ETH"),
                (false, _) => write!(f, "nothing is due to {name} in {}", self.asset),
            };
        }
        match self.is_unpaid() {
            true => write!(f, "{name} could be paid nothing")?,
            false => {
                let received = asset::shown(self.asset, self.amount);
                write!(f, "{name} received {received}")?;
            }
        }
        self.outcome.write_remains(f, self.asset)?;
        match self.outcome.sent.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  {}", gas_line(&self.outcome.sent)),
        }
    }
}
