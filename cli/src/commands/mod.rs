//! The commands: each reads its arguments, acts on a [`Session`](crate::session::Session) and answers a report.

pub mod claim;
pub mod demo;
pub mod derive;
pub mod inspect;
pub mod mint;
pub mod node;
pub mod pay;
pub mod reveal;
pub mod settle;
pub mod show;
pub mod terms;
pub mod verify;

use crate::account;
use crate::args::{Arguments, Command};
use crate::progress::Progress;
use crate::report;
use crate::session::Session;
use crate::state::State;
use anyhow::{Result, bail};
use serde::Serialize;
use std::fmt::Display;
use std::process::ExitCode;

/// Does what the arguments say, reports it and returns how to end: a report may be of a failure. Files are read before the state is taken, since others wait for it.
///
/// # Errors
/// Whatever goes wrong, in words.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.command {
        Command::Node(node) => node.run(arguments.json).map(|()| ExitCode::SUCCESS),
        Command::Demo(demo) => demo.run(arguments.json).map(|()| ExitCode::SUCCESS),
        Command::Inspect(inspect) => inspect.run(arguments.json),
        Command::Mint(mint) => mint.common.run(arguments, &[]),
        Command::Derive(derive) => derive.common.run(arguments, &derive.parents),
        Command::Terms(terms) => {
            let licence_hash = terms.licence_hash()?;
            change(arguments, |session| terms.run(session, licence_hash))
        }
        Command::Pay(pay) => change(arguments, |session| pay.run(session)),
        Command::Settle(settle) => change(arguments, |session| settle.run(session)),
        Command::Claim(claim) => {
            let report = act(arguments, |session| claim.run(session))?;
            report::print(&report, arguments.json)?;
            match (report.is_unpaid(), arguments.json) {
                (false, _) => Ok(ExitCode::SUCCESS),
                (true, true) => Ok(ExitCode::FAILURE),
                (true, false) => bail!("{} could be paid nothing", account::name(report.to)),
            }
        }
        Command::Reveal(reveal) => {
            report::print(&reveal.run()?, arguments.json)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify(verify) => {
            let verdict = verify.run(arguments)?;
            report::print(&verdict, arguments.json)?;
            Ok(verdict.ending())
        }
        Command::Show(show) => {
            let wanted = show.wanted()?;
            change(arguments, |session| {
                show::look(session, &wanted, show.asset)
            })
        }
    }
}

/// Runs a command as [`act`] does, and prints its report.
fn change<R: Serialize + Display>(
    arguments: &Arguments,
    run: impl FnOnce(&mut Session) -> Result<R>,
) -> Result<ExitCode> {
    report::print(&act(arguments, run)?, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs a command on the chain of the state file and keeps what it did. Transactions that went through before an error
/// are kept too: on a real chain they would be.
fn act<R>(arguments: &Arguments, run: impl FnOnce(&mut Session) -> Result<R>) -> Result<R> {
    let state = State::open(arguments.folder())?;
    let mut session = {
        let progress = Progress::start();
        state.load(&|program| progress.say(format!("new chain: deploying {program}")))?
    };
    let before = session.chain.block_number();
    let outcome = run(&mut session);
    if session.chain.block_number() != before {
        state.save(&session)?;
    }
    outcome
}
