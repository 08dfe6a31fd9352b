//! What is asked of a trace.

use serde::Deserialize;
use serde_json::Value;

/// What is asked of a trace: which tracer, and its settings. Those of steps stand beside the tracer's name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TraceOptions {
    /// The tracer's name; none asks for all steps.
    pub tracer: Option<String>,
    /// Its settings.
    pub tracer_config: Option<Value>,
    /// The settings of steps.
    #[serde(flatten)]
    pub(super) steps: StepOptions,
}

/// What of each step is told.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct StepOptions {
    pub(super) enable_memory: bool,
    pub(super) disable_stack: bool,
    pub(super) disable_storage: bool,
    pub(super) enable_return_data: bool,
    /// Bytes after which no further step is told; 0 is no limit.
    pub(super) limit: usize,
}

/// Settings of `callTracer`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CallOptions {
    pub(super) only_top_call: bool,
    pub(super) with_log: bool,
}

/// Settings of `flatCallTracer`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct FlatOptions {
    pub(super) convert_parity_errors: bool,
    pub(super) include_precompiles: bool,
}

/// Settings of `prestateTracer`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools)] // as go-ethereum has them
pub(super) struct PrestateOptions {
    pub(super) diff_mode: bool,
    pub(super) disable_code: bool,
    pub(super) disable_storage: bool,
    pub(super) include_empty: bool,
}

/// Settings of `erc7562Tracer`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct UserOperationOptions {
    pub(super) with_log: bool,
    /// Opcodes that are not counted; without it, those that only reckon.
    ignored_opcodes: Option<Vec<alloy_primitives::U64>>,
}

impl UserOperationOptions {
    /// Whether an opcode is not counted.
    pub(super) fn ignores(&self, opcode: u8) -> bool {
        match &self.ignored_opcodes {
            Some(ignored) => ignored.contains(&alloy_primitives::U64::from(opcode)),
            // PUSH0 to SWAP15, POP, ADD, SUB, MUL, DIV, EQ, LT, GT, SLT, SGT, SHL, SHR, AND, OR, NOT and ISZERO
            None => matches!(
                opcode,
                0x5f..=0x9e | 0x50 | 0x01..=0x04 | 0x10..=0x17 | 0x19 | 0x1b | 0x1c
            ) && opcode != 0x18,
        }
    }
}
