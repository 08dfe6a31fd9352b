//! Which block is meant: by number, by tag or by hash.

use super::hex::quantity;
use crate::api::arguments::Argument;
use alloy_eips::{BlockId, BlockNumberOrTag, RpcBlockHash};
use alloy_primitives::B256;
use serde_json::Value;

/// A block by number or tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockNumber(pub BlockNumberOrTag);

impl Argument for BlockNumber {
    fn read(value: Value) -> Result<Self, String> {
        let tag = match value.as_str() {
            Some("latest") => BlockNumberOrTag::Latest,
            Some("pending") => BlockNumberOrTag::Pending,
            Some("safe") => BlockNumberOrTag::Safe,
            Some("finalized") => BlockNumberOrTag::Finalized,
            Some("earliest") => BlockNumberOrTag::Earliest,
            _ => {
                let number = quantity(&value)?;
                let large = |_| "block number larger than int64".to_owned();
                let number: i64 = number.try_into().map_err(large)?;
                BlockNumberOrTag::Number(number.unsigned_abs())
            }
        };
        Ok(Self(tag))
    }
}

/// A block by number, tag or hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRef(pub BlockId);

impl BlockRef {
    /// The last block.
    pub const LATEST: Self = Self(BlockId::Number(BlockNumberOrTag::Latest));
}

impl Argument for BlockRef {
    fn read(value: Value) -> Result<Self, String> {
        let by_hash =
            |hash: B256, canonical| Self(BlockId::Hash(RpcBlockHash::from_hash(hash, canonical)));
        match &value {
            Value::String(text) if text.len() == 66 => {
                B256::read(value).map(|hash| by_hash(hash, None))
            }
            Value::Object(fields) => {
                let canonical = fields.get("requireCanonical").and_then(Value::as_bool);
                match (fields.get("blockHash"), fields.get("blockNumber")) {
                    (Some(_), Some(_)) => Err(
                        "cannot specify both BlockHash and BlockNumber, choose one or the other"
                            .to_owned(),
                    ),
                    (Some(hash), None) => Ok(by_hash(B256::read(hash.clone())?, canonical)),
                    (None, Some(number)) => BlockNumber::read(number.clone()).map(Self::from),
                    (None, None) => {
                        Err("invalid arguments; neither block nor hash specified".to_owned())
                    }
                }
            }
            _ => BlockNumber::read(value).map(Self::from),
        }
    }
}

impl From<BlockNumber> for BlockRef {
    fn from(BlockNumber(number): BlockNumber) -> Self {
        Self(BlockId::Number(number))
    }
}
