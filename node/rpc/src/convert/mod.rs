//! From the chain's types to JSON's and back: the only place.

mod id;

pub use id::random_id;
