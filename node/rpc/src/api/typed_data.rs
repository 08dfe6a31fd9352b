//! Typed data (EIP-712) that is to be signed, looked at before it is read: types that each name two others write out to more than
//! anybody can wait for, and a deep one to more than a stack holds.

use super::arguments::Argument;
use alloy_dyn_abi::TypedData;
use serde_json::Value;
use std::borrow::Cow;

/// Members that all types together have at most, each written out to its end.
const MOST_MEMBERS: usize = 10_000;

/// Types within each other at most, and arrays of arrays.
const DEEPEST: usize = 64;

/// Typed data that can be read in a moment.
pub(super) struct Readable(pub(super) TypedData);

impl Argument for Readable {
    fn read(value: Value) -> Result<Self, String> {
        // clients send it as an object or as its text
        let value = match &value {
            Value::String(text) => {
                let read = serde_json::from_str(text);
                Cow::Owned(read.map_err(|error| error.to_string())?)
            }
            _ => Cow::Borrowed(&value),
        };
        if !is_readable(&value) {
            return Err(format!(
                "the types have more than {MOST_MEMBERS} members, or are more than {DEEPEST} deep"
            ));
        }
        let read = serde_json::from_value(value.into_owned());
        read.map(Self).map_err(|error| error.to_string())
    }
}

fn is_readable(data: &Value) -> bool {
    let Some(types) = data["types"].as_object() else {
        return true;
    };
    let members = |name: &str| types.get(name).and_then(Value::as_array);
    let name = |member: &Value| member["type"].as_str().unwrap_or_default().to_owned();
    let all = types.values().filter_map(Value::as_array).flatten();
    if all
        .into_iter()
        .any(|member| name(member).matches('[').count() > DEEPEST)
    {
        return false;
    }
    // a type that names itself is refused where it is read; here it ends by being too deep
    let mut left = MOST_MEMBERS;
    types.keys().all(|first| {
        let mut names = vec![(first.clone(), 0)];
        while let Some((of, depth)) = names.pop() {
            for member in members(&of).into_iter().flatten() {
                let whole = name(member);
                let bare = whole.split('[').next().unwrap_or_default();
                if left == 0 || depth == DEEPEST {
                    return false;
                }
                left -= 1;
                names.push((bare.to_owned(), depth + 1));
            }
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn data(types: Value) -> Value {
        json!({"types": types, "primaryType": "T0", "domain": {}, "message": {}})
    }

    fn chain(length: usize, members: usize) -> Value {
        let member =
            |at: usize, of: usize| json!({"name": format!("m{at}"), "type": format!("T{of}")});
        let types = (0..length).map(|of| {
            let all: Vec<_> = (0..members).map(|at| member(at, of + 1)).collect();
            (format!("T{of}"), json!(all))
        });
        let end = [
            (format!("T{length}"), json!([])),
            ("EIP712Domain".to_owned(), json!([])),
        ];
        Value::Object(types.chain(end).collect::<Map<_, _>>())
    }

    #[test]
    fn types_that_nobody_can_wait_for_are_refused() {
        assert!(Readable::read(data(chain(60, 1))).is_ok());
        assert!(Readable::read(data(chain(10, 2))).is_ok());
        for types in [
            chain(100_000, 1),
            chain(200, 2),
            json!({"T0": [{"name": "a", "type": format!("uint8{}", "[]".repeat(100_000))}]}),
            json!({"T0": [{"name": "a", "type": "T0"}]}),
        ] {
            let refused = Readable::read(data(types)).err().expect("refused");
            assert!(refused.starts_with("the types have more than"), "{refused}");
        }
        let text = Value::String(data(chain(200, 2)).to_string());
        assert!(Readable::read(text).is_err());
    }
}
