//! Words of stack that a call of a function takes (Nitro `crates/prover/src/programs/depth.rs`).

use super::blocks::Block;
use wasmparser::{BlockType, FuncType, Operator};

/// Greatest height of a function's value stack, in words.
const MAX_VALUES: u32 = 4_096;
/// Greatest frame of a function, in words.
const MAX_FRAME: u32 = 10_240;
/// Words of a frame beside its values and locals.
const FRAME_OVERHEAD: u32 = 4;
/// Words above the height at a block's start that its charge needs.
const CHARGE_WORDS: u32 = 2;
/// Words above its operands that the charge of a bulk opcode needs.
const BULK_CHARGE_WORDS: u32 = 3;

/// Why a function's frame is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DepthError {
    /// The value stack grows too high.
    #[error("too many values on the stack at once in func {0}: {1} > {MAX_VALUES}")]
    Values(u32, u32),
    /// Values and locals together are too many.
    #[error("frame too large in func {0}: {1} > {MAX_FRAME}-word limit")]
    Frame(u32, u32),
}

/// What the walk must know of the module around the function.
pub trait Signatures {
    /// The type at an index of the type section.
    fn type_at(&self, index: u32) -> Option<&FuncType>;
    /// The type of a function, imports first.
    fn type_of(&self, function: u32) -> Option<&FuncType>;
}

/// The words one call of a function takes: greatest value height, locals that are not parameters, overhead.
///
/// The height is that of a linear walk over the metered code: dead code counts, a block holds its results from its
/// entry, and a call pushes its results before it pops its arguments. An operator that takes and gives changes the height
/// by the difference alone, which matters in dead code, where nothing is left to take.
///
/// # Errors
/// [`DepthError`] where the function is over a limit; `function` names it there.
pub fn frame_words(
    function: u32,
    ops: &[Operator<'_>],
    blocks: &[Block],
    locals: u32,
    module: &impl Signatures,
) -> Result<u32, DepthError> {
    let mut walk = Walk {
        height: 0,
        worst: 0,
        scopes: Vec::new(),
        module,
    };
    let mut starts = blocks.iter().map(|block| block.first).peekable();
    for (index, op) in ops.iter().enumerate() {
        if starts.next_if_eq(&index).is_some() {
            walk.reach(CHARGE_WORDS);
        }
        walk.step(op);
    }
    if walk.worst > MAX_VALUES {
        return Err(DepthError::Values(function, walk.worst));
    }
    let frame = walk
        .worst
        .saturating_add(locals)
        .saturating_add(FRAME_OVERHEAD);
    if frame > MAX_FRAME {
        return Err(DepthError::Frame(function, frame));
    }
    Ok(frame)
}

struct Walk<'a, M> {
    height: u32,
    worst: u32,
    scopes: Vec<u32>,
    module: &'a M,
}

impl<M: Signatures> Walk<'_, M> {
    fn reach(&mut self, words: u32) {
        self.worst = self.worst.max(self.height.saturating_add(words));
    }

    fn push(&mut self, words: u32) {
        self.height = self.height.saturating_add(words);
        self.worst = self.worst.max(self.height);
    }

    fn pop(&mut self, words: u32) {
        self.height = self.height.saturating_sub(words);
    }

    fn enter(&mut self, blockty: BlockType) {
        match blockty {
            BlockType::Empty => {}
            BlockType::Type(_) => self.push(1),
            BlockType::FuncType(index) => self.call(self.module.type_at(index)),
        }
        self.scopes.push(self.height);
    }

    fn call(&mut self, signature: Option<&FuncType>) {
        let Some(signature) = signature else { return };
        self.push(signature.results().len() as u32);
        self.pop(signature.params().len() as u32);
    }

    fn step(&mut self, op: &Operator<'_>) {
        use Operator as O;
        match op {
            O::Block { blockty } | O::Loop { blockty } => self.enter(*blockty),
            O::If { blockty } => {
                self.pop(1);
                self.enter(*blockty);
            }
            O::Else => self.height = self.scopes.last().copied().unwrap_or(0),
            O::End => self.height = self.scopes.pop().unwrap_or(self.height),
            O::Call { function_index } => self.call(self.module.type_of(*function_index)),
            O::CallIndirect { type_index, .. } => {
                self.call(self.module.type_at(*type_index));
                self.pop(1);
            }
            O::MemoryCopy { .. } | O::MemoryFill { .. } => {
                self.reach(BULK_CHARGE_WORDS);
                self.pop(3);
            }
            O::BrIf { .. } | O::BrTable { .. } => self.pop(1),
            _ => match net_words(op) {
                given @ 0.. => self.push(given.unsigned_abs()),
                taken => self.pop(taken.unsigned_abs()),
            },
        }
    }
}

/// By how many words the opcodes that do not steer control change the height.
fn net_words(op: &Operator<'_>) -> i32 {
    use Operator as O;
    match op {
        O::Select => -2,
        O::LocalGet { .. } | O::GlobalGet { .. } | O::MemorySize { .. } => 1,
        O::I32Const { .. } | O::I64Const { .. } | O::F32Const { .. } | O::F64Const { .. } => 1,
        O::I32Store { .. }
        | O::I32Store8 { .. }
        | O::I32Store16 { .. }
        | O::I64Store { .. }
        | O::I64Store8 { .. }
        | O::I64Store16 { .. }
        | O::I64Store32 { .. }
        | O::F32Store { .. }
        | O::F64Store { .. } => -2,
        O::Drop
        | O::LocalSet { .. }
        | O::GlobalSet { .. }
        | O::I32Add
        | O::I32Sub
        | O::I32Mul
        | O::I32DivS
        | O::I32DivU
        | O::I32RemS
        | O::I32RemU
        | O::I32And
        | O::I32Or
        | O::I32Xor
        | O::I32Shl
        | O::I32ShrS
        | O::I32ShrU
        | O::I32Rotl
        | O::I32Rotr
        | O::I64Add
        | O::I64Sub
        | O::I64Mul
        | O::I64DivS
        | O::I64DivU
        | O::I64RemS
        | O::I64RemU
        | O::I64And
        | O::I64Or
        | O::I64Xor
        | O::I64Shl
        | O::I64ShrS
        | O::I64ShrU
        | O::I64Rotl
        | O::I64Rotr
        | O::I32Eq
        | O::I32Ne
        | O::I32LtS
        | O::I32LtU
        | O::I32GtS
        | O::I32GtU
        | O::I32LeS
        | O::I32LeU
        | O::I32GeS
        | O::I32GeU
        | O::I64Eq
        | O::I64Ne
        | O::I64LtS
        | O::I64LtU
        | O::I64GtS
        | O::I64GtU
        | O::I64LeS
        | O::I64LeU
        | O::I64GeS
        | O::I64GeU => -1,
        // loads, unary operators, conversions, memory.grow, local.tee, branches that are always taken
        _ => 0,
    }
}
