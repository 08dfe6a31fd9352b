//! Inboxes: the receivers that marketplaces pay, one a work.
//!
//! An inbox is a hand-written EVM forwarder. Anyone may pay it by a bare transfer, before or after it exists. Called by
//! anyone but the router that made it, or with value, it stops, whatever the calldata: that takes 27 gas and always fits
//! in the 2,300 of a `transfer`. Called by its router without value, it makes one call, and only one of two:
//!
//! - calldata [`native_order`], a word: that much native value to the router, no data;
//! - calldata [`order`]: `transfer(router, amount)` to the asset named, without value.
//!
//! It can do nothing else, whatever the router sends: the selector and the recipient are in its code. In particular no
//! `transferFrom`, which ERC-20 and ERC-721 share: an owner could else "recover" royalties past the parents.
//! It does not look at what came of the call. The router measures what it gained, which is the only answer it may trust.
//!
//! The arguments of its call are as long as the calldata is beyond the first word, and everything follows from that length:
//! where it is zero, the value is the amount and the router is called, else there is no value and the asset is.
//!
//! The init code is the same for every router: it writes its creator into the runtime. So the address depends on the
//! router, the chain and the work alone.
//!
//! ```text
//! init code                                       memory[11..79] = runtime
//!   33 5f 52        CALLER PUSH0 MSTORE           the router at 12..32
//!   60 73 60 0b 53  PUSH1 73 PUSH1 0b MSTORE8     before it the opcode PUSH20
//!   60 2f 60 14 60 20 39                          47 bytes from 20 on, to memory 32: CODECOPY(32, 20, 47)
//!   60 44 60 0b f3  PUSH1 44 PUSH1 0b RETURN
//!
//! runtime
//!   00 73 <router>  PUSH20 router
//!   15 33 18        CALLER XOR                    zero for the router
//!   17 34 17        CALLVALUE OR                  zero without value
//!   19 60 43 57     PUSH1 43 JUMPI                else to the end
//!   1c 63 a9059cbb  PUSH4 transfer(address,uint256)
//!   21 5f 52        PUSH0 MSTORE                  memory[28..32] = selector
//!   23 33 60 20 52  CALLER PUSH1 20 MSTORE        memory[32..64] = router
//!   27 5f 35        PUSH0 CALLDATALOAD
//!   29 60 40 52     PUSH1 40 MSTORE               memory[64..96] = amount
//!   2c 5f 5f        PUSH0 PUSH0                   no return data is copied
//!   2e 60 20 36 03  PUSH1 20 CALLDATASIZE SUB     size of the arguments: 0 or 68
//!   32 60 1c        PUSH1 1c                      from memory 28 on
//!   34 5f 35 82 15 02  PUSH0 CALLDATALOAD DUP3 ISZERO MUL        value: the amount without arguments, else none
//!   39 60 20 35     PUSH1 20 CALLDATALOAD                        the asset, zero without arguments
//!   3c 33 84 15 02  CALLER DUP5 ISZERO MUL                       the router without arguments, else zero
//!   40 17           OR
//!   41 5a f1        GAS CALL
//!   43 5b           JUMPDEST                      stops at the end of the code
//! ```

use crate::{create2, word};

/// Bytes of the runtime.
pub const RUNTIME_LEN: usize = 68;

/// The code that creates an inbox of its creator.
pub const INIT_CODE: [u8; 67] = *b"\
    \x33\x5f\x52\x60\x73\x60\x0b\x53\x60\x2f\x60\x14\x60\x20\x39\x60\x44\x60\x0b\xf3\
    \x33\x18\x34\x17\x60\x43\x57\
    \x63\xa9\x05\x9c\xbb\x5f\x52\x33\x60\x20\x52\x5f\x35\x60\x40\x52\
    \x5f\x5f\x60\x20\x36\x03\x60\x1c\x5f\x35\x82\x15\x02\x60\x20\x35\x33\x84\x15\x02\x17\x5a\xf1\x5b";

/// keccak256 of [`INIT_CODE`].
pub const INIT_CODE_HASH: [u8; 32] = [
    0x79, 0x8e, 0x29, 0x43, 0x1e, 0x50, 0xbe, 0x8e, 0xa7, 0x10, 0xd7, 0x38, 0xdc, 0xeb, 0x55, 0x59,
    0x62, 0x3d, 0xdd, 0x19, 0xf5, 0xc5, 0x32, 0x2d, 0x46, 0x9e, 0xf7, 0xf8, 0x11, 0x52, 0xd8, 0x42,
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

/// The calldata that makes an inbox send `amount` of its native value to its router.
#[must_use]
pub fn native_order(amount: u128) -> [u8; 32] {
    word::join(0, amount)
}

/// The calldata that makes an inbox transfer `amount` of an ERC-20 to its router: amount, asset, and zeros up to a word more
/// than the 68 bytes that `transfer` takes.
#[must_use]
pub fn order(asset: &[u8; 20], amount: u128) -> [u8; 100] {
    let mut calldata = [0; 100];
    calldata[..32].copy_from_slice(&word::join(0, amount));
    calldata[32..64].copy_from_slice(&word::address(asset));
    calldata
}
