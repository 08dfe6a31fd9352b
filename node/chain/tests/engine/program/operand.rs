//! Addresses, lengths, accesses to memory, and calls.

use super::body::Body;
use super::opcodes::I32;
use super::{IMPORTS, SLOTS};
use wasm_encoder::{Encode, Instruction, ValType};

impl Body<'_> {
    /// An address that is in memory, but seldom.
    pub(super) fn address(&mut self, depth: u32) {
        self.expression(I32, depth);
        if self.dice.chance(99) {
            self.put(&Instruction::I32Const(0x7fff));
            self.put(&Instruction::I32And);
        }
    }

    /// A number of bytes that fits in memory, but seldom; never so many that they could not be paid for.
    pub(super) fn few(&mut self, depth: u32) {
        self.expression(I32, depth);
        let most = if self.dice.chance(99) { 0xff } else { 0x1_ffff };
        self.put(&Instruction::I32Const(most));
        self.put(&Instruction::I32And);
    }

    /// A load or store of this opcode, with an alignment that it may claim and an offset.
    pub(super) fn access(&mut self, opcode: u8) {
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
    pub(super) fn slot_of(&mut self, index: u32, depth: u32) {
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
    pub(super) fn call(&mut self, result: Option<ValType>, depth: u32) -> Option<()> {
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
