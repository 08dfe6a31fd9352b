//! A function being written, and what it has to hand.

use super::opcodes::{I32, I64};
use super::{DEPTH, FUEL, GLOBALS, Signature, constant, number};
use crate::dice::Dice;
use wasm_encoder::{BlockType, Function, Instruction, ValType};

/// A function being written.
pub(super) struct Body<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) signatures: &'a [Signature],
    pub(super) result: Option<ValType>,
    pub(super) locals: Vec<ValType>,
    pub(super) code: Function,
    /// What can be branched to, innermost last; the function itself comes first.
    pub(super) labels: Vec<Label>,
}

/// Where a branch goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The end of a block, which takes this.
    Block(Option<ValType>),
    /// The beginning of a loop, which takes nothing, and fuel.
    Loop,
}

impl<'a> Body<'a> {
    pub(super) fn random(
        dice: &'a mut Dice,
        signatures: &'a [Signature],
        signature: &Signature,
    ) -> Function {
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

    pub(super) fn put(&mut self, instruction: &Instruction<'_>) {
        self.code.instruction(instruction);
    }

    pub(super) fn raw(&mut self, opcode: u8) {
        self.code.raw([opcode]);
    }

    /// Returns when the fuel is gone, and takes one from it.
    pub(super) fn leave_without_fuel(&mut self) {
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(1));
        self.put(&Instruction::I32LtS);
        self.put(&Instruction::If(BlockType::Empty));
        self.give_result();
        self.put(&Instruction::Return);
        self.put(&Instruction::End);
        self.take_fuel();
    }

    pub(super) fn give_result(&mut self) {
        if let Some(ty) = self.result {
            let number = number(self.dice);
            constant(&mut self.code, ty, number);
        }
    }

    pub(super) fn take_fuel(&mut self) {
        self.put(&Instruction::GlobalGet(FUEL));
        self.put(&Instruction::I32Const(1));
        self.put(&Instruction::I32Sub);
        self.put(&Instruction::GlobalSet(FUEL));
    }

    pub(super) fn local(&mut self, ty: ValType) -> Option<u32> {
        let fitting: Vec<u32> = (0..)
            .zip(&self.locals)
            .filter(|(_, local)| **local == ty)
            .map(|(index, _)| index)
            .collect();
        (!fitting.is_empty()).then(|| self.dice.pick(&fitting))
    }

    pub(super) fn global(&mut self, ty: ValType) -> u32 {
        let first = if ty == I32 { 1 } else { 1 + GLOBALS };
        first + self.dice.below(GLOBALS.into()) as u32
    }

    pub(super) fn some_type(&mut self) -> ValType {
        self.dice.pick(&[I32, I64])
    }
}
