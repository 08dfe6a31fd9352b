//! The figures that ArbOS keeps at fixed places, by the part of it that they belong to
//! (`arbos/arbosState/arbosstate.go`, `arbos/l1pricing/l1pricing.go`, `arbos/l2pricing/l2pricing.go`).

use super::space::Space;
use alloy_primitives::U256;
use std::sync::LazyLock;

/// Where a figure lies in the account of ArbOS. The hash that leads there is taken once.
pub(crate) type Field = LazyLock<U256>;

/// Names of the spaces within the root.
const L1_PRICING: u8 = 0;
const L2_PRICING: u8 = 1;
const RETRYABLES: u8 = 2;
const ADDRESS_TABLE: u8 = 3;
const SENDS: u8 = 5;
const L1_HASHES: u8 = 6;
const CHAIN_CONFIG: u8 = 7;
const PROGRAMS: u8 = 8;
const FEATURES: u8 = 9;
const NATIVE_TOKEN_OWNERS: u8 = 10;
const FILTERERS: u8 = 11;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $space:expr, $key:literal;)*) => {
        $($(#[$doc])* pub(crate) static $name: Field = LazyLock::new(|| $space.slot_at($key));)*
    };
}

/// Figures of the chain as a whole.
pub(crate) mod root {
    use super::*;

    fields! {
        VERSION = Space::root(), 0;
        UPGRADE_VERSION = Space::root(), 1;
        UPGRADE_TIME = Space::root(), 2;
        NETWORK_FEE_ACCOUNT = Space::root(), 3;
        CHAIN_ID = Space::root(), 4;
        INFRA_FEE_ACCOUNT = Space::root(), 6;
        BROTLI_LEVEL = Space::root(), 7;
        /// From when on the native token may be minted, in seconds since 1970; zero means never.
        NATIVE_TOKEN_FROM = Space::root(), 8;
        /// From when on transactions may be filtered, in seconds since 1970; zero means never.
        FILTERING_FROM = Space::root(), 9;
        FILTERED_FUNDS_RECIPIENT = Space::root(), 10;
        COLLECT_TIPS = Space::root(), 11;
        /// Gas that the owner adds to what every activation costs.
        ACTIVATION_GAS = Space::root().inside(PROGRAMS).inside(5), 0;
        /// The number of the parent chain's block that is noted next.
        NEXT_L1_BLOCK = Space::root().inside(L1_HASHES), 0;
        STYLUS_PARAMS = Space::root().inside(PROGRAMS).inside(0), 0;
        /// Bits of what may be turned on.
        FEATURES_ON = Space::root().inside(FEATURES), 0;
    }

    /// The bit of EIP-7623's floor under the price of calldata.
    pub(crate) const CALLDATA_FLOOR: usize = 0;

    /// The settings that the chain was made with, as text.
    pub(crate) fn chain_config() -> Space {
        Space::root().inside(CHAIN_CONFIG)
    }

    /// Addresses by short numbers.
    pub(crate) fn address_table() -> Space {
        Space::root().inside(ADDRESS_TABLE)
    }

    /// Messages from the parent chain.
    pub(crate) fn retryables() -> Space {
        Space::root().inside(RETRYABLES)
    }

    /// Messages to the parent chain.
    pub(crate) fn sends() -> Space {
        Space::root().inside(SENDS)
    }

    /// Hashes of the parent chain's blocks: the next block's number, and from key 1 on a ring of 256 hashes.
    pub(crate) fn l1_hashes() -> Space {
        Space::root().inside(L1_HASHES)
    }

    /// Accounts that may mint and burn the native token.
    pub(crate) fn native_token_owners() -> Space {
        Space::root().inside(NATIVE_TOKEN_OWNERS)
    }

    /// Accounts that may filter transactions.
    pub(crate) fn filterers() -> Space {
        Space::root().inside(FILTERERS)
    }
}

/// The price of the parent chain's data.
pub(crate) mod l1 {
    use super::*;

    fn space() -> Space {
        Space::root().inside(L1_PRICING)
    }

    fields! {
        REWARD_RECIPIENT = space(), 0;
        EQUILIBRATION_UNITS = space(), 1;
        INERTIA = space(), 2;
        REWARD_RATE = space(), 3;
        LAST_UPDATE_TIME = space(), 4;
        FUNDS_DUE_FOR_REWARDS = space(), 5;
        UNITS_SINCE_UPDATE = space(), 6;
        PRICE_PER_UNIT = space(), 7;
        LAST_SURPLUS = space(), 8;
        PER_BATCH_GAS = space(), 9;
        AMORTIZED_COST_CAP_BIPS = space(), 10;
        FEES_AVAILABLE = space(), 11;
        GAS_FLOOR_PER_TOKEN = space(), 12;
        TOTAL_FUNDS_DUE = posters(), 0;
    }

    /// Those who post batches: the set of them, and a space for each.
    pub(crate) fn posters() -> Space {
        space().inside(0)
    }
}

/// The price of gas.
pub(crate) mod l2 {
    use super::*;

    fn space() -> Space {
        Space::root().inside(L2_PRICING)
    }

    fields! {
        SPEED_LIMIT = space(), 0;
        BLOCK_GAS_LIMIT = space(), 1;
        BASE_FEE = space(), 2;
        MIN_BASE_FEE = space(), 3;
        BACKLOG = space(), 4;
        INERTIA = space(), 5;
        TOLERANCE = space(), 6;
        TX_GAS_LIMIT = space(), 7;
    }

    /// Limits of several speeds that together make the price, from ArbOS 50.
    pub(crate) fn constraints() -> Space {
        space().inside(0)
    }

    /// Prices by kind of gas, from ArbOS 60: of the next block, then of this one.
    pub(crate) fn fees_by_kind() -> Space {
        space().inside(2)
    }

    /// The same for kinds of gas, from ArbOS 60.
    pub(crate) fn multi_constraints() -> Space {
        space().inside(1)
    }
}
