//! Basic blocks as the meter cuts them (Nitro `crates/prover/src/programs/meter.rs`).

use super::price::{BLOCK_HEADER_INK, NotSupported, opcode_ink};
use wasmparser::{FuncType, Operator};

/// A run of opcodes paid for at its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Index of the first opcode in the function.
    pub first: usize,
    /// Number of opcodes, the ending one included.
    pub len: usize,
    /// Header and opcodes; `u64::MAX` where the block can never be paid for.
    pub ink: u64,
}

/// Whether control may leave after this opcode, so that a block ends with it.
fn ends_block(op: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        op,
        O::End
            | O::Else
            | O::Return
            | O::Loop { .. }
            | O::Br { .. }
            | O::BrIf { .. }
            | O::BrTable { .. }
            | O::If { .. }
            | O::Call { .. }
            | O::CallIndirect { .. }
    )
}

/// Cuts a function body into its basic blocks.
///
/// # Errors
/// [`NotSupported`] where an opcode has no price.
pub fn blocks(
    ops: &[Operator<'_>],
    signature_of: &dyn Fn(u32) -> Option<FuncType>,
) -> Result<Vec<Block>, NotSupported> {
    let mut cut = Vec::new();
    let mut first = 0;
    let mut ink = BLOCK_HEADER_INK;
    for (index, op) in ops.iter().enumerate() {
        ink = ink.saturating_add(opcode_ink(op, signature_of)?);
        if ends_block(op) {
            cut.push(Block {
                first,
                len: index + 1 - first,
                ink,
            });
            first = index + 1;
            ink = BLOCK_HEADER_INK;
        }
    }
    Ok(cut)
}
