//! Expressions: what leaves one number on the stack.

use super::body::{Body, Label};
use super::opcodes::{
    I32, I32_BINARY, I32_COMPARE, I32_DIV_S, I32_EQZ, I32_LOADS, I32_REM_U, I32_UNARY, I32_WRAP,
    I64, I64_BINARY, I64_COMPARE, I64_DIV_S, I64_EQZ, I64_EXTEND_S, I64_EXTEND_U, I64_LOADS,
    I64_REM_U, I64_UNARY,
};
use super::{constant, number};
use wasm_encoder::{BlockType, Instruction, ValType};

impl Body<'_> {
    /// An `i32` that is mostly made by a comparison: engines fuse these with what uses them.
    pub(super) fn condition(&mut self, depth: u32) {
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

    pub(super) fn comparison(&mut self, depth: u32) {
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

    pub(super) fn expression(&mut self, ty: ValType, depth: u32) {
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
                self.put(&Instruction::If(BlockType::Result(ty)));
                self.labels.push(Label::Block(Some(ty)));
                self.statements(depth.min(1));
                self.expression(ty, depth);
                self.put(&Instruction::Else);
                self.expression(ty, depth);
                self.end_block();
            }
            19 => {
                self.put(&Instruction::Block(BlockType::Result(ty)));
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

    pub(super) fn binary(&mut self, ty: ValType, depth: u32) {
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

    pub(super) fn leaf(&mut self, ty: ValType) {
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
}
