//! What only development nodes are asked.

mod asked;

use alloy_primitives::U256;
use asked::Asked;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

const ALICE: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const BOB: &str = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const NOBODY: &str = "0x00000000000000000000000000000000000000b0";

/// A transfer from Alice.
fn transfer(nonce: u64, max_fee: u64) -> Value {
    json!([{"from": ALICE, "to": BOB, "value": "0x1", "nonce": format!("{nonce:#x}"),
        "maxFeePerGas": format!("{max_fee:#x}"), "maxPriorityFeePerGas": "0x0", "gas": "0x7530"}])
}

fn status(node: &Asked) -> Value {
    node.ask("txpool_status", json!([]))
}

fn nonce(node: &Asked) -> u64 {
    let nonce = node.now().nonce(ALICE.parse().expect("an address"));
    nonce.expect("the store works")
}

#[test]
fn accounts_with_keys_are_listed_and_send() {
    let node = Asked::start();
    let accounts = node.ask("eth_accounts", json!([]));
    assert_eq!(accounts.as_array().map(Vec::len), Some(10));
    assert_eq!((&accounts[0], &accounts[1]), (&json!(ALICE), &json!(BOB)));
    node.ask(
        "eth_sendTransaction",
        json!([{"from": ALICE, "to": NOBODY, "value": "0x5"}]),
    );
    let balance = node.now().balance(NOBODY.parse().expect("an address"));
    assert_eq!(balance, Ok(U256::from(5)));
    let refused = node.answer("eth_sendTransaction", json!([{"from": NOBODY, "to": BOB}]));
    assert_eq!(
        refused["error"],
        json!({"code": -32000, "message": "unknown account"})
    );
}

#[test]
fn messages_are_signed_as_wallets_sign_them() {
    let node = Asked::start();
    // `cast wallet sign` of "hello" with the first key
    let signature = node.ask("personal_sign", json!(["0x68656c6c6f", ALICE]));
    assert_eq!(
        node.ask("eth_sign", json!([ALICE, "0x68656c6c6f"])),
        signature
    );
    let signature: alloy_primitives::Signature = signature
        .as_str()
        .expect("text")
        .parse()
        .expect("a signature");
    let signer = signature
        .recover_address_from_msg("hello")
        .expect("a signer");
    assert_eq!(
        signer,
        ALICE
            .parse::<alloy_primitives::Address>()
            .expect("an address")
    );
}

#[test]
fn transactions_wait_until_a_block_is_made() {
    let node = Asked::start();
    node.ask("evm_setAutomine", json!([false]));
    assert_eq!(node.ask("hardhat_getAutomine", json!([])), json!(false));
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    node.ask("eth_sendTransaction", transfer(2, 200_000_000));
    assert_eq!(status(&node), json!({"pending": "0x1", "queued": "0x1"}));
    let content = node.ask("txpool_inspect", json!([]));
    let words = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8: 1 wei + 30000 gas × 200000000 wei";
    let alice = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    assert_eq!(
        content,
        json!({"pending": {alice: {"0": words}}, "queued": {alice: {"2": words}}})
    );
    node.ask("evm_mine", json!([]));
    assert_eq!(
        (nonce(&node), status(&node)),
        (1, json!({"pending": "0x0", "queued": "0x1"}))
    );
    node.ask("eth_sendTransaction", transfer(1, 200_000_000));
    node.ask("evm_setAutomine", json!([true]));
    assert_eq!(
        (nonce(&node), status(&node)),
        (3, json!({"pending": "0x0", "queued": "0x0"}))
    );
}

#[test]
fn gap_is_waited_for_when_blocks_are_automatic() {
    let node = Asked::start();
    node.ask("eth_sendTransaction", transfer(1, 200_000_000));
    assert_eq!(
        (nonce(&node), status(&node)),
        (0, json!({"pending": "0x0", "queued": "0x1"}))
    );
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    assert_eq!(
        (nonce(&node), status(&node)),
        (2, json!({"pending": "0x0", "queued": "0x0"}))
    );
}

#[test]
fn waiting_transaction_gives_way_for_a_tenth_more() {
    let node = Asked::start();
    node.ask("anvil_setAutomine", json!([false]));
    let first = node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    let again = node.answer("eth_sendTransaction", transfer(0, 200_000_000));
    assert_eq!(
        again["error"],
        json!({"code": -32000, "message": "already known"})
    );
    let little = node.answer("eth_sendTransaction", transfer(0, 219_999_999));
    let words = "replacement transaction underpriced";
    assert_eq!(little["error"], json!({"code": -32000, "message": words}));
    let second = node.ask("eth_sendTransaction", transfer(0, 220_000_000));
    assert_eq!(
        node.ask("anvil_dropTransaction", json!([first])),
        Value::Null
    );
    assert_eq!(node.ask("hardhat_dropTransaction", json!([second])), second);
    assert_eq!(status(&node), json!({"pending": "0x0", "queued": "0x0"}));
}

#[test]
fn blocks_are_made_at_intervals() {
    let node = Asked::start();
    node.ask("evm_setIntervalMining", json!([20]));
    let made = || node.node.chain(|chain| chain.block_number());
    while made() < 3 {
        std::thread::yield_now();
    }
    node.ask("evm_setIntervalMining", json!([0]));
    let last = made();
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    assert_eq!(
        (made(), status(&node)),
        (last, json!({"pending": "0x1", "queued": "0x0"}))
    );
}

#[test]
fn many_blocks_are_made_with_time_between_them() {
    let node = Asked::start();
    node.ask("evm_setNextBlockTimestamp", json!([2_000_000_000]));
    node.ask("anvil_mine", json!(["0x3", "0xa"]));
    let times = [1, 2, 3].map(|number| node.block(number).timestamp);
    assert_eq!(times, [2_000_000_000, 2_000_000_010, 2_000_000_020]);
    let refused = node.answer("evm_setNextBlockTimestamp", json!([1_999_999_999]));
    let words = "the next block cannot have time 1999999999, the last one has 2000000020";
    assert_eq!(refused["error"], json!({"code": -32000, "message": words}));
    let many = node.answer("anvil_mine", json!([1_000_000]));
    let words = "cannot mine 1000000 blocks at once, the most is 100000";
    assert_eq!(many["error"], json!({"code": -32000, "message": words}));
}

#[test]
fn snapshot_brings_back_state_pool_and_time() {
    let node = Asked::start();
    node.ask("evm_setAutomine", json!([false]));
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    let snapshot = node.ask("evm_snapshot", json!([]));
    assert_eq!(snapshot, json!("0x1"));
    node.ask("evm_mine", json!([]));
    node.ask("hardhat_setBalance", json!([NOBODY, "0x7"]));
    assert_eq!(node.ask("evm_revert", json!([snapshot])), json!(true));
    let balance = node.now().balance(NOBODY.parse().expect("an address"));
    assert_eq!(node.node.chain(|chain| chain.block_number()), 0);
    assert_eq!(balance, Ok(U256::ZERO));
    assert_eq!(
        (nonce(&node), status(&node)),
        (0, json!({"pending": "0x1", "queued": "0x0"}))
    );
    assert_eq!(node.ask("evm_revert", json!([snapshot])), json!(false));
}

#[test]
fn state_is_set_under_both_names() {
    let node = Asked::start();
    for (name, value) in [("anvil", 1_u64), ("hardhat", 2)] {
        let ask = |method: &str, params| node.ask(&format!("{name}_{method}"), params);
        ask("setBalance", json!([NOBODY, format!("{value:#x}")]));
        ask("setNonce", json!([NOBODY, format!("{value:#x}")]));
        ask("setCode", json!([NOBODY, format!("0x0{value}")]));
        ask(
            "setStorageAt",
            json!([NOBODY, "0x3", format!("{value:#066x}")]),
        );
        let (now, account) = (node.now(), NOBODY.parse().expect("an address"));
        assert_eq!(now.balance(account), Ok(U256::from(value)));
        assert_eq!(now.nonce(account), Ok(value));
        assert_eq!(now.code(account), Ok(vec![value as u8].into()));
        assert_eq!(now.storage(account, U256::from(3)), Ok(U256::from(value)));
    }
}

#[test]
fn impersonated_account_sends_without_a_key() {
    let node = Asked::start();
    let request = json!([{"from": NOBODY, "to": BOB, "value": "0x1", "gas": "0x7530"}]);
    node.ask("anvil_setBalance", json!([NOBODY, "0xde0b6b3a7640000"]));
    node.ask("hardhat_impersonateAccount", json!([NOBODY]));
    let hash = node.ask("eth_sendTransaction", request.clone());
    let receipt = node.ask("eth_getTransactionReceipt", json!([hash]));
    assert_eq!(
        (&receipt["from"], &receipt["status"]),
        (&json!(NOBODY), &json!("0x1"))
    );
    // it waits among those that were signed, too
    node.ask("evm_setAutomine", json!([false]));
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    node.ask("eth_sendTransaction", request.clone());
    node.ask("evm_mine", json!([]));
    let last = node.node.chain(|chain| Arc::clone(chain.last()));
    assert_eq!((last.number, last.receipts.len()), (2, 2));
    node.ask("anvil_stopImpersonatingAccount", json!([NOBODY]));
    let refused = node.answer("eth_sendTransaction", request);
    assert_eq!(
        refused["error"],
        json!({"code": -32000, "message": "unknown account"})
    );
}

#[test]
fn others_are_answered_while_many_blocks_are_made() {
    let node = Asked::start();
    let seen = thread::scope(|scope| {
        let mined = scope.spawn(|| node.ask("anvil_mine", json!(["0x7d0"])));
        let mut seen = BTreeSet::new();
        while !mined.is_finished() {
            seen.insert(node.ask("eth_blockNumber", json!([])).to_string());
        }
        seen
    });
    // the first number, the last, and some between
    assert!(seen.len() > 3, "{seen:?}");
}

#[test]
fn price_of_the_next_block_is_set() {
    let node = Asked::start();
    node.ask("hardhat_setNextBlockBaseFeePerGas", json!(["0x77359400"]));
    node.ask("evm_mine", json!([]));
    node.ask("evm_mine", json!([]));
    let prices = [1, 2].map(|number| node.block(number).base_fee());
    assert_eq!(prices, [2_000_000_000, 100_000_000]);
}

#[test]
fn filters_tell_what_is_new_and_go_back_with_the_chain() {
    let node = Asked::start();
    let blocks = node.ask("eth_newBlockFilter", json!([]));
    let transactions = node.ask("eth_newPendingTransactionFilter", json!([]));
    let snapshot = node.ask("evm_snapshot", json!([]));
    let hash = node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    let last = || node.node.chain(|chain| json!(chain.last().hash));
    assert_eq!(
        node.ask("eth_getFilterChanges", json!([blocks])),
        json!([last()])
    );
    assert_eq!(node.ask("eth_getFilterChanges", json!([blocks])), json!([]));
    assert_eq!(
        node.ask("eth_getFilterChanges", json!([transactions])),
        json!([hash])
    );
    node.ask("evm_revert", json!([snapshot]));
    node.ask("evm_mine", json!([]));
    assert_eq!(
        node.ask("eth_getFilterChanges", json!([blocks])),
        json!([last()])
    );
    assert_eq!(
        node.ask("eth_uninstallFilter", json!([blocks])),
        json!(true)
    );
    assert_eq!(
        node.ask("eth_uninstallFilter", json!([blocks])),
        json!(false)
    );
    let gone = node.answer("eth_getFilterChanges", json!([blocks]));
    assert_eq!(
        gone["error"],
        json!({"code": -32000, "message": "filter not found"})
    );
}

#[test]
fn reset_begins_again_and_filters_go_on() {
    let node = Asked::start();
    let blocks = node.ask("eth_newBlockFilter", json!([]));
    node.ask("anvil_mine", json!([5]));
    let five = node.ask("eth_getFilterChanges", json!([blocks]));
    assert_eq!(five.as_array().map(Vec::len), Some(5));
    node.ask("anvil_setAutomine", json!([false]));
    node.ask("eth_sendTransaction", transfer(0, 200_000_000));
    let refused = node.answer(
        "hardhat_reset",
        json!([{"forking": {"jsonRpcUrl": "http://localhost"}}]),
    );
    let words = "this node cannot fork another chain";
    assert_eq!(refused["error"], json!({"code": -32000, "message": words}));
    assert_eq!(
        node.ask("hardhat_reset", json!([{"forking": {}}])),
        json!(true)
    );
    let number = node.ask("eth_blockNumber", json!([]));
    assert_eq!(
        (number, status(&node)),
        (json!("0x0"), json!({"pending": "0x0", "queued": "0x0"}))
    );
    node.ask("evm_mine", json!([]));
    let hash = node.ask("eth_getBlockByNumber", json!(["latest", false]))["hash"].take();
    assert_eq!(
        node.ask("eth_getFilterChanges", json!([blocks])),
        json!([hash])
    );
}

#[test]
fn receipt_is_waited_for() {
    let node = Asked::start();
    // an account with a key signs it, which a second chain of the same id then takes
    let other = Asked::start();
    let hash = other.ask("eth_sendTransaction", transfer(0, 200_000_000));
    let raw = other.ask("eth_getRawTransactionByHash", json!([hash]));
    node.ask("evm_setAutomine", json!([false]));
    let late = node.answer("eth_sendRawTransactionSync", json!([raw, 10]));
    let words = "The transaction was added to the mempool but wasn't processed in time";
    assert_eq!(
        late["error"],
        json!({"code": 4, "message": words, "data": hash})
    );
    node.ask("anvil_dropAllTransactions", json!([]));
    node.ask("evm_setAutomine", json!([true]));
    let receipt = node.ask("eth_sendRawTransactionSync", json!([raw]));
    assert_eq!(receipt["transactionHash"], hash);
    assert_eq!(
        node.ask("eth_getTransactionReceipt", json!([hash])),
        receipt
    );
}

#[test]
fn program_that_reverts_says_why_before_it_is_sent() {
    let node = Asked::start();
    // PUSH0 PUSH0 REVERT
    node.ask("anvil_setCode", json!([NOBODY, "0x5f5ffd"]));
    let refused = node.answer(
        "eth_sendTransaction",
        json!([{"from": ALICE, "to": NOBODY}]),
    );
    let expected = json!({"code": 3, "message": "execution reverted", "data": "0x"});
    assert_eq!(refused["error"], expected);
}
