//! The contract ABI, word by word: no generated decoder, no re-encoding.

mod reader;
mod writer;

pub use reader::{List, Malformed, Reader};
pub use writer::Writer;
