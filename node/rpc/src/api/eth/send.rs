//! Taking signed transactions.

use crate::api::Api;
use crate::error::Error;
use crate::node::SubmitError;
use alloy_primitives::Bytes;

pub(super) fn register(api: &mut Api) {
    api.method("eth_sendRawTransaction", |node, (raw,): (Bytes,)| {
        Ok(node.submit(&raw)?)
    });
}

impl From<SubmitError> for Error {
    fn from(error: SubmitError) -> Self {
        Self::refused(error.to_string())
    }
}
