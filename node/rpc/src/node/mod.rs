//! The node itself, without sockets: a chain, the transactions that wait for it, and who may do what.

mod config;
pub mod read;
mod submit;
mod wallet;

pub use config::Config;
pub use read::NoMoment;
pub use submit::SubmitError;
pub use wallet::{BadPhrase, Phrase, Wallet};

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use stylus_chain::Chain;

/// When a node makes blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mining {
    /// One for each transaction, as it comes.
    Automatic,
    /// One of all that waits, every so often.
    Every(Duration),
    /// Only when told.
    Manual,
}

/// A node. All of it can be used from many threads.
#[derive(Debug)]
pub struct Node {
    wallet: Wallet,
    inner: Mutex<Inner>,
}

/// What changes.
#[derive(Debug)]
struct Inner {
    chain: Chain,
    mining: Mining,
}

impl Node {
    /// A node with a new chain.
    ///
    /// # Errors
    /// [`BadPhrase`] if the phrase of its accounts is none.
    pub fn new(config: Config) -> Result<Self, BadPhrase> {
        let wallet = Wallet::of(&config.phrase, config.accounts)?;
        let chain = Chain::new(config.chain);
        Ok(Self {
            wallet,
            inner: Mutex::new(Inner {
                chain,
                mining: config.mining,
            }),
        })
    }

    /// The accounts whose keys the node has.
    #[must_use]
    pub const fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// What changes. A thread that ended in the middle left it as it was: blocks are added whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// With the usual accounts.
impl Default for Node {
    fn default() -> Self {
        let node = Self::new(Config::default());
        node.unwrap_or_else(|error| unreachable!("the usual phrase: {error}"))
    }
}
