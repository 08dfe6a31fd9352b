//! ArbStatistics: how far the chain is; the other figures belong to the chain before Nitro (`precompiles/ArbStatistics.go`).

use super::method::{Method, method};
use alloy_primitives::U256;
use alloy_sol_types::sol;

sol! {
    interface ArbStatistics {
        function getStats() external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
    }
}

pub(super) const METHODS: &[Method] = &[method!(
    gives,
    View,
    Stylus,
    ArbStatistics::getStatsCall,
    |call, _| {
        let number = U256::from(call.context.chain.blocks.number);
        let none = U256::ZERO;
        Ok((number, none, none, none, none, none).into())
    }
)];
