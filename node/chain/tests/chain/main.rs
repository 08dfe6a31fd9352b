//! The chain from outside: accounts, blocks, fees, state, and the life of programs.

mod activation;
mod blocks;
mod caching;
mod deployment;
mod fees;
mod lifetime;
mod precompiles;
mod predeploys;
mod raw;
mod stored;
mod world;
