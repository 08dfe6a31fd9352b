//! The tests' Solidity contracts and the interfaces' ABI, compiled by solc when the sources have changed.

use crate::root::root;
use alloy_json_abi::JsonAbi;
use alloy_primitives::Bytes;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::{fs, io};

/// What solc makes of these files; a change to any of them compiles again.
const SOURCES: [&str; 2] = ["tests/solidity", "contracts/interfaces"];
const LOCK: &str = "scripts/npm/package-lock.json";
const OUTPUT: &str = "target/solidity/contracts.json";

/// The creation code of a contract in tests/solidity.
///
/// # Panics
/// When there is none of this name, or it cannot be compiled; the message says what to do.
#[must_use]
pub fn creation_code(name: &str) -> Bytes {
    let code = contract(name)["bytecode"]
        .as_str()
        .expect("solc writes bytecode");
    hex::decode(code).expect("solc writes hex").into()
}

/// The ABI of a contract or an interface.
///
/// # Panics
/// As [`creation_code`].
#[must_use]
pub fn abi(name: &str) -> JsonAbi {
    serde_json::from_value(contract(name)["abi"].clone()).expect("solc writes a standard ABI")
}

fn contract(name: &str) -> &'static Value {
    static COMPILED: OnceLock<Value> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| compile(&root()));
    let contract = &compiled["contracts"][name];
    assert!(contract.is_object(), "no contract {name} in {SOURCES:?}");
    contract
}

fn compile(root: &Path) -> Value {
    let fingerprint = fingerprint(root).expect("the Solidity sources can be read");
    let fresh = |value: &Value| value["fingerprint"] == fingerprint.as_str();
    if let Some(compiled) = read(root).filter(fresh) {
        return compiled;
    }
    let solc = root.join("target/npm/node_modules/solc");
    assert!(
        solc.is_dir(),
        "solc is not installed: run `cargo xtask npm`"
    );
    let run = Command::new("node")
        .arg(root.join("tests/solidity/compile.js"))
        .arg(&fingerprint)
        .arg(root.join(OUTPUT))
        .output()
        .expect("node runs (version 20 or later)");
    assert!(
        run.status.success(),
        "solc failed:\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    read(root)
        .filter(fresh)
        .expect("compile.js writes what it compiled")
}

fn read(root: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(root.join(OUTPUT)).ok()?).ok()
}

fn fingerprint(root: &Path) -> io::Result<String> {
    let mut files = vec![root.join(LOCK)];
    for folder in SOURCES {
        for entry in fs::read_dir(root.join(folder))? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let contents = fs::read(&file)?;
        hash.update(file.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update((contents.len() as u64).to_be_bytes());
        hash.update(contents);
    }
    Ok(hex::encode(hash.finalize()))
}
