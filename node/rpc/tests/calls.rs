//! Calls and estimates on what is only supposed.

mod asked;

use alloy_consensus::crypto::secp256k1::sign_message;
use alloy_eips::eip7702::Authorization;
use alloy_primitives::U256;
use asked::Asked;
use serde_json::{Value, json};

const NOBODY: &str = "0x5555555555555555555555555555555555555555";

/// Code that returns the block's time.
const TIME: &str = "0x425f5260205ff3";

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

#[test]
fn a_call_sees_what_is_supposed_and_nothing_stays() {
    let server = Asked::start();
    let call = json!({"to": NOBODY});
    let supposed = json!({NOBODY: {"code": TIME}});
    let block = json!({"time": "0x77"});
    let asked = server.ask("eth_call", json!([call, "latest", supposed, block]));
    assert_eq!(asked, word(0x77));
    assert_eq!(server.ask("eth_call", json!([call, "latest"])), json!("0x"));
    assert_eq!(
        server.ask("eth_getCode", json!([NOBODY, "latest"])),
        json!("0x")
    );
}

#[test]
fn gas_and_chance_of_the_block_are_supposed() {
    let server = Asked::start();
    // GASLIMIT, PREVRANDAO, and what returns the word on top
    let code = |opcode: &str| json!({NOBODY: {"code": format!("0x{opcode}5f5260205ff3")}});
    let call = json!({"to": NOBODY});
    let block = json!({"gasLimit": "0x77", "prevRandao": word(9), "withdrawals": []});
    let asked = |opcode, block: &Value| {
        server.ask("eth_call", json!([call, "latest", code(opcode), block]))
    };
    assert_eq!(asked("45", &block), word(0x77));
    assert_eq!(asked("44", &block), word(9));
    assert_eq!(asked("45", &json!({})), word(1 << 50));
    assert_eq!(asked("44", &json!({})), word(1));
    let tried = json!([{"blockStateCalls": [
        {"blockOverrides": {"gasLimit": "0x5208"}, "calls": [call, call]}]}]);
    let refused = server.answer("eth_simulateV1", tried)["error"].take();
    assert_eq!(refused["code"], json!(-38013));
    let call = json!({"to": NOBODY, "gas": "0x5209"});
    let tried = json!([{"blockStateCalls": [
        {"blockOverrides": {"gasLimit": "0x5208"}, "calls": [call]}]}]);
    let refused = server.answer("eth_simulateV1", tried)["error"].take();
    let words = "block gas limit reached: 0 >= 21000";
    assert_eq!(refused, json!({"code": -38015, "message": words}));
}

#[test]
fn what_cannot_be_supposed_is_refused_and_not_passed_over() {
    let server = Asked::start();
    let call = json!({"to": NOBODY});
    let refused = |arguments: Value| {
        let error = server.answer("eth_call", arguments)["error"].take();
        (
            error["code"].clone(),
            error["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (code, words) = refused(json!([call, "latest", {}, {"blobBaseFee": "0x5208"}]));
    assert_eq!(code, json!(-32602));
    assert!(
        words.starts_with("invalid argument 3: json: unknown field `blobBaseFee`"),
        "{words}"
    );
    let moved = json!({NOBODY: {"movePrecompileToAddress": NOBODY}});
    let (code, words) = refused(json!([call, "latest", moved]));
    let expected = format!("account {NOBODY} is not a precompile");
    assert_eq!((code, words), (json!(-32000), expected));
}

#[test]
fn precompiles_are_moved_and_their_places_taken() {
    let server = Asked::start();
    let identity = "0x0000000000000000000000000000000000000004";
    let arb_sys = "0x0000000000000000000000000000000000000064";
    let elsewhere = "0x6666666666666666666666666666666666666666";
    let call = |to: &str, input: &str, supposed: &Value| {
        server.ask(
            "eth_call",
            json!([{"to": to, "input": input}, "latest", supposed]),
        )
    };
    let moved = json!({identity: {"code": TIME, "movePrecompileToAddress": elsewhere}});
    assert_eq!(call(elsewhere, "0x1234", &moved), json!("0x1234"));
    assert_eq!(call(identity, "0x1234", &json!({})), json!("0x1234"));
    assert_ne!(call(identity, "0x1234", &moved), json!("0x1234"));
    // for one block of a simulation alone
    let tried = json!([{"blockStateCalls": [
        {"stateOverrides": moved, "calls": [{"to": elsewhere, "input": "0x12"}]},
        {"calls": [{"to": elsewhere, "input": "0x12"}]}]}]);
    let blocks = server.ask("eth_simulateV1", tried);
    let said = [0, 1].map(|block: usize| blocks[block]["calls"][0]["returnData"].clone());
    assert_eq!(said, [json!("0x12"), json!("0x")]);
    // one of Arbitrum's knows that it is not where it should be: arbBlockNumber() of ArbSys
    let moved = json!({arb_sys: {"movePrecompileToAddress": elsewhere}});
    let call = json!({"to": elsewhere, "input": "0xa3b1b31d"});
    let refused = server.answer("eth_call", json!([call, "latest", moved]));
    assert_eq!(refused["error"]["message"], json!("execution reverted"));
}

#[test]
fn an_access_list_is_paid_for() {
    let server = Asked::start();
    let plain = json!([{"to": NOBODY}]);
    assert_eq!(server.ask("eth_estimateGas", plain), json!("0x5208"));
    // 2,400 gas for an account, 1,900 for a slot
    let slot = format!("{:#066x}", 1);
    let list = json!([{"address": NOBODY, "storageKeys": [slot]}]);
    let listed = json!([{"to": NOBODY, "accessList": list}]);
    assert_eq!(server.ask("eth_estimateGas", listed), json!("0x62d4"));
}

/// What an account signs that lends itself the code of another (EIP-7702); the key is the usual second account's.
fn lent(address: &str, nonce: u64) -> (Value, String) {
    let key = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    let authorization = Authorization {
        chain_id: U256::from(412_346),
        address: address.parse().expect("an address"),
        nonce,
    };
    let hash = authorization.signature_hash();
    let signature = sign_message(key.parse().expect("a key"), hash).expect("a signature");
    let signed = authorization.into_signed(signature);
    let signer = signed.recover_authority().expect("a signer");
    (json!([signed]), signer.to_string())
}

#[test]
fn lent_code_runs_in_calls_estimates_and_simulations() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, TIME]));
    let (list, lender) = lent(NOBODY, 0);
    let call = json!({"from": NOBODY, "to": lender, "authorizationList": list});
    let block = json!({"time": "0x77"});
    let asked = server.ask("eth_call", json!([call, "latest", {}, block]));
    assert_eq!(asked, word(0x77));
    // 25,000 gas for the authorization, and what the code uses
    let plain = json!([{"from": NOBODY, "to": lender}]);
    let gas = |params| {
        let gas = server.ask("eth_estimateGas", params);
        u64::from_str_radix(&gas.as_str().expect("text")[2..], 16).expect("hex")
    };
    let (with, without) = (gas(json!([call])), gas(plain));
    assert!(with >= without + 12_500, "{with} and {without}");
    let tried = server.ask(
        "eth_simulateV1",
        json!([{"blockStateCalls": [
            {"blockOverrides": {"time": "0x7fffffff"}, "calls": [call, {"to": lender}]},
        ]}]),
    );
    assert_eq!(tried[0]["calls"][0]["returnData"], word(0x7fff_ffff));
    // what was lent stays lent in the block
    assert_eq!(tried[0]["calls"][1]["returnData"], word(0x7fff_ffff));
    // an authorization for another nonce lends nothing
    let (late, _) = lent(NOBODY, 5);
    let call = json!({"from": NOBODY, "to": lender, "authorizationList": late});
    assert_eq!(server.ask("eth_call", json!([call])), json!("0x"));
}

#[test]
fn number_of_blocks_is_read_as_go_ethereum_reads_it() {
    let node = Asked::start();
    for count in [json!("1"), json!("0x1"), json!("0X01"), json!(1)] {
        let history = node.ask("eth_feeHistory", json!([count, "latest", []]));
        assert_eq!(
            history["gasUsedRatio"].as_array().map(Vec::len),
            Some(1),
            "{count}"
        );
    }
    let refused = node.answer("eth_feeHistory", json!(["one", "latest", []]));
    let words = "invalid argument 0: invalid hex or decimal integer \"one\"";
    assert_eq!(refused["error"]["message"], words);
}
