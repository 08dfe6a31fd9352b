//! Activation: what Nitro checks of a program, what it estimates, and the instrumented module that runs.

mod binary;
mod estimate;
mod imports;
mod refusal;
mod segments;

pub use estimate::{EntryGas, Estimates, entry_gas};
pub use imports::{HOST_CALLS, HostCall};
pub use refusal::{Counted, Refusal};

use super::meter::{self, FunctionPlan, Rewrite};
use crate::version::ArbOs;
use binary::Binary;

/// A program that passed activation.
#[derive(Clone, Debug)]
pub struct Activation {
    /// The module with its charges, to be run with the three globals of [`meter`] set.
    pub module: Vec<u8>,
    /// What Nitro keeps with the program.
    pub estimates: Estimates,
    /// Defined functions.
    pub functions: u64,
    /// Bytes of the contents of all data segments.
    pub data_bytes: u64,
}

/// Name of the exported entry function.
pub const ENTRYPOINT: &str = "user_entrypoint";
/// Name of the exported memory.
pub const MEMORY: &str = "memory";

/// Checks, estimates and instruments a program (`crates/prover/src/programs/mod.rs` and `binary.rs`).
///
/// `page_limit` is the number of pages that may still be opened.
///
/// # Errors
/// A [`Refusal`] in the engine's order: validation, parsing, metering, depth, limits, then what only compiling finds.
pub fn activate(wasm: &[u8], arbos: ArbOs, page_limit: u16) -> Result<Activation, Refusal> {
    binary::validate(wasm, arbos)?;
    let binary = Binary::parse(wasm, arbos)?;
    binary.check_imports()?;
    binary.check_exports()?;
    let footprint = binary.check_memory(page_limit)?;

    let signature_of = |index: u32| binary.types.get(index as usize).cloned();
    let mut functions = Vec::with_capacity(binary.bodies.len());
    for body in &binary.bodies {
        // Float arithmetic has no price either, but Nitro's parser keeps it and only its compiler refuses it.
        if body.ops.iter().any(meter::is_float_arithmetic) {
            continue;
        }
        let blocks = meter::blocks(&body.ops, &signature_of).map_err(|_| Refusal::Unpriced)?;
        functions.push(FunctionPlan {
            ops: &body.ops,
            blocks,
            frame_words: 0,
            locals: 0,
            results: Vec::new(),
        });
    }
    for plan_and_body in functions.iter_mut().zip(&binary.bodies).enumerate() {
        let (index, (plan, body)) = plan_and_body;
        plan.frame_words = meter::frame_words(
            index as u32,
            &body.ops,
            &plan.blocks,
            body.declared_locals,
            &binary,
        )?;
        plan.locals = body.signature.params().len() as u32 + body.declared_locals;
        plan.results = body.signature.results().to_vec();
    }
    binary.check_limits()?;
    binary.check_segments(footprint)?;
    binary.check_compiling()?;

    let opcodes = estimate::instrumented_opcodes(&functions, &binary);
    let max = binary::MAX_OPCODES;
    let mut counted = opcodes.iter().copied().enumerate();
    if let Some((function, got)) = counted.find(|(_, count)| *count > max) {
        return Err(Refusal::TooManyOpcodes { function, got, max });
    }
    let estimates = Estimates::new(&binary, footprint, opcodes.iter().sum(), arbos)?;

    let mut result_types: Vec<Vec<_>> = functions
        .iter()
        .map(|f| f.results.clone())
        .filter(|r| r.len() > 1)
        .collect();
    result_types.sort_by_key(|results| format!("{results:?}"));
    result_types.dedup();
    let module = meter::rewrite(
        wasm,
        &Rewrite {
            globals: binary.globals,
            pay_for_memory_grow: binary.paid_growth(),
            exports: &[ENTRYPOINT, MEMORY],
            result_types: &result_types,
            first_result_type: binary.types.len() as u32,
            functions: &functions,
        },
    )
    .map_err(|error| Refusal::Instrument(error.to_string()))?;
    Ok(Activation {
        module,
        estimates,
        functions: functions.len() as u64,
        data_bytes: binary.data_bytes,
    })
}
