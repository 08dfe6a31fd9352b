//! What is told as it happens, and what is asked for later.

mod asked;
mod heard;

use asked::Asked;
use heard::Heard;
use serde_json::{Value, json};

const ALICE: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

/// Where code is put that logs its calldata's first word as a topic.
const LOGGER: &str = "0x00000000000000000000000000000000000000b1";

/// PUSH0 CALLDATALOAD PUSH0 PUSH0 LOG1
const CODE: &str = "0x5f355f5fa1";

fn word(last: u8) -> Value {
    json!(format!("0x{:064x}", last))
}

fn with_logger() -> Asked {
    let node = Asked::start();
    node.ask("anvil_setCode", json!([LOGGER, CODE]));
    node
}

fn log(node: &Asked, topic: u8) -> Value {
    let request = json!([{"from": ALICE, "to": LOGGER, "input": word(topic), "gas": "0x186a0"}]);
    node.ask("eth_sendTransaction", request)
}

/// The log in the last block.
fn expected(node: &Asked, topic: u8, hash: &Value) -> Value {
    let (number, block, time) = node.node.chain(|chain| {
        let block = chain.last();
        (block.number, block.hash, block.timestamp)
    });
    json!({
        "address": LOGGER, "topics": [word(topic)], "data": "0x", "blockNumber": format!("{number:#x}"),
        "transactionHash": hash, "transactionIndex": "0x1", "blockHash": block,
        "blockTimestamp": format!("{time:#x}"), "logIndex": "0x0", "removed": false,
    })
}

#[test]
fn new_heads_are_told_as_go_ethereum_tells_them() {
    let node = Asked::start();
    let mut heard = Heard::at(&node.url());
    let heads = heard.ask("eth_subscribe", json!(["newHeads"]));
    assert_eq!(heads.as_str().map(str::len), Some(34));
    node.ask("evm_mine", json!([]));
    let block = node.ask("eth_getBlockByNumber", json!(["latest", false]));
    let told = heard.told(&heads);
    let names: Vec<_> = told
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names.join(" "),
        "parentHash sha3Uncles miner stateRoot transactionsRoot receiptsRoot logsBloom difficulty number gasLimit gasUsed \
         timestamp extraData mixHash nonce baseFeePerGas withdrawalsRoot blobGasUsed excessBlobGas parentBeaconBlockRoot \
         requestsHash hash"
    );
    for (name, value) in told.as_object().expect("an object") {
        assert_eq!(value, block.get(name).unwrap_or(&Value::Null), "{name}");
    }
    assert_eq!(heard.ask("eth_unsubscribe", json!([heads])), json!(true));
    node.ask("evm_mine", json!([]));
    assert_eq!(heard.ask("eth_blockNumber", json!([])), json!("0x2"));
}

#[test]
fn logs_are_told_to_who_wants_them() {
    let node = with_logger();
    let mut heard = Heard::at(&node.url());
    let topics = json!([[word(2), word(3)]]);
    let logs = heard.ask(
        "eth_subscribe",
        json!(["logs", {"address": LOGGER, "topics": topics}]),
    );
    log(&node, 1);
    let hash = log(&node, 3);
    assert_eq!(heard.told(&logs), expected(&node, 3, &hash));
}

#[test]
fn transactions_are_told_when_they_are_taken() {
    let node = Asked::start();
    node.ask("evm_setAutomine", json!([false]));
    let mut heard = Heard::at(&node.url());
    let hashes = heard.ask("eth_subscribe", json!(["newPendingTransactions"]));
    let hash = log(&node, 1);
    assert_eq!(heard.told(&hashes), hash);
    heard.ask("eth_unsubscribe", json!([hashes]));
    let whole = heard.ask("eth_subscribe", json!(["newPendingTransactions", true]));
    let hash = log(&node, 1);
    let transaction = node.ask("eth_getTransactionByHash", json!([hash]));
    assert_eq!(
        (&transaction["hash"], &transaction["blockHash"]),
        (&hash, &Value::Null)
    );
    assert_eq!(heard.told(&whole), transaction);
}

#[test]
fn what_cannot_be_subscribed_to_is_refused() {
    let node = Asked::start();
    let mut heard = Heard::at(&node.url());
    let mut refused = |params| {
        heard.send("eth_subscribe", params);
        heard.next()["error"].take()
    };
    let words = "no \"nonsense\" subscription in eth namespace";
    assert_eq!(
        refused(json!(["nonsense"])),
        json!({"code": -32601, "message": words})
    );
    let words = "too many arguments, want at most 1";
    assert_eq!(
        refused(json!(["newHeads", 1])),
        json!({"code": -32602, "message": words})
    );
}

#[test]
fn filter_of_logs_tells_what_is_new_in_its_range() {
    let node = with_logger();
    log(&node, 1);
    let filter = node.ask(
        "eth_newFilter",
        json!([{"fromBlock": "0x0", "topics": [word(1)]}]),
    );
    let ended = node.ask(
        "eth_newFilter",
        json!([{"fromBlock": "0x0", "toBlock": "0x1"}]),
    );
    let changes = |filter: &Value| node.ask("eth_getFilterChanges", json!([filter]));
    assert_eq!(changes(&filter), json!([]));
    log(&node, 2);
    let hash = log(&node, 1);
    assert_eq!(changes(&filter), json!([expected(&node, 1, &hash)]));
    assert_eq!((changes(&filter), changes(&ended)), (json!([]), json!([])));
    let all = node.ask("eth_getFilterLogs", json!([filter]));
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let blocks = node.ask("eth_newBlockFilter", json!([]));
    let refused = node.answer("eth_getFilterLogs", json!([blocks]));
    assert_eq!(
        refused["error"],
        json!({"code": -32000, "message": "filter not found"})
    );
}

#[test]
fn logs_are_told_again_as_removed_once_their_blocks_are_taken_back() {
    let node = with_logger();
    let mut heard = Heard::at(&node.url());
    let logs = heard.ask(
        "eth_subscribe",
        json!(["logs", {"topics": [[word(1), word(2)]]}]),
    );
    let snapshot = node.ask("evm_snapshot", json!([]));
    let told: Vec<_> = [1, 3, 2]
        .into_iter()
        .filter_map(|topic| {
            log(&node, topic);
            (topic != 3).then(|| heard.told(&logs))
        })
        .collect();
    node.ask("evm_revert", json!([snapshot]));
    for mut log in told.into_iter().rev() {
        log["removed"] = json!(true);
        assert_eq!(heard.told(&logs), log);
    }
}

#[test]
fn a_listener_who_has_missed_something_is_told_so() {
    let node = Asked::start();
    let mut heard = Heard::at(&node.url());
    let heads = heard.ask("eth_subscribe", json!(["newHeads"]));
    node.ask("anvil_mine", json!([40_000]));
    let error = loop {
        let told = heard.next();
        assert_eq!(told["params"]["subscription"], heads);
        if let Some(error) = told["params"].get("error") {
            break error.clone();
        }
    };
    let words = error.as_str().expect("words");
    assert!(
        words.starts_with("too slow: ") && words.ends_with(" events were missed, subscribe again"),
        "{words}"
    );
    // the connection is as good as before
    assert_eq!(heard.ask("eth_blockNumber", json!([])), json!("0x9c40"));
}
