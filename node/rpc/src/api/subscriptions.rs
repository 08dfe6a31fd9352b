//! `eth_subscribe`: what happens, as it happens, over WebSocket.

use super::Api;
use super::arguments::Argument;
use crate::convert::{HeadJson, LogFilter, ReceiptJson};
use crate::error::Error;
use crate::node::{Event, Made, Node};
use jsonrpsee::core::SubscriptionError;
use jsonrpsee::core::server::{PendingSubscriptionSink, SubscriptionSink};
use jsonrpsee::types::{ErrorObjectOwned, Params};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::to_raw_value;
use std::sync::Arc;
use stylus_chain::chain::Block;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Registers it.
pub(super) fn register(api: &mut Api) {
    let registered = api.subscriptions.register_subscription(
        "eth_subscribe",
        "eth_subscription",
        "eth_unsubscribe",
        |params, pending, node, _| async move { subscribe(&params, pending, &node).await },
    );
    // the only one of its name
    debug_assert!(registered.is_ok());
}

/// What is told.
enum Told {
    Heads,
    Logs(LogFilter),
    /// Transactions that are taken, whole or by their hashes.
    Transactions(bool),
    Receipts,
}

impl Told {
    fn read(params: &Params<'_>) -> Result<Self, Error> {
        let given: Vec<Value> = params.parse().unwrap_or_default();
        let mut given = given.into_iter();
        let name = given.next().unwrap_or_default();
        let name = String::read(name).map_err(|why| Error::argument(0, why))?;
        let (most, told) = match (name.as_str(), given.next()) {
            ("newHeads", None) => (1, Self::Heads),
            ("newHeads", Some(_)) => return Err(too_many(1)),
            ("logs", filter) => (2, Self::Logs(argument(filter)?.unwrap_or_default())),
            ("newPendingTransactions", whole) => {
                (2, Self::Transactions(argument(whole)?.unwrap_or_default()))
            }
            ("transactionReceipts", _) => (2, Self::Receipts),
            _ => {
                let words = format!("no {name:?} subscription in eth namespace");
                return Err(Error::new(-32601, words));
            }
        };
        match given.next() {
            Some(_) => Err(too_many(most)),
            None => Ok(told),
        }
    }
}

fn too_many(most: usize) -> Error {
    Error::arguments(format!("too many arguments, want at most {most}"))
}

fn argument<A: Argument>(given: Option<Value>) -> Result<Option<A>, Error> {
    let given = given.filter(|value| !value.is_null());
    let read = given.map(A::read).transpose();
    read.map_err(|why| Error::argument(1, why))
}

async fn subscribe(
    params: &Params<'_>,
    pending: PendingSubscriptionSink,
    node: &Arc<Node>,
) -> Result<(), SubscriptionError> {
    let told = match Told::read(params) {
        Ok(told) => told,
        Err(error) => {
            pending.reject(ErrorObjectOwned::from(error)).await;
            return Ok(());
        }
    };
    let events = node.listen();
    // who has gone wants nothing
    match pending.accept().await {
        Ok(sink) => tell(&told, &sink, events, node).await,
        Err(_) => Ok(()),
    }
}

/// Tells until nobody listens, or until the listener is so slow that something was lost: then it is told that this is the end.
async fn tell(
    told: &Told,
    sink: &SubscriptionSink,
    mut events: Receiver<Event>,
    node: &Arc<Node>,
) -> Result<(), SubscriptionError> {
    loop {
        let event = tokio::select! {
            () = sink.closed() => return Ok(()),
            event = events.recv() => event,
        };
        let sent = match event {
            Ok(Event::Made(made)) => tell_block(told, sink, &made).await,
            Ok(Event::Taken(hash)) => match told {
                Told::Transactions(false) => send(sink, &hash).await,
                Told::Transactions(true) => match super::eth::transaction(node, hash) {
                    Ok(Some(transaction)) => send(sink, &transaction).await,
                    _ => Some(()),
                },
                _ => Some(()),
            },
            Ok(Event::TakenBack(gone)) => tell_gone(told, sink, &gone).await,
            Ok(Event::Dropped(..)) => Some(()),
            Err(RecvError::Lagged(missed)) => {
                let words = format!("too slow: {missed} events were missed, subscribe again");
                return Err(SubscriptionError::from(words));
            }
            Err(RecvError::Closed) => None,
        };
        if sent.is_none() {
            return Ok(());
        }
    }
}

async fn tell_block(told: &Told, sink: &SubscriptionSink, made: &Made) -> Option<()> {
    match told {
        Told::Heads => send(sink, &HeadJson::from(&*made.block)).await,
        Told::Logs(filter) => {
            for log in filter.of_block(&made.block) {
                send(sink, &log).await?;
            }
            Some(())
        }
        Told::Receipts => send(sink, &ReceiptJson::of(&made.block)).await,
        Told::Transactions(_) => Some(()),
    }
}

/// Tells of logs that are no longer there, the last block's first.
async fn tell_gone(told: &Told, sink: &SubscriptionSink, gone: &[Arc<Block>]) -> Option<()> {
    if let Told::Logs(filter) = told {
        for block in gone.iter().rev() {
            for log in filter.of_block(block) {
                send(sink, &log.taken_back()).await?;
            }
        }
    }
    Some(())
}

/// Sends one; nothing if nobody is there.
async fn send(sink: &SubscriptionSink, told: &impl Serialize) -> Option<()> {
    let json = to_raw_value(told).ok()?;
    sink.send(json).await.ok()
}
