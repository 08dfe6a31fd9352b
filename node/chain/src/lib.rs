//! An embedded Arbitrum chain: EVM bytecode and Stylus WASM in one process, metered as Nitro meters.
//!
//! ```
//! use alloy_primitives::U256;
//! use stylus_chain::{Chain, Transaction, compress, deploy, init_code};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let echo = wat::parse_str(
//!     r#"(module
//!         (import "vm_hooks" "read_args" (func $read_args (param i32)))
//!         (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
//!         (memory (export "memory") 1 1)
//!         (func (export "user_entrypoint") (param $len i32) (result i32)
//!             (call $read_args (i32.const 0))
//!             (call $write_result (i32.const 0) (local.get $len))
//!             (i32.const 0)))"#,
//! )?;
//! let mut chain = Chain::default();
//! let alice = chain.accounts()[0];
//!
//! let created = chain.send(Transaction::create(alice, init_code(&compress(&echo))))?;
//! let program = created.contract_address.ok_or("not created")?;
//! chain.send(deploy::activate(alice, program, U256::from(10_u64.pow(17))))?;
//! let receipt = chain.send(Transaction::call(alice, program, b"hello"))?;
//!
//! assert_eq!(&receipt.output[..], b"hello");
//! # Ok(())
//! # }
//! ```

pub mod arbos;
pub mod block;
pub mod chain;
pub mod config;
pub mod context;
pub mod deploy;
pub mod dev_accounts;
pub mod evm;
pub mod genesis;
pub mod precompiles;
pub mod predeploys;
pub mod store;
pub mod stylus;
mod telling;
pub mod trace;
pub mod trie;
pub mod units;
pub mod version;
pub mod wasm;
pub mod watch;

pub use chain::{Chain, Executed, Outcome, Receipt, Status, Transaction, TxError};
pub use config::Config;
pub use deploy::init_code;
pub use dev_accounts::DEV_ACCOUNTS;
pub use trace::Trace;
pub use version::ArbOs;
pub use wasm::code::{compress, decompress};
