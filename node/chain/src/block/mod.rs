//! Blocks: what they hold, and how they are kept as bytes.

pub mod header;
mod receipt;
mod record;

pub use receipt::{Receipt, Status};
pub(crate) use record::StoredBlock;

use crate::config::Config;
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes, keccak256};
use header::{Contents, HashedReceipt, HeaderInfo, header};

/// A block of the chain, with what became of the transactions in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number; genesis is 0.
    pub number: u64,
    /// The hash of its header.
    pub hash: B256,
    /// Its time in seconds since 1970.
    pub timestamp: u64,
    /// The block of the parent chain that contracts see as the block number.
    pub l1_block: u64,
    /// Messages to the parent chain that were sent up to and with it.
    pub send_count: u64,
    /// The root over all these.
    pub send_root: B256,
    /// Its header: Ethereum's, with what Arbitrum says in it ([`HeaderInfo`]).
    pub header: Header,
    /// The transactions in it as they are hashed (EIP-2718): ArbOS's own, then one for each receipt.
    pub transactions: Vec<Bytes>,
    /// What became of the transactions in it, ArbOS's own aside, in order.
    pub receipts: Vec<Receipt>,
}

impl Block {
    /// The block before all, with the state that it begins with.
    pub(crate) fn genesis(config: &Config, state_root: B256) -> Self {
        let info = HeaderInfo {
            send_root: B256::ZERO,
            send_count: 0,
            l1_block: config.l1_block,
            arbos: config.arbos.number(),
            collects_tips: false,
        };
        let header = header(&Contents {
            parent_hash: B256::ZERO,
            number: 0,
            timestamp: config.timestamp,
            base_fee: config.base_fee,
            beneficiary: Address::ZERO,
            state_root,
            info,
            transactions: &[],
            receipts: &[],
        });
        Self::with_header(header, &info, Vec::new(), Vec::new())
    }

    /// A block with its hash, and with what its header says.
    pub(crate) fn with_header(
        header: Header,
        info: &HeaderInfo,
        transactions: Vec<Bytes>,
        receipts: Vec<Receipt>,
    ) -> Self {
        Self {
            number: header.number,
            hash: header.hash_slow(),
            timestamp: header.timestamp,
            l1_block: info.l1_block,
            send_count: info.send_count,
            send_root: info.send_root,
            header,
            transactions,
            receipts,
        }
    }

    /// The hashes of its transactions, ArbOS's own first.
    pub fn hashes(&self) -> impl Iterator<Item = B256> + '_ {
        let own = self.transactions.first().map(keccak256);
        let sent = self.receipts.iter().map(|receipt| receipt.transaction_hash);
        own.into_iter().chain(sent)
    }

    /// Gas that its transactions paid for.
    #[must_use]
    pub const fn gas_used(&self) -> u64 {
        self.header.gas_used
    }

    /// Wei for one gas in it.
    #[must_use]
    pub fn base_fee(&self) -> u64 {
        self.header.base_fee_per_gas.unwrap_or_default()
    }
}

/// What of receipts a block hashes, each with the gas used up to it.
pub(crate) fn hashed(receipts: &[Receipt]) -> impl Iterator<Item = HashedReceipt<'_>> {
    receipts.iter().scan(0_u64, |gas_used, receipt| {
        // a chain whose owner lets transactions use all there is fills a block of them beyond what can be counted
        *gas_used = gas_used.saturating_add(receipt.gas_used);
        Some(HashedReceipt {
            tx_type: receipt.tx_type,
            success: receipt.status.is_success(),
            cumulative_gas_used: *gas_used,
            logs: &receipt.logs,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gas_of_a_block_ends_where_its_number_does() {
        let receipts = [21_000, u64::MAX - 30_000, 9_000, 1].map(|gas_used| Receipt {
            status: Status::Success,
            gas_used,
            gas_used_for_l1: 0,
            gas_price: 0,
            output: Bytes::new(),
            logs: Vec::new(),
            contract_address: None,
            from: Address::ZERO,
            to: None,
            block_number: 1,
            l1_block: 0,
            transaction_index: 1,
            tx_type: 0,
            transaction_hash: B256::ZERO,
        });
        let cumulative: Vec<_> = hashed(&receipts)
            .map(|receipt| receipt.cumulative_gas_used)
            .collect();
        let most = u64::MAX;
        assert_eq!(cumulative, [21_000, most - 9_000, most, most]);
    }
}
