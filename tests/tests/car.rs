//! The archives that we write are what IPFS's tools take.

use lineage_tests::root::root;
use record::cid::{Hasher, car};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

/// What ipfs-car makes of an archive, each block's hash verified.
fn unpacked(archive: &Path) -> Vec<u8> {
    let into = archive.with_extension("file");
    let ran = Command::new("node")
        .arg(root().join("target/npm/node_modules/ipfs-car/bin.js"))
        .arg("unpack")
        .arg(archive)
        .arg("--output")
        .arg(&into)
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    fs::read(into).expect("a file")
}

#[test]
fn archive_is_unpacked_by_ipfs_car_to_the_same_file() {
    let folder = root().join("target/tmp/car");
    fs::create_dir_all(&folder).expect("a folder");
    for length in [0, 5, 1 << 20, (1 << 20) + 1, 3_500_000] {
        let bytes: Vec<u8> = (0..length).map(|at: u32| (at % 251) as u8).collect();
        let path = folder.join(format!("{length}.car"));
        let mut archive = fs::File::create(&path).expect("a file");
        let root = car::write(&mut Cursor::new(&bytes), &mut archive).expect("written");
        let mut hasher = Hasher::default();
        hasher.update(&bytes);
        assert_eq!(root, hasher.finish().cid);
        assert!(unpacked(&path) == bytes, "{length} bytes");
    }
}
