//! From the chain's types to JSON's and back: the only place.

mod halt;
mod id;
mod request;
mod revert;
mod waiting;

pub use halt::halted;
pub use id::random_id;
pub use request::{signed, unsigned};
pub use revert::reverted;
pub use waiting::{in_words, waiting};
