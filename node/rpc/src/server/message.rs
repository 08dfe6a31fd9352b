//! JSON-RPC messages: from the text of one or of a batch to the text of the answer.

use super::Limits;
use crate::api::Api;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The only version there is.
const VERSION: &str = "2.0";

#[derive(Deserialize)]
struct Message {
    jsonrpc: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Value>,
    method: Option<Value>,
    #[serde(default)]
    params: Value,
}

/// An id that is null is there all the same.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

#[derive(Serialize)]
struct Answer {
    jsonrpc: &'static str,
    id: Value,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Result(Box<RawValue>),
    Error(Error),
}

impl Answer {
    fn new(id: Value, outcome: Result<Box<RawValue>, Error>) -> Self {
        let outcome = outcome.map_or_else(Outcome::Error, Outcome::Result);
        Self {
            jsonrpc: VERSION,
            id,
            outcome,
        }
    }

    fn refused(error: Error) -> Self {
        Self::new(Value::Null, Err(error))
    }

    /// Bytes of the result.
    fn length(&self) -> usize {
        match &self.outcome {
            Outcome::Result(result) => result.get().len(),
            Outcome::Error(_) => 0,
        }
    }
}

/// Answers what was sent; nothing if nothing in it wants an answer.
pub(super) fn answer(api: &Api, text: &[u8], limits: Limits) -> Option<Vec<u8>> {
    match serde_json::from_slice(text) {
        Err(_) => Some(written(&Answer::refused(Error::parse()))),
        Ok(Value::Array(batch)) => answer_batch(api, batch, limits),
        Ok(one) => answer_one(api, one).map(|answer| written(&answer)),
    }
}

fn answer_batch(api: &Api, batch: Vec<Value>, limits: Limits) -> Option<Vec<u8>> {
    if batch.is_empty() {
        let empty = Error::invalid_request("empty batch");
        return Some(written(&Answer::refused(empty)));
    }
    if batch.len() > limits.batch {
        // in the name of the first that wants an answer
        let first = batch.into_iter().find_map(|one| one.get("id").cloned());
        let large = Error::invalid_request("batch too large");
        return Some(written(&[Answer::new(
            first.unwrap_or_default(),
            Err(large),
        )]));
    }
    let (mut answers, mut length) = (Vec::new(), 0);
    for one in batch {
        // what would make the answer too long is not even run, as with go-ethereum
        let answer = if length > limits.answer as usize {
            let id = one.get("id").cloned();
            id.map(|id| Answer::new(id, Err(Error::answer_too_large())))
        } else {
            answer_one(api, one)
        };
        length += answer.as_ref().map_or(0, Answer::length);
        answers.extend(answer);
    }
    (!answers.is_empty()).then(|| written(&answers))
}

fn answer_one(api: &Api, one: Value) -> Option<Answer> {
    let invalid = || Error::invalid_request("invalid request");
    let Ok(message) = serde_json::from_value::<Message>(one) else {
        return Some(Answer::refused(invalid()));
    };
    let id = match message.id {
        Some(Value::Object(_) | Value::Array(_)) => return Some(Answer::refused(invalid())),
        id => id,
    };
    let versioned = message.jsonrpc.as_ref().and_then(Value::as_str) == Some(VERSION);
    match (message.method, id) {
        (Some(Value::String(name)), Some(id)) if versioned && !name.is_empty() => {
            Some(Answer::new(id, api.ask(&name, message.params)))
        }
        // what has no id wants no answer
        (Some(Value::String(name)), None) if versioned && !name.is_empty() => {
            let _ = api.ask(&name, message.params);
            None
        }
        (_, id) => Some(Answer::new(id.unwrap_or_default(), Err(invalid()))),
    }
}

fn written(answer: &(impl Serialize + ?Sized)) -> Vec<u8> {
    // what is made here can always be written
    serde_json::to_vec(answer).unwrap_or_default()
}
