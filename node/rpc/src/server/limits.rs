//! What a server takes at most.

use std::time::Duration;

/// The most of each thing that a server takes; the defaults are Nitro's where it has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request.
    pub body: u32,
    /// Bytes of an answer.
    pub answer: u32,
    /// Requests in a batch.
    pub batch: usize,
    /// Connections of WebSocket at a time, and requests over HTTP.
    pub connections: u32,
    /// How long the body of a request may take to come.
    pub patience: Duration,
    /// Subscriptions of one connection.
    pub subscriptions: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 5 * 1024 * 1024,
            answer: 100 * 1024 * 1024,
            batch: 1_000,
            connections: 1_000,
            patience: Duration::from_secs(30),
            subscriptions: 1_024,
        }
    }
}
