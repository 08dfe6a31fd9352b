//! Where a program meets the VM: words in and out, reverts, logs, the lock, storage, outside calls, ERC-20 rules.
//!
//! The only code shared by the programs that touches the SDK; all unsafe code of this workspace lies in its folder. It
//! holds no rule of the product.
#![no_std]
#![allow(unsafe_code)] // here, in keccak beside it, and nowhere else

extern crate alloc;

pub mod abi;
pub mod call;
pub mod create;
pub mod erc20;
pub mod host;
pub mod lock;
pub mod log;
pub mod math;
pub mod revert;
pub mod route;
pub mod storage;
pub mod word;

pub use abi::{List, Malformed, Reader, Writer};
pub use alloy_primitives::Address;
pub use revert::Revert;
pub use word::Word;

/// What a routed function answers: ABI-encoded return values, or revert data.
pub type Answer = Result<alloc::vec::Vec<u8>, Revert>;
