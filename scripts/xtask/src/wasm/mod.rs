//! From the programs' sources to contract code.

mod compile;
mod compress;
mod optimise;
mod tidy;

use crate::{members, npm};
use anyhow::{Context, Result, bail};
use programs::{Artefact, fingerprint, load, path};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Builds the named programs, or all of them, where their sources changed.
pub(crate) fn build(root: &Path, chosen: &[String], force: bool) -> Result<()> {
    let all = members::programs(root)?;
    if let Some(unknown) = chosen.iter().find(|name| !all.contains(name)) {
        bail!("`{unknown}` is no program; there are {}", all.join(", "));
    }
    let chosen = if chosen.is_empty() { &all } else { chosen };
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

fn make(root: &Path, name: &str) -> Result<()> {
    let start = Instant::now();
    // Taken first: a source saved while the compiler runs must leave a stale artefact, not a fresh one.
    let sources = fingerprint(root, name)?;
    eprintln!("{name}: compiling (about 2 s; 80 s where the standard library is not built yet)");
    let compiled = compile::compile(root, name)?;
    let optimised = optimise::optimise(root, &compiled)?;
    let wasm = tidy::tidy(&optimised)?;
    let code = compress::contract_code(&wasm)?;
    let hash_file = path(root, name, Artefact::Hash);
    fs::create_dir_all(root.join("target/programs"))?;
    // While the two files are being replaced neither may pass for the other's.
    if hash_file.exists() {
        fs::remove_file(&hash_file)?;
    }
    fs::write(path(root, name, Artefact::Wasm), &wasm)?;
    fs::write(path(root, name, Artefact::Code), &code)?;
    fs::write(hash_file, format!("{sources}\n"))?;
    eprintln!(
        "{name}: {} bytes of WASM, {} of contract code ({:.1} s)",
        wasm.len(),
        code.len(),
        start.elapsed().as_secs_f32()
    );
    Ok(())
}
