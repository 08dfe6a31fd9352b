//! A chain that is kept in a folder, while the command that serves it is killed or finds the disk full.

mod command;

use alloy_primitives::keccak256;
use command::{Started, ask, try_ask};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::mem;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

const NOBODY: &str = "0x00000000000000000000000000000000000000b0";
/// Clients that send at a time.
const CLIENTS: usize = 3;

/// How often it is killed: a few times in each run of the tests, `KILLS=200` for more.
fn kills() -> u64 {
    let asked = std::env::var("KILLS").ok();
    asked.map_or(10, |asked| asked.parse().expect("KILLS is a number"))
}

/// What was confirmed: transactions with the hash of their block.
#[derive(Debug, Default)]
struct Confirmed(Mutex<BTreeMap<String, Value>>);

impl Confirmed {
    /// Sends a wei, again and again, until nobody answers or the node refuses. Returns its refusal.
    fn send_until_it_ends(&self, url: &str, from: &Value) -> Option<Value> {
        loop {
            let transfer = json!([{"from": from, "to": NOBODY, "value": "0x1", "gas": "0x7530"}]);
            let answer = try_ask(url, "eth_sendTransaction", transfer)?;
            let Some(hash) = answer["result"].as_str() else {
                return Some(answer["error"].clone());
            };
            let answer = try_ask(url, "eth_getTransactionReceipt", json!([hash]))?;
            let block = answer["result"]["blockHash"].clone();
            assert!(block.is_string(), "{answer}");
            let mut confirmed = self.0.lock().expect("no panic");
            confirmed.insert(hash.to_owned(), block);
        }
    }

    /// Sends from several accounts until each of them ends. Returns the node's refusals.
    fn send_from_several(&self, url: &str, accounts: &Value) -> Vec<Value> {
        thread::scope(|scope| {
            let send = |at| {
                let from = &accounts[at];
                scope.spawn(move || self.send_until_it_ends(url, from))
            };
            let clients: Vec<_> = (0..CLIENTS).map(send).collect();
            let ended = clients.into_iter().map(|client| client.join());
            ended.filter_map(|ended| ended.expect("no panic")).collect()
        })
    }

    /// Checks that all of it is there, and forgets it. Returns how much that was.
    fn check(&self, url: &str) -> usize {
        let confirmed = mem::take(&mut *self.0.lock().expect("no panic"));
        for (hash, block) in &confirmed {
            let receipt = ask(url, "eth_getTransactionReceipt", json!([hash]));
            assert_eq!(&receipt["blockHash"], block, "{hash}");
        }
        confirmed.len()
    }
}

/// How far a chain was looked through.
#[derive(Debug, Default)]
struct Seen {
    blocks: u64,
    last: Value,
    paid: usize,
}

impl Seen {
    /// Looks at what came since, and checks that it follows and adds up: what was paid is what the transactions say.
    fn go_on(&mut self, url: &str) {
        let number = ask(url, "eth_blockNumber", json!([]));
        let number = u64::from_str_radix(&number.as_str().expect("a number")[2..], 16);
        let end = number.expect("a number") + 1;
        assert!(end >= self.blocks, "{end} of {} blocks", self.blocks);
        for number in self.blocks..end {
            let block = json!([format!("{number:#x}"), false]);
            let block = ask(url, "eth_getBlockByNumber", block);
            assert!(number == 0 || block["parentHash"] == self.last, "{number}");
            // ArbOS's own is one of them
            let sent = block["transactions"].as_array().map_or(0, Vec::len);
            self.paid += sent.saturating_sub(1);
            self.last = block["hash"].clone();
        }
        self.blocks = end;
        let balance = ask(url, "eth_getBalance", json!([NOBODY, "latest"]));
        assert_eq!(balance, json!(format!("{:#x}", self.paid)));
    }
}

fn start(folder: &Path) -> Started {
    let folder = folder.to_str().expect("a plain path");
    Started::with(&["--port", "0", "--json-logs", "--state", folder])
}

#[test]
fn whenever_it_is_killed_it_opens_again_and_nothing_confirmed_is_lost() {
    let place = tempfile::tempdir().expect("a folder");
    let (confirmed, mut seen) = (Confirmed::default(), Seen::default());
    let mut count = 0;
    for kill in 0..kills() {
        let mut node = start(place.path());
        let url = node.url();
        count += confirmed.check(&url);
        seen.go_on(&url);
        // from before the first transaction to after many
        let wait = keccak256(kill.to_be_bytes())[0];
        let accounts = ask(&url, "eth_accounts", json!([]));
        thread::scope(|scope| {
            scope.spawn(|| confirmed.send_from_several(&url, &accounts));
            thread::sleep(Duration::from_millis(wait.into()));
            node.kill();
        });
    }
    let mut node = start(place.path());
    let url = node.url();
    count += confirmed.check(&url);
    seen.go_on(&url);
    Seen::default().go_on(&url);
    println!("killed {} times, {count} transactions confirmed", kills());
    assert!(count > 0);
}

#[test]
fn when_the_disk_is_full_it_says_so_and_nothing_confirmed_is_lost() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("a plain path");
    let confirmed = Confirmed::default();
    let flags = ["--port", "0", "--json-logs", "--state", folder];
    let mut node = Started::with_files_up_to(3 << 20, &flags);
    let url = node.url();
    let accounts = ask(&url, "eth_accounts", json!([]));
    let refusals = confirmed.send_from_several(&url, &accounts);
    assert_eq!(refusals.len(), CLIENTS, "{refusals:?}");
    for refusal in refusals {
        let words = refusal["message"].as_str().expect("words");
        assert!(words.starts_with("the store failed: "), "{words}");
    }
    node.kill();
    let mut node = start(place.path());
    let url = node.url();
    assert!(confirmed.check(&url) > 0);
    Seen::default().go_on(&url);
}

#[test]
fn second_node_on_a_folder_is_told_who_has_it() {
    let place = tempfile::tempdir().expect("a folder");
    let mut node = start(place.path());
    node.url();
    let words = start(place.path()).end();
    let holder = format!("is in use by process {}", node.id());
    assert!(words.contains(&holder), "{words}");
}

#[test]
fn chain_of_a_folder_goes_on_with_its_own_settings_and_resets_to_its_beginning() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("a plain path");
    let flags = ["--port", "0", "--json-logs", "--state", folder];
    let mut node = Started::with(&[&flags[..], &["--chain-id", "99", "--arbos", "51"]].concat());
    let url = node.url();
    ask(&url, "anvil_setBalance", json!([NOBODY, "0x7"]));
    let genesis = ask(&url, "eth_getBlockByNumber", json!(["0x0", false]));
    ask(&url, "evm_mine", json!([]));
    let snapshot = ask(&url, "evm_snapshot", json!([]));
    node.signal("INT");
    node.wait();

    let mut node = Started::with(&flags);
    let url = node.url();
    assert_eq!(ask(&url, "eth_chainId", json!([])), json!("0x63"));
    assert_eq!(ask(&url, "eth_blockNumber", json!([])), json!("0x1"));
    let balance = |url: &str| ask(url, "eth_getBalance", json!([NOBODY, "latest"]));
    assert_eq!(balance(&url), json!("0x7"));
    // snapshots are not kept
    assert_eq!(ask(&url, "evm_revert", json!([snapshot])), json!(false));
    // a dump is loaded in the place of what there is, and kept
    let dump = ask(&url, "anvil_dumpState", json!([]));
    ask(&url, "anvil_reset", json!([]));
    assert_eq!(ask(&url, "eth_blockNumber", json!([])), json!("0x0"));
    let again = ask(&url, "eth_getBlockByNumber", json!(["0x0", false]));
    assert_eq!((again, balance(&url)), (genesis, json!("0x0")));
    ask(&url, "anvil_loadState", json!([dump]));
    node.kill();

    let mut node = Started::with(&flags);
    let url = node.url();
    assert_eq!(ask(&url, "eth_blockNumber", json!([])), json!("0x1"));
    assert_eq!(balance(&url), json!("0x7"));
    node.kill();

    let other = [&flags[..], &["--chain-id", "98"]].concat();
    let words = Started::with(&other).end();
    assert!(words.contains("has id 99: leave --chain-id out"), "{words}");
    let other = [&flags[..], &["--arbos", "61"]].concat();
    let words = Started::with(&other).end();
    assert!(words.contains("has ArbOS 51: leave --arbos out"), "{words}");
}

#[test]
fn folder_with_a_damaged_file_is_told_once_in_words() {
    let place = tempfile::tempdir().expect("a folder");
    let mut node = start(place.path());
    node.url();
    node.kill();
    let path = place.path().join("chain.redb");
    let mut file = fs::read(&path).expect("a file");
    file[4096..].fill(0x5a);
    fs::write(&path, file).expect("a file");
    let said = start(place.path()).end();
    let last = said.lines().last().expect("a line");
    assert!(last.starts_with("Error: "), "{said}");
    assert_eq!(last.matches("damaged").count(), 1, "{last}");
}
