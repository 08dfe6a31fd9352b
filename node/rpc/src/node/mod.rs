//! The node itself, without sockets: a chain, the transactions that wait for it, and who may do what.

mod begin;
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

pub use begin::{BeginError, first};
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
use alloy_primitives::B256;
use clock::Clock;
use filters::Filters;
use impersonation::Impersonation;
use pool::Pool;
use snapshots::Snapshots;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use stylus_chain::store::{Memory, Store, StoreError};
use tokio::sync::broadcast;

/// What is told and not yet heard, at most; who is slower misses some.
const MOST_TOLD: usize = 4_096;

/// The chain of a node, over a store of any kind.
pub type Chain = stylus_chain::Chain<Box<dyn Store>>;

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
    /// Whether it went on with what its store held.
    has_resumed: bool,
}

/// What changes.
#[derive(Debug)]
struct Inner {
    chain: Chain,
    /// What it begins with.
    first: stylus_chain::Chain,
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
    /// A node with a new chain in memory. It makes a block for each transaction, until it is told otherwise.
    ///
    /// # Errors
    /// A [`BeginError`] if the phrase of its accounts is none.
    pub fn new(config: Config) -> Result<Self, BeginError> {
        let first = first(&config)?;
        Self::over(config, first, Box::<Memory>::default())
    }

    /// A node with the chain that a store holds, or with a first one if that holds none. Resets come back to the first one.
    ///
    /// # Errors
    /// A [`BeginError`] if the phrase of its accounts is none, the store fails, or what it holds is damaged.
    pub fn over(
        config: Config,
        first: stylus_chain::Chain,
        store: Box<dyn Store>,
    ) -> Result<Self, BeginError> {
        let wallet = Wallet::of(&config.phrase, config.accounts)?;
        let has_resumed = store.config()?.is_some();
        let chain = match has_resumed {
            true => Chain::resume(store)?,
            false => first.clone().moved_to(store)?,
        };
        Ok(Self {
            inner: Mutex::new(Inner {
                chain,
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
            has_resumed,
        })
    }

    /// Begins again: with a new chain, nothing that waits, no snapshots, and the machine's time. Who listens goes on listening.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then all is as before.
    pub fn reset(&self) -> Result<(), StoreError> {
        let mut inner = self.lock();
        let first = inner.first.clone();
        inner.chain.replace_with(first)?;
        inner.pool = Pool::default();
        inner.clock = Clock::new(self.config.clock);
        inner.snapshots = Snapshots::default();
        inner.impersonation = Impersonation::default();
        inner.filters.begin_after(0);
        inner.instance = random();
        Ok(())
    }

    /// What names this chain among all that a node has had: another one after each reset.
    #[must_use]
    pub fn instance(&self) -> B256 {
        self.lock().instance
    }

    /// Whether it went on with what its store held.
    #[must_use]
    pub const fn has_resumed(&self) -> bool {
        self.has_resumed
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

/// With the usual accounts.
impl Default for Node {
    fn default() -> Self {
        let node = Self::new(Config::default());
        node.unwrap_or_else(|error| unreachable!("the usual phrase: {error}"))
    }
}
