//! Recorded conversations with Nitro's node, held again with this one: each answer is equal in shape, code and words, or a
//! table says why not.

#[path = "../asked/mod.rs"]
mod asked;
mod compare;
mod differences;

use asked::Asked;
use compare::Known;
use differences::{DIFFERENCES, Difference};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use stylus_chain::{ArbOs, DEV_ACCOUNTS};
use stylus_node::node::{Config, Node};

/// A recorded conversation.
fn conversation(name: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/nitro");
    let packed = std::fs::read(folder.join("rpc.tar.zst")).expect("the recordings");
    let unpacked = ruzstd::decoding::StreamingDecoder::new(packed.as_slice()).expect("zstd");
    let mut archive = tar::Archive::new(unpacked);
    for entry in archive.entries().expect("entries") {
        let mut entry = entry.expect("an entry");
        if entry.path().expect("a path").ends_with(name) {
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("text");
            return serde_json::from_str(&text).expect("JSON");
        }
    }
    panic!("no {name}");
}

/// A node that begins as the recorded one did.
fn node(arbos: ArbOs) -> Node {
    let mut config = Config {
        clock: false,
        // the recorded one had no keys
        accounts: 0,
        ..Config::default()
    };
    config.chain.arbos = arbos;
    config.chain.l1_block = 0;
    config.chain.network_fee_account = DEV_ACCOUNTS[0];
    config.chain.predeploys.clear();
    Node::new(config).expect("the usual phrase")
}

/// Where a conversation goes otherwise. Some of the recorded node's blocks were followed by the next within a second.
fn differing(arbos: ArbOs, name: &str, within_a_second: &[u64]) -> (usize, BTreeSet<&'static str>) {
    let server = Asked::over(node(arbos));
    let mut known = Known::default();
    let (mut equal, mut used, mut unknown) = (0, BTreeSet::new(), Vec::new());
    for entry in conversation(name) {
        // it had no parent chain whose blocks go on
        let l1_block = server.node.edit(|chain| chain.set_next_l1_block(0));
        l1_block.expect("no block followed a later one");
        // gas is worked off with time
        let time = server.node.chain(|chain| match chain.last() {
            last if within_a_second.contains(&last.number) => last.timestamp,
            _ => chain.timestamp(),
        });
        let set = server.node.edit(|chain| chain.set_next_timestamp(time));
        set.expect("the time of the last block, or a later one");
        let note = entry["note"].as_str().unwrap_or_default();
        let request = &entry["request"];
        let (method, new) = match request {
            Value::Null => continue,
            Value::String(text) if note == "text/plain" => ("raw", server.post_as(note, text)),
            Value::String(text) => ("raw", server.post(text)),
            whole => {
                let method = whole["method"].as_str().unwrap_or_default();
                (method, server.post(&known.mapped(whole).to_string()))
            }
        };
        let new = serde_json::from_str(&new).unwrap_or_else(|_| json!(new));
        let old = &entry["response"];
        known.learn(old, &new);
        if method.starts_with("eth_new") {
            known.learn_name(&old["result"], &new["result"]);
        }
        let found = known.differences(old, &new);
        if found.is_empty() {
            equal += 1;
            continue;
        }
        let is_meant = |difference: &&Difference| difference.is_of(method, note);
        match DIFFERENCES.iter().find(is_meant) {
            Some(difference) => {
                used.insert(difference.of);
            }
            None => unknown.push(format!("{note} ({method}): {}", found.join("; "))),
        }
    }
    println!(
        "{name}: {equal} equal, {} of them not explained",
        unknown.len()
    );
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    (equal, used)
}

#[test]
fn a_conversation_with_nitro_goes_the_same_way_here() {
    let arbos = |version: u64| ArbOs::try_from(version).expect("known");
    let old = differing(arbos(51), "rpc-51.json", &[1, 2, 3, 4, 6, 7, 8, 9, 10]);
    let new = differing(arbos(60), "rpc-60.json", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    let all: BTreeSet<_> = DIFFERENCES.iter().map(|difference| difference.of).collect();
    let used: BTreeSet<_> = old.1.union(&new.1).copied().collect();
    assert_eq!(used, all, "a difference is named that is none");
    assert_eq!((old.0, new.0), (332, 332));
}
