//! Puts the charges into a module.

use super::{BULK_BYTE_INK, Block, INK_LEFT, INK_STATUS, STACK_LEFT};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection,
    GlobalType, Instruction as I, Module, TypeSection, ValType,
};
use wasmparser::Operator;

/// What the rewriting needs to know of the module; one entry a defined function in `functions`.
pub(crate) struct Rewrite<'a> {
    /// Globals of the program itself.
    pub(crate) globals: u32,
    /// Index of the imported `pay_for_memory_grow`, if growing is paid for.
    pub(crate) pay_for_memory_grow: Option<u32>,
    /// The exports that stay, by name.
    pub(crate) exports: &'a [&'a str],
    /// Result lists of more than one value, for which the type section gets a type of its own, and the index of the first.
    pub(crate) result_types: &'a [Vec<wasmparser::ValType>],
    pub(crate) first_result_type: u32,
    /// The functions in the order of the code section.
    pub(crate) functions: &'a [FunctionPlan<'a>],
}

/// One function with its charges.
pub(crate) struct FunctionPlan<'a> {
    pub(crate) ops: &'a [Operator<'a>],
    pub(crate) blocks: Vec<Block>,
    pub(crate) frame_words: u32,
    /// Parameters and declared locals.
    pub(crate) locals: u32,
    pub(crate) results: Vec<wasmparser::ValType>,
}

/// The instrumented module.
pub(crate) fn rewrite(wasm: &[u8], plan: &Rewrite<'_>) -> Result<Vec<u8>, Error> {
    let mut module = Module::new();
    let mut writer = Writer {
        plan,
        next: 0,
        globals_written: false,
    };
    writer.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm)?;
    Ok(module.finish())
}

struct Writer<'a> {
    plan: &'a Rewrite<'a>,
    next: usize,
    globals_written: bool,
}

impl Writer<'_> {
    fn ink(&self) -> u32 {
        self.plan.globals
    }

    fn status(&self) -> u32 {
        self.plan.globals + 1
    }

    fn stack(&self) -> u32 {
        self.plan.globals + 2
    }

    fn body_type(&mut self, results: &[wasmparser::ValType]) -> Result<BlockType, Error> {
        Ok(match results {
            [] => BlockType::Empty,
            [result] => BlockType::Result(self.val_type(*result)?),
            _ => {
                let at = self
                    .plan
                    .result_types
                    .iter()
                    .position(|listed| listed == results);
                BlockType::FunctionType(self.plan.first_result_type + at.unwrap_or_default() as u32)
            }
        })
    }

    fn add_globals(&mut self, globals: &mut GlobalSection) {
        let mutable = |val_type| GlobalType {
            val_type,
            mutable: true,
            shared: false,
        };
        globals.global(mutable(ValType::I64), &ConstExpr::i64_const(0));
        globals.global(mutable(ValType::I32), &ConstExpr::i32_const(0));
        globals.global(mutable(ValType::I32), &ConstExpr::i32_const(0));
        self.globals_written = true;
    }

    /// Takes `cost` (pushed by the caller's code) from the ink, or ends the program as out of ink.
    fn charge(&self, body: &mut Function, cost: &[I<'_>]) {
        body.instruction(&I::GlobalGet(self.ink()));
        cost.iter().for_each(|op| {
            body.instruction(op);
        });
        body.instruction(&I::I64LtU);
        body.instruction(&I::If(BlockType::Empty));
        body.instruction(&I::I32Const(1));
        body.instruction(&I::GlobalSet(self.status()));
        body.instruction(&I::Unreachable);
        body.instruction(&I::End);
        body.instruction(&I::GlobalGet(self.ink()));
        cost.iter().for_each(|op| {
            body.instruction(op);
        });
        body.instruction(&I::I64Sub);
        body.instruction(&I::GlobalSet(self.ink()));
    }

    fn take_frame(&self, body: &mut Function, words: u32) {
        let words = words as i32;
        for op in [
            I::GlobalGet(self.stack()),
            I::I32Const(words),
            I::I32LeU,
            I::If(BlockType::Empty),
            I::I32Const(0),
            I::GlobalSet(self.stack()),
            I::Unreachable,
            I::End,
            I::GlobalGet(self.stack()),
            I::I32Const(words),
            I::I32Sub,
            I::GlobalSet(self.stack()),
        ] {
            body.instruction(&op);
        }
    }

    fn give_frame_back(&self, body: &mut Function, words: u32) {
        for op in [
            I::GlobalGet(self.stack()),
            I::I32Const(words as i32),
            I::I32Add,
            I::GlobalSet(self.stack()),
        ] {
            body.instruction(&op);
        }
    }
}

impl Reencode for Writer<'_> {
    type Error = core::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        Ok(())
    }

    fn intersperse_section_hook(
        &mut self,
        module: &mut Module,
        _: Option<wasm_encoder::SectionId>,
        before: Option<wasm_encoder::SectionId>,
    ) -> Result<(), Error> {
        // A module without globals has no section to extend: one is put where it belongs, before the exports, which
        // every program has.
        if before == Some(wasm_encoder::SectionId::Export) && !self.globals_written {
            let mut globals = GlobalSection::new();
            self.add_globals(&mut globals);
            module.section(&globals);
        }
        Ok(())
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: wasmparser::TypeSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        for results in self.plan.result_types {
            let results = results
                .iter()
                .map(|ty| self.val_type(*ty))
                .collect::<Result<Vec<_>, _>>()?;
            types.ty().function([], results);
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: wasmparser::GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        self.add_globals(globals);
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        for export in section {
            let export = export?;
            if self.plan.exports.contains(&export.name) {
                utils::parse_export(self, exports, export)?;
            }
        }
        exports.export(INK_LEFT, ExportKind::Global, self.ink());
        exports.export(INK_STATUS, ExportKind::Global, self.status());
        exports.export(STACK_LEFT, ExportKind::Global, self.stack());
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        source: wasmparser::FunctionBody<'_>,
    ) -> Result<(), Error> {
        let plan = &self.plan.functions[self.next];
        self.next += 1;
        let mut locals = Vec::new();
        for group in source.get_locals_reader()? {
            let (count, ty) = group?;
            locals.push((count, self.val_type(ty)?));
        }
        let scratch = plan.locals;
        if plan.ops.iter().any(needs_scratch) {
            locals.push((1, ValType::I32));
        }
        let mut body = Function::new(locals);
        self.take_frame(&mut body, plan.frame_words);
        // A branch to the function's own label must pass the code that gives the frame back, so the body is a block.
        body.instruction(&I::Block(self.body_type(&plan.results)?));
        let mut blocks = plan.blocks.iter().peekable();
        let last = plan.ops.len().saturating_sub(1);
        for (index, op) in plan.ops.iter().enumerate() {
            if let Some(block) = blocks.next_if(|block| block.first == index) {
                self.charge(&mut body, &[I::I64Const(block.ink as i64)]);
            }
            match op {
                Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } => {
                    body.instruction(&I::LocalSet(scratch));
                    let cost = [
                        I::LocalGet(scratch),
                        I::I64ExtendI32U,
                        I::I64Const(BULK_BYTE_INK as i64),
                        I::I64Mul,
                    ];
                    self.charge(&mut body, &cost);
                    body.instruction(&I::LocalGet(scratch));
                }
                Operator::MemoryGrow { .. } => {
                    if let Some(pay) = self.plan.pay_for_memory_grow {
                        body.instruction(&I::LocalTee(scratch));
                        body.instruction(&I::Call(pay));
                        body.instruction(&I::LocalGet(scratch));
                    }
                }
                Operator::Return => self.give_frame_back(&mut body, plan.frame_words),
                _ => {}
            }
            if index == last {
                body.instruction(&I::End);
                self.give_frame_back(&mut body, plan.frame_words);
            }
            let op = self.instruction(op.clone())?;
            body.instruction(&op);
        }
        code.function(&body);
        Ok(())
    }
}

fn needs_scratch(op: &Operator<'_>) -> bool {
    matches!(
        op,
        Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } | Operator::MemoryGrow { .. }
    )
}
