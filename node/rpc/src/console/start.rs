//! What is said at the start.

use super::{Flags, Shown};
use crate::node::Node;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::net::SocketAddr;

/// The accounts, their keys, and where the node listens.
#[must_use]
pub fn start(flags: &Flags, shown: &Shown, node: &Node, address: SocketAddr) -> String {
    let mut said = String::new();
    let (chain_id, arbos) = node.chain(|chain| (chain.config().chain_id, chain.config().arbos));
    let balance = flags.balance;
    let _ = match node.has_resumed() {
        true => writeln!(said, "Accounts"),
        false => writeln!(said, "Accounts, each with {balance} ETH"),
    };
    for (index, (account, _)) in node.wallet().keys().enumerate() {
        let _ = writeln!(said, "  ({index}) {account}");
    }
    // keys of one's own phrase do not belong on a screen
    if flags.mnemonic.is_none() {
        let _ = writeln!(
            said,
            "Keys, which everyone knows: send nothing to them on a chain that counts"
        );
        for (index, (_, key)) in node.wallet().keys().enumerate() {
            let _ = writeln!(said, "  ({index}) {key}");
        }
    }
    if !shown.contracts.is_empty() {
        let _ = writeln!(said, "Contracts");
    }
    for (name, contract) in &shown.contracts {
        let _ = writeln!(said, "  {name:<12} {contract}");
    }
    let _ = write!(said, "Chain {chain_id}, {arbos}");
    let _ = match &flags.state {
        Some(folder) => {
            let last = node.chain(|chain| chain.block_number());
            writeln!(said, ", at block {last}, kept in {}", folder.display())
        }
        None => writeln!(said),
    };
    if !address.ip().is_loopback() {
        let _ = writeln!(
            said,
            "Whoever reaches this address can use these accounts: it is not this machine's alone"
        );
    }
    let _ = writeln!(said, "Listening at http://{address} and ws://{address}");
    said
}

/// The same as JSON, but for the keys.
#[must_use]
pub fn json_start(shown: &Shown, node: &Node, address: SocketAddr) -> Value {
    let contracts: Map<_, _> = shown
        .contracts
        .iter()
        .map(|(name, contract)| ((*name).to_owned(), json!(contract)))
        .collect();
    let accounts: Vec<_> = node.wallet().addresses().collect();
    node.chain(|chain| {
        json!({
            "event": "start",
            "url": format!("http://{address}"),
            "chainId": chain.config().chain_id,
            "arbos": chain.config().arbos.number(),
            "block": chain.block_number(),
            "accounts": accounts,
            "contracts": contracts,
        })
    })
}
