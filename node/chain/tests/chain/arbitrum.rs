//! What Arbitrum has in receipts and blocks beyond Ethereum's, as Nitro's own node told it over RPC
//! (`tests/fixtures/nitro/rpc-51.json`).

use alloy_primitives::{B256, Bytes};
use serde::Deserialize;
use stylus_chain::chain::Receipt;
use stylus_chain::{ArbOs, Chain, Config};

#[derive(Deserialize)]
struct Conversation {
    /// When the last but one block was made, in seconds since 1970.
    time: u64,
    sent: Vec<Sent>,
    blocks: Vec<Told>,
}

/// A transaction, each in a block of its own.
#[derive(Deserialize)]
struct Sent {
    raw: Bytes,
    hash: B256,
    receipt: Option<ToldReceipt>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldReceipt {
    block_number: u64,
    transaction_index: u64,
    gas_used: u64,
    gas_used_for_l1: u64,
    l1_block_number: u64,
    r#type: u8,
    status: u8,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    number: u64,
    l1_block_number: u64,
    send_count: u64,
    send_root: B256,
    /// By their hashes; the first is ArbOS's own, which has the time in it.
    transactions: Vec<B256>,
}

impl From<&Receipt> for ToldReceipt {
    fn from(receipt: &Receipt) -> Self {
        Self {
            block_number: receipt.block_number,
            transaction_index: receipt.transaction_index,
            gas_used: receipt.gas_used,
            gas_used_for_l1: receipt.gas_used_for_l1,
            l1_block_number: receipt.l1_block,
            r#type: receipt.tx_type,
            status: receipt.status.is_success().into(),
        }
    }
}

#[test]
fn receipts_and_blocks_say_what_nitros_node_says() {
    let text = include_str!("../../../../tests/fixtures/nitro/rpc-51.json");
    let told: Conversation = serde_json::from_str(text).expect("a conversation");
    let mut chain = Chain::new(Config {
        arbos: ArbOs::try_from(51).expect("a known version"),
        timestamp: 0,
        l1_block: 0,
        ..Config::default()
    });
    chain.set_next_timestamp(told.time).expect("after genesis");
    chain.set_next_l1_block(0).expect("as genesis");
    let mut compared = 0;
    for (number, sent) in (1..).zip(&told.sent) {
        // the message to the parent chain has the time in it
        if number <= 12 {
            chain.set_next_timestamp(told.time).expect("not before");
        }
        let receipt = chain.send_raw(&sent.raw).expect("it was taken").receipt;
        assert_eq!(receipt.transaction_hash, sent.hash);
        assert_eq!(chain.receipt(sent.hash).as_ref(), Some(&receipt));
        if let Some(expected) = &sent.receipt {
            assert_eq!(ToldReceipt::from(&receipt), *expected);
            compared += 1;
        }
    }
    assert_eq!((told.sent.len(), compared), (13, 11));
    for expected in told.blocks {
        let block = chain.block(expected.number).expect("it was made");
        let own = expected.transactions.first().copied();
        let receipts = block.receipts.iter();
        let hashes = receipts.map(|receipt| receipt.transaction_hash);
        let said = Told {
            number: block.number,
            l1_block_number: block.l1_block,
            send_count: block.send_count,
            send_root: block.send_root,
            transactions: own.into_iter().chain(hashes).collect(),
        };
        assert_eq!(said, expected);
    }
}
