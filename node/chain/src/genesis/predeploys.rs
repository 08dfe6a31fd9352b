//! Contracts that tools expect, put into the state.

use crate::predeploys::{Placed, Predeploy, placed};
use crate::store::{Account, Writes, bytecode};
use alloy_primitives::{Address, B256, U256};
use revm::bytecode::Bytecode;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A contract with its code as the EVM takes it, which takes longer to make than a whole chain.
struct Ready {
    address: Address,
    nonce: u64,
    hash: B256,
    code: Bytecode,
    slots: Vec<(U256, U256)>,
}

static READY: LazyLock<BTreeMap<Predeploy, Vec<Ready>>> = LazyLock::new(|| {
    let ready = |placed: Placed| {
        let code = bytecode(placed.code);
        Ready {
            address: placed.address,
            nonce: placed.nonce,
            hash: code.hash_slow(),
            code,
            slots: placed.slots,
        }
    };
    let all = Predeploy::ALL.into_iter();
    all.map(|contract| (contract, placed(contract).into_iter().map(ready).collect()))
        .collect()
});

/// Puts the accounts of a contract into a state.
pub(super) fn put(contract: Predeploy, state: &mut Writes) {
    for ready in READY.get(&contract).into_iter().flatten() {
        let account = Account {
            nonce: ready.nonce,
            code_hash: ready.hash,
            ..Account::default()
        };
        state.codes.insert(ready.hash, ready.code.clone());
        state.set_account(ready.address, account);
        for (slot, value) in &ready.slots {
            state.set_slot(ready.address, *slot, *value);
        }
    }
}
