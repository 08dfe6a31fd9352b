//! What Nitro has and this chain does not.

use alloy_primitives::{FixedBytes, U256};
use revm::context::result::InvalidHeader;
use revm::context::tx::TxEnvBuildError;

/// What Nitro has and this chain does not, and so will not guess.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// A piece of a program, or the list of its pieces, was to be deployed (ArbOS 60).
    #[error("deploying a program in fragments (EF F0 01, EF F0 02)")]
    DeployedFragments,
    /// A program in pieces was to be activated (ArbOS 60).
    #[error("programs in fragments")]
    ActivatedFragments,
    /// A program was to be activated that was compressed with Stylus' own dictionary.
    #[error("the brotli dictionary of Stylus programs")]
    Dictionary,
    /// Such a program is active in the state that the chain was given, and was to run.
    #[error("compressed with Stylus' dictionary, which is not supported")]
    DictionaryToRun,
    /// A program nests deeper than the WASM runtime can.
    #[error("a program that nests deeper than the WASM runtime allows")]
    Nesting,
    /// A function that a precompile has on Nitro.
    #[error("{contract}, selector {selector}")]
    Function {
        /// Name of the precompile.
        contract: &'static str,
        /// First bytes of the calldata.
        selector: FixedBytes<4>,
    },
    /// Several limits of the speed of gas at once (ArbOS 50).
    #[error("limits of several speeds for gas (ArbOwner)")]
    GasConstraints,
    /// An upgrade of a chain that is there already.
    #[error(
        "an upgrade to ArbOS {version}, which a chain here has from its beginning or never, unless it is cancelled"
    )]
    Upgrade {
        /// The version that the owner wanted by now.
        version: u64,
    },
    /// A price of gas that no header of Ethereum can hold.
    #[error("a price of gas of {price} wei, which is more than 64 bits")]
    GasPrice {
        /// Wei for one gas.
        price: U256,
    },
    /// An estimate of a message from the parent chain.
    #[error("NodeInterface.estimateRetryableTicket")]
    RetryableEstimate,
    /// An execution that who watched it had enough of.
    #[error("the execution was stopped by who watched it")]
    WatchedEnough,
    /// A call of NodeInterface where the chain's blocks are not at hand.
    #[error("NodeInterface without the chain's blocks")]
    NodeInterface,
    /// A transaction that revm has no form for.
    #[error("{0:?}")]
    Transaction(TxEnvBuildError),
    /// A block that revm has no form for.
    #[error("{0}")]
    Header(InvalidHeader),
    /// Something that revm itself gave up: its words.
    #[error("{0}")]
    Evm(String),
}
