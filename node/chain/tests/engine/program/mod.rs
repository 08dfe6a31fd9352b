//! Random programs: valid, of every opcode that costs less than all the ink there is, and sure to end.
//!
//! Not among them: several results, which ArbOS 60 and later refuse; floats, which only code that never runs may have.
//!
//! Whoever runs one calls `user_entrypoint(0)`. It calls the program's functions one after another, keeps what they return in
//! memory with the globals, and hands all of its memory out as result; or it traps on the way.

mod body;
mod expression;
mod opcodes;
mod operand;
mod statement;

use crate::dice::Dice;
use body::Body;
use opcodes::{EDGES, I32, I32_STORES, I64, I64_STORES};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TypeSection,
    ValType,
};

/// Functions imported: `write_result` and `pay_for_memory_grow`.
const IMPORTS: u32 = 2;
/// The global that counts down with every call and turn, so that a program ends.
const FUEL: u32 = 0;
/// Calls and turns of a program.
const MOST_TURNS: i32 = 120;
/// Globals of each type beside the fuel: 1 to 3 hold an `i32`, 4 to 6 an `i64`.
const GLOBALS: u32 = 3;
/// Where results are kept, above what the functions write as a rule.
const RESULTS: i32 = 0xff00;
/// Slots of the table that hold functions, in turn.
const SLOTS: u32 = 10;
/// How deep an expression nests.
const DEPTH: u32 = 5;

/// A function's parameters and result, of which there may be none.
#[derive(Clone)]
struct Signature {
    params: Vec<ValType>,
    result: Option<ValType>,
}

/// The WASM of the program with this number.
pub(crate) fn random(seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let count = 1 + dice.below(5) as usize;
    let signatures: Vec<Signature> = (0..count).map(|_| signature(&mut dice)).collect();

    let mut types = TypeSection::new();
    types.ty().function([I32, I32], []);
    types.ty().function([I32], []);
    types.ty().function([I32], [I32]);
    for signature in &signatures {
        types
            .ty()
            .function(signature.params.iter().copied(), signature.result);
    }
    let mut imports = ImportSection::new();
    imports.import("vm_hooks", "write_result", EntityType::Function(0));
    imports.import("vm_hooks", "pay_for_memory_grow", EntityType::Function(1));
    let mut functions = FunctionSection::new();
    functions.function(2);
    let mut code = CodeSection::new();
    code.function(&entry(&mut dice, &signatures));
    for (index, signature) in (0..).zip(&signatures) {
        functions.function(3 + index);
        code.function(&Body::random(&mut dice, &signatures, signature));
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: u64::from(SLOTS) + 1,
        maximum: Some(u64::from(SLOTS) + 1),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: Some(1 + dice.below(4)),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let global = |val_type| GlobalType {
        val_type,
        mutable: true,
        shared: false,
    };
    globals.global(global(I32), &ConstExpr::i32_const(MOST_TURNS));
    for _ in 0..GLOBALS {
        globals.global(global(I32), &ConstExpr::i32_const(number(&mut dice) as i32));
    }
    for _ in 0..GLOBALS {
        globals.global(global(I64), &ConstExpr::i64_const(number(&mut dice)));
    }
    let mut exports = ExportSection::new();
    exports.export("user_entrypoint", ExportKind::Func, IMPORTS);
    exports.export("memory", ExportKind::Memory, 0);
    let mut elements = ElementSection::new();
    // the last slot stays empty
    let listed: Vec<u32> = (0..SLOTS)
        .map(|slot| IMPORTS + 1 + slot % count as u32)
        .collect();
    elements.active(
        Some(0),
        &ConstExpr::i32_const(0),
        Elements::Functions(listed.into()),
    );

    let mut data = DataSection::new();
    for _ in 0..dice.below(3) {
        let at = dice.below(0x8000) as i32;
        let bytes: Vec<u8> = (0..dice.below(40)).map(|_| dice.next() as u8).collect();
        data.active(0, &ConstExpr::i32_const(at), bytes);
    }

    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data);
    module.finish()
}

/// Whether a program may ask for more memory, for which it pays on the chain, granted or not.
pub(crate) fn grows_memory(wasm: &[u8]) -> bool {
    let bodies = wasmparser::Parser::new(0)
        .parse_all(wasm)
        .filter_map(|payload| match payload.expect("a valid program") {
            wasmparser::Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
    let mut operators = bodies.flat_map(|body| body.get_operators_reader().expect("operators"));
    operators.any(|operator| matches!(operator, Ok(wasmparser::Operator::MemoryGrow { .. })))
}

fn signature(dice: &mut Dice) -> Signature {
    Signature {
        params: (0..dice.below(7)).map(|_| dice.pick(&[I32, I64])).collect(),
        result: dice.chance(85).then(|| dice.pick(&[I32, I64])),
    }
}

fn number(dice: &mut Dice) -> i64 {
    match dice.below(3) {
        0 => dice.next().cast_signed(),
        1 => dice.below(16) as i64,
        _ => dice.pick(EDGES),
    }
}

/// Calls every function with numbers, keeps what they return and the globals, and hands out the memory.
fn entry(dice: &mut Dice, signatures: &[Signature]) -> Function {
    let mut body = Function::new([]);
    for (index, signature) in (0..).zip(signatures) {
        let at = RESULTS + 8 * index as i32;
        if signature.result.is_some() {
            body.instruction(&Instruction::I32Const(at));
        }
        for param in &signature.params {
            constant(&mut body, *param, number(dice));
        }
        body.instruction(&Instruction::Call(IMPORTS + 1 + index));
        if let Some(result) = signature.result {
            store(&mut body, result);
        }
    }
    for global in 0..=2 * GLOBALS {
        body.instruction(&Instruction::I32Const(RESULTS + 128 + 8 * global as i32));
        body.instruction(&Instruction::GlobalGet(global));
        store(&mut body, if global <= GLOBALS { I32 } else { I64 });
    }
    body.instruction(&Instruction::I32Const(0))
        .instruction(&Instruction::MemorySize(0))
        .instruction(&Instruction::I32Const(16))
        .instruction(&Instruction::I32Shl)
        .instruction(&Instruction::Call(0))
        .instruction(&Instruction::I32Const(0))
        .instruction(&Instruction::End);
    body
}

fn constant(body: &mut Function, ty: ValType, number: i64) {
    match ty {
        I64 => body.instruction(&Instruction::I64Const(number)),
        _ => body.instruction(&Instruction::I32Const(number as i32)),
    };
}

/// Stores what is on the stack at the address below it.
fn store(body: &mut Function, ty: ValType) {
    let opcode = if ty == I64 {
        I64_STORES[0]
    } else {
        I32_STORES[0]
    };
    body.raw([opcode, 0, 0]);
}
