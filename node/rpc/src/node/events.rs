//! What a node tells those who listen.

use super::Waiting;
use alloy_primitives::B256;
use std::sync::Arc;
use stylus_chain::Executed;
use stylus_chain::chain::{Block, SendError};

/// Something has happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A transaction was taken, and waits or is about to run.
    Taken(B256),
    /// A block was made.
    Made(Arc<Made>),
    /// Blocks were taken back by hand, the first of them first.
    TakenBack(Arc<Vec<Arc<Block>>>),
    /// A transaction that had been taken is in no block, and will be in none.
    Dropped(B256, SendError),
}

/// A block that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The block.
    pub block: Arc<Block>,
    /// What was sent, with what it came to.
    pub sent: Vec<(Waiting, Executed)>,
}
