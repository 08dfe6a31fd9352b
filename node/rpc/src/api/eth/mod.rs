//! `eth_`: the chain, as Ethereum's clients give it.

mod block;
mod call;
mod chain;
mod config;
mod fees;
mod proof;
mod send;
mod simulate;
mod state;
mod transaction;

pub(super) use transaction::{of_transaction, raw as raw_transaction, transaction};

use super::Api;
use crate::error::Error;
use crate::node::{NoMoment, Node};
use alloy_eips::BlockId;
use stylus_chain::chain::Block;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    block::register(api);
    call::register(api);
    chain::register(api);
    config::register(api);
    fees::register(api);
    proof::register(api);
    send::register(api);
    simulate::register(api);
    state::register(api);
    transaction::register(api);
}

/// What a reader makes of a block, if it is there.
pub(super) fn of_block<T>(
    node: &Node,
    id: impl Into<BlockId>,
    reader: impl FnOnce(&Block, u64) -> T,
) -> Result<Option<T>, Error> {
    Ok(node.of_block(id.into(), reader)?)
}

impl From<NoMoment> for Error {
    fn from(error: NoMoment) -> Self {
        Self::refused(error.to_string())
    }
}
