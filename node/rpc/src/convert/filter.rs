//! Which logs are wanted.

use super::{BlockNumber, LogJson, logs_of};
use crate::api::arguments::Argument;
use crate::error::Error;
use crate::node::Chain;
use crate::node::read::block;
use alloy_eips::{BlockId, BlockNumberOrTag};
use alloy_primitives::{Address, B256, Log};
use serde_json::Value;
use stylus_chain::chain::{Block, Filter};
use stylus_chain::store::Store as _;

/// Topics that a log can have.
const MOST_TOPICS: usize = 4;

/// Addresses that may be named, and texts that one topic may be (go-ethereum, `eth/filters/api.go`).
const MOST_NAMED: usize = 1_000;

/// Logs that one answer holds at most.
const MOST_LOGS: usize = 20_000;

/// Which logs are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// The one block they are in.
    pub block: Option<B256>,
    /// The first block; the last there is, if none is named.
    pub from: Option<BlockNumberOrTag>,
    /// The last block; the last there is, if none is named.
    pub to: Option<BlockNumberOrTag>,
    /// Who emitted them; none is anyone.
    pub addresses: Vec<Address>,
    /// What each topic may be; none is anything.
    pub topics: Vec<Vec<B256>>,
}

impl Argument for LogFilter {
    fn read(value: Value) -> Result<Self, String> {
        let Value::Object(fields) = value else {
            return Err(crate::api::arguments::kind(
                &value,
                "filters.FilterCriteria",
            ));
        };
        let field = |name| fields.get(name).filter(|value| !value.is_null()).cloned();
        let tag = |name| field(name).map(|value| BlockNumber::read(value).map(|tag| tag.0));
        let filter = Self {
            block: field("blockHash").map(B256::read).transpose()?,
            from: tag("fromBlock").transpose()?,
            to: tag("toBlock").transpose()?,
            addresses: field("address")
                .map(addresses)
                .transpose()?
                .unwrap_or_default(),
            topics: field("topics").map(topics).transpose()?.unwrap_or_default(),
        };
        if filter.block.is_some() && (filter.from.is_some() || filter.to.is_some()) {
            let words =
                "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other";
            return Err(words.to_owned());
        }
        Ok(filter)
    }
}

fn addresses(value: Value) -> Result<Vec<Address>, String> {
    match value {
        Value::Array(values) if values.len() > MOST_NAMED => Err("exceed max addresses".to_owned()),
        Value::Array(values) => values.into_iter().map(Address::read).collect(),
        one => Ok(vec![Address::read(one)?]),
    }
}

fn topics(value: Value) -> Result<Vec<Vec<B256>>, String> {
    let Value::Array(values) = value else {
        return Err(crate::api::arguments::kind(&value, "topics"));
    };
    if values.len() > MOST_TOPICS {
        return Err("exceed max topics".to_owned());
    }
    values.into_iter().map(alternatives).collect()
}

/// What one topic may be: a null among them is anything.
fn alternatives(value: Value) -> Result<Vec<B256>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(values) if values.len() > MOST_NAMED => Err("exceed max topics".to_owned()),
        Value::Array(values) if values.iter().any(Value::is_null) => Ok(Vec::new()),
        Value::Array(values) => values.iter().map(topic).collect(),
        one => Ok(vec![topic(&one)?]),
    }
}

fn topic(value: &Value) -> Result<B256, String> {
    let text = value.as_str().ok_or("invalid topic(s)")?;
    let bytes = alloy_primitives::hex::decode(text).map_err(|_| "invalid hex string".to_owned())?;
    let got = bytes.len();
    let words = format!("hex has invalid length {got} after decoding; expected 32 for topic");
    B256::try_from(bytes.as_slice()).map_err(|_| words)
}

impl LogFilter {
    /// Whether a log is wanted, wherever it is.
    #[must_use]
    pub fn holds(&self, log: &Log) -> bool {
        let topics = log.topics();
        let wanted = |(at, any_of): (usize, &Vec<B256>)| {
            any_of.is_empty() || topics.get(at).is_some_and(|topic| any_of.contains(topic))
        };
        (self.addresses.is_empty() || self.addresses.contains(&log.address))
            && self.topics.len() <= topics.len()
            && self.topics.iter().enumerate().all(wanted)
    }

    /// The wanted logs of a block.
    pub fn of_block<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = LogJson> + 'a {
        let wanted = logs_of(block).filter(|(log, _)| self.holds(log));
        wanted.map(|(_, json)| json)
    }

    /// The wanted logs of a block, if it is one of those that are named by number.
    pub fn of_block_in_range<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = LogJson> + 'a {
        let number = |tag| match tag {
            Some(BlockNumberOrTag::Number(number)) => Some(number),
            _ => None,
        };
        let begun = number(self.from).is_none_or(|from| from <= block.number);
        let ended = number(self.to).is_some_and(|to| to < block.number);
        (begun && !ended)
            .then(|| self.of_block(block))
            .into_iter()
            .flatten()
    }

    /// The wanted logs of the chain.
    ///
    /// # Errors
    /// If the blocks are none, or the logs too many.
    pub fn logs(&self, chain: &Chain) -> Result<Vec<LogJson>, Error> {
        if let Some(hash) = self.block {
            let block = block(chain, BlockId::hash(hash))?;
            let block = block.ok_or_else(|| Error::refused("unknown block"))?;
            return Ok(self.of_block(&block).collect());
        }
        let (from, to) = self.range(chain)?;
        let exact = |any_of: &Vec<B256>| match any_of[..] {
            [only] => Some(only),
            _ => None,
        };
        let rough = Filter {
            from_block: Some(from),
            to_block: Some(to),
            addresses: self.addresses.clone(),
            topics: self.topics.iter().map(exact).collect(),
        };
        let mut blocks: Vec<u64> = Vec::new();
        let found = chain.find_logs(&rough)?;
        blocks.extend(found.iter().map(|log| log.block_number));
        blocks.dedup();
        let mut logs = Vec::new();
        for number in blocks {
            if logs.len() > MOST_LOGS {
                break;
            }
            if let Some(block) = chain.store().block(number)? {
                let room = MOST_LOGS + 1 - logs.len();
                logs.extend(self.of_block(&block).take(room));
            }
        }
        if logs.len() > MOST_LOGS {
            let words = format!("query returned more than {MOST_LOGS} results");
            return Err(Error::refused(words));
        }
        Ok(logs)
    }

    fn range(&self, chain: &Chain) -> Result<(u64, u64), Error> {
        let last = chain.block_number();
        let number = |tag: Option<BlockNumberOrTag>| match tag {
            Some(BlockNumberOrTag::Pending) => {
                Err(Error::refused("pending logs are not supported"))
            }
            Some(BlockNumberOrTag::Earliest) => Ok(0),
            Some(BlockNumberOrTag::Number(number)) => Ok(number),
            _ => Ok(last),
        };
        let (from, to) = (number(self.from)?, number(self.to)?);
        if from > to || to > last {
            return Err(Error::refused("invalid block range params"));
        }
        Ok((from, to))
    }
}
