//! Opcodes: their names in traces, and the memory they reach.

use alloy_primitives::U256;
use revm::bytecode::opcode::{
    CALL, CALLCODE, CALLDATACOPY, CODECOPY, CREATE, CREATE2, DELEGATECALL, EXTCODECOPY, KECCAK256,
    LOG0, LOG4, MCOPY, MLOAD, MSTORE, MSTORE8, OpCode, RETURN, RETURNDATACOPY, REVERT, STATICCALL,
};

/// The name of an opcode as go-ethereum has it (`core/vm/opcodes.go`), which names some that never came to be.
#[must_use]
pub fn name(opcode: u8) -> String {
    let name = match opcode {
        0x44 => "DIFFICULTY",
        0xd0 => "DATALOAD",
        0xd1 => "DATALOADN",
        0xd2 => "DATASIZE",
        0xd3 => "DATACOPY",
        0xe0 => "RJUMP",
        0xe1 => "RJUMPI",
        0xe2 => "RJUMPV",
        0xe3 => "CALLF",
        0xe4 => "RETF",
        0xe5 => "JUMPF",
        0xe6 => "DUPN",
        0xe7 => "SWAPN",
        0xe8 => "EXCHANGE",
        0xec => "EOFCREATE",
        0xee => "RETURNCONTRACT",
        0xf7 => "RETURNDATALOAD",
        0xf8 => "EXTCALL",
        0xf9 => "EXTDELEGATECALL",
        0xfb => "EXTSTATICCALL",
        0x4b => return undefined(opcode),
        _ => match OpCode::new(opcode) {
            Some(known) => known.as_str(),
            None => return undefined(opcode),
        },
    };
    name.to_owned()
}

fn undefined(opcode: u8) -> String {
    format!("opcode {opcode:#x} not defined")
}

/// Whether an opcode calls.
pub(crate) const fn calls(opcode: u8) -> bool {
    matches!(opcode, CALL | CALLCODE | DELEGATECALL | STATICCALL)
}

/// Bytes that memory must have for an opcode; none if that is beyond 64 bits (`core/vm/memory_table.go`).
pub(super) fn memory(opcode: u8, stack: &[U256]) -> Option<u64> {
    let at = |deep: usize| {
        let place = stack.len().checked_sub(deep + 1);
        place.and_then(|place| stack.get(place)).copied()
    };
    let reach = |offset: usize, len: Option<U256>| -> Option<u64> {
        let len = len.unwrap_or_default();
        if len.is_zero() {
            return Some(0);
        }
        let offset = u64::try_from(at(offset).unwrap_or_default()).ok()?;
        offset.checked_add(u64::try_from(len).ok()?)
    };
    match opcode {
        KECCAK256 | RETURN | REVERT | LOG0..=LOG4 => reach(0, at(1)),
        CALLDATACOPY | CODECOPY | RETURNDATACOPY => reach(0, at(2)),
        EXTCODECOPY => reach(1, at(3)),
        MLOAD | MSTORE => reach(0, Some(U256::from(32))),
        MSTORE8 => reach(0, Some(U256::from(1))),
        MCOPY => Some(reach(0, at(2))?.max(reach(1, at(2))?)),
        CREATE | CREATE2 => reach(1, at(2)),
        CALL | CALLCODE => Some(reach(3, at(4))?.max(reach(5, at(6))?)),
        DELEGATECALL | STATICCALL => Some(reach(2, at(3))?.max(reach(4, at(5))?)),
        _ => Some(0),
    }
}
