//! The state of ArbOS before the first block, as far as this chain uses it.

use crate::arbos::layout;
use crate::arbos::pricer;
use crate::config::Config;
use alloy_primitives::U256;

/// Slots of the ArbOS account with what they hold.
pub(super) fn slots(config: &Config) -> Vec<(U256, U256)> {
    let root = layout::root();
    let mut slots = vec![
        (
            root.slot_at(layout::VERSION),
            U256::from(config.arbos.number()),
        ),
        (
            root.slot_at(layout::NETWORK_FEE_ACCOUNT),
            config.network_fee_account.into_word().into(),
        ),
        (root.slot_at(layout::CHAIN_ID), U256::from(config.chain_id)),
    ];
    let pricer = layout::data_pricer();
    slots.extend(
        pricer::GENESIS
            .iter()
            .map(|&(key, value)| (pricer.slot_at(key), U256::from(value))),
    );
    // a set of accounts: its size, its members in order, and each member's place
    let owners = layout::chain_owners();
    let owner = config.owner.into_word();
    slots.extend([
        (owners.slot_at(0), U256::from(1)),
        (owners.slot_at(1), owner.into()),
        (layout::by_address(&owners).slot(owner), U256::from(1)),
    ]);
    slots
}
