//! The commands: each reads its arguments, acts on a [`Session`](crate::session::Session) and answers a report.

pub mod claim;
pub mod demo;
pub mod derive;
pub mod mint;
pub mod pay;
pub mod settle;
pub mod show;
pub mod terms;

use crate::args::{Arguments, Command};
use crate::file::WorkFile;
use crate::progress::Progress;
use crate::report;
use crate::session::Session;
use crate::state::State;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Display;

/// Does what the arguments say. Files are read before the state is taken, since others wait for it.
///
/// # Errors
/// Whatever goes wrong, in words.
pub fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.command {
        Command::Demo(demo) => demo.run(arguments.json),
        Command::Mint(mint) => {
            let file = WorkFile::read(&mint.common.file)?;
            change(arguments, |session| mint.run(session, &file))
        }
        Command::Derive(derive) => {
            let file = WorkFile::read(&derive.common.file)?;
            change(arguments, |session| derive.run(session, &file))
        }
        Command::Terms(terms) => {
            let licence_hash = terms.licence_hash()?;
            change(arguments, |session| terms.run(session, licence_hash))
        }
        Command::Pay(pay) => change(arguments, |session| pay.run(session)),
        Command::Settle(settle) => change(arguments, |session| settle.run(session)),
        Command::Claim(claim) => change(arguments, |session| claim.run(session)),
        Command::Show(show) => {
            let wanted = show.wanted()?;
            change(arguments, |session| {
                show::look(session, &wanted, show.asset)
            })
        }
    }
}

/// Runs a command on the chain of the state file and keeps what it did. Transactions that went through before an error
/// are kept too: on a real chain they would be.
fn change<R: Serialize + Display>(
    arguments: &Arguments,
    run: impl FnOnce(&mut Session) -> Result<R>,
) -> Result<()> {
    let state = State::open(&arguments.state)?;
    let mut session = {
        let progress = Progress::start();
        state.load(&|program| progress.say(format!("new chain: deploying {program}")))?
    };
    let before = session.chain.block_number();
    let outcome = run(&mut session);
    if session.chain.block_number() != before {
        state.save(&session)?;
    }
    report::print(&outcome?, arguments.json)
}
