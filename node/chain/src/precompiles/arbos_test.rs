//! ArbosTest: burns gas (`precompiles/ArbosTest.go`).

use super::call::Failure;
use super::method::{Method, method};
use alloy_sol_types::sol;

sol! {
    interface ArbosTest {
        function burnArbGas(uint256 gasAmount) external pure;
    }
}

pub(super) const METHODS: &[Method] = &[method!(
    does,
    Pure,
    Stylus,
    ArbosTest::burnArbGasCall,
    |call, asked| {
        let gas = u64::try_from(asked.gasAmount).map_err(|_| Failure::Plain)?;
        call.burn(gas)
    }
)];
