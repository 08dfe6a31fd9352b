//! `stylus-node`: an Arbitrum chain for development, in one process.

use clap::Parser;
use std::process::ExitCode;
use stylus_node::console::{Flags, Shown, run};
use stylus_node::node::Node;

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
    run(flags, Node::new(flags.node())?, Shown::default())
}
