//! Arguments as serde reads them.

use super::arguments::{Argument, kind};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An argument that serde knows how to read.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> Argument for Json<T> {
    fn read(value: Value) -> Result<Self, String> {
        let read = serde_json::from_value(value).map(Self);
        read.map_err(|error| error.to_string())
    }
}

/// Settings, of which any may be left out or be nothing: Go's JSON leaves the default there too.
pub(super) struct Settings<T>(pub(super) T);

impl<T: DeserializeOwned> Argument for Settings<T> {
    fn read(mut value: Value) -> Result<Self, String> {
        if let Value::Object(members) = &mut value {
            members.retain(|_, member| !member.is_null());
        }
        Json::read(value).map(|Json(settings)| Self(settings))
    }
}

/// A number, however it is written: tools send JSON's numbers, hex and decimal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number(pub(super) u64);

impl Argument for Number {
    fn read(value: Value) -> Result<Self, String> {
        let read = match &value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => match text.strip_prefix("0x") {
                Some("") => Some(0),
                Some(hex) => u64::from_str_radix(hex, 16).ok(),
                None => text.parse().ok(),
            },
            _ => None,
        };
        read.map(Self).ok_or_else(|| kind(&value, "uint64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_read_as_tools_write_them() {
        for written in [json!(18), json!("0x12"), json!("18"), json!("0x0012")] {
            assert_eq!(Number::read(written), Ok(Number(18)));
        }
        let refused = Number::read(json!(-1));
        assert_eq!(
            refused,
            Err("json: cannot unmarshal number into a value of type uint64".to_owned())
        );
    }
}
