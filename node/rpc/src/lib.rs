//! A node for development: an embedded Arbitrum chain behind JSON-RPC, over HTTP and WebSocket.

pub mod node;
