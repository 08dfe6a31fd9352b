//! Statements: what leaves nothing on the stack.

use super::FUEL;
use super::body::{Body, Label};
use super::opcodes::{I32, I32_STORES, I64_STORES};
use wasm_encoder::{BlockType, Instruction};

impl Body<'_> {
    pub(super) fn statement(&mut self, depth: u32) {
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
                self.put(&Instruction::If(BlockType::Empty));
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
                self.put(&Instruction::Block(BlockType::Empty));
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
                self.put(&Instruction::If(BlockType::Empty));
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

    pub(super) fn statements(&mut self, depth: u32) {
        for _ in 0..1 + self.dice.below(3) {
            self.statement(depth);
        }
    }

    pub(super) fn end_block(&mut self) {
        self.labels.pop();
        self.put(&Instruction::End);
    }

    pub(super) fn assignment(&mut self, depth: u32) {
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
    pub(super) fn turns(&mut self, depth: u32) {
        self.put(&Instruction::Loop(BlockType::Empty));
        self.labels.push(Label::Loop);
        self.statements(depth);
        self.go_on(0, depth);
        self.end_block();
    }

    /// Goes back to the beginning of a loop, on a condition and with fuel.
    pub(super) fn go_on(&mut self, out: u32, depth: u32) {
        self.take_fuel();
        self.condition(depth);
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(0));
        self.put(&Instruction::I32GtS);
        self.put(&Instruction::I32And);
        self.put(&Instruction::BrIf(out));
    }

    /// Blocks in one another, of which `br_table` leaves one, or one further out.
    pub(super) fn switch(&mut self, depth: u32) {
        let cases = 1 + self.dice.below(4);
        for _ in 0..cases {
            self.put(&Instruction::Block(BlockType::Empty));
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
    pub(super) fn branch(&mut self, depth: u32) {
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
}
