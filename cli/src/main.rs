//! The `lineage` command.

use clap::Parser as _;
use lineage::args::Arguments;
use lineage::report;
use std::io::Write as _;
use std::process::ExitCode;

/// Reading a folder takes and gives back many small buffers, on several threads: a tenth of its time less than with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let error = match lineage::commands::run(&arguments) {
        Ok(ending) => return ending,
        Err(error) => error,
    };
    if report::reader_is_gone(&error) {
        return ExitCode::SUCCESS;
    }
    // Where the complaint cannot be read either, the exit code remains.
    if arguments.json {
        let _ = report::line(&serde_json::json!({ "error": format!("{error:#}") }));
    } else {
        let complaint = format!("error: {error:#}");
        let lines: Vec<_> = complaint.lines().map(report::plain).collect();
        let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
    }
    ExitCode::FAILURE
}
