//! An ERC-20 to try payments with, on the chain of every new state. It is the demo's: anyone may mint it.

use crate::demo::COIN;
use crate::session::Session;
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::sol;
use anyhow::{Context as _, Result};
use stylus_chain::chain::Transaction;
use stylus_chain::predeploys::NICKS_FACTORY;

sol! {
    function mint(address to, uint256 amount) external;
}

/// What each development account has of it at first, in its smallest unit.
const EACH: u64 = 1_000_000_000_000;

fn init_code() -> Result<Vec<u8>> {
    hex::decode(COIN.trim()).context("coin.hex is no hex")
}

/// Where it is: through Nick's factory the address follows from its code alone, so it is the same on every chain.
fn address() -> Result<Address> {
    Ok(NICKS_FACTORY.create2_from_code(B256::ZERO, init_code()?))
}

/// Its address, where the chain has it: states of older commands do not.
///
/// # Errors
/// Its code is no hex.
pub fn of(session: &Session) -> Result<Option<Address>> {
    let address = address()?;
    let there = !session.chain.code(address).is_empty();
    Ok(there.then_some(address))
}

/// Deploys it and gives each development account its part.
///
/// # Errors
/// The chain refuses.
pub fn deploy(session: &mut Session) -> Result<()> {
    let accounts = session.chain.accounts().to_vec();
    let deployer = accounts[0];
    let calldata = [B256::ZERO.as_slice(), &init_code()?].concat();
    let transaction = Transaction::call(deployer, NICKS_FACTORY, calldata);
    session.transact("deploy the ERC-20", transaction)?;
    for to in accounts {
        let mint = mintCall {
            to,
            amount: U256::from(EACH),
        };
        session.send("mint coins", deployer, address()?, U256::ZERO, &mint)?;
    }
    Ok(())
}
