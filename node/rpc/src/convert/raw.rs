//! Blocks, headers and receipts as they are hashed.

use alloy_primitives::Bytes;
use alloy_rlp::{Encodable, Header};
use stylus_chain::chain::Block;
use stylus_chain::chain::header::HashedReceipt;

/// A block's header.
#[must_use]
pub fn raw_header(block: &Block) -> Bytes {
    alloy_rlp::encode(&block.header).into()
}

/// A block: its header, its transactions, and no uncles.
#[must_use]
pub fn raw_block(block: &Block) -> Bytes {
    let mut transactions = Vec::new();
    for bytes in &block.transactions {
        // of before there were types is a list, and stands as it is
        match bytes.first() {
            Some(0xc0..) => transactions.extend_from_slice(bytes),
            _ => bytes.encode(&mut transactions),
        }
    }
    let mut payload = raw_header(block).to_vec();
    list(&transactions, &mut payload);
    list(&[], &mut payload);
    let mut raw = Vec::new();
    list(&payload, &mut raw);
    raw.into()
}

fn list(payload: &[u8], out: &mut Vec<u8>) {
    let header = Header {
        list: true,
        payload_length: payload.len(),
    };
    header.encode(out);
    out.extend_from_slice(payload);
}

/// The receipts of a block, ArbOS's own first.
#[must_use]
pub fn raw_receipts(block: &Block) -> Vec<Bytes> {
    let own = block.transactions.first().map(|bytes| HashedReceipt {
        tx_type: bytes.first().copied().unwrap_or_default(),
        success: true,
        cumulative_gas_used: 0,
        logs: &[],
    });
    let sent = block.receipts.iter().scan(0_u64, |gas_used, receipt| {
        *gas_used = gas_used.saturating_add(receipt.gas_used);
        Some(HashedReceipt {
            tx_type: receipt.tx_type,
            success: receipt.status.is_success(),
            cumulative_gas_used: *gas_used,
            logs: &receipt.logs,
        })
    });
    own.into_iter()
        .chain(sent)
        .map(|receipt| receipt.encoded())
        .collect()
}
