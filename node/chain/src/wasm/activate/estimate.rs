//! What a program is estimated to cost to activate and to start (`crates/prover/src/programs/mod.rs`).

use super::Refusal;
use super::binary::Binary;
use crate::units::Gas;
use crate::version::{ArbOs, Feature};
use crate::wasm::meter::{FunctionPlan, NITRO_GLOBALS};
use wasmparser::Operator;

/// The figures Nitro keeps with a program, and the metered part of its activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Estimates {
    /// Cost of a start that is not cached, in gas before scaling.
    pub init: u16,
    /// Cost of a cached start, in gas before scaling.
    pub cached_init: u16,
    /// Bytes of native code.
    pub asm: u32,
    /// Pages of memory at the start.
    pub footprint: u16,
    /// Gas of activation that depends on the program; the fixed 1,659,168 and ArbOS storage costs come on top.
    pub activation_gas: u64,
}

/// Gas for a microsecond of activation: x 2 x 7,000,000 / 500,000.
const GAS_PER_MICROSECOND: u64 = 28;
/// Code that Nitro's meter puts at each basic block.
const BLOCK_OPCODES: u64 = 12;
/// Code that its depth check puts at a function's start and end (with the block around the body) and before each return.
const FRAME_OPCODES: u64 = 17;
const RETURN_OPCODES: u64 = 4;
/// Code before each bulk opcode and before each growth of memory that is paid for.
const BULK_OPCODES: u64 = 17;
const GROW_OPCODES: u64 = 4;

impl Estimates {
    pub(super) fn new(
        binary: &Binary<'_>,
        footprint: u16,
        opcodes: u64,
        arbos: ArbOs,
    ) -> Result<Self, Refusal> {
        let functions = binary.bodies.len() as u64;
        let size = binary.size;
        let type_words: u64 = binary
            .bodies
            .iter()
            .map(|b| (b.signature.params().len() + b.signature.results().len()) as u64)
            .sum();
        let globals = u64::from(binary.globals) + NITRO_GLOBALS;
        let spans = binary.data_span + binary.element_span;
        let pages = u64::from(footprint);

        let cached_init = functions * 13_420 / 100_000
            + type_words * 89 / 100_000
            + size * 122 / 100_000
            + globals * 1_628 / 1_000
            + spans * 75_244 / 100_000
            + pages * 5;
        let cached_init = kept("cached", cached_init, u16::MAX)?;
        let mut init =
            functions * 8_252 / 1_000 + type_words * 1_059 / 1_000 + size * 1_286 / 10_000;
        if !arbos.has(Feature::StylusV2) {
            init += u64::from(cached_init);
        }
        let init = kept("init", init, u16::MAX)?;
        let asm = 512_000
            + functions * 996_829 / 1_000
            + type_words * 11_416 / 1_000
            + size * 62_628 / 10_000;
        let asm = kept("asm", asm, u32::MAX)?;

        let wasm_bytes = if arbos.has(Feature::WasmBytes) {
            size * 31_733 / 100_000
        } else {
            0
        };
        let microseconds = wasm_bytes
            + functions * 17_263 / 100_000
            + binary.data_bytes * 17_376 / 100_000
            + binary.element_span * 17_376 / 100_000
            + pages * 2_217
            + opcodes * 535 / 1_000;
        Ok(Self {
            init,
            cached_init,
            asm,
            footprint,
            activation_gas: microseconds * GAS_PER_MICROSECOND,
        })
    }
}

/// An estimate in the type that Nitro keeps it in, whose largest number is `max`.
fn kept<T: TryFrom<u64>>(which: &'static str, got: u64, max: T) -> Result<T, Refusal>
where
    u64: From<T>,
{
    T::try_from(got).map_err(|_| Refusal::TooCostly {
        which,
        got,
        max: max.into(),
    })
}

/// Opcodes of each function as Nitro instruments it, which activation charges for; ours are not the same. The counts
/// are the ones that agree with the activation gas of every execution vector.
pub(super) fn instrumented_opcodes(
    functions: &[FunctionPlan<'_>],
    binary: &Binary<'_>,
) -> Vec<u64> {
    let counted = functions.iter().map(|plan| {
        let own = plan.ops.len() as u64;
        let blocks = BLOCK_OPCODES * plan.blocks.len() as u64;
        let extra: u64 = plan
            .ops
            .iter()
            .map(|op| match op {
                Operator::Return => RETURN_OPCODES,
                Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } => BULK_OPCODES,
                Operator::MemoryGrow { .. } if binary.paid_growth().is_some() => GROW_OPCODES,
                _ => 0,
            })
            .sum();
        own + blocks + extra + FRAME_OPCODES
    });
    counted.collect()
}

/// What entering a program costs, its memory aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryGas {
    /// Where it does not count as cached.
    pub uncached: Gas,
    /// Where it does.
    pub cached: Gas,
}

impl EntryGas {
    /// The gas in one of the two cases.
    #[must_use]
    pub const fn when(self, cached: bool) -> Gas {
        if cached { self.cached } else { self.uncached }
    }
}

/// What a program with these estimates costs to enter at default settings (`arbos/programs/programs.go`).
#[must_use]
pub fn entry_gas(estimates: &Estimates, arbos: ArbOs) -> EntryGas {
    // minInit 72 units at version 1 and 69 since, of 128 gas; minCached 11 units of 32 gas; both scalars 50 x 2%
    let cached = 11 * 32 + u64::from(estimates.cached_init);
    let init = u64::from(estimates.init);
    let uncached = match arbos.has(Feature::StylusV2) {
        true => 69 * 128 + init + cached,
        false => 72 * 128 + init,
    };
    EntryGas {
        uncached: Gas(uncached),
        cached: Gas(cached),
    }
}
