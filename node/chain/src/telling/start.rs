//! What is told of ArbOS's own transaction, with which a block begins (`arbos/tx_processor.go`, `arbos/internal_tx.go`).

use super::{Telling, pseudo};
use crate::arbos::fields::{l2, root};
use crate::arbos::predeploys::{BLOCK_HASHES, keeps_block_hashes};
use crate::arbos::space;
use crate::arbos::start::Start;
use crate::context::Context;
use crate::version::Feature;
use crate::watch::{Begun, Entered, Left};
use alloy_primitives::{Address, Bytes, U256, address};
use revm::bytecode::opcode::CALL;
use revm::context_interface::{Block, ContextTr, JournalTr};
use revm::interpreter::{CallInput, CallInputs, CallScheme, CallValue};

/// Who sends ArbOS's own transactions, to itself.
pub(crate) const ARBOS: Address = address!("00000000000000000000000000000000000a4b05");
/// Who calls what the protocol itself calls (EIP-2935).
const SYSTEM: Address = address!("fffffffffffffffffffffffffffffffffffffffe");
/// The gas of such a call.
const SYSTEM_GAS: u64 = 30_000_000;

/// Tells that it begins.
pub(crate) fn begin(context: &mut Context, input: Bytes) {
    context.tell_begin(&Begun {
        from: ARBOS,
        to: Some(ARBOS),
        gas_limit: 0,
        beneficiary: context.block().beneficiary(),
        authorities: Vec::new(),
        arbos: context.chain.arbos,
    });
    context.tell_arbos(*root::VERSION);
    context.tell_enter(&Entered {
        depth: 0,
        opcode: CALL,
        from: ARBOS,
        to: ARBOS,
        input,
        gas: 0,
        value: Some(U256::ZERO),
    });
    pseudo::read(context, 1, ARBOS, *root::VERSION);
}

/// The call that keeps the hash of the block before, if there is one: what ArbOS itself writes without it is the same.
pub(crate) fn keeping(context: &mut Context, start: &Start) -> Option<CallInputs> {
    if !keeps_block_hashes(context.chain.arbos) {
        return None;
    }
    let Ok(account) = context.journal_mut().load_account_with_code(BLOCK_HASHES);
    let code = (
        account.info.code_hash(),
        account.info.code.clone().unwrap_or_default(),
    );
    Some(CallInputs {
        input: CallInput::Bytes(start.parent_hash.to_vec().into()),
        return_memory_offset: 0..0,
        gas_limit: SYSTEM_GAS,
        reservoir: 0,
        bytecode_address: BLOCK_HASHES,
        known_bytecode: code,
        target_address: BLOCK_HASHES,
        caller: SYSTEM,
        value: CallValue::Transfer(U256::ZERO),
        scheme: CallScheme::Call,
        is_static: false,
        charged_new_account_state_gas: false,
    })
}

/// A slot that ArbOS reads, or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Read(U256),
    Write(U256),
}

/// Tells of the slots that ArbOS uses while `act` uses them.
pub(crate) fn using<T>(
    context: &mut Context,
    start: &Start,
    act: impl FnOnce(&mut Context) -> T,
) -> T {
    let uses = uses(context, start);
    for used in &uses {
        let (Use::Read(slot) | Use::Write(slot)) = *used;
        context.tell_arbos(slot);
    }
    let result = act(context);
    for used in uses {
        match used {
            Use::Read(slot) => pseudo::read_step(context, 1, ARBOS, slot),
            Use::Write(slot) => {
                let value = space::read(context.journal_mut(), slot);
                pseudo::write_step(context, 1, ARBOS, slot, value);
            }
        }
    }
    result
}

/// The slots of ArbOS that the beginning of a block uses, in order.
fn uses(context: &mut Context, start: &Start) -> Vec<Use> {
    let arbos = context.chain.arbos;
    let next: u64 = space::read(context.journal_mut(), *root::NEXT_L1_BLOCK).saturating_to();
    let mut uses = vec![Use::Read(*root::NEXT_L1_BLOCK)];
    if let Some(noted) = start.l1_block.checked_sub(1).filter(|noted| *noted >= next) {
        uses.push(Use::Read(*root::NEXT_L1_BLOCK));
        let hashes = root::l1_hashes();
        let first = next.max(noted.saturating_sub(256)).saturating_add(1);
        let kept = (first..noted).chain([noted]);
        uses.extend(kept.map(|number| Use::Write(hashes.slot_at(1 + number % 256))));
        uses.push(Use::Write(*root::NEXT_L1_BLOCK));
    }
    // two messages from the parent chain may have expired
    let expiring = root::retryables().inside(0);
    for _ in 0..2 {
        uses.extend([0, 1].map(|key| Use::Read(expiring.slot_at(key))));
    }
    if arbos.has(Feature::GasByKind) {
        uses.push(Use::Read(l2::multi_constraints().slot_at(0)));
    }
    if arbos.has(Feature::GasCapIsWhole) {
        uses.push(Use::Read(l2::constraints().slot_at(0)));
    }
    uses.extend([
        Use::Read(*l2::SPEED_LIMIT),
        Use::Read(*l2::BACKLOG),
        Use::Write(*l2::BACKLOG),
        Use::Read(*l2::INERTIA),
        Use::Read(*l2::TOLERANCE),
        Use::Read(*l2::BACKLOG),
        Use::Read(*l2::MIN_BASE_FEE),
        Use::Write(*l2::BASE_FEE),
        Use::Read(*root::UPGRADE_VERSION),
        Use::Read(*root::UPGRADE_TIME),
    ]);
    uses
}

/// Tells that it ends.
pub(crate) fn end(context: &mut Context) {
    context.tell_leave(&Left {
        depth: 0,
        output: Bytes::new(),
        gas_used: 0,
        failure: None,
    });
    context.tell_arbos(*root::VERSION);
    context.tell_end(0);
}
