//! The store in memory.

use crate::copies::{acts, same_as_full_copies};
use proptest::prelude::*;
use stylus_chain::Config;
use stylus_chain::store::{Memory, Store};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn store_in_memory_is_as_full_copies_are(acts in acts()) {
        // all that was committed makes the same store once more
        let again = |store: Memory| {
            let mut again = Memory::default();
            let commits: Vec<_> = store.commits().collect();
            for (writes, block) in commits {
                again.commit(writes, block);
            }
            again.restart(again.clone(), &Config::default()).expect("memory does not fail");
            again
        };
        same_as_full_copies(Memory::default(), acts, false, again)?;
    }
}
