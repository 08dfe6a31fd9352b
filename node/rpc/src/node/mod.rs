//! The node itself, without sockets: a chain, the transactions that wait for it, and who may do what.

mod clock;
mod config;
mod dump;
mod edit;
mod events;
mod filters;
mod impersonation;
mod mining;
mod pool;
pub mod read;
mod snapshots;
mod submit;
mod wallet;

pub use config::Config;
pub use dump::LoadError;
pub use events::{Event, Made};
pub use filters::{Happened, Watched};
pub use mining::{MOST_BLOCKS, MineError, Mining};
pub use pool::{PoolError, Unsigned, Waiting};
pub use read::{Base, NoMoment};
pub use snapshots::TooDeep;
pub use submit::SubmitError;
pub use wallet::{BadPhrase, Phrase, Wallet};

use crate::convert::random_id;
use alloy_primitives::{B256, U256};
use clock::Clock;
use filters::Filters;
use impersonation::Impersonation;
use pool::Pool;
use snapshots::Snapshots;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use stylus_chain::{Chain, DEV_ACCOUNTS};
use tokio::sync::broadcast;

/// What is told and not yet heard, at most; who is slower misses some.
const MOST_TOLD: usize = 4_096;

/// A node. All of it can be used from many threads.
#[derive(Debug)]
pub struct Node {
    wallet: Wallet,
    config: Config,
    inner: Mutex<Inner>,
    /// When blocks are made has been set.
    changed: Condvar,
    /// Whether transactions are to be shown to whoever looks at the console.
    is_logging: AtomicBool,
}

/// What changes.
#[derive(Debug)]
struct Inner {
    chain: Chain,
    /// What it begins with.
    first: Chain,
    pool: Pool,
    mining: Mining,
    /// When the next block is due, if they are made at intervals.
    due: Option<Instant>,
    /// Whether there is a thread that makes them.
    has_thread: bool,
    clock: Clock,
    snapshots: Snapshots,
    impersonation: Impersonation,
    filters: Filters,
    /// What names this chain among all that a node has had.
    instance: B256,
    events: broadcast::Sender<Event>,
}

impl Node {
    /// A node with a new chain. It makes a block for each transaction, until it is told otherwise.
    ///
    /// # Errors
    /// [`BadPhrase`] if the phrase of its accounts is none.
    pub fn new(config: Config) -> Result<Self, BadPhrase> {
        let wallet = Wallet::of(&config.phrase, config.accounts)?;
        let first = first(&config, &wallet);
        Ok(Self {
            inner: Mutex::new(Inner {
                chain: first.clone(),
                first,
                pool: Pool::default(),
                mining: Mining::Automatic,
                due: None,
                has_thread: false,
                clock: Clock::new(config.clock),
                snapshots: Snapshots::default(),
                impersonation: Impersonation::default(),
                filters: Filters::new(config.filter_expiry),
                instance: random(),
                events: broadcast::Sender::new(MOST_TOLD),
            }),
            wallet,
            config,
            changed: Condvar::new(),
            is_logging: AtomicBool::new(true),
        })
    }

    /// Begins again: with a new chain, nothing that waits, no snapshots, and the machine's time. Who listens goes on listening.
    pub fn reset(&self) {
        let mut inner = self.lock();
        inner.chain = inner.first.clone();
        inner.pool = Pool::default();
        inner.clock = Clock::new(self.config.clock);
        inner.snapshots = Snapshots::default();
        inner.impersonation = Impersonation::default();
        inner.filters.begin_after(0);
        inner.instance = random();
    }

    /// What names this chain among all that a node has had: another one after each reset.
    #[must_use]
    pub fn instance(&self) -> B256 {
        self.lock().instance
    }

    /// Whether transactions are to be shown to whoever looks at the console.
    #[must_use]
    pub fn is_logging(&self) -> bool {
        self.is_logging.load(Ordering::Relaxed)
    }

    /// Sets whether transactions are to be shown.
    pub fn set_logging(&self, on: bool) {
        self.is_logging.store(on, Ordering::Relaxed);
    }

    /// Changes what the node begins with, and begins again with that; resets come back to it.
    pub fn begin_with<T>(&self, begin: impl FnOnce(&mut Chain) -> T) -> T {
        let begun = begin(&mut self.lock().first);
        self.reset();
        begun
    }

    /// The accounts whose keys the node has.
    #[must_use]
    pub const fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// What happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.lock().events.subscribe()
    }

    /// What changes. A thread that ended in the middle left it as it was: blocks are added whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A number that no other is.
fn random() -> B256 {
    let half = || random_id().0;
    B256::from_slice(&[half(), half()].concat())
}

/// The chain that a node begins with.
fn first(config: &Config, wallet: &Wallet) -> Chain {
    let mut chain = Chain::new(config.chain.clone());
    for account in wallet.addresses() {
        if chain.balance(account) != config.balance {
            chain.set_balance(account, config.balance);
        }
    }
    // where the accounts are one's own, those whose keys everyone knows have nothing
    if config.phrase != Phrase::default() {
        for account in DEV_ACCOUNTS {
            if wallet.signer(account).is_none() {
                chain.set_balance(account, U256::ZERO);
            }
        }
    }
    chain
}

/// With the usual accounts.
impl Default for Node {
    fn default() -> Self {
        let node = Self::new(Config::default());
        node.unwrap_or_else(|error| unreachable!("the usual phrase: {error}"))
    }
}
