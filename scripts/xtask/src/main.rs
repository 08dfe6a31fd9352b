//! Builds the programs to WASM and checks what is checked in.

mod browser;
mod gas;
mod lint;
mod measure;
mod members;
mod npm;
mod root;
mod run;
mod size;
mod vectors;
mod wasm;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about, version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the programs whose sources changed, into target/programs
    Wasm {
        /// Build these only
        #[arg(short, long = "program", value_name = "NAME", num_args = 1..)]
        programs: Vec<String>,
        /// Build even what is up to date
        #[arg(long)]
        force: bool,
    },
    /// Write tests/snapshots/size.json from the built programs
    Size {
        /// Compare instead, and hold the programs to their budgets
        #[arg(long)]
        check: bool,
    },
    /// Write tests/snapshots/gas.json and docs/gas.md from the built programs; the tests compare
    Gas,
    /// Replay recorded executions on the chain and compare, to the unit of ink
    Vectors {
        /// Where vectors.json lies; the ones checked in by default
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Check formatting and clippy in every workspace
    Lint,
    /// Build the reader of files for browsers and node, into target/browser
    Browser,
    /// Install the npm tools at their locked versions into target/npm
    Npm,
}

fn main() -> ExitCode {
    let done = if wasm::asked_for_rustc() {
        wasm::rustc()
    } else {
        perform(Arguments::parse().task).map(|()| ExitCode::SUCCESS)
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(task: Task) -> Result<()> {
    let root = root::find()?;
    match task {
        Task::Wasm { programs, force } => wasm::build(&root, &programs, force),
        Task::Size { check: false } => size::write(&root),
        Task::Size { check: true } => size::check(&root),
        Task::Gas => gas::write(&root),
        Task::Vectors { folder } => {
            vectors::replay(&folder.unwrap_or_else(|| root.join("tests/fixtures/vectors")))
        }
        Task::Lint => lint::lint(&root),
        Task::Browser => browser::build(&root),
        Task::Npm => npm::install(&root),
    }
}
