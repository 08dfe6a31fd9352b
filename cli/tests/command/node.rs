//! `lineage node`.

use crate::Shell;
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use lineage::abi::router::IRouter::claimCall;
use lineage::session::Session;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Stdio};

/// A node that ends with the test.
struct Node {
    /// Where it was started, which goes with it.
    _shell: Shell,
    child: Child,
    lines: BufReader<ChildStdout>,
    start: Value,
}

impl Node {
    fn with(flags: &str) -> Self {
        let shell = Shell::new();
        let mut command = shell.command(&format!("node --port 0 --json {flags}"));
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its words"));
        let start = line(&mut lines);
        Self {
            _shell: shell,
            child,
            lines,
            start,
        }
    }

    fn ask(&self, method: &str, params: Value) -> Value {
        let url = self.start["url"].as_str().expect("a URL");
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let posted = ureq::post(url)
            .content_type("application/json")
            .send(request.to_string());
        let text = posted.expect("an answer").body_mut().read_to_string();
        let mut answer: Value = serde_json::from_str(&text.expect("text")).expect("JSON");
        assert_eq!(answer.get("error"), None, "{method}");
        answer["result"].take()
    }
}

fn line(lines: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    lines.read_line(&mut line).expect("a line");
    serde_json::from_str(&line).expect("JSON")
}

impl Drop for Node {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn node_begins_with_lineage_where_the_other_commands_have_it() {
    let mut node = Node::with("");
    let session = Session::new(&|_| {}).expect("a chain");
    for (name, address) in session.programs.all() {
        assert_eq!(node.start["contracts"][name], json!(address), "{name}");
        let code = node.ask("eth_getCode", json!([address, "latest"]));
        assert_eq!(code, json!(session.chain.code(address)), "{name}");
    }
    // nobody's nonces or money went into it
    let account = node.start["accounts"][0].clone();
    let nonce = node.ask("eth_getTransactionCount", json!([account, "latest"]));
    assert_eq!(nonce, json!("0x0"));
    let balance = node.ask("eth_getBalance", json!([account, "latest"]));
    assert_eq!(
        balance,
        json!(U256::from(10_u64.pow(18)) * U256::from(10_000))
    );
    let router = session.programs.router;
    let call = claimCall {
        work: 7,
        epoch: 0,
        asset: Address::ZERO,
        payee: 0,
    };
    let input = format!("0x{}", hex::encode(call.abi_encode()));
    let sent = json!([{"from": account, "to": router, "input": input, "gas": "0x4c4b40"}]);
    node.ask("eth_sendTransaction", sent);
    let told = line(&mut node.lines);
    assert_eq!(
        (&told["contract"], &told["method"]),
        (&json!("router"), &json!("claim"))
    );
    assert_eq!(told["end"], json!("reverted: UnknownWork(7)"));
    // it comes back to what it began with
    node.ask("anvil_reset", json!([]));
    let code = node.ask("eth_getCode", json!([router, "latest"]));
    assert_eq!(code, json!(session.chain.code(router)));
}

#[test]
fn bare_node_has_nothing_of_lineage() {
    let node = Node::with("--bare --chain-id 31337");
    assert_eq!(node.start["contracts"], json!({}));
    assert_eq!(node.start["chainId"], json!(31_337));
    assert_eq!(node.ask("eth_blockNumber", json!([])), json!("0x0"));
}

#[test]
fn node_with_a_folder_goes_on_with_what_was_done_there_and_leaves_the_commands_state_alone() {
    let place = tempfile::tempdir().expect("a folder");
    let flags = format!("--state {}", place.path().display());
    let node = Node::with(&flags);
    let account = node.start["accounts"][0].clone();
    let payment = json!([{"from": account, "to": node.start["accounts"][1], "value": "0x5"}]);
    let hash = node.ask("eth_sendTransaction", payment);
    let receipt = node.ask("eth_getTransactionReceipt", json!([hash]));
    let contracts = node.start["contracts"].clone();
    drop(node);
    let node = Node::with(&flags);
    assert_eq!(node.start["contracts"], contracts);
    let again = node.ask("eth_getTransactionReceipt", json!([hash]));
    assert_eq!(again, receipt);
    let number = node.ask("eth_blockNumber", json!([]));
    assert_eq!(number, receipt["blockNumber"]);
    for (name, address) in contracts.as_object().expect("names") {
        let code = node.ask("eth_getCode", json!([address, "latest"]));
        assert_ne!(code, json!("0x"), "{name}");
    }
    // the folder by another place on the line is the same one
    drop(node);
    let shell = Shell::new();
    let other = format!(
        "--state {} node --port 0 --chain-id 5",
        place.path().display()
    );
    let refused = shell.command(&other).output().expect("the command");
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(
        words.contains("has id 412346: leave --chain-id out"),
        "{words}"
    );
    assert!(!place.path().join("chain").exists());
}
