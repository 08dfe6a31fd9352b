//! Puts the programs' code into the command, and refuses code that is not built from the sources that lie there.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

fn main() {
    // Asked for now, not when this was compiled: cargo takes the compiled script along when a tree is moved or copied.
    let root = PathBuf::from(set_by_cargo("CARGO_MANIFEST_DIR")).join("..");
    let out = PathBuf::from(set_by_cargo("OUT_DIR"));
    let names = ["registry", "licensing", "router", "renderer", "provenance"];
    if let Err(error) = programs::embed(&root, &names, &out) {
        println!("cargo::error={error}");
    }
}

fn set_by_cargo(name: &str) -> OsString {
    env::var_os(name).unwrap_or_else(|| panic!("cargo sets {name}"))
}
