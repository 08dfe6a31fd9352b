//! Supposing that a moment were another: other accounts, another block.

use super::Moment;
use crate::precompiles::is_precompile;
use crate::store::{Account, Overlay, StoreError, Writes};
use alloy_primitives::{Address, B256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is supposed of the block that something runs in; the rest stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SupposedBlock {
    /// Its number. Contracts see the parent chain's, which stays.
    pub number: Option<u64>,
    /// Its time in seconds since 1970.
    pub timestamp: Option<u64>,
    /// Wei for one gas.
    pub base_fee: Option<u64>,
    /// Who is named as its maker.
    pub beneficiary: Option<Address>,
    /// The gas that it says it may use.
    pub gas_limit: Option<u64>,
    /// What it says of chance (`PREVRANDAO`).
    pub random: Option<B256>,
}

impl Moment {
    /// The same moment with this written over its state.
    #[must_use]
    pub fn suppose(mut self, writes: Writes) -> Self {
        self.view = Arc::new(Overlay::new(self.view, writes));
        self
    }

    /// The same moment with precompiles elsewhere: at each of these addresses is the one of another address, or none.
    #[must_use]
    pub fn suppose_precompiles(mut self, moved: BTreeMap<Address, Option<Address>>) -> Self {
        self.moved = moved;
        self
    }

    /// Whether there is a precompile at an address.
    #[must_use]
    pub fn is_precompile(&self, address: Address) -> bool {
        is_precompile(self.config.arbos, address)
    }

    /// The same moment in a block of which this is supposed.
    #[must_use]
    pub fn suppose_block(mut self, block: SupposedBlock) -> Self {
        let place = &mut self.place;
        place.number = block.number.unwrap_or(place.number);
        place.timestamp = block.timestamp.unwrap_or(place.timestamp);
        place.base_fee = block.base_fee.unwrap_or(place.base_fee);
        place.beneficiary = block.beneficiary.unwrap_or(place.beneficiary);
        place.gas_limit = block.gas_limit.unwrap_or(place.gas_limit);
        place.random = block.random.unwrap_or(place.random);
        self
    }

    /// What an account has.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn account(&self, address: Address) -> Result<Account, StoreError> {
        self.view.account(address)
    }

    /// Wei for one gas here.
    #[must_use]
    pub const fn base_fee(&self) -> u64 {
        self.place.base_fee
    }
}
