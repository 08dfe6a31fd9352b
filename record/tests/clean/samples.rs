//! Every sample that is checked in.

use super::common::inspected;
use super::{cleaned, copy};
use record::clean::Uncleanable;
use std::fs;
use std::path::{Path, PathBuf};

/// Every sample, by its folder and name.
pub(crate) fn samples() -> Vec<(String, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut all = Vec::new();
    for folder in ["works", "cases", "pictures", "media"] {
        let files = fs::read_dir(fixtures.join(folder)).expect("a folder");
        let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        for path in paths {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            all.push((format!("{folder}/{name}"), fs::read(path).expect("a file")));
        }
    }
    all
}

#[test]
fn nothing_is_told_by_the_clean_copy_of_any_sample() {
    for (name, bytes) in samples() {
        match cleaned(&bytes) {
            Ok((_, gone)) => {
                let before = inspected(&name, &bytes, &[]);
                let mut places: Vec<_> = before.discloses.into_iter().map(|it| it.place).collect();
                places.dedup();
                places.truncate(gone.removed.len());
                assert_eq!(gone.removed[..places.len()], places, "{name}");
                let after = inspected(&name, &copy(&bytes), &[]);
                assert_eq!(after.media_type, before.media_type, "{name}");
                assert_eq!(after.discloses, [], "{name}");
                assert_eq!(after.unreadable, [], "{name}");
                assert!(after.steps.is_empty(), "{name}");
            }
            Err(Uncleanable::Kind(why)) => println!("{name}: {why}"),
            Err(error) => panic!("{name}: {error}"),
        }
    }
}
