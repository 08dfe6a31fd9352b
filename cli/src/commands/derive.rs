//! `lineage derive`.

use super::mint::Common;
use crate::abi::licensing::ILicensing::termsOfCall;
use crate::file::WorkFile;
use crate::minting::{Edge, Minted};
use crate::session::Session;
use crate::{income, share};
use anyhow::{Context as _, Result, ensure};
use clap::Args;

/// A parent as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its work id.
    pub work: u64,
    /// What it gets of everything the child earns, in basis points; its minimum unless given.
    pub share: Option<u16>,
}

/// Arguments of `derive`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage derive swan.png --parent 1:20% --from bob
  lineage derive mix.png --parent 1:10% --parent 2:15% --from carol
  lineage derive copy.png --parent 3

Without a share the parent gets the least that its terms ask for.")]
pub struct Arguments {
    /// What is minted, and how.
    #[command(flatten)]
    pub common: Common,
    /// A work this one derives from, up to 16
    #[arg(long = "parent", value_name = "WORK[:SHARE]", value_parser = parent, required = true)]
    pub parents: Vec<Parent>,
}

impl Arguments {
    /// Mints the work that the file is under the terms its parents have now.
    ///
    /// # Errors
    /// A parent is unknown or named twice, the chain refuses, or the record cannot be written.
    pub fn run(&self, session: &mut Session, file: &WorkFile) -> Result<Minted> {
        let mut parents = Vec::new();
        for parent in &self.parents {
            income::known(session, parent.work)?;
            let terms = termsOfCall {
                router: session.programs.router,
                work: parent.work,
            };
            let least = session
                .view(session.programs.licensing, &terms)?
                .terms
                .minShare;
            parents.push(Edge {
                work: parent.work,
                share: parent.share.unwrap_or(least),
            });
        }
        parents.sort_by_key(|parent| parent.work);
        let twice = parents.windows(2).find(|pair| pair[0].work == pair[1].work);
        ensure!(twice.is_none(), "name each parent once");
        self.common.mint(session, file, parents)
    }
}

fn parent(text: &str) -> Result<Parent> {
    let (work, share) = match text.split_once(':') {
        Some((work, share)) => (work, Some(share::parse(share)?)),
        None => (text, None),
    };
    let work = work.parse().context("write WORK:SHARE, as in 1:20%")?;
    Ok(Parent { work, share })
}
