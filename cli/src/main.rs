//! The `lineage` command.

use clap::Parser as _;
use lineage::args::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match lineage::commands::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if arguments.json => {
            println!("{}", serde_json::json!({ "error": format!("{error:#}") }));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
