//! `stylus-node`: an Arbitrum chain for development, in one process.

use anyhow::Context;
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use stylus_node::console::{self, Flags};
use stylus_node::node::{Event, Node};
use stylus_node::server;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

fn main() -> ExitCode {
    match start(Flags::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(flags: Flags) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(flags))
}

async fn run(flags: Flags) -> anyhow::Result<()> {
    let mut ended = signal(SignalKind::terminate())?;
    let node = Arc::new(Node::new(flags.node())?);
    let events = node.listen();
    let running = server::start(Arc::clone(&node), &flags.server()).await?;
    node.set_mining(flags.mining());
    let address = running.address();
    if flags.json_logs {
        say(&console::json_start(&node, address));
    } else if !flags.silent {
        say(&console::start(&flags, &node, address));
    }
    if !flags.silent {
        tokio::spawn(tell(Arc::clone(&node), events, flags.json_logs));
    }
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot hear Ctrl-C")?,
        _ = ended.recv() => {}
    }
    running.stop().await;
    Ok(())
}

/// A line for each transaction.
async fn tell(node: Arc<Node>, mut events: Receiver<Event>, as_json: bool) {
    loop {
        let event = events.recv().await;
        if event.is_ok() && !node.is_logging() {
            continue;
        }
        match event {
            Ok(Event::Made(made)) => {
                for (sent, executed) in &made.sent {
                    if as_json {
                        say(&console::json_line(&made.block, executed, sent.input()));
                    } else {
                        say(&console::line(&made.block, executed, sent.input()));
                    }
                }
            }
            Ok(Event::Dropped(hash, why)) if as_json => {
                let why = why.to_string();
                say(&serde_json::json!({"event": "dropped", "hash": hash, "why": why}));
            }
            Ok(Event::Dropped(hash, why)) => say(&format!("dropped {hash}: {why}")),
            Ok(Event::TakenBack(gone)) if as_json => {
                say(&serde_json::json!({"event": "takenBack", "blocks": gone.len()}));
            }
            Ok(Event::TakenBack(gone)) => say(&format!("took back {} blocks", gone.len())),
            Ok(Event::Taken(_)) => {}
            Err(RecvError::Lagged(missed)) => {
                say(&format!("({missed} events were too quick to be shown)"))
            }
            Err(RecvError::Closed) => break,
        }
    }
}

/// A reader who has gone is no reason to end.
fn say(words: &impl std::fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{words}");
}
