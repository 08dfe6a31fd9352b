//! Names the programs' crates by what they are.
//!
//! Cargo has rustc mix a hash into the names of a crate's functions, and rustc and the linker put functions in the order
//! of those names. The hash covers all that the crate is built with: also the macros, which run on the machine that
//! builds, that machine's name, and the crates that only such a machine needs (cargo, `compute_metadata` in
//! `src/compiler/build_runner/compilation_files.rs`). So the bytes of a program would be others on each kind of machine.
//! Here xtask stands between cargo and rustc, and gives the crates of a program a name that says nothing of the machine.

use anyhow::{Context, Result};
use std::env;
use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

/// The one target whose crates are named here.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// Set for rustc only, and so for xtask in its place.
const ASKED: &str = "LINEAGE_NAMES_CRATES";

/// Part of every name. Cargo knows nothing of the rule but this: another one here, and it builds all of it anew, as it
/// must where the rule changes.
pub(super) const RULE: &str = "-Cmetadata=lineage-1";

/// Has cargo call this very xtask with rustc's path and arguments.
pub(super) fn stand_between(cargo: &mut Command) -> Result<&mut Command> {
    let xtask = env::current_exe().context("where xtask itself lies")?;
    Ok(cargo.env("RUSTC_WRAPPER", xtask).env(ASKED, "1"))
}

/// Whether cargo calls for rustc.
pub(crate) fn asked() -> bool {
    env::var_os(ASKED).is_some()
}

/// Runs rustc as cargo calls for it, but for the name.
pub(crate) fn rustc() -> Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().context("cargo names no rustc")?;
    let arguments: Vec<OsString> = arguments.collect();
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let status = Command::new(&rustc)
        .args(named(&arguments, &version))
        .env_remove(ASKED)
        .status()
        .with_context(|| format!("cannot start {}", rustc.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The arguments with cargo's hash replaced, where they compile a program's crate: by its version, its features, and
/// whether it is of the standard library. rustc adds the crate's own name, and refuses two crates of one name.
fn named(arguments: &[OsString], version: &str) -> Vec<OsString> {
    if !arguments.iter().any(|argument| argument == TARGET) {
        return arguments.to_vec();
    }
    let tells = |argument: &&OsString| {
        argument.as_encoded_bytes().starts_with(b"feature=")
            || *argument == "-Zforce-unstable-if-unmarked"
    };
    let told = arguments.iter().filter(tells).map(OsString::as_os_str);
    let words: Vec<&OsStr> = [OsStr::new(version)].into_iter().chain(told).collect();
    let mut name = OsString::from("metadata=");
    name.push(words.join(OsStr::new(" ")));
    let replaced = |argument: &OsString| {
        if argument.as_encoded_bytes().starts_with(b"metadata=") {
            name.clone()
        } else {
            argument.clone()
        }
    };
    arguments.iter().map(replaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn program_crate_is_named_by_version_and_features_in_place_of_the_hash() {
        let line = "--crate-name shell --cfg feature=\"std\" -C metadata=5eed -C extra-filename=-feed --target wasm32-unknown-unknown";
        let mut expected = split(line);
        expected[5] = "metadata=0.1.0 feature=\"std\"".into();
        assert_eq!(named(&split(line), "0.1.0"), expected);
    }

    #[test]
    fn standard_library_has_names_of_its_own() {
        let line = "--crate-name hashbrown -C metadata=5eed --target wasm32-unknown-unknown";
        let ours = named(&split(line), "0.16.1");
        let std = named(
            &split(&format!("{line} -Zforce-unstable-if-unmarked")),
            "0.16.1",
        );
        assert_eq!(ours[3], "metadata=0.16.1");
        assert_eq!(std[3], "metadata=0.16.1 -Zforce-unstable-if-unmarked");
    }

    #[test]
    fn macro_keeps_cargos_name() {
        let line = split("--crate-name syn --cfg feature=\"full\" -C metadata=5eed");
        assert_eq!(named(&line, "2.0.0"), line);
    }
}
