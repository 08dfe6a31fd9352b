//! The command, started as a user starts it.

mod command;

use command::{Started, ask};
use serde_json::json;
use std::process::Command;

#[test]
fn start_shows_accounts_keys_and_where_it_listens() {
    let mut node = Started::with(&["--port", "0", "--accounts", "2", "--balance", "7"]);
    let lines = node.lines_until("Listening");
    let (listening, rest) = lines.split_last().expect("lines");
    assert_eq!(
        rest,
        [
            "Accounts, each with 7 ETH",
            "  (0) 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            "  (1) 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "Keys, which everyone knows: send nothing to them on a chain that counts",
            "  (0) 0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
            "  (1) 0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
            "Chain 412346, ArbOS 61",
        ]
    );
    let (http, ws) = listening
        .strip_prefix("Listening at http://")
        .and_then(|rest| rest.split_once(" and ws://"))
        .expect("two addresses");
    assert_eq!(http, ws);
    let accounts = ask(&format!("http://{http}"), "eth_accounts", json!([]));
    assert_eq!(accounts.as_array().map(Vec::len), Some(2));
}

#[test]
fn keys_of_ones_own_phrase_are_not_shown() {
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let mut node = Started::with(&["--port", "0", "--accounts", "1", "--mnemonic", phrase]);
    let mut lines = node.lines_until("Listening");
    lines.pop();
    assert_eq!(
        lines,
        [
            "Accounts, each with 10000 ETH",
            "  (0) 0x58A57ed9d8d624cBD12e2C467D34787555bB1b25",
            "Chain 412346, ArbOS 61",
        ]
    );
}

#[test]
fn every_transaction_has_a_line_and_interrupt_ends_it() {
    let flags = [
        "--port",
        "0",
        "--json-logs",
        "--chain-id",
        "7",
        "--arbos",
        "51",
    ];
    let mut node = Started::with(&flags);
    let mut start = node.json();
    let url = start["url"].take();
    let accounts = start["accounts"].take();
    assert_eq!(
        start,
        json!({"event": "start", "url": null, "chainId": 7, "arbos": 51, "block": 0, "accounts": null, "contracts": {}})
    );
    let transaction =
        json!([{"from": accounts[0], "to": accounts[1], "value": "0x1", "input": "0x01020304"}]);
    let hash = ask(
        url.as_str().expect("text"),
        "eth_sendTransaction",
        transaction,
    );
    let expected = json!({
        "event": "transaction", "block": 1, "hash": hash, "from": accounts[0], "to": accounts[1], "created": null, "contract": null,
        "method": "0x01020304", "gasUsed": 21_064, "success": true, "end": "ok",
    });
    assert_eq!(node.json(), expected);
    node.signal("INT");
    assert_eq!(node.wait(), Some(0));
}

#[test]
fn taken_port_is_told_in_words() {
    let mut node = Started::with(&["--port", "0", "--json-logs"]);
    let url = node.json()["url"].take();
    let port = url
        .as_str()
        .and_then(|url| url.rsplit(':').next())
        .expect("a port");
    let second = Command::new(env!("CARGO_BIN_EXE_stylus-node"))
        .args(["--port", port])
        .output()
        .expect("the command");
    let id = node.id();
    let words = format!(
        "Error: 127.0.0.1:{port} is taken: stylus-node (process {id}) listens there. Name another --port, or 0 for a free one.\n"
    );
    assert_eq!(String::from_utf8_lossy(&second.stderr), words);
    assert_eq!(
        (second.status.code(), second.stdout.as_slice()),
        (Some(1), &b""[..])
    );
}

#[test]
fn contracts_methods_and_errors_are_shown_by_their_names() {
    let mut node = Started::with(&["--port", "0", "--accounts", "2"]);
    let listening = node.lines_until("Listening").pop().expect("a line");
    let url = listening
        .strip_prefix("Listening at ")
        .and_then(|rest| rest.split(' ').next())
        .expect("a URL");
    let account = ask(url, "eth_accounts", json!([]))[0].take();
    let send = |to: &str, input: &str, gas: &str| {
        let transaction = json!([{"from": account, "to": to, "input": input, "gas": gas}]);
        ask(url, "eth_sendTransaction", transaction)
    };
    assert_eq!(node.line(), "");
    // deposit() of WETH, then activateProgram of an account without code
    send(
        "0x82aF49447D8a07e3bd95BD0d56f35241523fBab1",
        "0xd0e30db0",
        "0x186a0",
    );
    let line = node.line();
    assert!(line.contains("0xf39F…2266 → WETH.deposit  "), "{line}");
    assert!(line.ends_with(" gas  ok"), "{line}");
    let nobody = format!("0x58c780c2{:064x}", 0x1234);
    send(
        "0x0000000000000000000000000000000000000071",
        &nobody,
        "0x1e8480",
    );
    let line = node.line();
    assert!(line.contains(" → ArbWasm.activateProgram  "), "{line}");
    assert!(line.ends_with(" gas  reverted: ProgramNotWasm()"), "{line}");
    send(
        "0x0000000000000000000000000000000000005678",
        "0x01020304",
        "0x186a0",
    );
    let line = node.line();
    assert!(line.contains(" → 0x0000…5678.0x01020304  "), "{line}");
}

#[test]
fn transaction_that_waits_for_others_is_told_with_what_to_do() {
    let mut node = Started::with(&["--port", "0", "--json-logs"]);
    let mut start = node.json();
    let url = start["url"].take();
    let account = start["accounts"][0].take();
    let transaction = json!([{"from": account, "to": account, "nonce": "0x5"}]);
    let hash = ask(
        url.as_str().expect("text"),
        "eth_sendTransaction",
        transaction,
    );
    let said = json!({"event": "waits", "hash": hash, "from": account, "nonce": 5, "next": 0});
    assert_eq!(node.json(), said);
}

#[test]
fn flags_that_cannot_work_say_what_would() {
    for (flags, words) in [
        (["--chain-id", "0"], "0 stands for no chain at all"),
        (["--chain-id", "1e3"], "412346 or 0x64aba"),
        (["--balance", "0.5"], "a whole number of ETH is wanted"),
        (
            ["--allow-origin", "localhost:3000"],
            "http://localhost:3000",
        ),
    ] {
        let refused = Command::new(env!("CARGO_BIN_EXE_stylus-node"))
            .args(flags)
            .output()
            .expect("the command");
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_stylus-node"))
        .args(["--mnemonic", "foo"])
        .output()
        .expect("the command");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(
        said.matches("the word `foo` is invalid").count(),
        1,
        "{said}"
    );
}

#[test]
fn node_for_other_machines_says_so_and_answers_to_the_names_it_is_given() {
    let flags = [
        "--host",
        "0.0.0.0",
        "--port",
        "0",
        "--chain-id",
        "0x7",
        "--allow-host",
        "mynode",
    ];
    let mut node = Started::with(&flags);
    let lines = node.lines_until("Listening");
    assert!(lines.iter().any(|line| line.starts_with("Whoever reaches")));
    let listening = lines.last().expect("a line");
    let port = listening.rsplit(':').next().expect("a port");
    for (host, status) in [("mynode", 200), ("MYNODE:80", 200), ("other", 403)] {
        let posted = ureq::post(format!("http://127.0.0.1:{port}"))
            .config()
            .http_status_as_error(false)
            .build()
            .header("host", host)
            .content_type("application/json")
            .send(r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#);
        let mut answer = posted.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{host}");
        if status == 200 {
            let text = answer.body_mut().read_to_string().expect("text");
            assert!(text.contains(r#""result":"0x7""#), "{text}");
        }
    }
}
