//! ArbFunctionTable: kept for callers of the chain before Nitro; it holds nothing (`precompiles/ArbFunctionTable.go`).

use super::call::Failure;
use super::method::{Method, method};
use alloy_primitives::U256;
use alloy_sol_types::sol;

sol! {
    interface ArbFunctionTable {
        function upload(bytes calldata buffer) external;
        function size(address account) external view returns (uint256);
        function get(address account, uint256 index) external view returns (uint256, bool, uint256);
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbFunctionTable::uploadCall,
        |_, _| Ok(())
    ),
    method!(gives, View, Stylus, ArbFunctionTable::sizeCall, |_, _| Ok(
        U256::ZERO
    )),
    method!(gives, View, Stylus, ArbFunctionTable::getCall, |_, _| Err(
        Failure::Plain
    )),
];
