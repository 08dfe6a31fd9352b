//! Opcodes by what they take and give, and numbers worth giving them.

use wasm_encoder::ValType;

pub(super) const I32: ValType = ValType::I32;
pub(super) const I64: ValType = ValType::I64;

pub(super) const I32_BINARY: &[u8] = &[
    0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
];
pub(super) const I64_BINARY: &[u8] = &[
    0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a,
];
pub(super) const I32_COMPARE: &[u8] = &[0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f];
pub(super) const I64_COMPARE: &[u8] = &[0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a];
pub(super) const I32_UNARY: &[u8] = &[0x67, 0x68, 0x69, 0xc0, 0xc1];
pub(super) const I64_UNARY: &[u8] = &[0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4];
pub(super) const I32_LOADS: &[u8] = &[0x28, 0x2c, 0x2d, 0x2e, 0x2f];
pub(super) const I64_LOADS: &[u8] = &[0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35];
pub(super) const I32_STORES: &[u8] = &[0x36, 0x3a, 0x3b];
pub(super) const I64_STORES: &[u8] = &[0x37, 0x3c, 0x3d, 0x3e];
pub(super) const I32_EQZ: u8 = 0x45;
pub(super) const I64_EQZ: u8 = 0x50;
pub(super) const I32_DIV_S: u8 = 0x6d;
pub(super) const I32_REM_U: u8 = 0x70;
pub(super) const I64_DIV_S: u8 = 0x7f;
pub(super) const I64_REM_U: u8 = 0x82;
pub(super) const I32_WRAP: u8 = 0xa7;
pub(super) const I64_EXTEND_S: u8 = 0xac;
pub(super) const I64_EXTEND_U: u8 = 0xad;

/// Numbers near which arithmetic goes wrong.
pub(super) const EDGES: &[i64] = &[
    0,
    1,
    2,
    7,
    8,
    31,
    32,
    33,
    63,
    64,
    65,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    65_535,
    65_536,
    -1,
    -2,
    -128,
    -32_768,
    i32::MIN as i64,
    i32::MAX as i64,
    i32::MIN as i64 - 1,
    i32::MAX as i64 + 1,
    u32::MAX as i64,
    i64::MIN,
    i64::MAX,
];
