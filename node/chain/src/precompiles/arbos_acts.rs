//! ArbosActs: what ArbOS itself does. Whoever else calls it is refused (`precompiles/ArbosActs.go`).

use super::call::Failure;
use super::method::{Method, method};
use alloy_sol_types::sol;

sol! {
    interface ArbosActs {
        error CallerNotArbOS();

        function startBlock(uint256 l1BaseFee, uint64 l1BlockNumber, uint64 l2BlockNumber, uint64 timePassed) external;
        function batchPostingReport(uint256 batchTimestamp, address batchPosterAddress, uint64 batchNumber, uint64 batchDataGas, uint256 l1BaseFeeWei) external;
        function batchPostingReportV2(uint256 batchTimestamp, address batchPosterAddress, uint64 batchNumber, uint64 batchCalldataLength, uint64 batchCalldataNonZeros, uint64 batchExtraGas, uint256 l1BaseFeeWei) external;
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(does, Write, Stylus, ArbosActs::startBlockCall, |_, _| {
        refuse()
    }),
    method!(
        does,
        Write,
        Stylus,
        ArbosActs::batchPostingReportCall,
        |_, _| { refuse() }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbosActs::batchPostingReportV2Call,
        |_, _| { refuse() }
    ),
];

fn refuse() -> Result<(), Failure> {
    Err(Failure::error(&ArbosActs::CallerNotArbOS {}))
}
