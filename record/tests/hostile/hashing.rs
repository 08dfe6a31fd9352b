//! Files as long as models are.

use crate::{ALLOCATED, alone};
use record::cid::{BLOCK, Hasher};

/// Most bytes that hashing may take beside the piece at hand: what waits for its parents in the tree of a file of 4 GiB.
const FLAT: usize = 512 << 10;

#[test]
fn hashing_takes_the_same_memory_however_long_the_file_is() {
    let _alone = alone();
    let piece = vec![0x5a; BLOCK];
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let mut hasher = Hasher::default();
    for _ in 0..96 {
        hasher.update(&piece);
    }
    hasher.finish();
    assert!(ALLOCATED.peak_usage() - before < FLAT);
}
