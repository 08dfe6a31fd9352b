//! The transaction with which ArbOS begins each block. Nobody signs it, it uses no gas, and it has a place in the block like
//! any other: the first (`core/types/arb_types.go` of Nitro's go-ethereum, `arbos/internal_tx.go`).

use crate::block::header::HashedReceipt;
use alloy_primitives::{Bytes, U256};
use alloy_rlp::{Decodable, Encodable, RlpDecodable, RlpEncodable};
use alloy_sol_types::{SolCall, sol};

/// The type of ArbOS's own transactions.
pub const INTERNAL_TX: u8 = 0x6a;

sol! {
    /// What ArbOS is told when a block begins (`ArbosActs.sol`).
    function startBlock(uint256 l1BaseFee, uint64 l1BlockNumber, uint64 l2BlockNumber, uint64 timePassed);
}

/// What ArbOS is told when a block begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartTx {
    /// The chain's id.
    pub chain_id: u64,
    /// Wei for one gas on the parent chain.
    pub l1_base_fee: U256,
    /// The parent chain's block.
    pub l1_block: u64,
    /// The number of the block that begins.
    pub number: u64,
    /// Seconds since the block before.
    pub time_passed: u64,
}

impl StartTx {
    /// The transaction as it is hashed (EIP-2718).
    #[must_use]
    pub fn encoded(&self) -> Bytes {
        let call = startBlockCall {
            l1BaseFee: self.l1_base_fee,
            l1BlockNumber: self.l1_block,
            l2BlockNumber: self.number,
            timePassed: self.time_passed,
        };
        let mut bytes = vec![INTERNAL_TX];
        Fields {
            chain_id: self.chain_id,
            input: call.abi_encode().into(),
        }
        .encode(&mut bytes);
        bytes.into()
    }

    /// What ArbOS is told by such a transaction as it is hashed.
    pub(super) fn input(encoded: &[u8]) -> Option<Bytes> {
        let mut rest = encoded.strip_prefix(&[INTERNAL_TX])?;
        Fields::decode(&mut rest).ok().map(|fields| fields.input)
    }

    /// What becomes of it, always.
    #[must_use]
    pub const fn receipt() -> HashedReceipt<'static> {
        HashedReceipt {
            tx_type: INTERNAL_TX,
            success: true,
            cumulative_gas_used: 0,
            logs: &[],
        }
    }
}

#[derive(RlpDecodable, RlpEncodable)]
struct Fields {
    chain_id: u64,
    input: Bytes,
}
