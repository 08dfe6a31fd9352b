//! Reading, writing and comparing tests/snapshots/size.json.

use crate::measure::Size;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A size for each program's name.
pub(super) type Snapshot = BTreeMap<String, Size>;

fn file(root: &Path) -> PathBuf {
    root.join("tests/snapshots/size.json")
}

pub(super) fn read(root: &Path) -> Result<Snapshot> {
    let file = file(root);
    let text = fs::read(&file)
        .with_context(|| format!("{} cannot be read: run `cargo xtask size`", file.display()))?;
    serde_json::from_slice(&text)
        .with_context(|| format!("{}: run `cargo xtask size`", file.display()))
}

pub(super) fn write(root: &Path, sizes: &Snapshot) -> Result<()> {
    let file = file(root);
    fs::create_dir_all(root.join("tests/snapshots"))?;
    let text = serde_json::to_string_pretty(sizes)? + "\n";
    fs::write(&file, text).with_context(|| file.display().to_string())
}

/// A line for each figure of the snapshot that is not what was measured.
pub(super) fn differences(snapshot: &Snapshot, measured: &Snapshot) -> Vec<String> {
    let names: BTreeSet<&String> = snapshot.keys().chain(measured.keys()).collect();
    let mut lines = Vec::new();
    for name in names {
        match (snapshot.get(name), measured.get(name)) {
            (Some(_), None) => lines.push(format!("{name}: in size.json, but no program")),
            (None, Some(_)) => lines.push(format!("{name}: not in size.json")),
            (Some(was), Some(is)) => lines.extend(changed_fields(name, was, is)),
            (None, None) => {}
        }
    }
    lines
}

fn changed_fields(name: &str, was: &Size, is: &Size) -> Vec<String> {
    let (was, is) = (fields(was), fields(is));
    let pairs = was.iter().zip(&is).filter(|(was, is)| was != is);
    pairs
        .map(|((field, was), (_, is))| {
            format!("{name}.{field}: size.json has {was}, the program {is}")
        })
        .collect()
}

fn fields(size: &Size) -> Vec<(String, Value)> {
    match serde_json::to_value(size) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(raw: u64) -> Size {
        Size {
            raw,
            compressed: 100,
            headroom: 24_476,
            functions: 1,
            data_bytes: 0,
            pages: 1,
            entry_cached: 400,
            entry_uncached: 9_000,
            sha256: "ab".into(),
        }
    }

    fn snapshot(entries: &[(&str, u64)]) -> Snapshot {
        let sized = entries
            .iter()
            .map(|(name, raw)| ((*name).to_owned(), size(*raw)));
        sized.collect()
    }

    #[test]
    fn equal_snapshots_do_not_differ() {
        let one = snapshot(&[("router", 7)]);
        assert_eq!(differences(&one, &one), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_named_with_both_figures() {
        let old = snapshot(&[("gone", 1), ("router", 7)]);
        let new = snapshot(&[("added", 1), ("router", 8)]);
        assert_eq!(
            differences(&old, &new),
            [
                "added: not in size.json",
                "gone: in size.json, but no program",
                "router.raw: size.json has 7, the program 8"
            ]
        );
    }

    #[test]
    fn snapshot_read_back_is_the_one_written() {
        let root = tempfile::tempdir().unwrap();
        let written = snapshot(&[("registry", 3), ("router", 7)]);
        write(root.path(), &written).unwrap();
        assert_eq!(read(root.path()).unwrap(), written);
    }
}
