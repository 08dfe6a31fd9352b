//! `lineage mint`.

use crate::abi::provenance::IProvenance::Payee;
use crate::file::WorkFile;
use crate::minting::{Edge, Minted, Minting};
use crate::session::Session;
use crate::uri::{self, FileUri};
use crate::{account, share};
use alloy_primitives::Address;
use anyhow::Result;
use clap::Args;
use logic::work::WorkKind;
use record::Salts;
use std::path::PathBuf;

/// What `mint` and `derive` share.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The file; what image tools wrote into it becomes the steps of the record
    pub file: PathBuf,
    /// Title of at most 64 bytes; the file's name unless given
    #[arg(long)]
    pub title: Option<String>,
    /// Who creates the work: alice, bob, carol … judy
    #[arg(long, value_name = "ACCOUNT", value_parser = account::sender, default_value = "alice")]
    pub from: Address,
    /// Who receives the token; the creator unless given
    #[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
    pub to: Option<Address>,
    /// What the work is: output, model, dataset, prompt, style or tool
    #[arg(long, value_parser = kind, default_value = "output")]
    pub kind: WorkKind,
    /// Share of each later sale that marketplaces are asked to pay (at most 50%)
    #[arg(long, value_name = "SHARE", value_parser = share::parse, default_value = "5%")]
    pub royalty: u16,
    /// Where the file can be had: ipfs://CID, ar://ID or an https address; its own CID unless given
    #[arg(long, value_name = "URI", value_parser = uri::parse)]
    pub uri: Option<FileUri>,
    /// Divide what the work keeps: --payee alice:60% --payee bob:40%
    #[arg(long = "payee", value_name = "ACCOUNT:SHARE", value_parser = payee)]
    pub payees: Vec<Payee>,
    /// Let anyone derive from the work for at least this share
    #[arg(long, value_name = "SHARE", value_parser = share::parse)]
    pub open: Option<u16>,
}

/// Arguments of `mint`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage mint duck.png
  lineage mint duck.png --title 'A duck' --from alice --open 10%
  lineage mint model.safetensors --kind model --payee alice:60% --payee bob:40%
  lineage mint duck.png --uri ar://VvP1J2XTAG2fhWfYCyv6zo8wDRxDYl9Q9W1vNnPQZ6k

Beside the file appears FILE.lineage.json, the private half of the record: prompts, settings and the
random salts that let you prove any one step later. Keep it; nothing can bring it back.

The claim is dated before the mint, in a transaction of its own. A run that was interrupted in between
keeps that date when it is repeated within 3 days; later it is dated anew.")]
pub struct Arguments {
    /// What is minted, and how.
    #[command(flatten)]
    pub common: Common,
}

impl Arguments {
    /// Mints the work that the file is.
    ///
    /// # Errors
    /// The chain refuses, or the record cannot be written.
    pub fn run(&self, session: &mut Session, file: &WorkFile) -> Result<Minted> {
        self.common.mint(session, file, Vec::new())
    }
}

impl Common {
    pub(super) fn mint(
        &self,
        session: &mut Session,
        file: &WorkFile,
        parents: Vec<Edge>,
    ) -> Result<Minted> {
        Minting {
            path: &self.file,
            file,
            title: self.title.as_deref(),
            creator: self.from,
            to: self.to.unwrap_or(self.from),
            kind: self.kind,
            royalty: self.royalty,
            uri: self.uri.as_ref(),
            parents,
            payees: self.payees.clone(),
            open: self.open,
            salts: Salts::Random,
        }
        .run(session)
    }
}

fn kind(text: &str) -> Result<WorkKind, String> {
    let kind = WorkKind::ALL.into_iter().find(|kind| kind.name() == text);
    kind.ok_or_else(|| "write output, model, dataset, prompt, style or tool".to_owned())
}

fn payee(text: &str) -> Result<Payee> {
    let (who, part) = text
        .rsplit_once(':')
        .ok_or_else(|| anyhow::anyhow!("write ACCOUNT:SHARE, as in alice:60%"))?;
    Ok(Payee {
        account: account::parse(who)?,
        share: share::parse(part)?,
        role: 0,
    })
}
