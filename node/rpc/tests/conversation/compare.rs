//! Comparing two answers in shape, code and words: hashes, ids and times differ from run to run.

use serde_json::Value;
use std::collections::BTreeMap;

/// What stands here for what the recorded node said: hashes and ids.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<String, String>);

/// Fields that differ from run to run.
const TIMES: [&str; 3] = ["timestamp", "blockTimestamp", "gasUsedRatio"];

fn is_name(text: &str) -> bool {
    matches!(text.len(), 34 | 66) && text.starts_with("0x")
}

impl Known {
    /// Remembers what stands for what.
    pub(crate) fn learn(&mut self, old: &Value, new: &Value) {
        match (old, new) {
            (Value::String(old), Value::String(new)) if is_name(old) && old.len() == new.len() => {
                self.0.insert(old.clone(), new.clone());
            }
            (Value::Object(old), Value::Object(new)) => {
                for (key, old) in old {
                    if let Some(new) = new.get(key) {
                        self.learn(old, new);
                    }
                }
            }
            (Value::Array(old), Value::Array(new)) => {
                old.iter()
                    .zip(new)
                    .for_each(|(old, new)| self.learn(old, new));
            }
            _ => {}
        }
    }

    /// Remembers what stands for a name of any length.
    pub(crate) fn learn_name(&mut self, old: &Value, new: &Value) {
        if let (Some(old), Some(new)) = (old.as_str(), new.as_str()) {
            self.0.insert(old.to_owned(), new.to_owned());
        }
    }

    /// What was asked there, as it is asked here.
    pub(crate) fn mapped(&self, asked: &Value) -> Value {
        match asked {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(values) => values.iter().map(|value| self.mapped(value)).collect(),
            Value::Object(fields) => {
                let fields = fields.iter();
                Value::Object(
                    fields
                        .map(|(key, value)| (self.text(key), self.mapped(value)))
                        .collect(),
                )
            }
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let mut text = text.to_owned();
        if text.len() > 66 {
            for (old, new) in self.0.iter().filter(|(old, _)| old.len() == 66) {
                text = text.replace(&old[2..], &new[2..]);
            }
        }
        text
    }

    /// Where two answers differ.
    pub(crate) fn differences(&self, old: &Value, new: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.compare(old, new, "", "", &mut found);
        found
    }

    fn compare(&self, old: &Value, new: &Value, path: &str, key: &str, found: &mut Vec<String>) {
        if TIMES.contains(&key) {
            return;
        }
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => {
                for (key, old) in old {
                    let path = format!("{path}.{key}");
                    match new.get(key) {
                        Some(new) => self.compare(old, new, &path, key, found),
                        None => found.push(format!("{path} is missing")),
                    }
                }
                let more = new.keys().filter(|key| !old.contains_key(*key));
                found.extend(more.map(|key| format!("{path}.{key} is one more")));
            }
            (Value::Array(old), Value::Array(new)) => {
                if old.len() != new.len() {
                    found.push(format!(
                        "{path} has {} entries, not {}",
                        new.len(),
                        old.len()
                    ));
                }
                for (at, (old, new)) in old.iter().zip(new).enumerate() {
                    self.compare(old, new, &format!("{path}[{at}]"), key, found);
                }
            }
            (Value::String(old), Value::String(new))
                if key == "message" && words(old) == words(new) => {}
            (Value::String(text), Value::String(other)) => {
                let stands = self.0.get(text) == Some(other);
                // long bytes may hold a time or a hash
                let is_long = key != "message" && text.len() > 130 && text.len() == other.len();
                if text != other && !stands && !is_long {
                    found.push(format!("{path} is {other}, not {text}"));
                }
            }
            (old, new) if old != new => found.push(format!("{path} is {new}, not {old}")),
            _ => {}
        }
    }
}

/// Words with their numbers taken out.
fn words(text: &str) -> String {
    let mut words = String::new();
    for part in text.split_inclusive([' ', ',', '(', ')', ':']) {
        match part.contains(|letter: char| letter.is_ascii_digit()) {
            true => words.push('#'),
            false => words.push_str(part),
        }
    }
    words
}
