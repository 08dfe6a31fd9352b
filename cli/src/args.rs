//! The command line.

use crate::commands::{
    claim, demo, derive, inspect, mint, node, pay, reveal, settle, show, terms, verify,
};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Provenance and royalties for works made with AI.
///
/// Turns a file into an ERC-721 with a checkable record of how it was made, and passes every payment on to the works it
/// derives from. Runs the real contracts on a chain of its own, kept in a state file.
#[derive(Debug, Parser)]
#[command(name = "lineage", version, about, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    /// Folder of the state file [default: .lineage]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The folder of the state.
    pub(crate) fn folder(&self) -> &Path {
        self.state.as_deref().unwrap_or(Path::new(".lineage"))
    }
}

const EXAMPLES: &str = "\
Examples:
  lineage inspect duck.png
  lineage demo
  lineage mint duck.png --title 'A duck' --open 10% --from alice
  lineage derive swan.png --parent 1:20% --from bob
  lineage pay 2 0.5eth --from carol
  lineage settle 2
  lineage claim --from alice
  lineage show 1
  lineage reveal duck.png --step 0
  lineage verify duck.png --proof duck.png.step-0.proof.json
  lineage node";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what files tell of how they were made, and what they disclose
    Inspect(inspect::Arguments),
    /// Tell the whole story on a fresh chain, every figure checked to the wei
    Demo(demo::Arguments),
    /// Mint a file as a work without parents
    Mint(mint::Arguments),
    /// Mint a file as a work derived from others
    Derive(derive::Arguments),
    /// Say who may derive from a work, and for what share
    Terms(terms::Arguments),
    /// Pay a work
    Pay(pay::Arguments),
    /// Sweep inboxes and pass income on to the parents
    Settle(settle::Arguments),
    /// Pay out what an account is due, from all works
    Claim(claim::Arguments),
    /// Show a work, the work of a file, or all works
    Show(show::Arguments),
    /// Write a file that proves one step of a record, and discloses no other
    Reveal(reveal::Arguments),
    /// Say whether a file is the minted one, and what proofs of its steps show
    Verify(verify::Arguments),
    /// Serve a chain with Lineage on it over JSON-RPC, for wallets and tools
    Node(Box<node::Arguments>),
}
