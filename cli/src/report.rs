//! What a command says: to people, or as JSON.

use crate::floor::Floor;
use alloy_primitives::{Address, B256, U256};
use anyhow::Context as _;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;
use stylus_chain::chain::Executed;

/// A transaction a command sent.
#[derive(Clone, Debug, Serialize)]
pub struct Sent {
    /// What it did.
    pub action: String,
    /// Its hash.
    pub transaction: B256,
    /// Gas it used.
    pub gas: u64,
    /// The least it could use for what it did to the state.
    pub floor: Floor,
    /// What its sender paid for the gas, in wei.
    #[serde(skip)]
    pub fee: U256,
}

impl Sent {
    /// What a receipt says of a transaction with this calldata.
    #[must_use]
    pub fn new(action: &str, calldata: &[u8], receipt: &Executed) -> Self {
        Self {
            action: action.to_owned(),
            transaction: receipt.transaction_hash,
            gas: receipt.gas_used,
            floor: Floor::of(calldata, &receipt.trace),
            fee: U256::from(receipt.gas_used) * U256::from(receipt.gas_price),
        }
    }

    /// The same, named as one that failed.
    #[must_use]
    pub fn that_failed(mut self) -> Self {
        self.action.push_str(" that failed");
        self
    }
}

/// The sentence that ends a report: the gas of every transaction.
#[must_use]
pub fn gas_line(sent: &[Sent]) -> String {
    let each: Vec<_> = sent
        .iter()
        .map(|sent| format!("{} {} gas", sent.action, sent.gas))
        .collect();
    format!("sent: {}", each.join(", "))
}

/// Prints a report for people, or as one JSON object.
///
/// # Errors
/// The report cannot be written.
pub fn print(report: &(impl Serialize + Display), json: bool) -> anyhow::Result<()> {
    if json {
        line(&self::json(report)?)
    } else {
        line(report)
    }
}

/// A report as JSON.
///
/// # Errors
/// The report cannot be written as JSON.
pub fn json(report: &impl Serialize) -> anyhow::Result<String> {
    Ok(record::to_json(report)?)
}

/// Prints one line, or more, at once.
///
/// # Errors
/// It cannot be written, for one because its reader has gone: [`reader_is_gone`] tells.
pub fn line(text: &(impl Display + ?Sized)) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(format!("{text}\n").as_bytes());
    written
        .and_then(|()| stdout.flush())
        .context("cannot print")
}

/// Whether nobody reads any more what is printed, as behind `lineage demo | head -1`.
#[must_use]
pub fn reader_is_gone(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Words of others, without what would move the cursor or the direction of writing: anyone can be the contract that says them,
/// or the maker of the file in which they stand.
#[must_use]
pub fn plain(words: &str) -> String {
    let moves = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words
        .chars()
        .flat_map(|c| match moves(c) {
            true => c.escape_default().collect::<Vec<_>>(),
            false => vec![c],
        })
        .collect()
}

/// Characters of a text that people are shown; all of it is in the JSON.
const SHOWN: usize = 100;

/// The beginning of a text of others, on one line.
#[must_use]
pub fn shortened(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = plain(&words.join(" "));
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// An address as JSON and people read it: with the capitals of EIP-55.
#[must_use]
pub fn checksummed(address: Address) -> String {
    address.to_checksum(None)
}

/// A time as people read it, in UTC; its seconds where it lies past the year 9999.
#[must_use]
pub fn time(seconds: u64) -> String {
    let time = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| seconds.to_string(), |time| time.to_string())
}

/// Writes an amount into JSON as a string of digits: it may be more than a number there can hold.
///
/// # Errors
/// As the serializer has them.
pub fn decimal<S: Serializer>(amount: &U256, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(amount)
}

/// As [`decimal`], or nothing.
///
/// # Errors
/// As the serializer has them.
pub fn decimal_if_any<S: Serializer>(amount: &Option<U256>, to: S) -> Result<S::Ok, S::Error> {
    amount.map(|amount| amount.to_string()).serialize(to)
}

/// Writes a path into JSON, with U+FFFD for what is no text.
///
/// # Errors
/// As the serializer has them.
pub fn path<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&path.display())
}

/// Writes an address into JSON as people read it.
///
/// # Errors
/// As the serializer has them.
pub fn address<S: Serializer>(address: &Address, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&checksummed(*address))
}

/// As [`address`], or nothing.
///
/// # Errors
/// As the serializer has them.
pub fn address_if_any<S: Serializer>(address: &Option<Address>, to: S) -> Result<S::Ok, S::Error> {
    address.map(checksummed).serialize(to)
}
