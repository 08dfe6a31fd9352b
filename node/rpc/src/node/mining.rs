//! Making blocks.

use super::read::nonce;
use super::{Event, Inner, Made, Node, Waiting, clock};
use std::sync::{Arc, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};
use stylus_chain::chain::{Refused, SendError};
use stylus_chain::store::StoreError;
use stylus_chain::{Executed, TxError};

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

/// How often the thread that makes blocks looks whether its node is still there.
const LOOK: Duration = Duration::from_millis(500);

/// Seconds.
const YEAR: u64 = 31_536_000;

/// How long blocks are made before others have their turn, and how long that lasts at least.
const TURN: Duration = Duration::from_millis(20);
const PAUSE: Duration = Duration::from_micros(100);

/// Most blocks that are made at once.
pub const MOST_BLOCKS: u64 = 100_000;

/// Why no block is made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MineError {
    /// More are asked for than are made at once.
    #[error("cannot mine {got} blocks at once, the most is {MOST_BLOCKS}")]
    TooMany {
        /// How many.
        got: u64,
    },
    /// Their times would be beyond what a number of 64 bits holds.
    #[error("cannot mine blocks beyond the end of time")]
    Late,
    /// The chain cannot begin one.
    #[error(transparent)]
    Chain(#[from] TxError),
}

impl Node {
    /// When blocks are made.
    #[must_use]
    pub fn mining(&self) -> Mining {
        self.lock().mining
    }

    /// Sets when blocks are made. What waits and can run, runs at once if they are made automatically.
    pub fn set_mining(self: &Arc<Self>, mining: Mining) {
        let mut inner = self.lock();
        inner.mining = mining;
        inner.due = None;
        if mining == Mining::Automatic {
            // a store that fails now fails whoever sends next, and tells them
            let _ = inner.run_ready();
        }
        let begins = matches!(mining, Mining::Every(_)) && !inner.has_thread;
        inner.has_thread |= begins;
        drop(inner);
        if begins {
            let node = Arc::downgrade(self);
            thread::spawn(move || keep_mining(&node));
        }
        self.changed.notify_all();
    }

    /// Makes blocks of what waits, the second and later ones `interval` seconds apart if that is said. Others have their turn
    /// between them.
    ///
    /// # Errors
    /// A [`MineError`] if there are too many or one cannot be begun; those before it are made.
    pub fn mine(&self, blocks: u64, interval: Option<u64>) -> Result<(), MineError> {
        if blocks > MOST_BLOCKS {
            return Err(MineError::TooMany { got: blocks });
        }
        let mut inner = self.lock();
        let all = interval.unwrap_or_default().checked_mul(blocks);
        // A year after the last one is left for those that follow.
        let last = all.and_then(|all| inner.last_time().checked_add(all)?.checked_add(YEAR));
        last.ok_or(MineError::Late)?;
        let mut begun = Instant::now();
        for block in 0..blocks {
            if begun.elapsed() > TURN {
                drop(inner);
                // whoever waits needs a moment to wake
                thread::sleep(PAUSE);
                inner = self.lock();
                begun = Instant::now();
            }
            if let Some(interval) = interval.filter(|_| block > 0) {
                let time = inner.last_time().saturating_add(interval);
                inner.clock.fix(time);
            }
            inner.make_block()?;
        }
        Ok(())
    }
}

/// Makes blocks as long as there is a node and it wants any at intervals.
fn keep_mining(node: &Weak<Node>) {
    while let Some(node) = node.upgrade() {
        let mut inner = node.lock();
        let now = Instant::now();
        let wait = match inner.mining {
            Mining::Every(interval) => {
                let due = *inner.due.get_or_insert(now + interval);
                if now >= due {
                    // one that cannot be begun is tried again
                    let _ = inner.make_block();
                    inner.due = Some((due + interval).max(now));
                }
                inner
                    .due
                    .map_or(LOOK, |due| due.saturating_duration_since(now))
            }
            Mining::Automatic | Mining::Manual => LOOK,
        };
        let waited = node.changed.wait_timeout(inner, wait.min(LOOK));
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Inner {
    /// The time of the last block.
    pub(super) fn last_time(&self) -> u64 {
        self.chain.last().timestamp
    }

    /// Sets the chain's time to what the clock says.
    pub(super) fn wind(&mut self) {
        if let Some(time) = self.clock.next(clock::now(), self.last_time()) {
            // the clock never gives an earlier one
            let _ = self.chain.set_next_timestamp(time);
        }
    }

    /// Makes a block of what waits and can run.
    pub(super) fn make_block(&mut self) -> Result<(), TxError> {
        self.wind();
        let chain = &self.chain;
        let ready = self.pool.ready(|account| nonce(chain, account))?;
        let ready: Vec<_> = ready.into_iter().cloned().collect();
        let sent: Vec<_> = ready.iter().map(|waiting| waiting.sent()).collect();
        let taken = self.chain.send_mixed(&sent)?;
        let mut made = Vec::new();
        for (waiting, taken) in ready.into_iter().zip(taken) {
            let hash = waiting.hash();
            match taken {
                Ok(executed) => {
                    self.pool.remove(hash);
                    made.push((waiting, executed));
                }
                Err(SendError::Refused(Refused::BlockFull | Refused::NonceTooHigh { .. })) => {}
                Err(error) => {
                    self.pool.remove(hash);
                    self.tell(|| Event::Dropped(hash, error));
                }
            }
        }
        self.made(made)?;
        Ok(())
    }

    /// Runs what waits and can run, each in a block of its own.
    pub(super) fn run_ready(&mut self) -> Result<(), StoreError> {
        loop {
            let chain = &self.chain;
            let ready = self.pool.ready(|account| nonce(chain, account))?;
            let Some(hash) = ready.first().map(|waiting| waiting.hash()) else {
                return Ok(());
            };
            let Some(waiting) = self.pool.remove(hash) else {
                return Ok(());
            };
            if let Err(error) = self.run(waiting) {
                self.tell(|| Event::Dropped(hash, error));
            }
        }
    }

    /// A block was made.
    pub(super) fn made(&mut self, sent: Vec<(Waiting, Executed)>) -> Result<(), StoreError> {
        self.clock.made(clock::now());
        let block = Arc::clone(self.chain.last());
        self.tell(|| Event::Made(Arc::new(Made { block, sent })));
        let chain = &self.chain;
        self.pool.forget_past(|account| nonce(chain, account))
    }

    /// Tells those who listen, if there are any.
    pub(super) fn tell(&self, event: impl FnOnce() -> Event) {
        if self.events.receiver_count() > 0 {
            // those who have just gone need not hear it
            let _ = self.events.send(event());
        }
    }
}
