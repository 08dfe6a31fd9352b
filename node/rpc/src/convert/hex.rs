//! Bytes, hashes, addresses and numbers as JSON-RPC has them, refused in go-ethereum's words.

use crate::api::arguments::Argument;
use alloy_primitives::{Address, B256, Bytes, U256};
use serde_json::Value;

/// The bytes of a hex text.
fn bytes(value: &Value, name: &str) -> Result<Vec<u8>, String> {
    let unfit = |what: &str| format!("json: cannot unmarshal {what} into Go value of type {name}");
    let Some(text) = value.as_str() else {
        return Err(unfit("non-string"));
    };
    let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) else {
        return Err(unfit("hex string without 0x prefix"));
    };
    if !digits.len().is_multiple_of(2) {
        return Err(unfit("hex string of odd length"));
    }
    alloy_primitives::hex::decode(digits).map_err(|_| unfit("invalid hex string"))
}

/// Exactly so many of them.
fn exactly<const N: usize>(value: &Value, name: &str) -> Result<[u8; N], String> {
    let bytes = bytes(value, name)?;
    let (got, want) = (bytes.len() * 2, N * 2);
    let unfit = format!("hex string has length {got}, want {want} for {name}");
    bytes.try_into().map_err(|_| unfit)
}

impl Argument for Address {
    fn read(value: Value) -> Result<Self, String> {
        exactly(&value, "common.Address").map(Self::from)
    }
}

impl Argument for B256 {
    fn read(value: Value) -> Result<Self, String> {
        exactly(&value, "common.Hash").map(Self::from)
    }
}

impl Argument for Bytes {
    fn read(value: Value) -> Result<Self, String> {
        bytes(&value, "hexutil.Bytes").map(Self::from)
    }
}

impl Argument for U256 {
    fn read(value: Value) -> Result<Self, String> {
        quantity(&value)
    }
}

impl Argument for u64 {
    fn read(value: Value) -> Result<Self, String> {
        let number = quantity(&value)?;
        Self::try_from(number).map_err(|_| "hex number > 64 bits".to_owned())
    }
}

/// A number as hex, as decimal digits or as JSON's own (`HexOrDecimal64` in `common/math/integer.go`).
#[derive(Clone, Copy, Debug)]
pub struct Count(pub u64);

impl Argument for Count {
    fn read(value: Value) -> Result<Self, String> {
        let text = match &value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        let number = match digits {
            _ if text.is_empty() => Some(0),
            Some(digits) => u64::from_str_radix(digits, 16).ok(),
            None => text.parse().ok(),
        };
        let number = number.ok_or_else(|| format!("invalid hex or decimal integer {text:?}"))?;
        Ok(Self(number))
    }
}

/// A number as hex without zeros before it.
pub(super) fn quantity(value: &Value) -> Result<U256, String> {
    let digits = value.as_str().and_then(|text| text.strip_prefix("0x"));
    match digits {
        None => Err("hex string without 0x prefix".to_owned()),
        Some("") => Err("hex string \"0x\"".to_owned()),
        Some(digits) if digits.len() > 1 && digits.starts_with('0') => {
            Err("hex number with leading zero digits".to_owned())
        }
        Some(digits) => {
            U256::from_str_radix(digits, 16).map_err(|_| "invalid hex string".to_owned())
        }
    }
}

/// A slot, with what it was called: as a number or as a whole word.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The slot.
    pub slot: U256,
    /// Its name, as it is given back in a proof.
    pub name: String,
}

impl Slot {
    /// Reads one.
    ///
    /// # Errors
    /// The words of a method that cannot.
    pub fn read(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("0x").unwrap_or(text);
        if digits.len() > 64 {
            return Err("hex string too long, want at most 32 bytes".to_owned());
        }
        let invalid = |_| "hex string invalid".to_owned();
        let slot = match digits {
            "" => U256::ZERO,
            digits => U256::from_str_radix(digits, 16).map_err(invalid)?,
        };
        let name = match digits.len() {
            64 => B256::from(slot).to_string(),
            _ => format!("{slot:#x}"),
        };
        Ok(Self { slot, name })
    }
}
