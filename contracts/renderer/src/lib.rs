//! tokenURI and contractURI of a collection, as data: URIs of JSON. Reads only; holds nothing.
#![no_main]
#![allow(missing_docs)] // the function that #[entrypoint] exports has none, and nothing else here is public

extern crate alloc;

mod attributes;
mod collection;
mod contract;
mod json;
mod token;

use alloc::vec::Vec;
use alloy_sol_types::sol;
use stylus_sdk::prelude::*;
use stylus_sdk::{host::VM, ArbResult};

sol!("../interfaces/IRenderer.sol");

#[entrypoint]
fn main(input: Vec<u8>, _: VM) -> ArbResult {
    shell::routes!(&input, {
        IRenderer::tokenURICall => token::token_uri,
        IRenderer::contractURICall => contract::contract_uri,
    })
}
