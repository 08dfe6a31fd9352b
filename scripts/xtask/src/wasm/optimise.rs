//! wasm-opt, whose output is kept by the hash of its input.

use crate::npm;
use crate::run::run;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Nothing that a Stylus chain does not accept may be made use of.
const FLAGS: [&str; 5] = [
    "-Oz",
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Shrinks a module with npm's binaryen: one build for every system, where a system's own package has any version.
pub(super) fn optimise(root: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let lock = fs::read(root.join("scripts/npm/package-lock.json"))?;
    let mut hash = Sha256::new();
    for part in [&lock, FLAGS.join(" ").as_bytes(), wasm] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let folder = root.join("target/wasm-opt");
    let kept = folder.join(format!("{}.wasm", hex::encode(hash.finalize())));
    if !kept.exists() {
        fs::create_dir_all(&folder)?;
        let input = folder.join("input.wasm");
        let output = folder.join("output.wasm");
        fs::write(&input, wasm)?;
        run(Command::new("node")
            .arg(npm::tool(root, "binaryen", "wasm-opt"))
            .args(FLAGS)
            .arg(&input)
            .arg("-o")
            .arg(&output))?;
        fs::rename(&output, &kept)?;
    }
    fs::read(&kept).with_context(|| kept.display().to_string())
}
