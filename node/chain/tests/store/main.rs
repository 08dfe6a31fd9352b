//! The seam between a chain and what keeps its state.

mod failing;
mod moments;
mod oracle;
mod reads;
mod roots;
mod tables;
mod watched;
