//! The node itself, without sockets.

use std::sync::{Mutex, PoisonError};
use stylus_chain::Chain;

/// A chain that is shared.
#[derive(Debug, Default)]
pub struct Node {
    chain: Mutex<Chain>,
}

impl Node {
    /// Looks at the chain.
    pub fn chain<R>(&self, look: impl FnOnce(&Chain) -> R) -> R {
        look(&self.chain.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
