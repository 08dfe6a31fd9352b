//! What the node says of itself, in the shapes of anvil and hardhat.

use crate::api::Api;
use crate::api::json::Json;
use crate::error::Error;
use crate::node::Chain;
use crate::node::read::base_fee;
use alloy_primitives::{U64, U128, U256};
use serde_json::{Value, json};
use stylus_chain::version::Feature;

/// The name and version of this node.
pub(in crate::api) const CLIENT: &str = concat!("anvil/stylus-node/v", env!("CARGO_PKG_VERSION"));

pub(super) fn register(api: &mut Api) {
    api.method("anvil_nodeInfo", |node, (): ()| node.chain(info));
    both!(api, "metadata", |node, (): ()| {
        let (chain_id, last) = node.chain(|chain| {
            let last = chain.last();
            (chain.config().chain_id, (last.number, last.hash))
        });
        let snapshots = node.snapshots().into_iter();
        let snapshots: serde_json::Map<_, _> = snapshots
            .map(|(id, last)| (format!("{id:#x}"), json!(last)))
            .collect();
        Ok(json!({
            "clientVersion": CLIENT,
            "clientSemver": env!("CARGO_PKG_VERSION"),
            "clientCommitSha": null,
            "chainId": chain_id,
            "instanceId": node.instance(),
            "latestBlockNumber": last.0,
            "latestBlockHash": last.1,
            "forkedNetwork": null,
            "snapshots": snapshots,
        }))
    });
    both!(api, "setLoggingEnabled", |node, (on,): (bool,)| {
        node.set_logging(on);
        Ok(())
    });
    both!(api, "setRpcUrl", |_, (_,): (String,)| -> Result<(), _> {
        Err(Error::refused("this node forks no other chain"))
    });
    api.method("hardhat_setPrevRandao", |_, (Json(value),): (Json<U256>,)| {
        match value {
            U256::ONE => Ok(true),
            _ => {
                let words = "PREVRANDAO is 1 in every block of Arbitrum, and cannot be set to anything else";
                Err(Error::refused(words))
            }
        }
    });
}

fn info(chain: &Chain) -> Result<Value, Error> {
    let last = chain.last();
    let arbos = chain.config().arbos;
    let rules = match (arbos.has(Feature::Osaka), arbos.has(Feature::Prague)) {
        (true, _) => "Osaka",
        (false, true) => "Prague",
        (false, false) => "Cancun",
    };
    let price = U128::from(base_fee(chain)?);
    Ok(json!({
        "currentBlockNumber": U64::from(last.number),
        "currentBlockTimestamp": last.timestamp,
        "currentBlockHash": last.hash,
        "hardFork": rules,
        "transactionOrder": "fifo",
        "environment": {
            "baseFee": price,
            "chainId": chain.config().chain_id,
            "gasLimit": U64::from(last.header.gas_limit),
            "gasPrice": price,
        },
        "forkConfig": {"forkUrl": null, "forkBlockNumber": null, "forkRetryBackoff": null},
    }))
}
