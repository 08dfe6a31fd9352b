//! `stylus-node`: an Arbitrum chain for development, in one process.

use clap::Parser;
use std::process::ExitCode;
use stylus_node::console::{Flags, Shown, open, run};
use stylus_node::node::{self, Node};

fn main() -> ExitCode {
    match start(&Flags::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(flags: &Flags) -> anyhow::Result<()> {
    let (config, store) = open(flags, None)?;
    let first = node::first(&config)?;
    run(flags, Node::over(config, first, store)?, Shown::default())
}
