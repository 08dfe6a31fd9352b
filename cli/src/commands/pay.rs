//! `lineage pay`.

use crate::abi::erc20::approveCall;
use crate::abi::router::IRouter::payCall;
use crate::report::{self, Sent, gas_line};
use crate::session::Session;
use crate::{account, amount, asset, income};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall as _;
use anyhow::{Result, bail, ensure};
use clap::Args;
use serde::Serialize;
use std::fmt;
use stylus_chain::chain::Transaction;

/// Arguments of `pay`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage pay 2 0.5eth --from carol
  lineage pay 2 1234567890123456789 --ref invoice-17
  lineage pay 2 1000000 --asset 0xE8eEE3DB50cc313e435721DD64BD7952a5C8E02F")]
pub struct Arguments {
    /// The work
    pub work: u64,
    /// How much: 1234 (wei, or the ERC-20's smallest unit), 1.5gwei or 0.5eth
    #[arg(value_parser = amount::parse)]
    pub amount: U256,
    /// An ERC-20 to pay with; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
    /// Your reference: up to 32 bytes of text, or 32 bytes as 0x…
    #[arg(long = "ref", value_name = "TEXT", value_parser = reference, default_value = "")]
    pub reference: B256,
    /// Who pays
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "dave")]
    pub from: Address,
}

/// A payment.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The work that was paid.
    pub work: u64,
    /// How much, in the asset's smallest unit.
    #[serde(serialize_with = "report::decimal")]
    pub amount: U256,
    /// The ERC-20, or zero for ETH.
    #[serde(serialize_with = "report::address")]
    pub asset: Address,
    /// The reference in the `Paid` event.
    pub reference: B256,
    /// The transactions.
    pub sent: Vec<Sent>,
}

impl Arguments {
    /// Pays.
    ///
    /// # Errors
    /// The chain refuses.
    pub fn run(&self, session: &mut Session) -> Result<Report> {
        // All before the first transaction, since an approval that was sent stays.
        income::known(session, self.work)?;
        ensure!(!self.amount.is_zero(), "the amount must be above zero");
        asset::afford(session, self.asset, self.from, self.amount)?;
        let router = session.programs.router;
        let native = self.asset.is_zero();
        let mut sent = Vec::new();
        if !native {
            sent.push(self.approve(session)?);
        }
        let call = payCall {
            work: self.work,
            asset: self.asset,
            amount: self.amount,
            r#ref: self.reference,
        };
        let value = if native { self.amount } else { U256::ZERO };
        let (_, done) = session.send("pay", self.from, router, value, &call)?;
        sent.push(done);
        Ok(Report {
            work: self.work,
            amount: self.amount,
            asset: self.asset,
            reference: self.reference,
            sent,
        })
    }

    /// Lets the router take the amount. A token may answer nothing or true.
    fn approve(&self, session: &mut Session) -> Result<Sent> {
        let approve = approveCall {
            spender: session.programs.router,
            amount: self.amount,
        };
        let transaction = Transaction::call(self.from, self.asset, approve.abi_encode());
        let (answer, sent) = session.transact("approve", transaction)?;
        ensure!(
            answer.is_empty() || answer.starts_with(U256::ONE.to_be_bytes::<32>().as_slice()),
            "{} did not approve the payment",
            self.asset
        );
        Ok(sent)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "paid work {}: {}", self.work, self.amount)?;
        let native = self.asset.is_zero();
        match native {
            true => write!(f, " wei")?,
            false => write!(f, " of {}", self.asset)?,
        }
        let work = self.work;
        write!(f, "\n  its parents are credited by: lineage settle {work}")?;
        if !native {
            write!(f, " --asset {}", self.asset)?;
        }
        write!(f, "\n  {}", gas_line(&self.sent))
    }
}

fn reference(text: &str) -> Result<B256> {
    if let Ok(word) = text.parse::<B256>() {
        return Ok(word);
    }
    if text.len() > 32 {
        bail!("a reference has at most 32 bytes, this one {}", text.len());
    }
    Ok(B256::right_padding_from(text.as_bytes()))
}
