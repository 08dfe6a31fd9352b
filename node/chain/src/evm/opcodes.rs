//! The opcodes that Arbitrum changes.

use super::transfers::Transfer;
use crate::arbos::{l1_hashes, space};
use crate::context::Context;
use crate::wasm::code;
use alloy_primitives::Address;
use revm::bytecode::opcode::{BLOBBASEFEE, BLOCKHASH, SELFDESTRUCT};
use revm::context_interface::{ContextTr, JournalTr};
use revm::handler::instructions::EthInstructions;
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::{
    Host, Instruction, InstructionContext, InstructionExecResult, InstructionResult, instructions,
};
use revm::primitives::hardfork::SpecId;

pub(super) type Instructions<'a> = EthInstructions<EthInterpreter, &'a mut Context>;
type At<'i, 'a> = InstructionContext<'i, &'a mut Context, EthInterpreter>;

/// Gas of `SELFDESTRUCT` beside what depends on its target (geth `params/protocol_params.go`).
const SELFDESTRUCT_GAS: u16 = 5_000;
/// Gas of `BLOCKHASH` (geth `core/vm/jump_table.go`).
const BLOCKHASH_GAS: u16 = 20;
/// Gas of `BLOBBASEFEE` (geth `core/vm/eips.go`).
const BLOBBASEFEE_GAS: u16 = 2;

/// Ethereum's opcodes at a version, with Arbitrum's in their places.
pub(super) fn table<'a>(spec: SpecId) -> Instructions<'a> {
    let mut table = Instructions::new_mainnet_with_spec(spec);
    table.insert_instruction(
        SELFDESTRUCT,
        Instruction::new(selfdestruct),
        SELFDESTRUCT_GAS,
    );
    table.insert_instruction(BLOBBASEFEE, Instruction::new(blobbasefee), BLOBBASEFEE_GAS);
    table.insert_instruction(BLOCKHASH, Instruction::new(blockhash), BLOCKHASH_GAS);
    table
}

/// A program cannot destroy itself: borrowed code that tries is reverted once it has paid (geth
/// `core/vm/instructions.go`).
fn selfdestruct(at: At<'_, '_>) -> InstructionExecResult {
    let acting = at.interpreter.input.target_address;
    let arbos = at.host.chain.arbos;
    let (code, _) = space::code(at.host.journal_mut(), acting);
    if at.interpreter.runtime_flag.is_static {
        return instructions::host::selfdestruct(at);
    }
    let Ok(target) = at.interpreter.stack.peek(0) else {
        return Err(InstructionResult::StackUnderflow);
    };
    let target = Address::from_word(target.into());
    if !code::is_component(&code, arbos) {
        // undone with the frame should it have too little gas
        at.host.chain.touched.touch(target);
        if let Some(transfer) = Transfer::given(acting, target, at.host) {
            transfer.log(at.host, None);
        }
        return instructions::host::selfdestruct(at);
    }
    let Ok(target) = at.host.journal_mut().load_account(target);
    let (new, cold) = (target.info.is_empty(), target.is_cold);
    let Ok(acting) = at.host.journal_mut().load_account(acting);
    let creates = new && !acting.info.balance.is_zero();
    let cost = at.host.gas_params().selfdestruct_cost(creates, cold);
    if !at.interpreter.gas.record_regular_cost(cost) {
        return Err(InstructionResult::OutOfGas);
    }
    Err(InstructionResult::Revert)
}

/// There are no blobs on Arbitrum: asking their price fails the frame (geth `core/vm/eips.go`).
fn blobbasefee(_: At<'_, '_>) -> InstructionExecResult {
    Err(InstructionResult::OpcodeNotFound)
}

/// Hashes of blocks are those that ArbOS keeps of the parent chain's (geth `core/vm/instructions.go`).
fn blockhash(at: At<'_, '_>) -> InstructionExecResult {
    let Some([number]) = at.interpreter.stack.popn::<1>() else {
        return Err(InstructionResult::StackUnderflow);
    };
    let hash = u64::try_from(number)
        .ok()
        .and_then(|number| l1_hashes::hash(at.host.journal_mut(), number))
        .unwrap_or_default();
    match at.interpreter.stack.push(hash.into()) {
        true => Ok(()),
        false => Err(InstructionResult::StackOverflow),
    }
}
