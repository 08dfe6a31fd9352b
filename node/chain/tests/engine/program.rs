//! Random programs: valid, of every opcode that costs less than all the ink there is, and sure to end.
//!
//! Not among them: several results, which ArbOS 60 and later refuse; floats, which only code that never runs may have.
//!
//! Whoever runs one calls `user_entrypoint(0)`. It calls the program's functions one after another, keeps what they return in
//! memory with the globals, and hands all of its memory out as result; or it traps on the way.

use crate::dice::Dice;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, Encode, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TypeSection,
    ValType,
};

const I32: ValType = ValType::I32;
const I64: ValType = ValType::I64;

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

const I32_BINARY: &[u8] = &[
    0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
];
const I64_BINARY: &[u8] = &[
    0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a,
];
const I32_COMPARE: &[u8] = &[0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f];
const I64_COMPARE: &[u8] = &[0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a];
const I32_UNARY: &[u8] = &[0x67, 0x68, 0x69, 0xc0, 0xc1];
const I64_UNARY: &[u8] = &[0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4];
const I32_LOADS: &[u8] = &[0x28, 0x2c, 0x2d, 0x2e, 0x2f];
const I64_LOADS: &[u8] = &[0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35];
const I32_STORES: &[u8] = &[0x36, 0x3a, 0x3b];
const I64_STORES: &[u8] = &[0x37, 0x3c, 0x3d, 0x3e];
const I32_EQZ: u8 = 0x45;
const I64_EQZ: u8 = 0x50;
const I32_DIV_S: u8 = 0x6d;
const I32_REM_U: u8 = 0x70;
const I64_DIV_S: u8 = 0x7f;
const I64_REM_U: u8 = 0x82;
const I32_WRAP: u8 = 0xa7;
const I64_EXTEND_S: u8 = 0xac;
const I64_EXTEND_U: u8 = 0xad;

/// Numbers near which arithmetic goes wrong.
const EDGES: &[i64] = &[
    0,
    1,
    2,
    7,
    8,
    31,
    32,
    33,
    63,
    64,
    65,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    65_535,
    65_536,
    -1,
    -2,
    -128,
    -32_768,
    i32::MIN as i64,
    i32::MAX as i64,
    i32::MIN as i64 - 1,
    i32::MAX as i64 + 1,
    u32::MAX as i64,
    i64::MIN,
    i64::MAX,
];

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

/// A function being written.
struct Body<'a> {
    dice: &'a mut Dice,
    signatures: &'a [Signature],
    result: Option<ValType>,
    locals: Vec<ValType>,
    code: Function,
    /// What can be branched to, innermost last; the function itself comes first.
    labels: Vec<Label>,
}

/// Where a branch goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    /// The end of a block, which takes this.
    Block(Option<ValType>),
    /// The beginning of a loop, which takes nothing, and fuel.
    Loop,
}

impl<'a> Body<'a> {
    fn random(dice: &'a mut Dice, signatures: &'a [Signature], signature: &Signature) -> Function {
        let own: Vec<ValType> = (0..dice.below(6)).map(|_| dice.pick(&[I32, I64])).collect();
        let locals = [signature.params.as_slice(), &own].concat();
        let mut body = Body {
            dice,
            signatures,
            result: signature.result,
            locals,
            code: Function::new(own.into_iter().map(|ty| (1, ty))),
            labels: vec![Label::Block(signature.result)],
        };
        body.leave_without_fuel();
        for _ in 0..1 + body.dice.below(5) {
            body.statement(DEPTH);
        }
        if let Some(ty) = signature.result {
            body.expression(ty, DEPTH);
        }
        body.put(&Instruction::End);
        body.code
    }

    fn put(&mut self, instruction: &Instruction<'_>) {
        self.code.instruction(instruction);
    }

    fn raw(&mut self, opcode: u8) {
        self.code.raw([opcode]);
    }

    /// Returns when the fuel is gone, and takes one from it.
    fn leave_without_fuel(&mut self) {
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(1));
        self.put(&Instruction::I32LtS);
        self.put(&Instruction::If(wasm_encoder::BlockType::Empty));
        self.give_result();
        self.put(&Instruction::Return);
        self.put(&Instruction::End);
        self.take_fuel();
    }

    fn give_result(&mut self) {
        if let Some(ty) = self.result {
            let number = number(self.dice);
            constant(&mut self.code, ty, number);
        }
    }

    fn take_fuel(&mut self) {
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(1));
        self.put(&Instruction::I32Sub);
        self.put(&Instruction::GlobalSet(FUEL));
    }

    fn local(&mut self, ty: ValType) -> Option<u32> {
        let fitting: Vec<u32> = (0..)
            .zip(&self.locals)
            .filter(|(_, local)| **local == ty)
            .map(|(index, _)| index)
            .collect();
        (!fitting.is_empty()).then(|| self.dice.pick(&fitting))
    }

    fn global(&mut self, ty: ValType) -> u32 {
        let first = if ty == I32 { 1 } else { 1 + GLOBALS };
        first + self.dice.below(GLOBALS.into()) as u32
    }

    fn some_type(&mut self) -> ValType {
        self.dice.pick(&[I32, I64])
    }

    fn statement(&mut self, depth: u32) {
        if depth == 0 {
            return self.assignment(0);
        }
        match self.dice.below(20) {
            0..=5 => self.assignment(depth - 1),
            6..=8 => {
                let ty = self.some_type();
                self.address(depth - 1);
                self.expression(ty, depth - 1);
                let opcode = self
                    .dice
                    .pick(if ty == I32 { I32_STORES } else { I64_STORES });
                self.access(opcode);
            }
            9..=10 => {
                self.condition(depth - 1);
                self.put(&Instruction::If(wasm_encoder::BlockType::Empty));
                self.labels.push(Label::Block(None));
                self.statements(depth - 1);
                if self.dice.chance(60) {
                    self.put(&Instruction::Else);
                    self.statements(depth - 1);
                }
                self.end_block();
            }
            11..=12 => self.turns(depth - 1),
            13 => {
                self.put(&Instruction::Block(wasm_encoder::BlockType::Empty));
                self.labels.push(Label::Block(None));
                self.statements(depth - 1);
                self.branch(depth - 1);
                self.statements(depth - 1);
                self.end_block();
            }
            14 => self.switch(depth - 1),
            15 => {
                let ty = self.some_type();
                self.expression(ty, depth - 1);
                self.put(&Instruction::Drop);
                self.put(&Instruction::Nop);
            }
            16 => self.branch(depth - 1),
            17 => {
                // copying and filling, of little
                self.address(depth - 1);
                if self.dice.chance(50) {
                    self.address(depth - 1);
                    self.few(depth - 1);
                    self.put(&Instruction::MemoryCopy {
                        src_mem: 0,
                        dst_mem: 0,
                    });
                } else {
                    self.expression(I32, depth - 1);
                    self.few(depth - 1);
                    self.put(&Instruction::MemoryFill(0));
                }
            }
            18 => {
                if self.call(None, depth - 1).is_none() {
                    self.assignment(depth - 1);
                }
            }
            _ => {
                self.condition(depth - 1);
                self.put(&Instruction::If(wasm_encoder::BlockType::Empty));
                self.labels.push(Label::Block(None));
                if self.dice.chance(5) {
                    self.put(&Instruction::Unreachable);
                } else {
                    if let Some(ty) = self.result {
                        self.expression(ty, depth - 1);
                    }
                    self.put(&Instruction::Return);
                }
                self.end_block();
            }
        }
    }

    fn statements(&mut self, depth: u32) {
        for _ in 0..1 + self.dice.below(3) {
            self.statement(depth);
        }
    }

    fn end_block(&mut self) {
        self.labels.pop();
        self.put(&Instruction::End);
    }

    fn assignment(&mut self, depth: u32) {
        let ty = self.some_type();
        self.expression(ty, depth);
        match self.local(ty).filter(|_| self.dice.chance(70)) {
            Some(local) => self.put(&Instruction::LocalSet(local)),
            None => {
                let global = self.global(ty);
                self.put(&Instruction::GlobalSet(global));
            }
        }
    }

    /// A loop that goes on while a condition holds and there is fuel.
    fn turns(&mut self, depth: u32) {
        self.put(&Instruction::Loop(wasm_encoder::BlockType::Empty));
        self.labels.push(Label::Loop);
        self.statements(depth);
        self.go_on(0, depth);
        self.end_block();
    }

    /// Goes back to the beginning of a loop, on a condition and with fuel.
    fn go_on(&mut self, out: u32, depth: u32) {
        self.take_fuel();
        self.condition(depth);
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(0));
        self.put(&Instruction::I32GtS);
        self.put(&Instruction::I32And);
        self.put(&Instruction::BrIf(out));
    }

    /// Blocks in one another, of which `br_table` leaves one, or one further out.
    fn switch(&mut self, depth: u32) {
        let cases = 1 + self.dice.below(4);
        for _ in 0..cases {
            self.put(&Instruction::Block(wasm_encoder::BlockType::Empty));
            self.labels.push(Label::Block(None));
        }
        self.expression(I32, depth);
        if self.dice.chance(70) {
            self.put(&Instruction::I32Const(7));
            self.put(&Instruction::I32And);
        }
        let ends: Vec<u32> = (0..)
            .zip(self.labels.iter().rev())
            .filter(|(_, label)| **label == Label::Block(None))
            .map(|(out, _)| out)
            .collect();
        let targets: Vec<u32> = (0..self.dice.below(6))
            .map(|_| self.dice.pick(&ends))
            .collect();
        let other = self.dice.pick(&ends);
        self.put(&Instruction::BrTable(targets.into(), other));
        for _ in 0..cases {
            self.end_block();
            self.assignment(depth);
        }
    }

    /// A branch to any label, with what it takes, mostly on a condition.
    fn branch(&mut self, depth: u32) {
        let open = self.labels.len();
        let out = self.dice.below(open as u64) as u32;
        let always = self.dice.chance(15);
        match self.labels[open - 1 - out as usize] {
            Label::Loop => self.go_on(out, depth),
            Label::Block(None) if always => self.put(&Instruction::Br(out)),
            Label::Block(None) => {
                self.condition(depth);
                self.put(&Instruction::BrIf(out));
            }
            Label::Block(Some(ty)) if always => {
                self.expression(ty, depth);
                self.put(&Instruction::Br(out));
            }
            Label::Block(Some(ty)) => {
                self.expression(ty, depth);
                self.condition(depth);
                self.put(&Instruction::BrIf(out));
                self.put(&Instruction::Drop);
            }
        }
    }

    /// An `i32` that is mostly made by a comparison: engines fuse these with what uses them.
    fn condition(&mut self, depth: u32) {
        match self.dice.below(10) {
            0..=4 => self.comparison(depth),
            5..=6 => {
                self.condition(depth.saturating_sub(1));
                self.raw(I32_EQZ);
            }
            7 => {
                self.condition(depth.saturating_sub(1));
                self.condition(depth.saturating_sub(1));
                let opcode = self.dice.pick(&[0x71, 0x72, 0x73]);
                self.raw(opcode);
            }
            _ => self.expression(I32, depth),
        }
    }

    fn comparison(&mut self, depth: u32) {
        let depth = depth.saturating_sub(1);
        let ty = self.some_type();
        self.expression(ty, depth);
        match (ty, self.dice.chance(20)) {
            (I32, true) => self.raw(I32_EQZ),
            (_, true) => self.raw(I64_EQZ),
            (_, false) => {
                self.expression(ty, depth);
                let opcode = self
                    .dice
                    .pick(if ty == I32 { I32_COMPARE } else { I64_COMPARE });
                self.raw(opcode);
            }
        }
    }

    fn expression(&mut self, ty: ValType, depth: u32) {
        if depth == 0 || self.dice.chance(12) {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        match self.dice.below(24) {
            0..=6 => self.binary(ty, depth),
            7..=8 => {
                self.expression(ty, depth);
                let opcode = self
                    .dice
                    .pick(if ty == I32 { I32_UNARY } else { I64_UNARY });
                self.raw(opcode);
            }
            9..=11 if ty == I32 => self.condition(depth),
            9..=11 => {
                self.expression(I32, depth);
                let opcode = self.dice.pick(&[I64_EXTEND_S, I64_EXTEND_U]);
                self.raw(opcode);
            }
            12..=15 => {
                self.expression(ty, depth);
                self.expression(ty, depth);
                self.condition(depth);
                self.put(&Instruction::Select);
            }
            16..=17 => {
                self.address(depth);
                let opcode = self
                    .dice
                    .pick(if ty == I32 { I32_LOADS } else { I64_LOADS });
                self.access(opcode);
            }
            18 => {
                self.condition(depth);
                self.put(&Instruction::If(wasm_encoder::BlockType::Result(ty)));
                self.labels.push(Label::Block(Some(ty)));
                self.statements(depth.min(1));
                self.expression(ty, depth);
                self.put(&Instruction::Else);
                self.expression(ty, depth);
                self.end_block();
            }
            19 => {
                self.put(&Instruction::Block(wasm_encoder::BlockType::Result(ty)));
                self.labels.push(Label::Block(Some(ty)));
                self.expression(ty, depth);
                self.condition(depth);
                self.put(&Instruction::BrIf(0));
                if self.dice.chance(50) {
                    self.put(&Instruction::Drop);
                    self.expression(ty, depth);
                }
                self.end_block();
            }
            20 => {
                self.expression(ty, depth);
                if let Some(local) = self.local(ty) {
                    self.put(&Instruction::LocalTee(local));
                }
            }
            21 if self.call(Some(ty), depth).is_some() => {}
            22 if ty == I32 && self.dice.chance(8) => {
                let pages = self.dice.pick(&[0, 1, 2]);
                self.put(&Instruction::I32Const(pages));
                self.put(&Instruction::MemoryGrow(0));
            }
            23 if ty == I32 => {
                self.expression(I64, depth);
                self.raw(I32_WRAP);
            }
            _ => self.binary(ty, depth),
        }
    }

    fn binary(&mut self, ty: ValType, depth: u32) {
        let opcode = self
            .dice
            .pick(if ty == I32 { I32_BINARY } else { I64_BINARY });
        self.expression(ty, depth);
        self.expression(ty, depth);
        let divides =
            (I32_DIV_S..=I32_REM_U).contains(&opcode) || (I64_DIV_S..=I64_REM_U).contains(&opcode);
        // few programs should end at a division by zero
        if divides && self.dice.chance(99) {
            constant(&mut self.code, ty, 1);
            self.raw(if ty == I32 { 0x72 } else { 0x84 });
        }
        self.raw(opcode);
    }

    fn leaf(&mut self, ty: ValType) {
        match self.dice.below(30) {
            0 if ty == I32 => return self.put(&Instruction::MemorySize(0)),
            0..=17 => {
                if let Some(local) = self.local(ty) {
                    return self.put(&Instruction::LocalGet(local));
                }
            }
            18..=23 => {
                let global = self.global(ty);
                return self.put(&Instruction::GlobalGet(global));
            }
            _ => {}
        }
        let number = number(self.dice);
        constant(&mut self.code, ty, number);
    }

    /// An address that is in memory, but seldom.
    fn address(&mut self, depth: u32) {
        self.expression(I32, depth);
        if self.dice.chance(99) {
            self.put(&Instruction::I32Const(0x7fff));
            self.put(&Instruction::I32And);
        }
    }

    /// A number of bytes that fits in memory, but seldom; never so many that they could not be paid for.
    fn few(&mut self, depth: u32) {
        self.expression(I32, depth);
        let most = if self.dice.chance(99) { 0xff } else { 0x1_ffff };
        self.put(&Instruction::I32Const(most));
        self.put(&Instruction::I32And);
    }

    /// A load or store of this opcode, with an alignment that it may claim and an offset.
    fn access(&mut self, opcode: u8) {
        let width = match opcode {
            0x28 | 0x34 | 0x35 | 0x36 | 0x3e => 2,
            0x29 | 0x37 => 3,
            0x2e | 0x2f | 0x32 | 0x33 | 0x3b | 0x3d => 1,
            _ => 0,
        };
        let alignment = self.dice.below(width + 1) as u8;
        let mut bytes = vec![opcode, alignment];
        let offset = match self.dice.below(100) {
            0 => self.dice.next() as u32,
            1..20 => self.dice.below(0x7000) as u32,
            _ => self.dice.below(100) as u32,
        };
        offset.encode(&mut bytes);
        self.code.raw(bytes);
    }

    /// A slot of the table that holds this function, but seldom another number.
    fn slot_of(&mut self, index: u32, depth: u32) {
        if self.dice.chance(2) {
            return self.expression(I32, depth);
        }
        let count = self.signatures.len() as u32;
        for _ in 0..2 {
            let slot = index + count * self.dice.below((SLOTS / count).into()) as u32;
            self.put(&Instruction::I32Const(slot.cast_signed()));
        }
        self.condition(depth);
        self.put(&Instruction::Select);
    }

    /// A call of a function with this result, directly or through the table; `None` if there is none.
    fn call(&mut self, result: Option<ValType>, depth: u32) -> Option<()> {
        let fitting: Vec<u32> = (0..)
            .zip(self.signatures)
            .filter(|(_, signature)| signature.result == result)
            .map(|(index, _)| index)
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let index = self.dice.pick(&fitting);
        for param in self.signatures[index as usize].params.clone() {
            self.expression(param, depth.min(2));
        }
        if self.dice.chance(60) {
            self.put(&Instruction::Call(IMPORTS + 1 + index));
        } else {
            self.slot_of(index, depth.min(1));
            self.put(&Instruction::CallIndirect {
                type_index: 3 + index,
                table_index: 0,
            });
        }
        Some(())
    }
}
