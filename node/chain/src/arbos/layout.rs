//! Where ArbOS keeps what this chain uses of it (`arbos/arbosState/arbosstate.go`, `arbos/programs/programs.go`).

use super::fields::l1;
use super::space::Space;
use alloy_primitives::Address;

const CHAIN_OWNERS: u8 = 4;
const PROGRAMS: u8 = 8;
const BY_ADDRESS: u8 = 0;

const PROGRAM_DATA: u8 = 1;
const MODULE_HASHES: u8 = 2;
const DATA_PRICER: u8 = 3;
const CACHE_MANAGERS: u8 = 4;

/// Programs by code hash.
pub(crate) fn program_data() -> Space {
    programs(PROGRAM_DATA)
}

/// Hashes of the modules that run, by code hash.
pub(crate) fn module_hashes() -> Space {
    programs(MODULE_HASHES)
}

/// The figures of the price of activation.
pub(crate) fn data_pricer() -> Space {
    programs(DATA_PRICER)
}

/// Accounts that may cache programs.
pub(crate) fn cache_managers() -> Space {
    programs(CACHE_MANAGERS)
}

/// Accounts that own the chain.
pub(crate) fn chain_owners() -> Space {
    Space::root().inside(CHAIN_OWNERS)
}

/// The index by address of a set of accounts.
pub(crate) fn by_address(set: &Space) -> Space {
    set.inside(BY_ADDRESS)
}

fn programs(name: u8) -> Space {
    Space::root().inside(PROGRAMS).inside(name)
}

/// Keys in the space of one who posts batches: what is owed to it, and who is paid.
pub(crate) const POSTER_DUE: u64 = 0;
pub(crate) const POSTER_PAID: u64 = 1;

/// The set of those who post batches.
pub(crate) fn batch_posters() -> Space {
    l1::posters().inside(0)
}

/// The space of one who posts batches.
pub(crate) fn batch_poster(account: Address) -> Space {
    l1::posters().inside(1).named(account.as_slice())
}
