//! The command: what it is told, what it does, and what it says.

mod flags;
mod line;
mod open;
mod run;
mod start;

pub use flags::Flags;
pub use line::{json_line, line};
pub use open::open;
pub use run::{Shown, run};
pub use start::{json_start, start};
