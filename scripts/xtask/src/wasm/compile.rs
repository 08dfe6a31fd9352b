//! The compiler's flags. They are set here and nowhere else.

use super::naming::{self, TARGET};
use crate::run::{cargo, run, rustc};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Stack of a program, in bytes. Rust's default of 1 MiB makes every call open 17 pages; this leaves most of the one
/// page that is opened to data and heap, and a program that overruns it traps below address 0.
const STACK: u32 = 24_576;

/// Compiles one program.
///
/// Each has a cargo run of its own: cargo unites the features of what it builds together, and openzeppelin-stylus turns
/// on `alloy-primitives/tiny-keccak`, which would make every program built beside provenance hash in software.
pub(super) fn compile(root: &Path, name: &str) -> Result<Vec<u8>> {
    let target = root.join("target/contracts");
    run(naming::stand_between(&mut cargo())?
        .current_dir(root.join("contracts"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags(root)?.join("\x1f"))
        .args(["build", "--locked", "--release", "--lib", "--package", name])
        .args(["--target", TARGET])
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="])
        .arg("--target-dir")
        .arg(&target))?;
    let built = target
        .join(TARGET)
        .join("release")
        .join(format!("{name}.wasm"));
    fs::read(&built).with_context(|| built.display().to_string())
}

fn rustflags(root: &Path) -> Result<Vec<String>> {
    let mut flags = vec![
        // A panic is a trap at once: no message, no formatting, no hook, in the standard library either.
        "-Zunstable-options".to_owned(),
        "-Cpanic=immediate-abort".to_owned(),
        "-Zlocation-detail=none".to_owned(),
        format!("-Clink-arg=-zstack-size={STACK}"),
        "-Ctarget-feature=-reference-types,+bulk-memory".to_owned(),
        naming::RULE.to_owned(),
    ];
    for (path, name) in [
        (root.to_owned(), "/lineage"),
        (cargo_home()?, "/cargo"),
        (sysroot(root)?, "/rust"),
    ] {
        flags.push(format!("--remap-path-prefix={}={name}", path.display()));
    }
    Ok(flags)
}

fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = env::var_os("CARGO_HOME") {
        return Ok(home.into());
    }
    let home = env::home_dir().context("there is no home folder and CARGO_HOME is not set")?;
    Ok(home.join(".cargo"))
}

fn sysroot(root: &Path) -> Result<PathBuf> {
    let output = rustc()
        .current_dir(root)
        .args(["--print", "sysroot"])
        .output()
        .context("cannot start rustc")?;
    Ok(String::from_utf8(output.stdout)?.trim().into())
}
