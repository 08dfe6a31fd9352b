//! The programs' built WASM, handed out only while it matches its sources.
//!
//! `cargo xtask wasm` writes the artefacts; tests and the command line read them through [`load`], which refuses what is
//! missing or older than its sources and names the command to run. A build script embeds them with [`embed`].

mod artefact;
mod embed;
mod sources;

pub use artefact::{Artefact, Program, Unusable, load, path};
pub use embed::embed;
pub use sources::{Fingerprint, fingerprint, sources};
