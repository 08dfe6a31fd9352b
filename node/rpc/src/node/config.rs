//! The settings of a node.

use super::wallet::Phrase;
use alloy_primitives::U256;
use std::time::Duration;
use stylus_chain::dev_accounts::DEV_BALANCE;

/// The settings of a node.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings of its chain.
    pub chain: stylus_chain::Config,
    /// The phrase that its accounts come from.
    pub phrase: Phrase,
    /// How many of these accounts it has.
    pub accounts: u32,
    /// What each of them begins with, in wei.
    pub balance: U256,
    /// Whether time goes on by itself, as the machine's does; otherwise it moves by a second a block.
    pub clock: bool,
    /// How long a filter is kept that nobody asks; the default is go-ethereum's, five minutes.
    pub filter_expiry: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            chain: stylus_chain::Config::default(),
            phrase: Phrase::default(),
            accounts: 10,
            balance: DEV_BALANCE,
            clock: true,
            filter_expiry: Duration::from_secs(5 * 60),
        }
    }
}
