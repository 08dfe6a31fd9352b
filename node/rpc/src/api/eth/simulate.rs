//! `eth_simulateV1`: whole blocks that are only tried, one on top of the other, in go-ethereum's words and codes
//! (`internal/ethapi/simulate.go`).

mod plan;
mod run;
mod shown;

use crate::api::Api;
use crate::api::arguments::{Argument, kind};
use crate::convert::{BlockOverrides, BlockRef, CallRequest, StateOverrides};
use crate::error::Error;
use crate::node::Node;
use serde::Deserialize;
use serde_json::Value;
use shown::BlockShown;

/// Blocks that one request tries at most.
const MOST_BLOCKS: u64 = 256;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Request {
    block_state_calls: Vec<BlockCalls>,
    /// Whether each transfer of wei leaves a log.
    trace_transfers: bool,
    /// Whether transactions must be such as the chain would take, but for their signatures.
    validation: bool,
    /// Whether transactions are shown whole.
    return_full_transactions: bool,
}

/// A block that is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct BlockCalls {
    block_overrides: Option<BlockOverrides>,
    state_overrides: Option<StateOverrides>,
    calls: Vec<CallRequest>,
}

impl Argument for Request {
    fn read(value: Value) -> Result<Self, String> {
        if !value.is_object() {
            return Err(kind(&value, "ethapi.simOpts"));
        }
        serde_json::from_value(value).map_err(|error| format!("json: {error}"))
    }
}

pub(super) fn register(api: &mut Api) {
    api.method(
        "eth_simulateV1",
        |node, (request, block): (Request, Option<BlockRef>)| {
            simulate(node, request, block.unwrap_or(BlockRef::LATEST))
        },
    );
}

fn too_many() -> Error {
    Error::new(-38026, "too many blocks")
}

fn simulate(node: &Node, request: Request, block: BlockRef) -> Result<Vec<BlockShown>, Error> {
    if request.block_state_calls.is_empty() {
        return Err(Error::arguments("empty input"));
    }
    if request.block_state_calls.len() as u64 > MOST_BLOCKS {
        return Err(too_many());
    }
    let base = node.base(block.0)?;
    let blocks = plan::plan(
        request.block_state_calls,
        base.moment.number(),
        base.moment.timestamp(),
    )?;
    let mut runner = run::Runner::new(
        node,
        base,
        run::Wanted {
            validation: request.validation,
            transfers: request.trace_transfers,
            whole: request.return_full_transactions,
        },
    );
    blocks
        .into_iter()
        .map(|block| runner.block(block))
        .collect()
}
