//! `lineage terms`.

use crate::file;
use crate::offer::Offer;
use crate::report::{self, Sent, gas_line};
use crate::session::Session;
use crate::{account, income, share};
use alloy_primitives::{Address, B256};
use anyhow::{Context as _, Result, ensure};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt;
use std::path::PathBuf;

/// Arguments of `terms`.
#[derive(Clone, Debug, Args)]
#[command(group = clap::ArgGroup::new("mode").required(true), after_help = "\
Examples:
  lineage terms 1 --open 10%
  lineage terms 1 --open 10% --expires 2030-01-31T00:00:00Z --licence-file LICENCE.txt
  lineage terms 1 --open 10% --children 5
  lineage terms 1 --close

Every change ends offers made before it: a child names the version of the terms it accepts.
Children that exist keep their shares.")]
pub struct Arguments {
    /// The work
    pub work: u64,
    /// Let anyone derive from it for at least this share
    #[arg(long, value_name = "SHARE", value_parser = share::parse, group = "mode")]
    pub open: Option<u16>,
    /// Admit no further children
    #[arg(long, group = "mode")]
    pub close: bool,
    /// When the offer runs out: 2030-01-31T00:00:00Z, or in unix seconds
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "close")]
    pub expires: Option<u64>,
    /// How many children this offer admits, so that nobody lays up cheap ones; any number unless given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "close")]
    pub children: Option<u32>,
    /// Where the licence text can be read
    #[arg(long, value_name = "URI")]
    pub licence_uri: Option<String>,
    /// The licence text; its SHA-256 goes on chain
    #[arg(long, value_name = "FILE")]
    pub licence_file: Option<PathBuf>,
    /// The work's licensor
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
}

/// Terms that were set.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The work.
    pub work: u64,
    /// Version of the terms, which a child must name.
    pub version: u32,
    /// Least share of a parent in basis points; none where the work is closed.
    pub open: Option<u16>,
    /// Last second of the offer.
    pub expires: Option<u64>,
    /// How many children the offer admits; none where any number.
    pub children: Option<u32>,
    /// SHA-256 of the licence text, zero where there is none.
    pub licence_hash: B256,
    /// The transaction.
    pub sent: Vec<Sent>,
}

impl Arguments {
    /// SHA-256 of the licence text, zero where there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn licence_hash(&self) -> Result<B256> {
        let licence = self.licence_file.as_deref().map(file::hash);
        Ok(licence.transpose()?.unwrap_or_default())
    }

    /// Sets the terms.
    ///
    /// # Errors
    /// The work is unknown, the offer would have run out, or the chain refuses.
    pub fn run(&self, session: &mut Session, licence_hash: B256) -> Result<Report> {
        income::known(session, self.work)?;
        let now = session.chain.timestamp();
        if let Some(expires) = self.expires {
            ensure!(
                expires >= now,
                "an offer until {} has run out: it is {}. Give a later --expires",
                report::time(expires),
                report::time(now)
            );
        }
        let offer = Offer {
            open: self.open,
            expires: self.expires,
            children: self.children,
            licence_hash,
            licence_uri: self.licence_uri.clone().unwrap_or_default(),
        };
        let (version, sent) = offer.set(session, self.from, self.work)?;
        Ok(Report {
            work: self.work,
            version,
            open: self.open,
            expires: self.expires,
            children: self.children,
            licence_hash,
            sent: vec![sent],
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.open {
            Some(least) => {
                let least = share::percent(least);
                write!(
                    f,
                    "work {} is open to children that give it at least {least}",
                    self.work
                )?;
            }
            None => write!(f, "work {} admits no children", self.work)?,
        }
        if let Some(children) = self.children {
            let plural = if children == 1 { "" } else { "ren" };
            write!(f, ", to {children} child{plural}")?;
        }
        if let Some(expires) = self.expires {
            write!(f, " until {}", report::time(expires))?;
        }
        write!(
            f,
            " (terms version {})\n  {}",
            self.version,
            gas_line(&self.sent)
        )
    }
}

fn time(text: &str) -> Result<u64> {
    if let Ok(seconds) = text.parse() {
        return Ok(seconds);
    }
    let time: Timestamp = text
        .parse()
        .ok()
        .with_context(|| format!("{text:?} is no time: write 2030-01-31T00:00:00Z"))?;
    u64::try_from(time.as_second()).context("it lies before 1970")
}
