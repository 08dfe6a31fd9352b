//! How much gas the transactions of a block may still use (`arbos/block_processor.go`).

use super::refused::{LEAST_GAS, Refused};
use crate::version::{ArbOs, Feature};

/// The gas that a block has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockGas {
    left: u64,
    is_begun: bool,
    /// Whether a transaction must fit in whole, but for the first: the rule of before ArbOS 50. Since then the last one that
    /// begins may go beyond, by what one transaction may use.
    fits_whole: bool,
}

impl BlockGas {
    /// What a block begins with.
    pub(super) const fn new(arbos: ArbOs, limit: u64) -> Self {
        Self {
            left: limit,
            is_begun: false,
            fits_whole: !arbos.has(Feature::OverrunBlocks),
        }
    }

    /// Whether a transaction with this gas limit may begin; of the limit, so much pays for the parent chain's data.
    pub(super) const fn admit(&self, limit: u64, data_gas: u64) -> Result<(), Refused> {
        let computing = limit.saturating_sub(data_gas);
        if computing < LEAST_GAS {
            return Err(Refused::LittleGas);
        }
        let does_not_fit = self.fits_whole && self.is_begun && computing > self.left;
        if self.left < LEAST_GAS || does_not_fit {
            return Err(Refused::BlockFull);
        }
        Ok(())
    }

    /// Takes off what a transaction has used, the parent chain's data aside.
    pub(super) fn spend(&mut self, gas_used: u64, data_gas: u64) {
        let computed = gas_used.saturating_sub(data_gas).max(LEAST_GAS);
        self.left = self.left.saturating_sub(computed);
        self.is_begun = true;
    }
}
