//! What waits for a block, as *pending* shows it; and how much may wait, and for how long.

mod asked;

use asked::Asked;
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::Duration;
use stylus_node::node::{Config, Node};

const ALICE: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const BOB: &str = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const NOBODY: &str = "0x00000000000000000000000000000000000000b0";

/// SLOAD(0) + 1 into slot 0, and back.
const COUNTER: &str = "0x5f5460010180805f555f5260205ff3";

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

fn send(node: &Asked, request: Value) -> Value {
    node.ask("eth_sendTransaction", json!([request]))
}

fn pending(node: &Asked, whole: bool) -> Value {
    node.ask("eth_getBlockByNumber", json!(["pending", whole]))
}

#[test]
fn pending_is_the_next_block_with_what_waits_and_can_run() {
    let node = Asked::start();
    node.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    node.ask("evm_mine", json!([]));
    node.ask("evm_setAutomine", json!([false]));
    let first = send(&node, json!({"from": ALICE, "to": NOBODY}));
    let second = send(&node, json!({"from": ALICE, "to": BOB, "value": "0x5"}));
    // one that cannot run yet
    send(
        &node,
        json!({"from": ALICE, "to": BOB, "nonce": "0x7", "gas": "0x5208"}),
    );
    let block = pending(&node, false);
    assert_eq!(
        (
            &block["number"],
            &block["hash"],
            &block["nonce"],
            &block["miner"]
        ),
        (&json!("0x2"), &Value::Null, &Value::Null, &Value::Null)
    );
    let hashes = block["transactions"].as_array().expect("hashes");
    assert_eq!(hashes[1..], [first.clone(), second.clone()]);
    let whole = pending(&node, true);
    assert_eq!(whole["transactions"][2]["value"], json!("0x5"));
    let count = node.ask("eth_getBlockTransactionCountByNumber", json!(["pending"]));
    assert_eq!(count, json!("0x3"));

    let at = |method: &str, params: &[Value], tag: &str| {
        let mut params = params.to_vec();
        params.push(json!(tag));
        node.ask(method, json!(params))
    };
    let slot = [json!(NOBODY), json!("0x0")];
    assert_eq!(at("eth_getStorageAt", &slot, "pending"), word(1));
    assert_eq!(at("eth_getStorageAt", &slot, "latest"), word(0));
    let call = [json!({"to": NOBODY})];
    assert_eq!(at("eth_call", &call, "pending"), word(2));
    assert_eq!(at("eth_call", &call, "latest"), word(1));
    let balance = |tag| {
        let balance = at("eth_getBalance", &[json!(BOB)], tag);
        u128::from_str_radix(&balance.as_str().expect("text")[2..], 16).expect("hex")
    };
    assert_eq!(balance("pending") - balance("latest"), 5);
    let nonce = at("eth_getTransactionCount", &[json!(ALICE)], "pending");
    assert_eq!(nonce, json!("0x2"));
    let tried = at(
        "eth_simulateV1",
        &[json!({"blockStateCalls": [{"calls": call}]})],
        "pending",
    );
    assert_eq!(
        (&tried[0]["number"], &tried[0]["calls"][0]["returnData"]),
        (&json!("0x3"), &word(2))
    );

    // nothing of it stays, and the block is made of the same
    assert_eq!(node.ask("eth_blockNumber", json!([])), json!("0x1"));
    node.ask("evm_mine", json!([]));
    let made = node.ask("eth_getBlockByNumber", json!(["latest", false]));
    assert_eq!(
        made["transactions"].as_array().expect("hashes")[1..],
        [first, second]
    );
    assert_eq!(made["gasUsed"], block["gasUsed"]);
}

#[test]
fn pending_code_is_there_before_its_block() {
    let node = Asked::start();
    node.ask("evm_setAutomine", json!([false]));
    // init code that returns one byte, STOP: PUSH1 1 PUSH0 RETURN
    send(&node, json!({"from": ALICE, "input": "0x60015ff3"}));
    let created = ALICE
        .parse::<alloy_primitives::Address>()
        .expect("an address")
        .create(0);
    let code = |tag| node.ask("eth_getCode", json!([created, tag]));
    assert_eq!(
        (code("pending"), code("latest")),
        (json!("0x00"), json!("0x"))
    );
    // what is sent next may need what waits
    let gas = node.ask(
        "eth_fillTransaction",
        json!([{"from": ALICE, "to": created}]),
    );
    assert_eq!(gas["tx"]["nonce"], json!("0x1"));
}

#[test]
fn filter_that_nobody_asks_is_dropped() {
    let config = Config {
        filter_expiry: Duration::from_millis(300),
        ..Config::default()
    };
    let node = Asked::over(Node::new(config).expect("the usual phrase"));
    let [asked, forgotten] = [(); 2].map(|()| node.ask("eth_newBlockFilter", json!([])));
    for _ in 0..8 {
        sleep(Duration::from_millis(50));
        assert_eq!(node.ask("eth_getFilterChanges", json!([asked])), json!([]));
    }
    let gone = node.answer("eth_getFilterChanges", json!([forgotten]));
    assert_eq!(gone["error"]["message"], json!("filter not found"));
}

#[test]
fn no_more_than_so_many_of_one_sender_wait() {
    let node = Asked::start();
    node.ask("evm_setAutomine", json!([false]));
    node.ask("anvil_impersonateAccount", json!([NOBODY]));
    let transfer = |nonce: u64| json!([{"from": NOBODY, "to": BOB, "nonce": format!("{nonce:#x}"), "gas": "0x5208"}]);
    for nonce in 0..1_024 {
        node.ask("eth_sendTransaction", transfer(nonce));
    }
    let refused = node.answer("eth_sendTransaction", transfer(1_024));
    assert_eq!(
        refused["error"]["message"],
        json!("account limit exceeded: 1024 transactions wait")
    );
    // one of them may still give way
    let mut raised = transfer(5);
    raised[0]["maxFeePerGas"] = json!("0x77359400");
    node.ask("eth_sendTransaction", raised);
    let status = node.ask("txpool_status", json!([]));
    assert_eq!(status, json!({"pending": "0x400", "queued": "0x0"}));
}
