//! The arguments of a method: by place, as many as the method knows, the last ones optional.

use crate::error::Error;
use serde_json::Value;

/// One argument, read from JSON.
pub trait Argument: Sized {
    /// What stands for an argument that was left out; none if it must be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Reads what was given.
    ///
    /// # Errors
    /// The words that say what is wrong with it.
    fn read(value: Value) -> Result<Self, String>;
}

impl<A: Argument> Argument for Option<A> {
    fn absent() -> Option<Self> {
        Some(None)
    }

    fn read(value: Value) -> Result<Self, String> {
        if value.is_null() {
            return Ok(None);
        }
        A::read(value).map(Some)
    }
}

impl Argument for bool {
    fn read(value: Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| kind(&value, "bool"))
    }
}

impl Argument for String {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(kind(&other, "string")),
        }
    }
}

impl Argument for f64 {
    fn read(value: Value) -> Result<Self, String> {
        value.as_f64().ok_or_else(|| kind(&value, "float64"))
    }
}

impl Argument for Value {
    fn read(value: Value) -> Result<Self, String> {
        Ok(value)
    }
}

impl<A: Argument> Argument for Vec<A> {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::Array(values) => values.into_iter().map(A::read).collect(),
            other => Err(kind(&other, "array")),
        }
    }
}

/// Says that a value is of another kind than the one wanted.
#[must_use]
pub fn kind(value: &Value, wanted: &str) -> String {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    format!("json: cannot unmarshal {found} into a value of type {wanted}")
}

/// All arguments of a method.
pub trait Arguments: Sized {
    /// Reads them.
    ///
    /// # Errors
    /// The [`Error`] that go-ethereum gives for one too many, one too few, and one that is wrong.
    fn read(params: Value) -> Result<Self, Error>;
}

/// The arguments as a list with no more than so many.
fn list(params: Value, most: usize) -> Result<std::vec::IntoIter<Value>, Error> {
    let given = match params {
        Value::Null => Vec::new(),
        Value::Array(values) => values,
        _ => return Err(Error::arguments("non-array args")),
    };
    if given.len() > most {
        let message = format!("too many arguments, want at most {most}");
        return Err(Error::arguments(message));
    }
    Ok(given.into_iter())
}

/// The argument at a place.
fn at<A: Argument>(given: &mut std::vec::IntoIter<Value>, place: usize) -> Result<A, Error> {
    let missing = || Error::arguments(format!("missing value for required argument {place}"));
    match given.next() {
        Some(value) => A::read(value).map_err(|why| Error::argument(place, why)),
        None => A::absent().ok_or_else(missing),
    }
}

macro_rules! arguments {
    ($most:literal: $($name:ident $place:literal),*) => {
        impl<$($name: Argument),*> Arguments for ($($name,)*) {
            fn read(params: Value) -> Result<Self, Error> {
                #[allow(unused_mut, unused_variables)]
                let mut given = list(params, $most)?;
                Ok(($(at::<$name>(&mut given, $place)?,)*))
            }
        }
    };
}

arguments!(0:);
arguments!(1: A 0);
arguments!(2: A 0, B 1);
arguments!(3: A 0, B 1, C 2);
arguments!(4: A 0, B 1, C 2, D 3);
