//! Running other commands.

use anyhow::{Context, Result, bail};
use std::env;
use std::process::Command;

/// Variables that change what cargo compiles; a build that must give the same bytes everywhere sees none of them.
const CODE_CHANGING: [&str; 4] = [
    "CARGO_BUILD_",
    "CARGO_PROFILE_",
    "CARGO_TARGET_",
    "CARGO_UNSTABLE_",
];
const CODE_CHANGING_WHOLE: [&str; 4] = [
    "CARGO_INCREMENTAL",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTFLAGS",
    "RUSTC_BOOTSTRAP",
];

/// Cargo, in an environment that only the toolchain file and the caller decide.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if CODE_CHANGING.iter().any(|prefix| text.starts_with(prefix))
            || CODE_CHANGING_WHOLE.contains(&text.as_ref())
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be started or ends in failure; the error shows the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
