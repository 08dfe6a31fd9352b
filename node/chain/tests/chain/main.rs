//! The chain from outside: accounts, blocks, fees, state, and the life of programs.

mod activation;
mod arbitrum;
mod blocks;
mod caching;
mod compiled;
mod damaged;
mod deployment;
mod fees;
mod found;
mod lifetime;
mod limits;
mod precompiles;
mod raw;
mod stored;
mod world;
