//! Running other commands.

use anyhow::{Context, Result, bail};
use std::env;
use std::process::Command;

/// Variables that change what cargo compiles, with what or where to; a build that must give the same bytes everywhere
/// sees none of them. `RUSTUP_TOOLCHAIN` would go before rust-toolchain.toml.
const CODE_CHANGING: [&str; 4] = [
    "CARGO_BUILD_",
    "CARGO_PROFILE_",
    "CARGO_TARGET_",
    "CARGO_UNSTABLE_",
];
const CODE_CHANGING_WHOLE: [&str; 8] = [
    "CARGO_INCREMENTAL",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTC",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// Cargo, in an environment that only the toolchain file and the caller decide.
pub(crate) fn cargo() -> Command {
    plain("cargo")
}

/// The compiler that such a cargo finds.
pub(crate) fn rustc() -> Command {
    plain("rustc")
}

fn plain(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if changes_code(&name.to_string_lossy()) {
            command.env_remove(&name);
        }
    }
    command
}

fn changes_code(variable: &str) -> bool {
    CODE_CHANGING
        .iter()
        .any(|prefix| variable.starts_with(prefix))
        || CODE_CHANGING_WHOLE.contains(&variable)
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

#[cfg(test)]
mod tests {
    use super::changes_code;

    #[test]
    fn variables_that_choose_another_compiler_or_flags_change_code() {
        for variable in [
            "CARGO_BUILD_RUSTC",
            "CARGO_PROFILE_RELEASE_LTO",
            "RUSTC",
            "RUSTC_WORKSPACE_WRAPPER",
            "RUSTC_WRAPPER",
            "RUSTFLAGS",
            "RUSTUP_TOOLCHAIN",
        ] {
            assert!(changes_code(variable), "{variable}");
        }
        for variable in ["CARGO_HOME", "PATH", "RUSTUP_HOME"] {
            assert!(!changes_code(variable), "{variable}");
        }
    }
}
