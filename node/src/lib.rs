//! An embedded Arbitrum chain: EVM bytecode and Stylus WASM in one process, metered as Nitro meters.

pub mod arbos;
pub mod chain;
mod deploy;
pub mod evm;
pub mod genesis;
pub mod stylus;
pub mod vectors;

pub use chain::{Chain, Config, Outcome, Receipt, Status, Transaction, TxError};
pub use deploy::init_code;
pub use evm::trace::Trace;
pub use stylus::code::{compress, decompress};
