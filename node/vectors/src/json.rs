//! Fields of a vector, with errors that name them.

use crate::VectorsError;
use alloy_primitives::{Address, B256, Bytes, U256};
use serde_json::Value;

/// A value somewhere in a vector.
#[derive(Clone, Debug)]
pub(crate) struct Json<'a> {
    pub(crate) name: &'a str,
    path: String,
    value: &'a Value,
}

impl<'a> Json<'a> {
    pub(crate) fn new(name: &'a str, value: &'a Value) -> Self {
        Self {
            name,
            path: String::new(),
            value,
        }
    }

    fn child(&self, path: String, value: &'a Value) -> Self {
        Self {
            name: self.name,
            path,
            value,
        }
    }

    pub(crate) fn at(&self, key: &str) -> Self {
        self.child(format!("{}.{key}", self.path), &self.value[key])
    }

    pub(crate) fn optional(&self, key: &str) -> Option<Self> {
        Some(self.at(key)).filter(|found| !found.value.is_null())
    }

    fn is_no(&self, wanted: &'static str) -> VectorsError {
        VectorsError::Field {
            vector: self.name.to_owned(),
            field: self.path.clone(),
            wanted,
        }
    }

    fn parsed<T: core::str::FromStr>(&self, wanted: &'static str) -> Result<T, VectorsError> {
        self.value
            .as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| self.is_no(wanted))
    }

    pub(crate) fn as_text(&self) -> Result<&'a str, VectorsError> {
        self.value.as_str().ok_or_else(|| self.is_no("text"))
    }

    pub(crate) fn as_u64(&self) -> Result<u64, VectorsError> {
        self.value.as_u64().ok_or_else(|| self.is_no("number"))
    }

    pub(crate) fn as_i64(&self) -> Result<i64, VectorsError> {
        self.value.as_i64().ok_or_else(|| self.is_no("number"))
    }

    pub(crate) fn as_bytes(&self) -> Result<Bytes, VectorsError> {
        self.parsed("byte string")
    }

    pub(crate) fn as_address(&self) -> Result<Address, VectorsError> {
        self.parsed("address")
    }

    pub(crate) fn as_u256(&self) -> Result<U256, VectorsError> {
        self.parsed("word")
    }

    pub(crate) fn as_b256(&self) -> Result<B256, VectorsError> {
        self.parsed("word")
    }

    pub(crate) fn as_bool(&self) -> Result<bool, VectorsError> {
        match self.value {
            Value::Bool(value) => Ok(*value),
            Value::Number(number) => Ok(number.as_u64() != Some(0)),
            _ => Err(self.is_no("truth value")),
        }
    }

    pub(crate) fn text(&self, key: &str) -> Result<&'a str, VectorsError> {
        self.at(key).as_text()
    }

    pub(crate) fn u64(&self, key: &str) -> Result<u64, VectorsError> {
        self.at(key).as_u64()
    }

    pub(crate) fn u64_or(&self, key: &str, otherwise: u64) -> Result<u64, VectorsError> {
        self.optional(key).map_or(Ok(otherwise), |at| at.as_u64())
    }

    /// A quantity in decimal or hexadecimal.
    pub(crate) fn quantity_or(&self, key: &str, otherwise: u64) -> Result<u64, VectorsError> {
        match self.optional(key) {
            None => Ok(otherwise),
            Some(at) if at.value.is_number() => at.as_u64(),
            Some(at) => Ok(at.as_u256()?.saturating_to()),
        }
    }

    /// Items of a list, none if it is absent.
    pub(crate) fn list(&self, key: &str) -> Result<Vec<Self>, VectorsError> {
        let Some(list) = self.optional(key) else {
            return Ok(Vec::new());
        };
        let items = list.value.as_array().ok_or_else(|| list.is_no("list"))?;
        let named = items.iter().enumerate();
        Ok(named
            .map(|(index, item)| self.child(format!("{}[{index}]", list.path), item))
            .collect())
    }

    /// Entries of an object, none if it is absent.
    pub(crate) fn entries(&self, key: &str) -> Result<Vec<(&'a str, Self)>, VectorsError> {
        let Some(object) = self.optional(key) else {
            return Ok(Vec::new());
        };
        let entries = object.value.as_object();
        let entries = entries.ok_or_else(|| object.is_no("object"))?;
        let named = entries.iter();
        Ok(named
            .map(|(key, item)| {
                let path = format!("{}.{key}", object.path);
                (key.as_str(), self.child(path, item))
            })
            .collect())
    }

    /// Slots and their values.
    pub(crate) fn slots(&self, key: &str) -> Result<Vec<(U256, U256)>, VectorsError> {
        self.entries(key)?
            .into_iter()
            .map(|(slot, value)| {
                let slot = slot.parse().map_err(|_| value.is_no("value of a slot"))?;
                Ok((slot, value.as_u256()?))
            })
            .collect()
    }
}
