//! ArbRetryableTx: messages from the parent chain that may be tried again (`precompiles/ArbRetryableTx.go`).
//!
//! Only the parent chain makes such messages and this chain has none beside it, so no ticket is ever found.

use super::call::{Call, Failure};
use super::method::{Method, method};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::sol;

sol! {
    interface ArbRetryableTx {
        error NoTicketWithID();
        error NotCallable();

        function cancel(bytes32 ticketId) external;
        function getBeneficiary(bytes32 ticketId) external view returns (address);
        function getCurrentRedeemer() external view returns (address);
        function getLifetime() external view returns (uint256);
        function getTimeout(bytes32 ticketId) external view returns (uint256);
        function keepalive(bytes32 ticketId) external returns (uint256);
        function redeem(bytes32 ticketId) external returns (bytes32);
        function submitRetryable(bytes32 requestId, uint256 l1BaseFee, uint256 deposit, uint256 callvalue, uint256 gasFeeCap, uint64 gasLimit, uint256 maxSubmissionFee, address feeRefundAddress, address beneficiary, address retryTo, bytes calldata retryData) external;
    }
}

/// Seconds that a ticket lives: a week (`arbos/retryables/retryable.go`).
const LIFETIME: u64 = 7 * 24 * 60 * 60;

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbRetryableTx::cancelCall,
        |call, _| { missing(call, 1) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbRetryableTx::getBeneficiaryCall,
        |call, _| { missing::<Address>(call, 1) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbRetryableTx::getCurrentRedeemerCall,
        |_, _| Ok(Address::ZERO)
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbRetryableTx::getLifetimeCall,
        |_, _| Ok(U256::from(LIFETIME))
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbRetryableTx::getTimeoutCall,
        |call, _| { missing::<U256>(call, 1) }
    ),
    method!(
        gives,
        Write,
        Stylus,
        ArbRetryableTx::keepaliveCall,
        |call, _| { missing::<U256>(call, 1) }
    ),
    method!(
        gives,
        Write,
        Stylus,
        ArbRetryableTx::redeemCall,
        |call, _| { missing::<B256>(call, 2) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbRetryableTx::submitRetryableCall,
        |_, _| { Err(Failure::error(&ArbRetryableTx::NotCallable {})) }
    ),
];

/// Looks for a ticket that is not there.
fn missing<T>(call: &mut Call<'_>, reads: u64) -> Result<T, Failure> {
    call.burn_reads(reads)?;
    Err(Failure::error(&ArbRetryableTx::NoTicketWithID {}))
}
