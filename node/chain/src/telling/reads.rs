//! What ArbOS reads for the EVM's own opcodes (`L1BlockNumber` and `L1BlockHash` in `arbos/tx_processor.go`).

use super::pseudo;
use crate::arbos::fields::root;
use crate::context::Context;
use alloy_primitives::U256;
use revm::context_interface::{Block, ContextTr, Transaction};

/// Hashes of the parent chain's blocks that are kept.
const KEPT: u64 = 256;

/// Tells of the parent chain's block being looked up, unless this transaction knows it.
pub(crate) fn number(context: &mut Context, depth: usize) {
    let Some(hold) = &mut context.chain.watched else {
        return;
    };
    if !core::mem::replace(&mut hold.knows_number, true) {
        looked(context, depth);
    }
}

/// Tells of the hash of a block of the parent chain being looked up, unless this transaction knows it.
pub(crate) fn hash(context: &mut Context, depth: usize, asked: U256) {
    let next = context.block().number().saturating_to::<u64>();
    let number = u64::try_from(asked);
    let Some(number) = number
        .ok()
        .filter(|number| *number < next && number.saturating_add(KEPT) >= next)
    else {
        return number_for_hash(context, depth);
    };
    number_for_hash(context, depth);
    let Some(hold) = &mut context.chain.watched else {
        return;
    };
    if hold.knows_hashes.contains(&asked) {
        return;
    }
    hold.knows_hashes.push(asked);
    looked(context, depth);
    let from = context.tx().caller();
    let slot = root::l1_hashes().slot_at(1 + number % KEPT);
    pseudo::read(context, depth, from, slot);
}

/// The number is looked up first, to know which hashes there are.
fn number_for_hash(context: &mut Context, depth: usize) {
    number(context, depth);
}

fn looked(context: &mut Context, depth: usize) {
    let from = context.tx().caller();
    pseudo::read(context, depth, from, *root::VERSION);
    pseudo::read(context, depth, from, *root::NEXT_L1_BLOCK);
}
