//! What suites set up and take back: states that are dumped and loaded, blocks that are taken back, and what the node says of itself.

mod asked;

use asked::Asked;
use serde_json::{Value, json};

const ALICE: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const BOB: &str = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const NOBODY: &str = "0x00000000000000000000000000000000000000b0";

/// Where code is put that logs its calldata's first word as a topic: PUSH0 CALLDATALOAD PUSH0 PUSH0 LOG1.
const LOGGER: &str = "0x00000000000000000000000000000000000000b1";
const CODE: &str = "0x5f355f5fa1";

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

fn send(node: &Asked, to: &str, input: &Value) -> Value {
    node.ask(
        "eth_sendTransaction",
        json!([{"from": ALICE, "to": to, "input": input, "gas": "0x186a0", "value": "0x0"}]),
    )
}

fn number(node: &Asked) -> Value {
    node.ask("eth_blockNumber", json!([]))
}

fn balance(node: &Asked, account: &str) -> Value {
    node.ask("eth_getBalance", json!([account, "latest"]))
}

fn words(node: &Asked, method: &str, params: Value) -> Value {
    node.answer(method, params)["error"]["message"].take()
}

#[test]
fn dumped_chain_goes_on_in_another_node() {
    let node = Asked::start();
    node.ask("anvil_setCode", json!([LOGGER, CODE]));
    let hash = send(&node, LOGGER, &word(7));
    node.ask("hardhat_setBalance", json!([NOBODY, "0x7"]));
    let state = node.ask("anvil_dumpState", json!([]));
    let block = node.ask("eth_getBlockByNumber", json!(["latest", true]));

    let other = Asked::start();
    other.ask("evm_mine", json!([]));
    let snapshot = other.ask("evm_snapshot", json!([]));
    assert_eq!(other.ask("hardhat_loadState", json!([state])), json!(true));
    assert_eq!(
        other.ask("eth_getBlockByNumber", json!(["latest", true])),
        block
    );
    assert_eq!(
        other.ask("eth_getTransactionReceipt", json!([hash])),
        node.ask("eth_getTransactionReceipt", json!([hash]))
    );
    assert_eq!(balance(&other, NOBODY), json!("0x7"));
    // there is nothing to go back to any more
    assert_eq!(other.ask("evm_revert", json!([snapshot])), json!(false));
    let about = other.ask("anvil_metadata", json!([]));
    assert_eq!(about["snapshots"], json!({}));
    send(&other, LOGGER, &word(8));
    assert_eq!(number(&other), json!("0x2"));

    let refused = words(&other, "anvil_loadState", json!(["0x1234"]));
    assert_eq!(
        refused,
        json!("Failed to decode state dump: this is not the state of a chain")
    );
    assert_eq!(number(&other), json!("0x2"));
}

#[test]
fn accounts_that_anvil_kept_are_set_in_this_chain() {
    let node = Asked::start();
    let kept = json!({
        "block": {"number": "0x5"},
        "accounts": {
            NOBODY: {"nonce": 3, "balance": "0x9", "code": "0x", "storage": {}},
            LOGGER: {"nonce": "0x1", "balance": "0x0", "code": CODE, "storage": {"0x2": "0x5"}},
        },
    });
    let hex = alloy_primitives::hex::encode_prefixed(kept.to_string());
    assert_eq!(node.ask("anvil_loadState", json!([hex])), json!(true));
    assert_eq!(balance(&node, NOBODY), json!("0x9"));
    let nonce = node.ask("eth_getTransactionCount", json!([NOBODY, "latest"]));
    assert_eq!(nonce, json!("0x3"));
    assert_eq!(
        node.ask("eth_getCode", json!([LOGGER, "latest"])),
        json!(CODE)
    );
    let slot = node.ask("eth_getStorageAt", json!([LOGGER, "0x2", "latest"]));
    assert_eq!(slot, word(5));
    assert_eq!(number(&node), json!("0x0"));
}

#[test]
fn a_state_of_another_chain_is_refused() {
    let node = Asked::start();
    let mut config = stylus_node::node::Config::default();
    config.chain.chain_id = 5;
    let other = Asked::over(stylus_node::node::Node::new(config).expect("the usual phrase"));
    let state = other.ask("anvil_dumpState", json!([]));
    assert_eq!(
        words(&node, "anvil_loadState", json!([state])),
        json!("the state is of a chain with id 5, this one has 412346")
    );
}

#[test]
fn blocks_are_taken_back_with_what_they_did() {
    let node = Asked::start();
    node.ask("evm_mine", json!([]));
    let first = node.ask("evm_snapshot", json!([]));
    let root = node.node.chain(|chain| chain.state_root().root());
    let transfer = json!([{"from": ALICE, "to": NOBODY, "value": "0x5"}]);
    let hash = node.ask("eth_sendTransaction", transfer);
    node.ask("anvil_setBalance", json!([BOB, "0x1"]));
    let second = node.ask("evm_snapshot", json!([]));
    node.ask("evm_mine", json!([]));
    node.ask("anvil_rollback", json!([2]));
    assert_eq!(number(&node), json!("0x1"));
    assert_eq!(balance(&node, NOBODY), json!("0x0"));
    assert_ne!(balance(&node, BOB), json!("0x1"));
    assert_eq!(node.node.chain(|chain| chain.state_root().root()), root);
    assert_eq!(
        node.ask("eth_getTransactionByHash", json!([hash])),
        Value::Null
    );
    assert_eq!(node.ask("evm_revert", json!([second])), json!(false));
    // the chain goes on, and to earlier snapshots one can still go back
    node.ask("evm_mine", json!([]));
    assert_eq!(number(&node), json!("0x2"));
    assert_eq!(node.ask("evm_revert", json!([first])), json!(true));
    let deep = words(&node, "anvil_rollback", json!([99]));
    let expected =
        "Rollback depth must not exceed current chain height: current height 1, depth 99";
    assert_eq!(deep, json!(expected));
    node.ask("anvil_rollback", json!([]));
    assert_eq!(number(&node), json!("0x0"));
}

#[test]
fn reorganisation_puts_other_blocks_with_their_transactions_in_place() {
    let node = Asked::start();
    node.ask("anvil_mine", json!([3]));
    let before = node.ask("eth_getBlockByNumber", json!(["0x2", false]));
    let transfer = |value: &str| json!({"from": ALICE, "to": NOBODY, "value": value});
    node.ask(
        "anvil_reorg",
        json!([2, [[transfer("0x2"), 1], [transfer("0x1"), 0]]]),
    );
    assert_eq!(number(&node), json!("0x3"));
    let values = ["0x2", "0x3"].map(|block| {
        let block = node.ask("eth_getBlockByNumber", json!([block, true]));
        block["transactions"][1]["value"].clone()
    });
    assert_eq!(values, [json!("0x1"), json!("0x2")]);
    let after = node.ask("eth_getBlockByNumber", json!(["0x2", false]));
    assert_ne!(after["hash"], before["hash"]);
    assert_eq!(balance(&node, NOBODY), json!("0x3"));
    assert_eq!(node.ask("anvil_getAutomine", json!([])), json!(true));
    let late = words(&node, "anvil_reorg", json!([1, [[transfer("0x1"), 1]]]));
    let expected = "block index 1 is beyond the 1 blocks of the reorganisation";
    assert_eq!(late, json!(expected));
}

#[test]
fn logs_are_told_as_removed_once_their_blocks_are_taken_back() {
    let node = Asked::start();
    node.ask("anvil_setCode", json!([LOGGER, CODE]));
    let snapshot = node.ask("evm_snapshot", json!([]));
    let filter = node.ask("eth_newFilter", json!([{"address": LOGGER}]));
    let changes = || node.ask("eth_getFilterChanges", json!([filter]));
    send(&node, LOGGER, &word(1));
    send(&node, LOGGER, &word(2));
    let told = changes();
    assert_eq!(told.as_array().map(Vec::len), Some(2));
    // nobody was told of this one
    send(&node, LOGGER, &word(3));
    node.ask("evm_revert", json!([snapshot]));
    send(&node, LOGGER, &word(4));
    let mut gone = told.as_array().expect("logs").clone();
    gone.reverse();
    for log in &mut gone {
        log["removed"] = json!(true);
    }
    let changed = changes();
    let changed = changed.as_array().expect("logs");
    assert_eq!(changed[..2], gone[..]);
    assert_eq!(changed.len(), 3);
    assert_eq!(
        (&changed[2]["topics"][0], &changed[2]["removed"]),
        (&word(4), &json!(false))
    );
    assert_eq!(changes(), json!([]));
    node.ask("anvil_rollback", json!([1]));
    assert_eq!(changes()[0]["removed"], json!(true));
}

#[test]
fn the_maker_of_blocks_and_their_gas_are_set() {
    let node = Asked::start();
    node.ask("anvil_setCoinbase", json!([NOBODY]));
    // COINBASE PUSH0 MSTORE PUSH1 20 PUSH0 RETURN
    node.ask("anvil_setCode", json!([LOGGER, "0x415f5260205ff3"]));
    node.ask("evm_mine", json!([]));
    let block = node.ask("eth_getBlockByNumber", json!(["latest", false]));
    assert_eq!(block["miner"], json!(NOBODY));
    let seen = node.ask("eth_call", json!([{"to": LOGGER}, "latest"]));
    assert_eq!(seen, word(0xb0));
    assert_eq!(
        node.ask("evm_setBlockGasLimit", json!(["0x1388"])),
        json!(true)
    );
    let transfer = json!([{"from": ALICE, "to": BOB, "value": "0x1", "gas": "0x5208"}]);
    assert_eq!(
        words(&node, "eth_sendTransaction", transfer.clone()),
        json!("gas limit reached")
    );
    node.ask("evm_setBlockGasLimit", json!(["0x1c9c380"]));
    node.ask("eth_sendTransaction", transfer);
    node.ask("hardhat_setCoinbase", json!([BOB]));
    node.ask("evm_mine", json!([]));
    let block = node.ask("eth_getBlockByNumber", json!(["latest", false]));
    assert_eq!(block["miner"], json!(BOB));
}

#[test]
fn what_arbitrum_does_not_have_is_refused_and_not_passed_over() {
    let node = Asked::start();
    assert_eq!(
        words(&node, "hardhat_setPrevRandao", json!([word(7)])),
        json!("PREVRANDAO is 1 in every block of Arbitrum, and cannot be set to anything else")
    );
    assert_eq!(
        node.ask("hardhat_setPrevRandao", json!([word(1)])),
        json!(true)
    );
    assert_eq!(
        words(&node, "anvil_setRpcUrl", json!(["http://localhost"])),
        json!("this node forks no other chain")
    );
}

#[test]
fn the_node_says_what_it_is() {
    let node = Asked::start();
    node.ask("evm_mine", json!([]));
    let block = node.ask("eth_getBlockByNumber", json!(["latest", false]));
    let info = node.ask("anvil_nodeInfo", json!([]));
    assert_eq!(
        (&info["currentBlockNumber"], &info["currentBlockHash"]),
        (&json!("0x1"), &block["hash"])
    );
    assert_eq!(
        info["environment"],
        json!({"baseFee": "0x5f5e100", "chainId": 412_346, "gasLimit": "0x4000000000000", "gasPrice": "0x5f5e100"})
    );
    assert_eq!(info["hardFork"], json!("Osaka"));
    let snapshot = node.ask("anvil_snapshot", json!([]));
    let about = node.ask("hardhat_metadata", json!([]));
    assert_eq!(
        (
            &about["chainId"],
            &about["latestBlockNumber"],
            &about["latestBlockHash"]
        ),
        (&json!(412_346), &json!(1), &block["hash"])
    );
    assert_eq!(
        about["snapshots"],
        json!({snapshot.as_str().expect("text"): [1, block["hash"]]})
    );
    assert_eq!(
        node.ask("anvil_metadata", json!([]))["instanceId"],
        about["instanceId"]
    );
    node.ask("anvil_reset", json!([]));
    assert_ne!(
        node.ask("anvil_metadata", json!([]))["instanceId"],
        about["instanceId"]
    );
    assert!(node.node.is_logging());
    node.ask("hardhat_setLoggingEnabled", json!([false]));
    assert!(!node.node.is_logging());
}

#[test]
fn time_and_snapshots_have_both_names() {
    let node = Asked::start();
    node.ask("anvil_setNextBlockTimestamp", json!([2_000_000_000]));
    let snapshot = node.ask("anvil_snapshot", json!([]));
    node.ask("hardhat_setBlockTimestampInterval", json!([7]));
    node.ask("anvil_mine", json!([2]));
    let times = [1, 2].map(|number| node.block(number).timestamp);
    assert_eq!(times, [2_000_000_000, 2_000_000_007]);
    assert_eq!(
        node.ask("hardhat_removeBlockTimestampInterval", json!([])),
        json!(true)
    );
    assert_eq!(node.ask("anvil_revert", json!([snapshot])), json!(true));
    assert_eq!(number(&node), json!("0x0"));
    node.ask("anvil_addBalance", json!([NOBODY, "0x5"]));
    node.ask("anvil_addBalance", json!([NOBODY, "0x6"]));
    assert_eq!(balance(&node, NOBODY), json!("0xb"));
}
