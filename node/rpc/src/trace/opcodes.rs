//! The opcodes that tracers look for, by number.

pub(super) const ISZERO: u8 = 0x15;
pub(super) const KECCAK256: u8 = 0x20;
pub(super) const BALANCE: u8 = 0x31;
pub(super) const EXTCODESIZE: u8 = 0x3b;
pub(super) const EXTCODECOPY: u8 = 0x3c;
pub(super) const EXTCODEHASH: u8 = 0x3f;
pub(super) const SLOAD: u8 = 0x54;
pub(super) const SSTORE: u8 = 0x55;
pub(super) const GAS: u8 = 0x5a;
pub(super) const TLOAD: u8 = 0x5c;
pub(super) const TSTORE: u8 = 0x5d;
pub(super) const CREATE: u8 = 0xf0;
pub(super) const CALL: u8 = 0xf1;
pub(super) const CALLCODE: u8 = 0xf2;
pub(super) const RETURN: u8 = 0xf3;
pub(super) const DELEGATECALL: u8 = 0xf4;
pub(super) const CREATE2: u8 = 0xf5;
pub(super) const STATICCALL: u8 = 0xfa;
pub(super) const REVERT: u8 = 0xfd;
pub(super) const SELFDESTRUCT: u8 = 0xff;
