use crate::{Address, Book, share};
use num_bigint::BigUint;
use std::collections::BTreeSet;

impl Book {
    /// Credits parents, the youngest work first, from `works` upwards; stops after `budget` works that had anything to
    /// settle. Answers those that still have, youngest first.
    pub fn settle_up(&mut self, works: &[u64], asset: Address, mut budget: usize) -> Vec<u64> {
        let mut waiting: BTreeSet<u64> = works.iter().copied().collect();
        let mut rest = Vec::new();
        while let Some(work) = waiting.pop_last() {
            if !self.is_open(work, asset) {
                continue;
            }
            if budget == 0 {
                rest.push(work);
                continue;
            }
            budget -= 1;
            let (before, now) = (
                self.settled_exact(work, asset),
                self.received_exact(work, asset),
            );
            for parent in &self.work(work).parents {
                if share::of_parent(&now, parent.share) > share::of_parent(&before, parent.share) {
                    waiting.insert(parent.work);
                }
            }
            self.settled.insert((work, asset), now);
        }
        rest
    }

    /// Settles until nothing is left to settle.
    pub fn settle_all(&mut self, asset: Address) {
        let all: Vec<u64> = (1..=self.count()).collect();
        let rest = self.settle_up(&all, asset, usize::MAX);
        assert!(rest.is_empty(), "a budget without end ended");
    }

    /// Whether some of what a work received has not been counted for its earning parents.
    #[must_use]
    pub fn is_open(&self, work: u64, asset: Address) -> bool {
        self.work(work).has_earning_parents()
            && self.received_exact(work, asset) > self.settled_exact(work, asset)
    }

    pub(crate) fn settled_exact(&self, work: u64, asset: Address) -> BigUint {
        self.settled
            .get(&(work, asset))
            .cloned()
            .unwrap_or_default()
    }
}
