//! Writing and comparing tests/snapshots/gas.json and docs/gas.md.

use super::{Figure, page};
use crate::root::root;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::{fs, io};

fn files() -> [PathBuf; 2] {
    ["tests/snapshots/gas.json", "docs/gas.md"].map(|file| root().join(file))
}

fn texts(figures: &[Figure]) -> [String; 2] {
    let object = |figure: &Figure| {
        let costs = json!({ "cached": figure.cached.gas, "uncached": figure.uncached.gas });
        (figure.name.to_owned(), costs)
    };
    let object: Map<String, Value> = figures.iter().map(object).collect();
    let snapshot = serde_json::to_string_pretty(&object).expect("JSON");
    [snapshot + "\n", page::write(figures)]
}

/// Writes both files.
///
/// # Errors
/// When one cannot be written.
pub fn write(figures: &[Figure]) -> io::Result<()> {
    for (file, text) in files().into_iter().zip(texts(figures)) {
        fs::write(file, text)?;
    }
    Ok(())
}

/// A line for each line of the files that the figures would change.
#[must_use]
pub fn differences(figures: &[Figure]) -> Vec<String> {
    let mut lines = Vec::new();
    for (file, text) in files().into_iter().zip(texts(figures)) {
        let name = file.file_name().unwrap_or_default().display().to_string();
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let gone = kept
            .lines()
            .filter(|line| !text.lines().any(|new| new == *line));
        lines.extend(gone.map(|line| format!("{name}: - {line}")));
        let new = text
            .lines()
            .filter(|line| !kept.lines().any(|old| old == *line));
        lines.extend(new.map(|line| format!("{name}: + {line}")));
        if kept != text && lines.is_empty() {
            lines.push(format!("{name}: its lines stand in another order"));
        }
    }
    lines
}
