//! The rules against published vectors and against slower ways to compute the same.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "an overflow in a test should panic"
)]

mod addresses;
mod bytes;
mod due;
mod graph;
mod packing;
mod settlement;
mod shares;
mod steps;
mod text;
