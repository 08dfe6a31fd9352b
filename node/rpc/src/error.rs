//! What a method answers when it has no result: codes and words are go-ethereum's, which tools look for.

use jsonrpsee::types::ErrorObjectOwned;
use serde::Serialize;
use serde_json::Value;

/// A refusal, as JSON-RPC has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind it is.
    pub code: i32,
    /// Why, in words.
    pub message: String,
    /// What else is known: revert data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

impl Error {
    /// An error with a code of its own.
    #[must_use]
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            data: None,
        }
    }

    /// A method refuses.
    #[must_use]
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(-32000, message)
    }

    /// The bytes are no JSON.
    #[must_use]
    pub fn parse() -> Self {
        Self::new(-32700, "parse error")
    }

    /// The JSON is no request.
    #[must_use]
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(-32600, message)
    }

    /// The answers of a batch have grown too long for one more.
    #[must_use]
    pub fn answer_too_large() -> Self {
        Self::new(-32003, "response too large")
    }

    /// There is no such method.
    #[must_use]
    pub fn no_method(name: &str) -> Self {
        let message = format!("the method {name} does not exist/is not available");
        Self::new(-32601, message)
    }

    /// The arguments do not fit the method.
    #[must_use]
    pub fn arguments(message: impl Into<String>) -> Self {
        Self::new(-32602, message)
    }

    /// The argument at this place is not what it should be.
    #[must_use]
    pub fn argument(at: usize, why: impl std::fmt::Display) -> Self {
        Self::arguments(format!("invalid argument {at}: {why}"))
    }

    /// Something broke that no caller can help.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(-32603, message)
    }

    /// Adds data.
    #[must_use]
    pub fn with_data(mut self, data: impl Into<Value>) -> Self {
        self.data = Some(data.into());
        self
    }
}

impl From<Error> for ErrorObjectOwned {
    fn from(error: Error) -> Self {
        Self::owned(error.code, error.message, error.data)
    }
}
