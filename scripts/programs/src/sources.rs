//! Which files make a program, and their hash.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// What every program is made of beside its own folder, as paths below the repository's root, and what makes it.
///
/// Of the versions in Cargo.lock only those of brotli, wat and the like reach the bytes, but which these are is not
/// written anywhere. The whole file costs a few seconds where another crate's version changes: cargo and wasm-opt have
/// what they made before.
const SHARED: [&str; 12] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "contracts/Cargo.toml",
    "contracts/Cargo.lock",
    "contracts/interfaces",
    "contracts/logic",
    "contracts/shell",
    "node/chain/src/wasm/code.rs",
    "rust-toolchain.toml",
    "scripts/npm/package-lock.json",
    "scripts/xtask/src/run.rs",
    "scripts/xtask/src/wasm",
];

/// Folders below a crate that never reach its WASM.
const ASIDE: [&str; 2] = ["tests", "target"];

/// SHA-256 over the names and contents of a program's sources.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Hashes the sources of the program `name` in the repository at `root`.
///
/// # Errors
/// When one of them cannot be read; a program without a folder is such a case.
pub fn fingerprint(root: &Path, name: &str) -> io::Result<Fingerprint> {
    let mut hash = Sha256::new();
    for path in sources(root, name)? {
        let contents = fs::read(root.join(&path))?;
        // Each part is preceded by its length, so that no two trees run together into the same bytes.
        for part in [path.as_os_str().as_encoded_bytes(), &contents] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    Ok(Fingerprint(hash.finalize().into()))
}

/// Lists the files that make the program `name`, as paths below `root`, in order.
///
/// # Errors
/// When a folder cannot be read.
pub fn sources(root: &Path, name: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for shared in SHARED {
        collect(root, Path::new(shared), &mut files)?;
    }
    collect(root, &Path::new("contracts").join(name), &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(root: &Path, path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let named = |error: io::Error| {
        io::Error::new(
            error.kind(),
            format!("{}: {error}", root.join(path).display()),
        )
    };
    if fs::metadata(root.join(path)).map_err(named)?.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(root.join(path)).map_err(named)? {
        let name = entry?.file_name();
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if !hidden && !ASIDE.iter().any(|aside| name == *aside) {
            collect(root, &path.join(&name), files)?;
        }
    }
    Ok(())
}
