//! A step of a record or a file, as people are shown it.

use crate::report::{plain, shortened};
use logic::step::StepKind;
use serde_json::{Map, Value};

/// One line: `step 2      model: reeds (hash c0d1994c73)`. The number counts from zero, as the chain does.
#[must_use]
pub(crate) fn line(
    number: usize,
    kind: StepKind,
    content: &str,
    meta: &Map<String, Value>,
) -> String {
    let particular = |key: &str| meta.get(key).and_then(Value::as_str);
    let name = plain(particular("role").unwrap_or(kind.name()));
    let number = format!("step {number}");
    let mut line = format!("{number:<11} {name}: {}", shortened(content));
    if let Some(hash) = particular("hash") {
        line.push_str(&format!(" (hash {})", plain(hash)));
    }
    line
}
