//! Opcodes that stand for what is none: what ArbOS, a precompile or a program does (`arbos/util/tracing.go`).

use super::Telling;
use crate::context::Context;
use crate::watch::{Entered, Left, Step};
use alloy_primitives::{Address, Bytes, U256};
use revm::bytecode::opcode::{CALL, POP, RETURN, SLOAD, SSTORE, STOP};

/// An opcode that stands for something else.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stands<'a> {
    pub(crate) opcode: u8,
    pub(crate) gas: u64,
    pub(crate) cost: u64,
    /// How many frames there are.
    pub(crate) depth: usize,
    pub(crate) acting: Address,
    /// Its operands, the first one first.
    pub(crate) operands: &'a [U256],
    pub(crate) memory: &'a [u8],
    pub(crate) refund: u64,
    /// What the last call returned.
    pub(crate) returned: &'a [u8],
    /// Why it failed, if it did.
    pub(crate) failure: Option<&'a str>,
}

/// Tells of it.
pub(crate) fn step(context: &mut Context, stands: &Stands<'_>) {
    if !context.has_steps_watched() {
        return;
    }
    let mut stack = stands.operands.to_vec();
    stack.reverse();
    context.tell_step(&Step {
        pc: 0,
        opcode: stands.opcode,
        gas: stands.gas,
        depth: stands.depth,
        acting: stands.acting,
        stack: &stack,
        memory: stands.memory,
        returned: stands.returned,
        refund: stands.refund,
    });
    context.tell_stepped(stands.cost, stands.failure);
}

/// Tells of a program that failed, whose frame ends as if at an opcode.
pub(crate) fn failed(
    context: &mut Context,
    depth: usize,
    acting: Address,
    returned: &[u8],
    (words, refund): (&str, u64),
) {
    let stands = Stands {
        opcode: STOP,
        depth,
        acting,
        refund,
        returned,
        failure: Some(words),
        ..Stands::default()
    };
    step(context, &stands);
}

/// Tells that ArbOS reads a slot for someone in the middle of a transaction.
pub(crate) fn read(context: &mut Context, depth: usize, acting: Address, slot: U256) {
    read_step(context, depth, acting, slot);
    context.tell_arbos(slot);
}

/// Tells that ArbOS writes a slot for someone in the middle of a transaction.
pub(crate) fn write(context: &mut Context, depth: usize, acting: Address, slot: U256, value: U256) {
    write_step(context, depth, acting, slot, value);
    context.tell_arbos(slot);
}

pub(super) fn read_step(context: &mut Context, depth: usize, acting: Address, slot: U256) {
    let stands = Stands {
        opcode: SLOAD,
        depth,
        acting,
        operands: &[slot],
        refund: refund(context),
        ..Stands::default()
    };
    step(context, &stands);
}

pub(super) fn write_step(
    context: &mut Context,
    depth: usize,
    acting: Address,
    slot: U256,
    value: U256,
) {
    let stands = Stands {
        opcode: SSTORE,
        depth,
        acting,
        operands: &[slot, value],
        refund: refund(context),
        ..Stands::default()
    };
    step(context, &stands);
}

/// The refund counter, of what waits for the frame that runs.
pub(crate) fn refund(context: &Context) -> u64 {
    let watched = context.chain.watched.as_ref();
    let refund: i64 = watched.map_or(0, |hold| hold.refunds.iter().sum());
    refund.max(0).cast_unsigned()
}

/// Tells of wei that change hands within a frame, as of a call in which nothing runs.
pub(crate) fn transfer(
    context: &mut Context,
    depth: usize,
    from: Address,
    to: Address,
    value: U256,
) {
    let refund = refund(context);
    let stands = |opcode, depth, operands| Stands {
        opcode,
        depth,
        acting: from,
        operands,
        refund,
        ..Stands::default()
    };
    let address = U256::from_be_slice(to.as_slice());
    let zero = U256::ZERO;
    let operands = [zero, address, value, zero, zero, zero, zero];
    let (nothing, ok) = ([zero, zero], [U256::from(1)]);
    step(context, &stands(CALL, depth, &operands));
    context.tell_enter(&Entered {
        depth,
        opcode: CALL,
        from,
        to,
        input: Bytes::new(),
        gas: 0,
        value: Some(value),
    });
    step(context, &stands(RETURN, depth + 1, &nothing));
    context.tell_leave(&Left {
        depth,
        output: Bytes::new(),
        gas_used: 0,
        failure: None,
    });
    step(context, &stands(POP, depth, &ok));
}
