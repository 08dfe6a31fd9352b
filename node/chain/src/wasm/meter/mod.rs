//! Metering: ink, stack depth and memory growth are charged by code put into the program at activation, so what a
//! program costs does not depend on the runtime that executes it.

mod blocks;
mod depth;
mod price;
mod rewrite;

pub use blocks::{Block, blocks};
pub use depth::{DepthError, Signatures, frame_words};
pub(crate) use price::is_float_arithmetic;
pub use price::{BLOCK_HEADER_INK, BULK_BYTE_INK, NotSupported, opcode_ink};
pub(crate) use rewrite::{FunctionPlan, Rewrite, rewrite};

/// Exported global that holds the ink left (i64, unsigned).
pub const INK_LEFT: &str = "stylus_ink_left";
/// Exported global that is 1 once ink ran out (i32).
pub const INK_STATUS: &str = "stylus_ink_status";
/// Exported global that holds the words of stack left; 0 once they ran out (i32, unsigned).
pub const STACK_LEFT: &str = "stylus_stack_left";
/// How many globals Nitro's instrumentation adds; its estimates count them (`crates/prover/src/programs/mod.rs`).
pub const NITRO_GLOBALS: u64 = 4;
