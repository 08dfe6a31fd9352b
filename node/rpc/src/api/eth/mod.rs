//! `eth_`: the chain, as Ethereum's clients give it.

mod chain;

use super::Api;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    chain::register(api);
}
