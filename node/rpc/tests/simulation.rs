//! Blocks that are only tried, what a transaction looks at, and transactions that somebody else will sign.

mod asked;

use asked::Asked;
use serde_json::{Value, json};

const ALICE: &str = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const BOB: &str = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const NOBODY: &str = "0x00000000000000000000000000000000000000b0";
const OTHER: &str = "0x00000000000000000000000000000000000000b1";

/// SLOAD(0) + 1 into slot 0, and back.
const COUNTER: &str = "0x5f5460010180805f555f5260205ff3";

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

fn refused(node: &Asked, request: Value) -> (Value, Value) {
    let mut answer = node.answer("eth_simulateV1", json!([request, "latest"]));
    let error = answer["error"].take();
    (error["code"].clone(), error["message"].clone())
}

#[test]
fn each_block_goes_on_from_what_the_one_before_left() {
    let node = Asked::start();
    let call = json!({"from": ALICE, "to": NOBODY});
    let blocks = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [
            {"stateOverrides": {NOBODY: {"code": COUNTER}}, "calls": [call, call]},
            {"calls": [call]},
        ]}]),
    );
    let [first, second] = [&blocks[0], &blocks[1]];
    assert_eq!(first["calls"][0]["returnData"], word(1));
    assert_eq!(first["calls"][1]["returnData"], word(2));
    assert_eq!(second["calls"][0]["returnData"], word(3));
    assert_eq!(
        (&first["number"], &second["number"]),
        (&json!("0x1"), &json!("0x2"))
    );
    assert_eq!(second["parentHash"], first["hash"]);
    let seconds = |block: &Value| {
        let time = block["timestamp"].as_str().expect("a time");
        u64::from_str_radix(&time[2..], 16).expect("hex")
    };
    assert_eq!(seconds(second) - seconds(first), 12);
    assert_ne!(first["stateRoot"], second["stateRoot"]);
    assert_eq!(first["transactions"].as_array().map(Vec::len), Some(2));
    // nothing of it stays
    assert_eq!(node.ask("eth_blockNumber", json!([])), json!("0x0"));
    assert_eq!(
        node.ask("eth_getCode", json!([NOBODY, "latest"])),
        json!("0x")
    );
}

#[test]
fn the_root_of_a_tried_block_is_the_one_that_the_same_block_has_once_made() {
    let node = Asked::start();
    node.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    node.ask("evm_mine", json!([]));
    let tried = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"stateOverrides": {OTHER: {"balance": "0x7"}}}]}, "latest"]),
    );
    node.ask("anvil_setBalance", json!([OTHER, "0x7"]));
    let root = node.node.chain(|chain| chain.state_root().root());
    assert_eq!(tried[0]["stateRoot"], json!(root));
    let earlier = node.ask("eth_simulateV1", json!([{"blockStateCalls": [{}]}, "0x0"]));
    let genesis = node.ask("eth_getBlockByNumber", json!(["0x0", false]));
    assert_eq!(earlier[0]["stateRoot"], genesis["stateRoot"]);
    assert_eq!(earlier[0]["parentHash"], genesis["hash"]);
}

#[test]
fn transfers_leave_logs_unless_they_are_undone() {
    let node = Asked::start();
    // sends half of what it was given to 0xb1: PUSH0 PUSH0 PUSH0 PUSH0, CALLVALUE / 2, PUSH1 b1, GAS, CALL
    let halves = "0x5f5f5f5f6002340460b15af1";
    // the same, and reverts
    let reverts = format!("{halves}5f5ffd");
    let supposed = json!({NOBODY: {"code": halves}, BOB: {"code": reverts}});
    let send = |to| json!({"from": ALICE, "to": to, "value": "0x8"});
    let blocks = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"stateOverrides": supposed, "calls": [send(NOBODY), send(BOB)]}],
            "traceTransfers": true}]),
    );
    let calls = &blocks[0]["calls"];
    let logs = calls[0]["logs"].as_array().expect("logs");
    let address = |text: &str| json!(format!("0x{:0>64}", &text[2..]));
    let transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    let expected = [(ALICE, NOBODY, 8), (NOBODY, OTHER, 4)];
    assert_eq!(logs.len(), 2);
    for (index, (log, (from, to, value))) in logs.iter().zip(expected).enumerate() {
        assert_eq!(
            log["address"],
            json!("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee")
        );
        assert_eq!(log["topics"], json!([transfer, address(from), address(to)]));
        assert_eq!(log["data"], word(value));
        assert_eq!(log["logIndex"], json!(format!("{index:#x}")));
        assert_eq!(log["blockHash"], blocks[0]["hash"]);
    }
    assert_eq!(calls[1]["logs"], json!([]));
    assert_eq!(
        calls[1]["error"],
        json!({"message": "execution reverted", "code": -32000, "data": "0x"})
    );
    assert_eq!(
        (&calls[0]["status"], &calls[1]["status"]),
        (&json!("0x1"), &json!("0x0"))
    );
}

#[test]
fn blocks_out_of_order_and_too_many_are_refused_by_code() {
    let node = Asked::start();
    node.ask("evm_mine", json!([]));
    let at = |number: &str| json!({"blockOverrides": {"number": number}});
    let blocks = |blocks: Value| json!({"blockStateCalls": blocks});
    assert_eq!(
        refused(&node, blocks(json!([]))),
        (json!(-32602), json!("empty input"))
    );
    assert_eq!(
        refused(&node, blocks(json!([at("0x1")]))),
        (
            json!(-38020),
            json!("block numbers must be in order: 1 <= 1")
        )
    );
    assert_eq!(
        refused(&node, blocks(json!([at("0x102")]))),
        (json!(-38026), json!("too many blocks"))
    );
    assert_eq!(
        refused(&node, blocks(json!(vec![json!({}); 257]))),
        (json!(-38026), json!("too many blocks"))
    );
    let (code, _) = refused(&node, blocks(json!([{"blockOverrides": {"time": "0x1"}}])));
    assert_eq!(code, json!(-38021));
    let most = node.ask("eth_simulateV1", json!([blocks(json!([at("0x101")]))]));
    assert_eq!(most.as_array().map(Vec::len), Some(256));
}

#[test]
fn validation_asks_for_what_the_chain_asks_for() {
    let node = Asked::start();
    let tried = |call: Value| {
        let request = json!({"blockStateCalls": [{"calls": [call]}], "validation": true});
        refused(&node, request)
    };
    let fee = "0x5f5e100";
    let (code, words) =
        tried(json!({"from": ALICE, "to": BOB, "nonce": "0x5", "maxFeePerGas": fee}));
    let start =
        "err: nonce too high: address 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, tx: 5 state: 0";
    assert_eq!(code, json!(-38011));
    assert!(
        words.as_str().is_some_and(|words| words.starts_with(start)),
        "{words}"
    );
    let (code, _) = tried(json!({"from": ALICE, "to": BOB}));
    assert_eq!(code, json!(-32602));
    let (code, _) = tried(json!({"from": NOBODY, "to": BOB, "maxFeePerGas": fee}));
    assert_eq!(code, json!(-38014));
    let (code, words) =
        tried(json!({"from": ALICE, "to": BOB, "maxFeePerGas": fee, "gas": "0x5207"}));
    let expected = "err: intrinsic gas too low: have 20999, want 21000 (supplied gas 20999)";
    assert_eq!((code, words), (json!(-38013), json!(expected)));
    // what the chain would take pays
    let call = json!({"from": ALICE, "to": BOB, "maxFeePerGas": fee, "gas": "0x5208"});
    let again =
        json!({"from": ALICE, "to": BOB, "maxFeePerGas": fee, "gas": "0x5208", "nonce": "0x1"});
    let paid = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"calls": [call, again]}], "validation": true}]),
    );
    assert_eq!(paid[0]["gasUsed"], json!("0xa410"));
    assert_eq!(paid[0]["baseFeePerGas"], json!("0x53724e0"));
}

#[test]
fn all_calls_of_a_simulation_share_the_gas_of_one() {
    let node = Asked::start();
    // a loop without end: JUMPDEST PUSH0 JUMP
    let supposed = json!({NOBODY: {"code": "0x5b5f56"}});
    let call = json!({"from": ALICE, "to": NOBODY, "gas": "0x2625a00"});
    let request = json!({"blockStateCalls": [
        {"stateOverrides": supposed, "calls": [call]}, {"calls": [call]}, {"calls": [call]}]});
    let (code, words) = refused(&node, request);
    assert_eq!(code, json!(-38013));
    assert_eq!(
        words,
        json!("err: intrinsic gas too low: have 0, want 21000 (supplied gas 0)")
    );
}

#[test]
fn whole_transactions_name_their_senders() {
    let node = Asked::start();
    let call = json!({"from": NOBODY, "to": BOB, "input": "0x01"});
    let request = json!({"blockStateCalls": [{"calls": [call]}], "returnFullTransactions": true});
    let block = node.ask("eth_simulateV1", json!([request]))[0].take();
    let transaction = &block["transactions"][0];
    assert_eq!(
        (
            &transaction["from"],
            &transaction["to"],
            &transaction["input"]
        ),
        (&json!(NOBODY), &json!(BOB), &json!("0x01"))
    );
    assert_eq!(transaction["blockHash"], block["hash"]);
    let hashes = json!({"blockStateCalls": [{"calls": [call]}]});
    let block = node.ask("eth_simulateV1", json!([hashes]))[0].take();
    assert_eq!(block["transactions"], json!([transaction["hash"]]));
}

#[test]
fn access_list_names_what_is_looked_at_and_makes_it_cheaper() {
    let node = Asked::start();
    // BALANCE of 0xb1 beside the counter: PUSH1 b1 BALANCE POP
    let code = format!("0x60b13150{}", &COUNTER[2..]);
    node.ask("anvil_setCode", json!([NOBODY, code]));
    node.ask("anvil_setStorageAt", json!([NOBODY, "0x0", word(1)]));
    let call = json!({"from": ALICE, "to": NOBODY});
    let listed = node.ask("eth_createAccessList", json!([call, "latest"]));
    assert_eq!(
        listed["accessList"],
        json!([
            {"address": NOBODY, "storageKeys": [word(0)]},
            {"address": OTHER, "storageKeys": []},
        ])
    );
    let with = json!({"from": ALICE, "to": NOBODY, "accessList": listed["accessList"]});
    let used = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"calls": [with]}]}]),
    );
    assert_eq!(used[0]["calls"][0]["gasUsed"], listed["gasUsed"]);
    // PUSH0 SLOAD PUSH0 PUSH0 REVERT
    node.ask("anvil_setCode", json!([NOBODY, "0x5f545f5ffd"]));
    let reverted = node.ask("eth_createAccessList", json!([call]));
    assert_eq!(reverted["error"], json!("execution reverted"));
    assert_eq!(reverted["accessList"][0]["storageKeys"], json!([word(0)]));
}

#[test]
fn filled_transaction_is_what_a_wallet_signs() {
    let node = Asked::start();
    let filled = node.ask(
        "eth_fillTransaction",
        json!([{"from": ALICE, "to": BOB, "value": "0x5"}]),
    );
    let tx = &filled["tx"];
    assert_eq!(
        (&tx["nonce"], &tx["gas"], &tx["maxFeePerGas"], &tx["r"]),
        (
            &json!("0x0"),
            &json!("0x5208"),
            &json!("0xbebc200"),
            &json!("0x0")
        )
    );
    let mut complete = tx.clone();
    complete["from"] = json!(ALICE);
    complete["gasPrice"] = Value::Null;
    let signed = node.ask("eth_signTransaction", json!([complete]));
    let hash = node.ask("eth_sendRawTransaction", json!([signed["raw"]]));
    assert_eq!(hash, signed["tx"]["hash"]);
    let found = node.ask("eth_getTransactionBySenderAndNonce", json!([ALICE, "0x0"]));
    assert_eq!((&found["hash"], &found["value"]), (&hash, &json!("0x5")));
    let none = node.ask("eth_getTransactionBySenderAndNonce", json!([ALICE, "0x1"]));
    assert_eq!(none, Value::Null);
}

#[test]
fn what_cannot_be_signed_says_why_in_go_ethereums_words() {
    let node = Asked::start();
    let words = |method: &str, request: Value| {
        node.answer(method, json!([request]))["error"]["message"].take()
    };
    let both =
        json!({"from": ALICE, "to": BOB, "gasPrice": "0x5f5e100", "maxFeePerGas": "0x5f5e100"});
    assert_eq!(
        words("eth_sendTransaction", both),
        json!("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified")
    );
    assert_eq!(
        words("eth_sendTransaction", json!({"from": ALICE})),
        json!("contract creation without any data provided")
    );
    assert_eq!(
        words(
            "eth_fillTransaction",
            json!({"from": ALICE, "to": BOB, "chainId": "0x1"})
        ),
        json!("chainId does not match node's (have=1, want=412346)")
    );
    let unequal = json!({"from": ALICE, "to": BOB, "data": "0x01", "input": "0x02"});
    assert_eq!(
        words("eth_sendTransaction", unequal),
        json!(
            r#"both "data" and "input" are set and not equal. Please use "input" to pass transaction call data"#
        )
    );
    assert_eq!(
        words(
            "eth_signTransaction",
            json!({"from": ALICE, "to": BOB, "gas": "0x5208"})
        ),
        json!("missing gasPrice or maxFeePerGas/maxPriorityFeePerGas")
    );
}

#[test]
fn typed_data_is_signed_as_eip_712_has_it() {
    let node = Asked::start();
    // the example of EIP-712
    let data = json!({
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"},
            ],
            "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
            "Mail": [
                {"name": "from", "type": "Person"}, {"name": "to", "type": "Person"},
                {"name": "contents", "type": "string"},
            ],
        },
        "primaryType": "Mail",
        "domain": {
            "name": "Ether Mail", "version": "1", "chainId": 1,
            "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC",
        },
        "message": {
            "from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
            "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            "contents": "Hello, Bob!",
        },
    });
    let signature = node.ask("eth_signTypedData_v4", json!([ALICE, data]));
    let as_text = node.ask("eth_signTypedData_v4", json!([ALICE, data.to_string()]));
    assert_eq!(as_text, signature);
    let signature: alloy_primitives::Signature = signature
        .as_str()
        .expect("text")
        .parse()
        .expect("a signature");
    // the hash that stands in the EIP's own test
    let hash =
        alloy_primitives::b256!("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    let signer = signature
        .recover_address_from_prehash(&hash)
        .expect("a signer");
    assert_eq!(signer.to_string().to_lowercase(), ALICE);
    let unknown = node.answer("eth_signTypedData_v4", json!([NOBODY, data]));
    assert_eq!(unknown["error"]["message"], json!("unknown account"));
}

#[test]
fn transfers_stand_before_what_a_precompile_logs_and_destroyed_accounts_give() {
    let node = Asked::start();
    let arb_sys = "0x0000000000000000000000000000000000000064";
    // PUSH1 b1 SELFDESTRUCT
    let supposed = json!({NOBODY: {"code": "0x60b1ff", "balance": "0x7"}});
    // withdrawEth(address)
    let withdraw = format!("0x25e16063{:0>64}", &BOB[2..]);
    let blocks = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"stateOverrides": supposed, "calls": [
            {"from": ALICE, "to": arb_sys, "input": withdraw, "value": "0x9"},
            {"from": ALICE, "to": NOBODY},
            {"from": OTHER, "to": BOB},
        ]}], "traceTransfers": true}]),
    );
    let calls = &blocks[0]["calls"];
    let logs = |call: usize| {
        let logs = calls[call]["logs"].as_array().expect("logs");
        let shown = logs
            .iter()
            .map(|log| (log["address"].clone(), log["data"].clone()));
        shown.collect::<Vec<_>>()
    };
    let coin = json!("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
    let withdrawn = logs(0);
    assert_eq!(withdrawn[0], (coin.clone(), word(9)));
    assert!(withdrawn.len() > 1);
    let own = withdrawn[1..]
        .iter()
        .all(|(address, _)| address == &json!(arb_sys));
    assert!(own, "{withdrawn:?}");
    assert_eq!(logs(1), [(coin, word(7))]);
    assert_eq!(logs(2), []);
    // without being asked for, none are there
    let plain = node.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [{"calls": [{"from": ALICE, "to": BOB, "value": "0x9"}]}]}]),
    );
    assert_eq!(plain[0]["calls"][0]["logs"], json!([]));
}
