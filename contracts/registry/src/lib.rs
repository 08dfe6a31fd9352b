//! The ERC-6551 registry: the reference ABI, event and error, and the exact account bytecode.
//!
//! It stores nothing; an account exists where code stands at its address.
#![no_main]
#![allow(missing_docs)] // the function that #[entrypoint] exports has none, and nothing else here is public

extern crate alloc;

mod create;

use alloc::vec::Vec;
use alloy_sol_types::sol;
use stylus_sdk::prelude::*;
use stylus_sdk::{host::VM, ArbResult};

sol!("../interfaces/IERC6551Registry.sol");

#[entrypoint]
fn main(input: Vec<u8>, _: VM) -> ArbResult {
    shell::routes!(&input, {
        IERC6551Registry::createAccountCall => create::create_account,
        IERC6551Registry::accountCall => create::account,
    })
}
