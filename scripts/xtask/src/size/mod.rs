//! tests/snapshots/size.json: what each program weighs, and what it costs to enter.

mod budget;
mod snapshot;

use crate::measure::{Size, measure};
use crate::members;
use anyhow::{Result, bail};
use snapshot::Snapshot;
use std::path::Path;

/// Writes the snapshot from the programs as built.
pub(crate) fn write(root: &Path) -> Result<()> {
    let sizes = measure_all(root)?;
    print(&sizes);
    snapshot::write(root, &sizes)
}

/// Fails when the snapshot is not what the programs measure, or a program is over its budget.
pub(crate) fn check(root: &Path) -> Result<()> {
    let sizes = measure_all(root)?;
    print(&sizes);
    let mut complaints = snapshot::differences(&snapshot::read(root)?, &sizes);
    if !complaints.is_empty() {
        complaints.push("run `cargo xtask size` if that is meant".to_owned());
    }
    for (name, size) in &sizes {
        complaints.extend(budget::excesses(name, size));
    }
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n  "));
    }
    Ok(())
}

fn measure_all(root: &Path) -> Result<Snapshot> {
    let mut sizes = Snapshot::new();
    for name in members::programs(root)? {
        let size = measure(&name, &programs::load(root, &name)?)?;
        sizes.insert(name, size);
    }
    Ok(sizes)
}

fn print(sizes: &Snapshot) {
    println!("program       raw   code  headroom  functions  data  pages  cached  uncached");
    for (name, size) in sizes {
        let Size {
            raw,
            compressed,
            headroom,
            functions,
            data_bytes,
            pages,
            ..
        } = size;
        let Size {
            entry_cached,
            entry_uncached,
            ..
        } = size;
        println!(
            "{name:<11}{raw:>6} {compressed:>6} {headroom:>9} {functions:>10} {data_bytes:>5} {pages:>6} {entry_cached:>7} {entry_uncached:>9}"
        );
    }
}
