//! The chain's own blocks, as contracts can ask for them.

/// Where in the chain a transaction runs. The EVM's own block number is that of the parent chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Number of the block that the transaction is in.
    pub number: u64,
}
