//! Inboxes: the receivers that marketplaces pay, one a work.
//!
//! An inbox is a hand-written EVM forwarder. Anyone may pay it by a bare transfer, before or after it exists. Called by
//! anyone but the router that made it, or with value, it stops, whatever the calldata: that takes 27 gas and always fits
//! in the 2,300 of a `transfer`. Called by its router without value, it makes one call, and only one of two:
//!
//! - calldata empty: all its native value to the router, no data;
//! - calldata [`order`]: `transfer(router, amount)` to the asset named, without value.
//!
//! It can do nothing else, whatever the router sends: the selector and the recipient are in its code. In particular no
//! `transferFrom`, which ERC-20 and ERC-721 share: an owner could else "recover" royalties past the parents.
//! It does not look at what came of the call. The router measures what it gained, which is the only answer it may trust.
//!
//! The init code is the same for every router: it writes its creator into the runtime. So the address depends on the
//! router, the chain and the work alone.
//!
//! ```text
//! init code                                       memory[11..76] = runtime
//!   33 5f 52        CALLER PUSH0 MSTORE           the router at 12..32
//!   60 73 60 0b 53  PUSH1 73 PUSH1 0b MSTORE8     before it the opcode PUSH20
//!   60 2c 60 14 60 20 39                          44 bytes from 20 on, to memory 32: CODECOPY(32, 20, 44)
//!   60 41 60 0b f3  PUSH1 41 PUSH1 0b RETURN
//!
//! runtime
//!   00 73 <router>  PUSH20 router
//!   15 33 18        CALLER XOR                    zero for the router
//!   17 34 17        CALLVALUE OR                  zero without value
//!   19 60 40 57     PUSH1 40 JUMPI                else to the end
//!   1c 63 a9059cbb  PUSH4 transfer(address,uint256)
//!   21 5f 52        PUSH0 MSTORE                  memory[28..32] = selector
//!   23 33 60 20 52  CALLER PUSH1 20 MSTORE        memory[32..64] = router
//!   27 60 24 35     PUSH1 24 CALLDATALOAD
//!   2a 60 40 52     PUSH1 40 MSTORE               memory[64..96] = amount
//!   2d 5f 5f        PUSH0 PUSH0                   no return data is copied
//!   2f 36           CALLDATASIZE                  0 or 68 bytes of arguments
//!   30 60 1c        PUSH1 1c                      from memory 28 on
//!   32 47 36 15 02  SELFBALANCE CALLDATASIZE ISZERO MUL          value: all without calldata, else none
//!   36 60 04 35     PUSH1 04 CALLDATALOAD                        the asset, zero without calldata
//!   39 33 36 15 02  CALLER CALLDATASIZE ISZERO MUL               the router without calldata, else zero
//!   3d 17           OR
//!   3e 5a f1        GAS CALL
//!   40 5b           JUMPDEST                      stops at the end of the code
//! ```

use crate::{create2, word};

/// Bytes of the runtime.
pub const RUNTIME_LEN: usize = 65;

/// The code that creates an inbox of its creator.
pub const INIT_CODE: [u8; 64] = *b"\
    \x33\x5f\x52\x60\x73\x60\x0b\x53\x60\x2c\x60\x14\x60\x20\x39\x60\x41\x60\x0b\xf3\
    \x33\x18\x34\x17\x60\x40\x57\
    \x63\xa9\x05\x9c\xbb\x5f\x52\x33\x60\x20\x52\x60\x24\x35\x60\x40\x52\
    \x5f\x5f\x36\x60\x1c\x47\x36\x15\x02\x60\x04\x35\x33\x36\x15\x02\x17\x5a\xf1\x5b";

/// keccak256 of [`INIT_CODE`].
pub const INIT_CODE_HASH: [u8; 32] = [
    0x6d, 0xe0, 0xc3, 0xbf, 0xdc, 0x1b, 0x5d, 0x5c, 0xf0, 0xbd, 0x05, 0xbe, 0x94, 0x6a, 0xaf, 0x5c,
    0xfc, 0x62, 0xc0, 0x85, 0x67, 0x9e, 0x1a, 0x60, 0x7a, 0xf1, 0x1e, 0x8d, 0x12, 0x5b, 0xa7, 0x92,
];

const PUSH20: u8 = 0x73;
const CONSTRUCTOR_LEN: usize = 20;

/// The runtime of an inbox of this router.
#[must_use]
pub fn runtime(router: &[u8; 20]) -> [u8; RUNTIME_LEN] {
    let mut code = [PUSH20; RUNTIME_LEN];
    code[1..21].copy_from_slice(router);
    code[21..].copy_from_slice(&INIT_CODE[CONSTRUCTOR_LEN..]);
    code
}

/// The CREATE2 salt of a work's inbox: H(abi.encode(uint256 chainId, uint256 workId)).
#[must_use]
pub fn salt(keccak256: impl Fn(&[u8]) -> [u8; 32], chain_id: u64, work: u64) -> [u8; 32] {
    keccak256([word::uint(chain_id), word::uint(work)].as_flattened())
}

/// The address of a work's inbox, created or not.
#[must_use]
pub fn address(
    keccak256: impl Fn(&[u8]) -> [u8; 32],
    router: &[u8; 20],
    chain_id: u64,
    work: u64,
) -> [u8; 20] {
    let salt = salt(&keccak256, chain_id, work);
    create2::address(keccak256, router, &salt, &INIT_CODE_HASH)
}

/// The calldata that makes an inbox transfer `amount` of an ERC-20 to its router: four bytes it ignores, asset, amount.
#[must_use]
pub fn order(asset: &[u8; 20], amount: u128) -> [u8; 68] {
    let mut calldata = [0; 68];
    calldata[4..36].copy_from_slice(&word::address(asset));
    calldata[36..].copy_from_slice(&word::join(0, amount));
    calldata
}
