//! Ink prices of opcodes (Nitro `crates/prover/src/programs/meter.rs` and `dynamic.rs`).

use wasmparser::{FuncType, Operator};

/// Charged once for every basic block beside its opcodes.
pub const BLOCK_HEADER_INK: u64 = 2_450;
/// Charged for every byte that `memory.copy` and `memory.fill` move.
pub const BULK_BYTE_INK: u64 = 100;

/// The opcode has no price: a program that holds it cannot be activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSupported;

/// The ink of one opcode. `u64::MAX` marks float moves, which are accepted and can never be paid for.
///
/// # Errors
/// [`NotSupported`] for everything outside the priced instruction set.
pub fn opcode_ink(
    op: &Operator<'_>,
    signature_of: &dyn Fn(u32) -> Option<FuncType>,
) -> Result<u64, NotSupported> {
    use Operator as O;
    Ok(match op {
        O::Unreachable | O::Return | O::Nop | O::I32Const { .. } | O::I64Const { .. } => 1,
        O::Block { .. } | O::Loop { .. } | O::Else | O::End => 1,
        O::Drop => 9,
        O::Br { .. } | O::BrIf { .. } | O::If { .. } => 765,
        O::BrTable { targets } => 2_400 + 325 * u64::from(targets.len()),
        O::Select => 1_250,
        O::Call { .. } => 3_800,
        O::CallIndirect { type_index, .. } => {
            let params = signature_of(*type_index).map_or(0, |signature| signature.params().len());
            13_610 + 650 * params as u64
        }
        O::LocalGet { .. } | O::LocalTee { .. } => 75,
        O::LocalSet { .. } => 210,
        O::GlobalGet { .. } => 225,
        O::GlobalSet { .. } => 575,
        O::I32Load { .. }
        | O::I32Load8S { .. }
        | O::I32Load8U { .. }
        | O::I32Load16S { .. }
        | O::I32Load16U { .. } => 670,
        O::I64Load { .. }
        | O::I64Load8S { .. }
        | O::I64Load8U { .. }
        | O::I64Load16S { .. }
        | O::I64Load16U { .. }
        | O::I64Load32S { .. }
        | O::I64Load32U { .. } => 680,
        O::I32Store { .. } | O::I32Store8 { .. } | O::I32Store16 { .. } => 825,
        O::I64Store { .. } | O::I64Store8 { .. } | O::I64Store16 { .. } | O::I64Store32 { .. } => {
            950
        }
        O::MemorySize { .. } => 3_000,
        O::MemoryGrow { .. } => 8_050,
        O::MemoryCopy { .. } | O::MemoryFill { .. } => 950,
        O::I32Eqz
        | O::I32Eq
        | O::I32Ne
        | O::I32LtS
        | O::I32LtU
        | O::I32GtS
        | O::I32GtU
        | O::I32LeS
        | O::I32LeU
        | O::I32GeS
        | O::I32GeU => 170,
        O::I64Eqz
        | O::I64Eq
        | O::I64Ne
        | O::I64LtS
        | O::I64LtU
        | O::I64GtS
        | O::I64GtU
        | O::I64LeS
        | O::I64LeU
        | O::I64GeS
        | O::I64GeU => 225,
        O::I32Clz | O::I32Ctz | O::I64Clz | O::I64Ctz => 210,
        O::I32Add
        | O::I32Sub
        | O::I32And
        | O::I32Or
        | O::I32Xor
        | O::I32Shl
        | O::I32ShrS
        | O::I32ShrU
        | O::I32Rotl
        | O::I32Rotr => 70,
        O::I64Add
        | O::I64Sub
        | O::I64And
        | O::I64Or
        | O::I64Xor
        | O::I64Shl
        | O::I64ShrS
        | O::I64ShrU
        | O::I64Rotl
        | O::I64Rotr => 100,
        O::I32Mul | O::I64Mul => 160,
        O::I32DivS | O::I32DivU | O::I32RemS | O::I32RemU => 1_120,
        O::I64DivS | O::I64DivU | O::I64RemS | O::I64RemU => 1_270,
        O::I32Popcnt => 2_650,
        O::I64Popcnt => 6_000,
        O::I32WrapI64
        | O::I64ExtendI32S
        | O::I64ExtendI32U
        | O::I32Extend8S
        | O::I32Extend16S
        | O::I64Extend8S
        | O::I64Extend16S
        | O::I64Extend32S => 100,
        O::F32Const { .. } | O::F64Const { .. } => u64::MAX,
        O::F32Load { .. } | O::F64Load { .. } | O::F32Store { .. } | O::F64Store { .. } => u64::MAX,
        O::I32ReinterpretF32
        | O::I64ReinterpretF64
        | O::F32ReinterpretI32
        | O::F64ReinterpretI64 => u64::MAX,
        _ => return Err(NotSupported),
    })
}

/// Whether the opcode is float arithmetic, comparison or conversion, which activation refuses under another name.
pub(crate) fn is_float_arithmetic(op: &Operator<'_>) -> bool {
    is_of_floats(op) && opcode_ink(op, &|_| None).is_err()
}

/// Makes of the list of all opcodes a table that is filled when this is compiled: activation asks of every opcode.
macro_rules! table_of_floats {
    ($(@$proposal:ident $op:ident $({ $($field:tt)* })? => $visit:ident ($($kind:tt)*))*) => {
        /// Whether the opcode's name holds that of a type of floats.
        fn is_of_floats(op: &Operator<'_>) -> bool {
            match op {
                $(Operator::$op { .. } => const { names_floats(stringify!($op)) },)*
                _ => false,
            }
        }
    };
}
wasmparser::for_each_operator!(table_of_floats);

const fn names_floats(name: &str) -> bool {
    let mut rest = name.as_bytes();
    while let [_, after @ ..] = rest {
        if matches!(rest, [b'F', b'3', b'2', ..] | [b'F', b'6', b'4', ..]) {
            return true;
        }
        rest = after;
    }
    false
}
