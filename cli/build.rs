//! Puts the programs' code into the command, and refuses code that is not built from the sources that lie there.

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let names = ["registry", "licensing", "router", "renderer", "provenance"];
    if let Err(error) = programs::embed(&root, &names, Path::new(&out)) {
        println!("cargo::error={error}");
    }
}
