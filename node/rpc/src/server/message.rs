//! JSON-RPC messages: from the text of one or of a batch to the text of the answer.

use super::Limits;
use crate::api::Api;
use crate::error::Error;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The only version there is.
const VERSION: &str = "2.0";

/// A message, each part as it was written: of several with one name the last counts, as in go-ethereum.
struct Message<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Message<'a> {
    /// Reads one; none if it is no object.
    fn read(text: &'a RawValue) -> Option<Self> {
        serde_json::from_str(text.get()).ok().map(Self)
    }

    /// Its id, as it was written: numbers of any length come back as they came.
    fn id(&self) -> Option<Box<RawValue>> {
        self.0.get("id").map(|id| (*id).to_owned())
    }

    fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// Its method, if it is a request of the version that there is.
    fn method(&self) -> Option<String> {
        let is_versioned = self.text("jsonrpc").as_deref() == Some(VERSION);
        let method = self.text("method").filter(|method| !method.is_empty());
        method.filter(|_| is_versioned)
    }

    /// Its arguments.
    fn params(&self) -> Result<Value, Error> {
        let Some(params) = self.0.get("params") else {
            return Ok(Value::Null);
        };
        // what is JSON may still hold a number beyond all bounds
        serde_json::from_str(params.get()).map_err(|_| Error::parse())
    }
}

#[derive(Serialize)]
struct Answer {
    jsonrpc: &'static str,
    id: Box<RawValue>,
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
    fn new(id: Box<RawValue>, outcome: Result<Box<RawValue>, Error>) -> Self {
        let outcome = outcome.map_or_else(Outcome::Error, Outcome::Result);
        Self {
            jsonrpc: VERSION,
            id,
            outcome,
        }
    }

    fn refused(error: Error) -> Self {
        Self::new(no_id(), Err(error))
    }

    /// Bytes of the result.
    fn length(&self) -> usize {
        match &self.outcome {
            Outcome::Result(result) => result.get().len(),
            Outcome::Error(_) => 0,
        }
    }
}

/// The id of what has none.
fn no_id() -> Box<RawValue> {
    RawValue::NULL.to_owned()
}

/// Answers what was sent; nothing if nothing in it wants an answer.
pub(super) fn answer(api: &Api, text: &[u8], limits: Limits) -> Option<Vec<u8>> {
    let unreadable = || Some(written(&Answer::refused(Error::parse())));
    if text.trim_ascii_start().starts_with(b"[") {
        return match serde_json::from_slice::<Vec<&RawValue>>(text) {
            Ok(batch) => answer_batch(api, &batch, limits),
            Err(_) => unreadable(),
        };
    }
    match serde_json::from_slice::<&RawValue>(text) {
        Ok(one) => answer_one(api, one).map(|answer| written(&answer)),
        Err(_) => unreadable(),
    }
}

fn id(one: &RawValue) -> Option<Box<RawValue>> {
    Message::read(one)?.id()
}

fn answer_batch(api: &Api, batch: &[&RawValue], limits: Limits) -> Option<Vec<u8>> {
    if batch.is_empty() {
        let empty = Error::invalid_request("empty batch");
        return Some(written(&Answer::refused(empty)));
    }
    if batch.len() > limits.batch {
        // in the name of the first that wants an answer
        let first = batch.iter().find_map(|one| id(one));
        let large = Error::invalid_request("batch too large");
        let answer = Answer::new(first.unwrap_or_else(no_id), Err(large));
        return Some(written(&[answer]));
    }
    let (mut answers, mut length) = (Vec::new(), 0);
    for one in batch {
        // what would make the answer too long is not even run, as with go-ethereum
        let answer = if length > limits.answer as usize {
            id(one).map(|id| Answer::new(id, Err(Error::answer_too_large())))
        } else {
            answer_one(api, one)
        };
        length += answer.as_ref().map_or(0, Answer::length);
        answers.extend(answer);
    }
    (!answers.is_empty()).then(|| written(&answers))
}

fn answer_one(api: &Api, one: &RawValue) -> Option<Answer> {
    let invalid = || Error::invalid_request("invalid request");
    let Some(message) = Message::read(one) else {
        return Some(Answer::refused(invalid()));
    };
    let id = message.id();
    if id
        .as_ref()
        .is_some_and(|id| id.get().starts_with(['{', '[']))
    {
        return Some(Answer::refused(invalid()));
    }
    let Some(method) = message.method() else {
        return Some(Answer::new(id.unwrap_or_else(no_id), Err(invalid())));
    };
    let asked = message.params().and_then(|params| api.ask(&method, params));
    // what has no id wants no answer
    id.map(|id| Answer::new(id, asked))
}

fn written(answer: &(impl Serialize + ?Sized)) -> Vec<u8> {
    // what is made here can always be written
    serde_json::to_vec(answer).unwrap_or_default()
}
