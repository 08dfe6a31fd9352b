//! The state of ArbOS before the first block (`arbos/arbosState/arbosstate.go`).

use crate::arbos::fields::{l1, l2, root};
use crate::arbos::params::StylusParams;
use crate::arbos::space::Space;
use crate::arbos::{chain_config, l2_pricing, layout, pricer, text};
use crate::config::{Config, SEQUENCER};
use crate::predeploys::{CACHE_MANAGER, Predeploy};
use crate::version::Feature;
use alloy_primitives::{Address, U256};

/// Units of data after which the price of the parent chain's data is to have made up for what it was off
/// (`arbos/l1pricing/l1pricing.go`).
const EQUILIBRATION_UNITS: u64 = 160_000_000;
/// How slowly that price follows, in parts of what it is off.
const L1_INERTIA: u64 = 10;
/// Wei that whoever posts earns for a unit.
const REWARD_RATE: u64 = 10;
/// Gas that posting a batch takes beside its data.
const PER_BATCH_GAS: u64 = 210_000;
/// How hard transactions are compressed before they are posted.
const BROTLI_LEVEL: u64 = 1;
/// Numbers of the first places of a queue that is empty (`arbos/storage/queue.go`).
const QUEUE: u64 = 2;
/// The spaces of retryable tickets and of the queue in it, by name.
const RETRYABLES: u8 = 2;
const TIMEOUTS: u8 = 0;

/// Slots of the ArbOS account with what they hold.
pub(super) fn slots(config: &Config) -> Vec<(U256, U256)> {
    let Config {
        arbos,
        chain_id,
        owner,
        ..
    } = *config;
    let number = U256::from::<u64>;
    let params = StylusParams::new(arbos).to_word(arbos);
    let mut slots = vec![
        (*root::VERSION, number(arbos.number())),
        (*root::NETWORK_FEE_ACCOUNT, word(config.network_fee_account)),
        (*root::CHAIN_ID, number(chain_id)),
        (*root::BROTLI_LEVEL, number(BROTLI_LEVEL)),
        (*root::FEATURES_ON, U256::from(config.calldata_floor)),
        (*root::STYLUS_PARAMS, params),
        (*l1::REWARD_RECIPIENT, word(owner)),
        (*l1::EQUILIBRATION_UNITS, number(EQUILIBRATION_UNITS)),
        (*l1::INERTIA, number(L1_INERTIA)),
        (*l1::REWARD_RATE, number(REWARD_RATE)),
        (*l1::PER_BATCH_GAS, number(PER_BATCH_GAS)),
        (*l1::PRICE_PER_UNIT, config.l1_base_fee),
        (*l2::SPEED_LIMIT, number(l2_pricing::SPEED_LIMIT)),
        (*l2::BLOCK_GAS_LIMIT, number(l2_pricing::GAS_LIMIT)),
        (*l2::BASE_FEE, number(config.base_fee)),
        (*l2::MIN_BASE_FEE, number(config.base_fee)),
        (*l2::INERTIA, number(l2_pricing::INERTIA)),
        (*l2::TOLERANCE, number(l2_pricing::TOLERANCE)),
    ];
    if arbos.has(Feature::GasCapIsWhole) {
        slots.push((*l2::TX_GAS_LIMIT, number(l2_pricing::GAS_LIMIT)));
    }
    let pricer = layout::data_pricer();
    let figures = pricer::GENESIS.iter();
    slots.extend(figures.map(|&(key, value)| (pricer.slot_at(key), number(value))));
    let queue = Space::root().inside(RETRYABLES).inside(TIMEOUTS);
    slots.extend([0, 1].map(|key| (queue.slot_at(key), number(QUEUE))));
    slots.extend(set_of(&layout::chain_owners(), owner));
    if config.predeploys.contains(&Predeploy::CacheManager) {
        slots.extend(set_of(&layout::cache_managers(), CACHE_MANAGER));
    }
    let poster = SEQUENCER;
    slots.extend(set_of(&layout::batch_posters(), poster));
    let paid = layout::batch_poster(poster).slot_at(layout::POSTER_PAID);
    slots.push((paid, word(poster)));
    let settings = chain_config::text(chain_id, arbos, owner);
    slots.extend(text::slots(&root::chain_config(), settings.as_bytes()));
    slots.retain(|(_, value)| !value.is_zero());
    slots
}

/// A set with one member: its size, the member, and the member's place.
fn set_of(set: &Space, member: Address) -> [(U256, U256); 3] {
    let place = layout::by_address(set).slot(member.into_word());
    [
        (set.slot_at(0), U256::from(1)),
        (set.slot_at(1), word(member)),
        (place, U256::from(1)),
    ]
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}
