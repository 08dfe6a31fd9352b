//! The command from its start to its end.

use super::{Flags, json_line, json_start, line, start};
use crate::names::Names;
use crate::node::{Event, Node};
use crate::server;
use alloy_primitives::{Address, B256};
use anyhow::Context;
use serde_json::json;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Bytes of stack of each thread, of which those that are used take memory.
const STACK: usize = 16 * 1024 * 1024;

/// What the command knows of the contracts that it shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What it calls them, their functions and errors.
    pub names: Names,
    /// Those that are told at the start.
    pub contracts: Vec<(&'static str, Address)>,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            names: Names::known(),
            contracts: Vec::new(),
        }
    }
}

impl Shown {
    /// Names a contract and tells of it at the start.
    pub fn contract(&mut self, name: &'static str, address: Address) {
        self.names.contract(address, name);
        self.contracts.push((name, address));
    }
}

/// Serves a node until it is interrupted, and says what happens.
///
/// # Errors
/// It cannot listen where it should.
pub fn run(flags: &Flags, node: Node, shown: Shown) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        // frames of an execution lie within each other when they are written
        .thread_stack_size(STACK)
        .enable_all()
        .build()?
        .block_on(serve(flags, Arc::new(node), shown))
}

async fn serve(flags: &Flags, node: Arc<Node>, shown: Shown) -> anyhow::Result<()> {
    let mut ended = signal(SignalKind::terminate())?;
    let events = node.listen();
    let running = server::start(Arc::clone(&node), &flags.server()).await?;
    node.set_mining(flags.mining());
    let address = running.address();
    if flags.json_logs {
        say(&json_start(&shown, &node, address));
    } else if !flags.silent {
        say(&start(flags, &shown, &node, address));
    }
    if !flags.silent {
        let teller = Teller {
            node,
            names: shown.names,
            as_json: flags.json_logs,
        };
        tokio::spawn(teller.tell(events));
    }
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot hear Ctrl-C")?,
        _ = ended.recv() => {}
    }
    running.stop().await;
    Ok(())
}

/// Says what happens.
struct Teller {
    node: Arc<Node>,
    names: Names,
    as_json: bool,
}

impl Teller {
    /// A line for each transaction, and for each that must wait or is dropped.
    async fn tell(self, mut events: Receiver<Event>) {
        loop {
            let event = events.recv().await;
            if event.is_ok() && !self.node.is_logging() {
                continue;
            }
            match event {
                Ok(Event::Made(made)) => {
                    for (sent, executed) in &made.sent {
                        if self.as_json {
                            let input = sent.input();
                            say(&json_line(&self.names, &made.block, executed, input));
                        } else {
                            say(&line(&self.names, &made.block, executed, sent.input()));
                        }
                    }
                }
                Ok(Event::Dropped(hash, why)) if self.as_json => {
                    let why = why.to_string();
                    say(&json!({"event": "dropped", "hash": hash, "why": why}));
                }
                Ok(Event::Dropped(hash, why)) => say(&format!("dropped {hash}: {why}")),
                Ok(Event::Taken(hash)) => self.tell_gap(hash),
                Ok(Event::TakenBack(gone)) if self.as_json => {
                    say(&json!({"event": "takenBack", "blocks": gone.len()}));
                }
                Ok(Event::TakenBack(gone)) => say(&format!("took back {} blocks", gone.len())),
                Err(RecvError::Lagged(missed)) => {
                    say(&format!("({missed} events were too quick to be shown)"));
                }
                Err(RecvError::Closed) => break,
            }
        }
    }

    /// Says of a transaction that waits for others to come before it, as those of a wallet do that knew an earlier chain here.
    fn tell_gap(&self, hash: B256) {
        let Some(waiting) = self.node.waiting(hash) else {
            return;
        };
        let (from, nonce) = (waiting.from(), waiting.nonce());
        // where the store fails, whoever sent it is told
        let Ok(next) = self.node.next_nonce(from) else {
            return;
        };
        if nonce <= next {
            return;
        }
        if self.as_json {
            let said =
                json!({"event": "waits", "hash": hash, "from": from, "nonce": nonce, "next": next});
            return say(&said);
        }
        say(&format!(
            "{hash} of {from} waits: its nonce is {nonce}, the account's next is {next}. A wallet that knew an earlier chain \
             here counts on from there: clear its activity data in its settings, or start with another --chain-id"
        ));
    }
}

/// A reader who has gone is no reason to end.
fn say(words: &impl std::fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{words}");
}
