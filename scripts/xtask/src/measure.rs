//! Measuring one program, by the chain's own activation.

use anyhow::{Context, Result, bail};
use programs::Program;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stylus_chain::ArbOs;
use stylus_chain::wasm::activate::{activate, entry_gas};

/// Most bytes of code that a chain's default rules let a contract have.
const MOST_CODE: u64 = 24_576;
/// Pages that may be open at once (`arbos/programs/params.go`).
const PAGE_LIMIT: u16 = 128;

/// One entry of the snapshot. Gas is that of the latest ArbOS version at default settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Size {
    /// Bytes of the module.
    pub(crate) raw: u64,
    /// Bytes of the contract code: the prefix and the compressed module.
    pub(crate) compressed: u64,
    /// Bytes of contract code that are left.
    pub(crate) headroom: u64,
    /// Defined functions.
    pub(crate) functions: u64,
    /// Bytes in the data segments.
    pub(crate) data_bytes: u64,
    /// Pages of memory at the start.
    pub(crate) pages: u64,
    /// Gas to enter when cached.
    pub(crate) entry_cached: u64,
    /// Gas to enter when not.
    pub(crate) entry_uncached: u64,
    /// Hash of the module.
    pub(crate) sha256: String,
}

/// Measures a program, having activated it under every ArbOS version.
pub(crate) fn measure(name: &str, program: &Program) -> Result<Size> {
    for arbos in arbos_versions() {
        activate(&program.wasm, arbos, PAGE_LIMIT)
            .with_context(|| format!("`{name}` is refused by {arbos}"))?;
    }
    let latest = activate(&program.wasm, ArbOs::LATEST, PAGE_LIMIT)?;
    let entry = entry_gas(&latest.estimates, ArbOs::LATEST);
    let compressed = program.code.len() as u64;
    let Some(headroom) = MOST_CODE.checked_sub(compressed) else {
        bail!("the code of `{name}` has {compressed} bytes; {MOST_CODE} are allowed");
    };
    Ok(Size {
        raw: program.wasm.len() as u64,
        compressed,
        headroom,
        functions: latest.functions,
        data_bytes: latest.data_bytes,
        pages: u64::from(latest.estimates.footprint),
        entry_cached: entry.cached.0,
        entry_uncached: entry.uncached.0,
        sha256: hex::encode(Sha256::digest(&program.wasm)),
    })
}

/// Every version the chain knows, an alias counted with what it stands for.
fn arbos_versions() -> Vec<ArbOs> {
    let known = (0..=ArbOs::LATEST.number()).filter_map(|version| ArbOs::try_from(version).ok());
    let mut versions: Vec<ArbOs> = known.collect();
    versions.dedup();
    versions
}
