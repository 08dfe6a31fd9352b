//! Why a store could not do what it was asked.

use alloy_primitives::B256;
use std::error::Error;
use std::sync::Arc;

/// Why a store could not tell, or not keep, a state. It is never read as zero, nor as a revert.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The chain has not come to this block.
    #[error("there is no block {block}, the last is {last}")]
    NoBlock {
        /// The block asked for.
        block: u64,
        /// The chain's last block.
        last: u64,
    },
    /// The block is there, but not the state that it left.
    #[error(
        "the state after block {block} is not kept, the first kept is that after block {first}"
    )]
    NotKept {
        /// The block asked for.
        block: u64,
        /// The first block whose state is kept.
        first: u64,
    },
    /// What was read from has been taken back meanwhile, by going back to a snapshot.
    #[error("the state that was read from has been rolled back")]
    RolledBack,
    /// An account names a code that the store does not have: the store is damaged.
    #[error("the store has no code with hash {hash}")]
    NoCode {
        /// The hash of the code.
        hash: B256,
    },
    /// What the store is made of failed, such as a disk or a network.
    #[error("the store failed: {0}")]
    Failed(Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    /// A failure of what a store is made of.
    pub fn failed(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Failed(Arc::new(cause))
    }
}

/// Causes from outside cannot be compared but by their words.
impl PartialEq for StoreError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for StoreError {}
