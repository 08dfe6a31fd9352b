//! Proofs of what accounts hold (EIP-1186).

use crate::api::Api;
use crate::convert::{BlockRef, Slot};
use crate::error::Error;
use crate::node::read::number;
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U64, U256};
use serde::Serialize;

/// Slots that one answer proves at most.
const MOST_SLOTS: usize = 1_024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proof {
    address: Address,
    account_proof: Vec<Bytes>,
    balance: U256,
    code_hash: B256,
    nonce: U64,
    storage_hash: B256,
    storage_proof: Vec<SlotProof>,
}

#[derive(Serialize)]
struct SlotProof {
    key: String,
    value: U256,
    proof: Vec<Bytes>,
}

pub(super) fn register(api: &mut Api) {
    api.method(
        "eth_getProof",
        |node, (address, keys, block): (Address, Vec<String>, BlockRef)| {
            if keys.len() > MOST_SLOTS {
                let words = format!("too many keys (max {MOST_SLOTS})");
                return Err(Error::arguments(words));
            }
            let keys: Vec<_> = keys
                .iter()
                .map(|key| Slot::read(key))
                .collect::<Result<_, _>>()
                .map_err(|why| Error::arguments(format!("unable to decode storage key: {why}")))?;
            let slots: Vec<_> = keys.iter().map(|key| key.slot).collect();
            let proven = node.chain(|chain| {
                let block = number(chain, block.0)?;
                let block = block.ok_or_else(|| Error::refused("header not found"))?;
                Ok::<_, Error>(chain.proof(address, &slots, block)?)
            })?;
            let account = proven.account;
            // nobody has no hashes either
            let is_nobody = account.nonce == 0
                && account.balance.is_zero()
                && account.code_hash == KECCAK256_EMPTY
                && account.storage_root == alloy_trie::EMPTY_ROOT_HASH;
            let hash = |hash| if is_nobody { B256::ZERO } else { hash };
            let storage = keys.into_iter().zip(proven.storage);
            Ok(Proof {
                address,
                account_proof: proven.nodes,
                balance: account.balance,
                code_hash: hash(account.code_hash),
                nonce: U64::from(account.nonce),
                storage_hash: hash(account.storage_root),
                storage_proof: storage
                    .map(|(key, slot)| SlotProof {
                        key: key.name,
                        value: slot.value,
                        proof: slot.nodes,
                    })
                    .collect(),
            })
        },
    );
}
