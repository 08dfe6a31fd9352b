//! Programs and bytecode running together: prices counted by hand, calls in every direction, depth, and refusals.

mod access;
mod calls;
mod frames;
mod hand;
mod memory;
mod nesting;
mod opcodes;
mod refusals;
mod refused;
mod touched;
mod trace;
mod watched;
mod world;
