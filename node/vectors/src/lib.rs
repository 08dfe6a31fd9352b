//! Replays recorded executions: programs with what Nitro's own engine made of them, run through this chain's own
//! frames and compared to the unit of ink.
//!
//! A folder holds `vectors.json` and the programs it names; `tests/fixtures/vectors/README.md` says what the fields mean.

mod compare;
mod replay;
mod vector;

use alloy_primitives::keccak256;
use core::fmt;
pub use replay::ReplayError;
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use stylus_chain::version::ArbOs;
use stylus_chain::wasm::activate::activate;
use vector::Vector;

/// What became of one vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// Calls that were replayed.
    pub runs: usize,
    /// Where the chain disagrees, got and expected; empty when all is as recorded.
    pub differences: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.differences.is_empty() {
            "ok  "
        } else {
            "FAIL"
        };
        write!(f, "{verdict} {} ({} runs)", self.name, self.runs)?;
        for difference in &self.differences {
            write!(f, "\n     {difference}")?;
        }
        Ok(())
    }
}

/// Why vectors could not be replayed at all.
#[derive(Debug, thiserror::Error)]
pub enum VectorsError {
    /// A file could not be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// `vectors.json` is not JSON.
    #[error("{}: {error}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// A vector is not written as one.
    #[error("vector {vector}: {error}")]
    Vector {
        /// Its name.
        vector: String,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// A program does not assemble.
    #[error("{0}")]
    Assemble(#[from] wat::Error),
    /// The chain could not run a vector.
    #[error("vector {vector}: {error}")]
    Run {
        /// The vector.
        vector: String,
        /// Why.
        error: ReplayError,
    },
    /// The ArbOS version of a vector is none.
    #[error(transparent)]
    ArbOs(#[from] stylus_chain::version::UnknownArbOs),
}

/// Replays every vector of a folder.
///
/// # Errors
/// Files that cannot be read or understood. A disagreement is no error but a [`Report`].
pub fn run(folder: &Path) -> Result<Vec<Report>, VectorsError> {
    let path = folder.join("vectors.json");
    let text = std::fs::read_to_string(&path).map_err(|error| VectorsError::Read {
        path: path.clone(),
        error,
    })?;
    let vectors: Vec<Value> =
        serde_json::from_str(&text).map_err(|error| VectorsError::Parse { path, error })?;
    vectors
        .into_iter()
        .map(|vector| {
            let name = vector["name"].as_str().unwrap_or("without a name");
            let vector = Vector::deserialize(&vector).map_err(|error| VectorsError::Vector {
                vector: name.to_owned(),
                error,
            })?;
            report(folder, &vector)
        })
        .collect()
}

/// Whether the program is the one that was recorded: another assembler may make other bytes of the text.
fn check_program(wasm: &[u8], vector: &Vector, differences: &mut Vec<String>) {
    let (bytes, hash) = (vector.wasm_bytes, vector.wasm_keccak256);
    let got = keccak256(wasm);
    if wasm.len() as u64 != bytes {
        differences.push(format!("wasm_bytes {}, expected {bytes}", wasm.len()));
    }
    if got != hash {
        differences.push(format!("wasm_keccak256 {got}, expected {hash}"));
    }
}

fn report(folder: &Path, vector: &Vector) -> Result<Report, VectorsError> {
    let arbos = ArbOs::try_from(vector.arbos)?;
    let wasm = match &vector.wasm {
        Some(wasm) => wasm.to_vec(),
        None => wat::parse_file(folder.join(&vector.wat))?,
    };
    let mut report = Report {
        name: vector.name.clone(),
        runs: 0,
        differences: Vec::new(),
    };
    check_program(&wasm, vector, &mut report.differences);
    let activation = activate(&wasm, arbos, vector.page_limit);
    compare::activation(
        &activation,
        arbos,
        &vector.activation,
        &mut report.differences,
    );
    let Ok(activation) = activation else {
        return Ok(report);
    };
    let program = replay::Program::new(&wasm, arbos, &activation.estimates);
    for (index, run) in vector.runs.iter().enumerate() {
        report.runs += 1;
        for cached in [false, true] {
            let replayed = program
                .replay(run, cached)
                .map_err(|error| VectorsError::Run {
                    vector: vector.name.clone(),
                    error,
                })?;
            let mut differences = Vec::new();
            compare::run(&replayed, run, cached, &mut differences);
            let how = if cached { "cached" } else { "not cached" };
            let named = |difference| format!("run {index}, {how}: {difference}");
            report
                .differences
                .extend(differences.into_iter().map(named));
        }
    }
    Ok(report)
}
