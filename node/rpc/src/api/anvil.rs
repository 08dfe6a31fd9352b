//! `anvil_` and `hardhat_`: setting by hand what a chain would not let one. Each has both names.

use super::Api;
use super::arguments::Arguments;
use super::evm;
use super::json::{Json, Number};
use crate::error::Error;
use crate::node::{Mining, Node};
use alloy_primitives::{Address, B256, Bytes, U256};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Registers a method under both names.
macro_rules! both {
    ($api:ident, $name:literal, $method:expr) => {
        $crate::api::anvil::register_both(
            $api,
            [concat!("anvil_", $name), concat!("hardhat_", $name)],
            $method,
        )
    };
}

mod about;
mod dump;

pub(super) use about::CLIENT;

pub(super) fn register_both<A: Arguments, R: Serialize>(
    api: &mut Api,
    names: [&'static str; 2],
    method: impl Fn(&Arc<Node>, A) -> Result<R, Error> + Copy + Send + Sync + 'static,
) {
    for name in names {
        api.method(name, method);
    }
}

/// Registers them.
pub(super) fn register(api: &mut Api) {
    accounts(api);
    impersonation(api);
    blocks(api);
    pool(api);
    about::register(api);
    dump::register(api);
}

fn accounts(api: &mut Api) {
    both!(api, "setBalance", |node, (Json(account), Json(balance))| {
        node.set_account(account, |it| it.balance = balance)?;
        Ok(())
    });
    api.method("anvil_addBalance", |node, (Json(account), Json(more))| {
        node.set_account(account, |it| it.balance = it.balance.saturating_add(more))?;
        Ok(())
    });
    both!(api, "setNonce", |node, (Json(account), Number(nonce))| {
        node.set_nonce(account, nonce)?;
        Ok(())
    });
    both!(api, "setCode", |node,
                           (Json(account), Json(code)): (
        Json<Address>,
        Json<Bytes>
    )| {
        node.set_code(account, code)?;
        Ok(())
    });
    both!(api, "setStorageAt", |node,
                                (
        Json(account),
        Json(slot),
        Json(value),
    ): (
        Json<Address>,
        Json<U256>,
        Json<B256>
    )| {
        node.set_storage(account, slot, value.into())?;
        Ok(true)
    });
}

fn impersonation(api: &mut Api) {
    both!(api, "impersonateAccount", |node, (Json(account),)| {
        node.impersonate(account);
        Ok(())
    });
    both!(api, "stopImpersonatingAccount", |node, (Json(account),)| {
        node.stop_impersonating(account);
        Ok(())
    });
    api.method("anvil_autoImpersonateAccount", |node, (all,)| {
        node.impersonate_all(all);
        Ok(())
    });
}

fn blocks(api: &mut Api) {
    both!(api, "mine", |node,
                        (blocks, interval): (
        Option<Number>,
        Option<Number>
    )| {
        let blocks = blocks.map_or(1, |Number(blocks)| blocks);
        let mined = node.mine(blocks, interval.map(|Number(seconds)| seconds));
        mined.map_err(|error| Error::refused(error.to_string()))
    });
    both!(api, "getAutomine", |node, (): ()| Ok(
        node.mining() == Mining::Automatic
    ));
    api.method("anvil_setAutomine", |node, (on,)| {
        evm::set_automine(node, on).map(drop)
    });
    both!(api, "reset", |node, (fork,): (Option<Value>,)| {
        // viem names a fork of nothing where it means none
        let named = |name| {
            fork.as_ref()?
                .get("forking")?
                .get(name)
                .filter(|it| !it.is_null())
        };
        let forks = ["jsonRpcUrl", "blockNumber"]
            .into_iter()
            .find_map(named)
            .is_some();
        if forks {
            return Err(Error::refused("this node cannot fork another chain"));
        }
        node.reset()?;
        Ok(true)
    });
    api.method("anvil_getIntervalMining", |node, (): ()| {
        Ok(match node.mining() {
            Mining::Every(interval) => Some(interval.as_secs()),
            Mining::Automatic | Mining::Manual => None,
        })
    });
    api.method("anvil_setIntervalMining", |node, (Number(seconds),)| {
        evm::set_interval(node, Duration::from_secs(seconds)).map(drop)
    });
    both!(
        api,
        "setNextBlockBaseFeePerGas",
        |node, (Number(price),)| {
            node.edit(|chain| chain.set_next_base_fee(price))?;
            Ok(())
        }
    );
    both!(api, "setMinGasPrice", |node, (Number(price),)| {
        node.edit(|chain| chain.set_base_fee(price))?;
        Ok(())
    });
    both!(
        api,
        "setBlockTimestampInterval",
        |node, (Number(seconds),)| {
            node.set_block_interval(Some(seconds));
            Ok(())
        }
    );
    both!(api, "removeBlockTimestampInterval", |node, (): ()| {
        Ok(node.set_block_interval(None).is_some())
    });
    both!(api, "setCoinbase", |node, (account,): (Address,)| {
        node.edit(|chain| chain.set_beneficiary(account));
        Ok(())
    });
}

fn pool(api: &mut Api) {
    both!(
        api,
        "dropTransaction",
        |node, (Json(hash),): (Json<B256>,)| { Ok(node.drop_transaction(hash).then_some(hash)) }
    );
    api.method("anvil_dropAllTransactions", |node, (): ()| {
        node.drop_all(None);
        Ok(())
    });
    api.method("anvil_removePoolTransactions", |node, (Json(from),)| {
        node.drop_all(Some(from));
        Ok(())
    });
}
