//! From the chain's types to JSON's and back: the only place.

mod block;
mod call;
mod filter;
mod halt;
mod head;
mod hex;
mod id;
mod overrides;
mod raw;
mod receipt;
mod request;
mod revert;
mod tag;
mod transaction;
mod waiting;

pub use block::{BlockJson, HeaderJson, Named, pending};
pub use call::CallRequest;
pub use filter::LogFilter;
pub use halt::halted;
pub use head::HeadJson;
pub use hex::{Count, Slot};
pub use id::random_id;
pub use overrides::{BlockOverrides, StateOverrides};
pub use raw::{raw_block, raw_header, raw_receipts};
pub use receipt::{LogJson, ReceiptJson, logs_of};
pub use request::{Shown, draft, signed, typed, unsigned};
pub use revert::{reason, reverted};
pub use tag::{BlockNumber, BlockRef};
pub use transaction::TransactionJson;
pub use waiting::{in_words, waiting};
