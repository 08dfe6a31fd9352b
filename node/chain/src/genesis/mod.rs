//! What a chain begins with: funded accounts, contracts that tools expect, and the state of ArbOS.

mod arbos;
mod predeploys;

use crate::arbos::predeploys::{self as first, BLOCK_HASHES, Contract};
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::config::Config;
use crate::dev_accounts::{DEV_ACCOUNTS, DEV_BALANCE};
use crate::store::{Account, Writes};
use alloy_primitives::{Address, Bytes};

/// Code of a precompile: one invalid opcode, for callers that look whether there is code at all.
const STUB_CODE: [u8; 1] = [0xfe];

/// The state before the first block.
#[must_use]
pub fn state(config: &Config) -> Writes {
    let mut state = Writes::default();
    for account in DEV_ACCOUNTS {
        let funded = Account {
            balance: DEV_BALANCE,
            ..Account::default()
        };
        state.set_account(account, funded);
    }
    for contract in &config.predeploys {
        predeploys::put(*contract, &mut state);
    }
    for contract in Contract::ALL {
        if contract.exists(config.arbos) {
            insert_code(&mut state, contract.address(), 0, STUB_CODE.into());
        }
    }
    if first::keeps_block_hashes(config.arbos) {
        let code = Bytes::from_static(&first::BLOCK_HASHES_CODE);
        insert_code(&mut state, BLOCK_HASHES, 1, code);
    }
    // the nonce keeps the account from counting as empty
    insert_code(&mut state, ARBOS_ACCOUNT, 1, Bytes::new());
    for (slot, value) in arbos::slots(config) {
        state.set_slot(ARBOS_ACCOUNT, slot, value);
    }
    state
}

fn insert_code(state: &mut Writes, address: Address, nonce: u64, code: Bytes) {
    let account = Account {
        nonce,
        ..Account::default()
    };
    state.set_account_with_code(address, account, code);
}
