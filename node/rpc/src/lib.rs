//! A node for development: an embedded Arbitrum chain behind JSON-RPC, over HTTP and WebSocket.

pub mod api;
pub mod console;
pub mod convert;
pub mod error;
pub mod names;
pub mod node;
pub mod server;
pub mod trace;
