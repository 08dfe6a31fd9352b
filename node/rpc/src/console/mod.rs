//! What the command says: who there is at the start, and a line a transaction.

mod flags;
mod line;
mod start;

pub use flags::Flags;
pub use line::{json_line, line};
pub use start::{json_start, start};
