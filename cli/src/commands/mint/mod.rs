//! `lineage mint`.

mod run;

use crate::abi::provenance::IProvenance::Payee;
use crate::choice::Choice;
use crate::model_files::ModelFiles;
use crate::uri::{self, FileUri};
use crate::{account, pin, share};
use alloy_primitives::Address;
use anyhow::Result;
use clap::Args;
use logic::work::WorkKind;
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
    /// Mint without showing what is recorded and disclosed, and without a question: for scripts
    #[arg(long)]
    pub yes: bool,
    /// Mint a clean copy that is written beside the file: the same picture or sound without what the file says of itself
    #[arg(long)]
    pub strip: bool,
    /// Let the clean copy lose Content Credentials too
    #[arg(long, requires = "strip")]
    pub strip_credentials: bool,
    /// Files of models that the work names.
    #[command(flatten)]
    pub models: ModelFiles,
    /// Which steps are recorded.
    #[command(flatten)]
    pub choice: Choice,
    /// Write the file as an archive (CAR) that IPFS takes; its root is the recorded CID
    #[arg(long, value_name = "FILE")]
    pub car: Option<PathBuf>,
    /// Upload the file first to this IPFS node, or have this pinning service fetch it
    #[arg(long, value_name = "URL", value_parser = pin::parse)]
    pub pin: Option<pin::Place>,
}

/// What `--help` of `mint` and `derive` says of the options that they share.
pub(super) const SHARED: &str = "\
First the record to be is shown, where its link will lead, and what everybody learns who gets the
file; then it is asked whether to mint. Until then nothing is written or sent. --yes leaves both out;
scripts need it, and --json too. `lineage inspect FILE` shows what is in the file and asks nothing.

Beside the file appears FILE.lineage.json, the private half of the record: prompts, settings and the
random salts that let you prove any one step later. Keep it; nothing can bring it back.

Steps: first --only leaves the kinds that it names, and --without takes out those with its numbers,
which are those that `lineage inspect` shows, whatever else is left out. Then each --step is added, in
the order in which they are typed, behind those of the file. The output is always the last. A text
that begins with @ is the name of a file with the text. A record that lies there from an interrupted
run is used again; where these options would give other steps, that is an error.

--strip writes duck.clean.png beside duck.png and mints that: publish the clean copy and keep the
original. The record lies beside the copy and has all steps of the original. A file with Content
Credentials is left alone unless --strip-credentials is there too.

--pin takes the address of an IPFS node's RPC (http://127.0.0.1:5001), to which the file is uploaded,
or of a pinning service, with /pins at its end, which pins only what it can find in the network: add
the file to a node first. The token for either is read from LINEAGE_PIN_TOKEN. Where pinning fails,
nothing is sent to the chain.";

/// Arguments of `mint`.
#[derive(Clone, Debug, Args)]
#[command(after_help = format!("\
Examples:
  lineage mint duck.png
  lineage mint duck.png --title 'A duck' --from alice --open 10%
  lineage mint duck.png --strip --pin http://127.0.0.1:5001
  lineage mint duck.png --only prompt,model --step 'edit=colours by hand' --yes
  lineage mint model.safetensors --kind model --payee alice:60% --payee bob:40%
  lineage mint duck.png --uri ar://VvP1J2XTAG2fhWfYCyv6zo8wDRxDYl9Q9W1vNnPQZ6k

{SHARED}

The claim is dated before the mint, in a transaction of its own. A run that was interrupted in between
keeps that date when it is repeated within 3 days; later it is dated anew."))]
pub struct Arguments {
    /// What is minted, and how.
    #[command(flatten)]
    pub common: Common,
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
