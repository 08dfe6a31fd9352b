use crate::{Address, Book, share};
use num_bigint::BigUint;
use std::collections::BTreeSet;

impl Book {
    /// Credits parents, the youngest work first, from `works` upwards, until a work comes for which the budget is too small:
    /// it pays for each work that had anything to settle and for each parent that this credits. Returns the works that still
    /// have something to settle, youngest first.
    pub fn settle_up(&mut self, works: &[u64], asset: Address, mut budget: usize) -> Vec<u64> {
        let mut ended = false;
        let mut waiting: BTreeSet<u64> = works.iter().copied().collect();
        let mut rest = Vec::new();
        while let Some(work) = waiting.pop_last() {
            if !self.is_open(work, asset) {
                continue;
            }
            let (before, now) = (
                self.settled_exact(work, asset),
                self.received_exact(work, asset),
            );
            let credited: Vec<u64> = (self.work(work).parents.iter())
                .filter(|parent| {
                    share::of_parent(&now, parent.share) > share::of_parent(&before, parent.share)
                })
                .map(|parent| parent.work)
                .collect();
            ended = ended || 1 + credited.len() > budget;
            if ended {
                rest.push(work);
                continue;
            }
            budget -= 1 + credited.len();
            waiting.extend(credited);
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
