//! The chain from outside: accounts, blocks, fees, state, and the life of programs.

mod activation;
mod arbitrum;
mod blocks;
mod caching;
mod compiled;
mod damaged;
mod deployment;
mod fees;
mod filtered;
mod found;
mod left_out;
mod lifetime;
mod limits;
mod mixed;
mod node_interface;
mod posting;
mod precompiles;
mod predeploys;
mod raw;
mod sets;
mod stored;
mod tips;
mod world;
