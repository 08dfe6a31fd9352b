//! What is asked of a trace.

use super::budget::{MOST_TIME, USUAL_TIME};
use crate::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// What is asked of a trace: which tracer, and its settings. Those of steps stand beside the tracer's name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TraceOptions {
    /// The tracer's name; none asks for all steps.
    pub tracer: Option<String>,
    /// Its settings.
    pub tracer_config: Option<Value>,
    /// How long it may take, as Go writes it: `10s`, `500ms`, `1m`.
    pub timeout: Option<String>,
    /// The settings of steps.
    #[serde(flatten)]
    pub(super) steps: StepOptions,
}

impl TraceOptions {
    /// All frames of a transaction one after the other, with errors in Parity's words.
    pub(crate) fn flat() -> Self {
        Self {
            tracer: Some("flatCallTracer".to_owned()),
            tracer_config: Some(json!({ "convertParityErrors": true })),
            ..Self::default()
        }
    }

    /// How long it may take.
    pub(super) fn time(&self) -> Result<Duration, Error> {
        let Some(asked) = &self.timeout else {
            return Ok(USUAL_TIME);
        };
        let time = duration(asked);
        let time =
            time.ok_or_else(|| Error::refused(format!("time: invalid duration {asked:?}")))?;
        Ok(time.min(MOST_TIME))
    }
}

/// A time as Go writes it (`time.ParseDuration`): numbers with their units, one after the other.
fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    let mut time = Duration::ZERO;
    while !rest.is_empty() || text.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let (number, after) = rest.split_at(end);
        let next = after.find(|letter: char| letter.is_ascii_digit() || letter == '.');
        let (unit, left) = after.split_at(next.unwrap_or(after.len()));
        let seconds = match unit {
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            _ => return None,
        };
        let part = number.parse::<f64>().ok()? * seconds;
        time = time.checked_add(Duration::try_from_secs_f64(part).ok()?)?;
        rest = left;
    }
    Some(time)
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
            None => {
                matches!(
                    opcode,
                    0x5f..=0x9e | 0x50 | 0x01..=0x04 | 0x10..=0x17 | 0x19 | 0x1b | 0x1c
                ) && opcode != 0x18
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::duration;
    use std::time::Duration;

    #[test]
    fn times_are_read_as_go_reads_them() {
        for (text, millis) in [
            ("10s", 10_000),
            ("1m30s", 90_000),
            ("1.5s", 1_500),
            ("1h", 3_600_000),
            ("500ms", 500),
            ("0", 0),
        ] {
            assert_eq!(
                duration(text),
                Some(Duration::from_millis(millis)),
                "{text}"
            );
        }
        for text in ["", "5", "s", "1d", "-1s", "1s5", "1e999h", "..s"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
