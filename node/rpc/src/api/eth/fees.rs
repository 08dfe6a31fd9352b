//! What gas costs.

use crate::api::Api;
use crate::convert::{BlockNumber, Count};
use crate::error::Error;
use crate::node::Chain;
use crate::node::read::{base_fee, number};
use alloy_primitives::{U64, U128};
use serde::Serialize;
use stylus_chain::Transaction;
use stylus_chain::chain::Block;
use stylus_chain::store::Store as _;

/// Blocks that one answer tells of at most.
const MOST_BLOCKS: u64 = 1_024;

/// Shares of a block's gas that may be asked for at most.
const MOST_SHARES: usize = 100;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct FeeHistory {
    oldest_block: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reward: Option<Vec<Vec<U128>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_fee_per_gas: Option<Vec<U64>>,
    gas_used_ratio: Option<Vec<f64>>,
}

pub(super) fn register(api: &mut Api) {
    api.method("eth_gasPrice", |node, (): ()| {
        Ok(U64::from(node.chain(base_fee)?))
    });
    // Arbitrum takes no tip
    api.method("eth_maxPriorityFeePerGas", |_, (): ()| Ok(U64::ZERO));
    api.method(
        "eth_feeHistory",
        |node, (count, last, shares): (Count, BlockNumber, Option<Vec<f64>>)| {
            let shares = shares.unwrap_or_default();
            if shares.len() > MOST_SHARES {
                let words =
                    format!("invalid reward percentile: over the query limit {MOST_SHARES}");
                return Err(Error::refused(words));
            }
            if let Some(share) = shares.iter().find(|share| !(0.0..=100.0).contains(*share)) {
                return Err(Error::refused(format!(
                    "invalid reward percentile: {share:.6}"
                )));
            }
            node.chain(|chain| history(chain, count.0, last, shares.len()))
        },
    );
}

fn history(
    chain: &Chain,
    count: u64,
    last: BlockNumber,
    shares: usize,
) -> Result<FeeHistory, Error> {
    let last = number(chain, last.0.into())?;
    let last = last.ok_or_else(|| Error::refused("request beyond head block"))?;
    let count = count.min(MOST_BLOCKS).min(last.saturating_add(1));
    if count == 0 {
        return Ok(FeeHistory::default());
    }
    let oldest = last + 1 - count;
    let blocks = (oldest..=last).filter_map(|number| chain.store().block(number).transpose());
    let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
    let after = match chain.store().block(last + 1)? {
        Some(block) => block.base_fee(),
        None => base_fee(chain)?,
    };
    let base_fees = blocks.iter().map(|block| block.base_fee());
    Ok(FeeHistory {
        oldest_block: U64::from(oldest),
        // nobody pays more than the base fee
        reward: (shares > 0).then(|| vec![vec![U128::ZERO; shares]; blocks.len()]),
        base_fee_per_gas: Some(base_fees.chain([after]).map(U64::from).collect()),
        gas_used_ratio: Some(blocks.iter().map(|block| ratio(block)).collect()),
    })
}

/// How full a block is: of the gas that one may use, which is not what its header says.
fn ratio(block: &Block) -> f64 {
    let share = u32::try_from(block.gas_used()).map_or(f64::from(u32::MAX), f64::from);
    let all = u32::try_from(Transaction::MAX_GAS).map_or(f64::from(u32::MAX), f64::from);
    (share / all).min(1.0)
}
