//! The chain from outside: accounts, blocks, fees, state, and the life of programs.

mod activation;
mod blocks;
mod caching;
mod deployment;
mod fees;
mod filtered;
mod lifetime;
mod node_interface;
mod posting;
mod precompiles;
mod predeploys;
mod raw;
mod stored;
mod tips;
mod world;
