//! Traces of a chain of one's own: of what was set by hand before, of what nobody signed, and of what is too much.

mod asked;

use asked::Asked;
use serde_json::{Value, json};

const NOBODY: &str = "0x5555555555555555555555555555555555555555";

/// Returns what slot 0 holds, after adding one to it.
const COUNTER: &str = "0x5f5460010180805f555f5260205ff3";

/// Goes round until its gas is gone.
const LOOP: &str = "0x5b5f56";

fn sender(server: &Asked) -> Value {
    server.ask("eth_accounts", json!([]))[0].take()
}

/// Sends a call to the account, with plenty of gas; its hash.
fn send(server: &Asked) -> Value {
    let transaction = json!({"from": sender(server), "to": NOBODY, "gas": "0x100000"});
    server.ask("eth_sendTransaction", json!([transaction]))
}

fn output(server: &Asked, hash: &Value) -> Value {
    let asked = json!([hash, {"tracer": "callTracer"}]);
    server.ask("debug_traceTransaction", asked)["output"].take()
}

fn word(number: u64) -> Value {
    json!(format!("{number:#066x}"))
}

#[test]
fn a_block_is_traced_on_the_state_that_it_began_with() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    let first = send(&server);
    server.ask("anvil_setStorageAt", json!([NOBODY, "0x0", word(40)]));
    let second = send(&server);
    let third = send(&server);
    server.ask("anvil_setCode", json!([NOBODY, "0x00"]));

    let outputs = [first, second, third].map(|hash| output(&server, &hash));
    assert_eq!(outputs, [word(1), word(41), word(42)]);
}

#[test]
fn transactions_of_one_block_are_traced_one_after_the_other() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    server.ask("evm_setAutomine", json!([false]));
    let hashes = [(); 3].map(|()| send(&server));
    server.ask("evm_mine", json!([]));

    assert_eq!(output(&server, &hashes[2]), word(3));
    let asked = json!(["latest", {"tracer": "callTracer"}]);
    let block = server.ask("debug_traceBlockByNumber", asked);
    let outputs: Vec<_> = block.as_array().expect("traces")[1..]
        .iter()
        .map(|traced| traced["result"]["output"].clone())
        .collect();
    assert_eq!(outputs, [word(1), word(2), word(3)]);
}

#[test]
fn what_nobody_signed_is_traced() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    server.ask("anvil_setBalance", json!([NOBODY, "0xde0b6b3a7640000"]));
    server.ask("anvil_impersonateAccount", json!([NOBODY]));
    let transaction = json!({"from": NOBODY, "to": NOBODY, "gas": "0x100000"});
    let hash = server.ask("eth_sendTransaction", json!([transaction]));
    assert_eq!(output(&server, &hash), word(1));
}

#[test]
fn a_call_is_traced_on_what_is_supposed_and_nothing_stays() {
    let server = Asked::start();
    let supposed =
        json!({NOBODY: {"code": COUNTER, "state": {word(0).as_str().expect("text"): word(7)}}});
    let asked =
        json!([{"to": NOBODY}, "latest", {"tracer": "callTracer", "stateOverrides": supposed}]);
    assert_eq!(server.ask("debug_traceCall", asked)["output"], word(8));
    let asked = json!([{"to": NOBODY}, "latest", {"tracer": "callTracer"}]);
    assert_eq!(server.ask("debug_traceCall", asked).get("output"), None);
    let unknown = json!([{"to": NOBODY}, "latest", {"stateOverrides": {NOBODY: {"cod": "0x"}}}]);
    assert_eq!(
        server.answer("debug_traceCall", unknown)["error"]["code"],
        json!(-32602)
    );
}

fn refused(server: &Asked, options: Value) -> String {
    let asked = json!([{"to": NOBODY}, "latest", options]);
    let error = server.answer("debug_traceCall", asked)["error"].take();
    error["message"].as_str().expect("words").to_owned()
}

#[test]
fn a_trace_that_is_too_large_is_stopped() {
    let server = Asked::start();
    // the same with much memory, which each step tells
    server.ask("anvil_setCode", json!([NOBODY, "0x5f618000525b600556"]));
    let words = refused(&server, json!({"enableMemory": true, "timeout": "60s"}));
    assert_eq!(
        words,
        "the trace is larger than 134217728 bytes: ask for less of it"
    );
    // what is told of each round is the same frame
    let asked = json!([{"to": NOBODY, "gas": "0x10000"}, "latest", {"tracer": "callTracer"}]);
    assert_eq!(
        server.ask("debug_traceCall", asked)["error"],
        json!("out of gas")
    );
}

#[test]
fn a_trace_that_takes_too_long_is_stopped() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, LOOP]));
    let asked = json!({"tracer": "callTracer", "timeout": "1ms"});
    assert_eq!(refused(&server, asked), "execution timeout");
    let words = refused(&server, json!({"timeout": "soon"}));
    assert_eq!(words, "time: invalid duration \"soon\"");
}

#[test]
fn what_would_be_traced_otherwise_than_asked_is_refused() {
    let server = Asked::start();
    let words = refused(&server, json!({"txIndex": "0x0"}));
    assert_eq!(
        words,
        "txIndex is not supported: a call is traced after the whole block"
    );
    let interface = "0x00000000000000000000000000000000000000c8";
    let error = server.answer("debug_traceCall", json!([{"to": interface}]))["error"].take();
    let words = "tracing failed: unsupported: NodeInterface without the chain's blocks";
    assert_eq!(error["message"], json!(words));
}

#[test]
fn javascript_and_unknown_tracers_are_refused() {
    let server = Asked::start();
    let words = refused(
        &server,
        json!({"tracer": "{result: function() { return 1 }}"}),
    );
    assert!(
        words.starts_with("tracers in JavaScript are not run: ask for callTracer"),
        "{words}"
    );
    assert_eq!(
        refused(&server, json!({"tracer": "nothingTracer"})),
        "ReferenceError: nothingTracer is not defined at <eval>:1:2(0)"
    );
    let several = json!({"tracer": "muxTracer", "tracerConfig": {"nothingTracer": {}}});
    assert!(refused(&server, several).contains("nothingTracer is not defined"));
}

#[test]
fn frames_are_found_by_account() {
    let server = Asked::start();
    let from = sender(&server);
    // calls whom it is given
    let caller = "0x6666666666666666666666666666666666666666";
    let code = "0x5f5f5f5f5f5f355af100";
    server.ask("anvil_setCode", json!([caller, code]));
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    let input = format!("0x{}{}", "0".repeat(24), &NOBODY[2..]);
    let call = json!({"from": from, "to": caller, "input": input, "gas": "0x100000"});
    let hash = server.ask("eth_sendTransaction", json!([call]));

    let places = |frames: Value| {
        let frames = frames.as_array().expect("frames").clone();
        let place = |frame: &Value| (frame["action"]["to"].clone(), frame["traceAddress"].clone());
        frames.iter().map(place).collect::<Vec<_>>()
    };
    let both = vec![(json!(caller), json!([])), (json!(NOBODY), json!([0]))];
    assert_eq!(places(server.ask("trace_transaction", json!([hash]))), both);
    assert_eq!(places(server.ask("trace_block", json!(["latest"]))), both);
    let filter = json!([{"fromBlock": "0x1", "toAddress": [NOBODY]}]);
    assert_eq!(places(server.ask("trace_filter", filter)), both[1..]);
    let filter = json!([{"after": 1, "count": 5}]);
    assert_eq!(places(server.ask("trace_filter", filter)), both[1..]);
    let nowhere = json!(["0x1111111111111111111111111111111111111111111111111111111111111111"]);
    assert_eq!(server.ask("trace_transaction", nowhere), Value::Null);
}

#[test]
fn frames_as_deep_as_they_can_be_are_told_by_every_tracer() {
    // calls itself with all its gas
    const DEEPER: &str = "0x60006000600060006000305af100";
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, DEEPER]));
    let from = sender(&server);
    let transaction = json!({"from": from, "to": NOBODY, "gas": "0x1c9c380"});
    let hash = server.ask("eth_sendTransaction", json!([transaction]));
    let flat = server.ask("trace_transaction", json!([hash]));
    let deepest = flat
        .as_array()
        .and_then(|frames| frames.last())
        .expect("frames");
    assert!(deepest["traceAddress"].as_array().map_or(0, Vec::len) > 500);
    for tracer in [
        "callTracer",
        "flatCallTracer",
        "erc7562Tracer",
        "stylusTracer",
        "prestateTracer",
    ] {
        let params = json!([{"to": NOBODY}, "latest", {"tracer": tracer}]);
        let asked =
            json!({"jsonrpc": "2.0", "id": 1, "method": "debug_traceCall", "params": params});
        // deeper than a reader of JSON goes
        let told = server.post(&asked.to_string());
        assert!(
            told.starts_with(r#"{"jsonrpc":"2.0","id":1,"result":"#),
            "{tracer}"
        );
    }
    server.ask("debug_traceTransaction", json!([hash]));
}

#[test]
fn settings_are_read_as_go_ethereum_reads_them() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    let hash = send(&server);
    let all = json!({"enableMemory": null, "timeout": "1m30s", "tracer": "callTracer", "tracerConfig": {"withLog": null}});
    server.ask("debug_traceTransaction", json!([hash, all]));
    let refused = server.answer("debug_traceTransaction", json!([hash, {"timeout": "soon"}]));
    assert_eq!(
        refused["error"]["message"],
        "time: invalid duration \"soon\""
    );
}

#[test]
fn frames_are_found_by_either_account_or_by_both() {
    let server = Asked::start();
    server.ask("anvil_setCode", json!([NOBODY, COUNTER]));
    send(&server);
    let (from, other) = (
        sender(&server),
        server.ask("eth_accounts", json!([]))[1].take(),
    );
    let found = |from: &Value, to: Value, mode: Value| {
        let filter =
            json!({"fromBlock": "0x0", "fromAddress": [from], "toAddress": [to], "mode": mode});
        let frames = server.ask("trace_filter", json!([filter]));
        frames.as_array().map_or(0, Vec::len)
    };
    assert_eq!(found(&from, json!(NOBODY), json!(null)), 1);
    assert_eq!(found(&other, json!(NOBODY), json!("intersection")), 0);
    assert_eq!(found(&other, json!(NOBODY), json!("union")), 1);
    let all = server.ask(
        "trace_filter",
        json!([{"fromAddress": null, "toAddress": null}]),
    );
    assert_eq!(all.as_array().map(Vec::len), Some(1));
}

#[test]
fn account_without_a_key_names_nothing_that_it_will_touch() {
    let server = Asked::start();
    server.ask("anvil_impersonateAccount", json!([NOBODY]));
    server.ask("anvil_setBalance", json!([NOBODY, "0xde0b6b3a7640000"]));
    let with = |list: Value| json!([{"from": NOBODY, "to": NOBODY, "gas": "0x100000", "accessList": list}]);
    let refused = server.answer(
        "eth_sendTransaction",
        with(json!([{"address": NOBODY, "storageKeys": []}])),
    );
    let words = "an account without a key here cannot send a transaction with an accessList: sign it yourself";
    assert_eq!(refused["error"]["message"], words);
    let hash = server.ask("eth_sendTransaction", with(json!([])));
    server.ask("debug_traceTransaction", json!([hash]));
}
