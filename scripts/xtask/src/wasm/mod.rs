//! From the programs' sources to contract code.

mod compile;
mod exports;
mod naming;
mod optimise;
mod tidy;

use crate::measure::measure;
use crate::{members, npm};
use anyhow::{Context, Result, bail};
use programs::{Artefact, Program, fingerprint, load, path};
use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

pub(crate) use naming::{asked as asked_for_rustc, rustc};

/// Builds the named programs, or all of them, where their sources changed.
pub(crate) fn build(root: &Path, chosen: &[String], force: bool) -> Result<()> {
    let all = members::programs(root)?;
    if let Some(unknown) = chosen.iter().find(|name| !all.contains(name)) {
        bail!("`{unknown}` is no program; there are {}", all.join(", "));
    }
    let chosen = if chosen.is_empty() { &all } else { chosen };
    let _alone = alone(root)?;
    npm::install(root)?;
    for name in chosen {
        if !force && load(root, name).is_ok() {
            eprintln!("{name}: up to date");
            continue;
        }
        make(root, name).with_context(|| format!("building `{name}`"))?;
    }
    Ok(())
}

/// Waits until no other build writes artefacts; the lock ends with the file it is on.
fn alone(root: &Path) -> Result<File> {
    fs::create_dir_all(root.join("target/programs"))?;
    let lock = File::create(root.join("target/programs/.lock"))?;
    if lock.try_lock().is_err() {
        eprintln!("Waiting for another build of the programs");
        lock.lock()?;
    }
    Ok(lock)
}

fn make(root: &Path, name: &str) -> Result<()> {
    let start = Instant::now();
    // Taken first: a source saved while the compiler runs must leave a stale artefact, not a fresh one.
    let sources = fingerprint(root, name)?;
    eprintln!("{name}: compiling (about 2 s; 80 s where the standard library is not built yet)");
    let compiled = compile::compile(root, name)?;
    let slim = exports::only_what_is_called(&compiled)?;
    let optimised = optimise::optimise(root, &slim)?;
    let wasm = tidy::tidy(&optimised)?;
    let code = stylus_chain::compress(&wasm);
    let program = Program { wasm, code };
    let size = measure(name, &program)?;
    let hash_file = path(root, name, Artefact::Hash);
    // While the two files are being replaced neither may pass for the other's.
    if hash_file.exists() {
        fs::remove_file(&hash_file)?;
    }
    fs::write(path(root, name, Artefact::Wasm), &program.wasm)?;
    fs::write(path(root, name, Artefact::Code), &program.code)?;
    fs::write(hash_file, format!("{sources}\n"))?;
    eprintln!(
        "{name}: {} bytes of WASM, {} of contract code; entry {} gas cached, {} not ({:.1} s)",
        size.raw,
        size.compressed,
        size.entry_cached,
        size.entry_uncached,
        start.elapsed().as_secs_f32()
    );
    Ok(())
}
