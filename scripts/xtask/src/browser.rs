//! The reader of files for browsers and node, into target/browser: `web` and `node` hold the module with its JavaScript.

use crate::npm;
use crate::run::{cargo, run};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A workspace of its own, with its own lockfile, so that nobody else compiles what writes the JavaScript.
const WORKSPACE: &str = "record/js/Cargo.toml";
const MODULE: &str = "lineage_record_bg.wasm";

/// Nothing that browsers have not had for years: what the compiler makes use of by itself, and tables of JavaScript's values.
const FLAGS: [&str; 8] = [
    "-Oz",
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Builds the module, writes its JavaScript and shrinks it.
pub(crate) fn build(root: &Path) -> Result<()> {
    let target = root.join("target/tools/browser");
    let folder = root.join("target/browser");
    eprintln!(
        "Building the reader for browsers into target/browser (about 5 minutes the first time)"
    );
    run(cargo()
        .current_dir(root)
        .args(["build", "--quiet", "--locked", "--release"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--package", "lineage-record", "--manifest-path", WORKSPACE])
        .arg("--target-dir")
        .arg(&target))?;
    run(cargo()
        .current_dir(root)
        .args(["run", "--quiet", "--locked", "--package", "glue"])
        .args(["--manifest-path", WORKSPACE, "--target-dir"])
        .arg(root.join("target/tools/glue"))
        .arg("--")
        .arg(target.join("wasm32-unknown-unknown/release/lineage_record.wasm"))
        .arg(&folder))?;
    let modules = ["web", "node"].map(|name| folder.join(name).join(MODULE));
    let [web, node] = [&modules[0], &modules[1]].map(fs::read);
    let module = web.with_context(|| modules[0].display().to_string())?;
    ensure!(module == node?, "web and node have different modules");
    let small = optimised(root, &target, &module)?;
    for path in &modules {
        fs::write(path, &small)?;
    }
    eprintln!("{MODULE}: {} bytes", small.len());
    Ok(())
}

/// The module shrunk with npm's binaryen, or as it was shrunk the last time, where it is the same.
fn optimised(root: &Path, folder: &Path, module: &[u8]) -> Result<Vec<u8>> {
    let [input, output] = ["input.wasm", "output.wasm"].map(|name| folder.join(name));
    let done = output.exists() && fs::read(&input).is_ok_and(|kept| kept == module);
    if !done {
        let unfinished = folder.join("unfinished.wasm");
        fs::write(&unfinished, module)?;
        run(Command::new("node")
            .arg(npm::tool(root, "binaryen", "wasm-opt"))
            .args(FLAGS)
            .arg(&unfinished)
            .arg("-o")
            .arg(&output))?;
        fs::rename(&unfinished, &input)?;
    }
    fs::read(&output).with_context(|| output.display().to_string())
}
