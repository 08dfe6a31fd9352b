//! `lineage derive`.

use super::mint::{Common, SHARED};
use crate::abi::licensing::ILicensing::termsOfCall;
use crate::minting::Edge;
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
#[command(after_help = format!("\
Examples:
  lineage derive swan.png --parent 1:20% --from bob
  lineage derive mix.png --parent 1:10% --parent 2:15% --from carol
  lineage derive copy.png --parent 3

Without a share the parent gets the least that its terms ask for.

{SHARED}"))]
pub struct Arguments {
    /// What is minted, and how.
    #[command(flatten)]
    pub common: Common,
    /// A work this one derives from, up to 16
    #[arg(long = "parent", value_name = "WORK[:SHARE]", value_parser = parent, required = true)]
    pub parents: Vec<Parent>,
}

impl Parent {
    /// These works as parents, each with its share under the terms it has now.
    ///
    /// # Errors
    /// A parent is unknown or named twice.
    pub(super) fn edges(parents: &[Self], session: &Session) -> Result<Vec<Edge>> {
        let mut edges = Vec::new();
        for parent in parents {
            income::known(session, parent.work)?;
            let terms = termsOfCall {
                router: session.programs.router,
                work: parent.work,
            };
            let least = session
                .view(session.programs.licensing, &terms)?
                .terms
                .minShare;
            edges.push(Edge {
                work: parent.work,
                share: parent.share.unwrap_or(least),
            });
        }
        edges.sort_by_key(|edge| edge.work);
        let twice = edges.windows(2).find(|pair| pair[0].work == pair[1].work);
        ensure!(twice.is_none(), "name each parent once");
        Ok(edges)
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
