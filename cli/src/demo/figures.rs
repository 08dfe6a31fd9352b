//! What the demo measured.

use serde::Serialize;

/// What one account was owed in one asset, and what arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// ETH (in wei) or the ERC-20.
    pub asset: String,
    /// Who.
    pub who: String,
    /// By the oracle, in the asset's smallest unit.
    pub owed: String,
    /// Change of balance, with the gas paid added back for ETH.
    pub arrived: String,
}
