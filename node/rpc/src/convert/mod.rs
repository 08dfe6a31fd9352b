//! From the chain's types to JSON's and back: the only place.

mod id;
mod request;
mod waiting;

pub use id::random_id;
pub use request::{signed, unsigned};
pub use waiting::{in_words, waiting};
