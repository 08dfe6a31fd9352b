use super::stage::Stage;
use crate::calls::reserve;
use crate::layout::key;
use alloy_primitives::{Address, U256};
use lineage_tests::abi::IRouter;

impl Stage {
    /// Every ledger and every claim, by slot, and that the router holds exactly what it should and enough for everyone.
    pub(crate) fn compare(&self) {
        for asset in self.assets {
            let of = asset.into_array();
            for work in 1..=self.book.count() {
                let expected = halves(self.book.received(work, of), self.book.settled(work, of));
                assert_eq!(
                    self.slot(4, 0, work, asset),
                    expected,
                    "ledger of {work} in {asset}"
                );
                let payees = self.book.work(work).payees.len() as u8;
                for pair in 0..payees.div_ceil(2) {
                    let claimed = |payee| {
                        if payee < payees {
                            self.book.claimed(work, of, payee)
                        } else {
                            0
                        }
                    };
                    let expected = halves(claimed(2 * pair), claimed(2 * pair + 1));
                    assert_eq!(
                        self.slot(5, pair, work, asset),
                        expected,
                        "claims on {work} in {asset}"
                    );
                }
            }
            let held = self.world.balance(self.world.router, asset);
            assert_eq!(
                held,
                self.book.held(of),
                "what came in less what left, in {asset}"
            );
            assert!(held >= self.book.claimable_by_all(of), "solvent in {asset}");
        }
    }

    /// The same by views, and that settled to the end and claimed by all, only dust is left.
    pub(crate) fn compare_by_views(&mut self) {
        let works: Vec<u64> = (1..=self.book.count()).collect();
        for (work, payee) in std::mem::take(&mut self.reserved) {
            let account = self.book.work(work).payees[usize::from(payee)].account;
            let open = reserve(work, payee, false);
            self.world
                .act(account.into(), self.world.router, open)
                .done();
        }
        for asset in self.assets {
            let of = asset.into_array();
            self.world.settle(&works, asset);
            self.book.settle_all(of);
            for (work, payee) in self.book.positions().collect::<Vec<_>>() {
                let claimable = self.world.claimable(work, asset, payee);
                assert_eq!(claimable, self.book.claimable(work, of, payee));
                let call = IRouter::claimedCall {
                    id: work,
                    epoch: 0,
                    asset,
                    payee,
                };
                let claimed = self.world.view(self.world.router, call);
                assert_eq!(claimed, self.book.claimed(work, of, payee));
                assert_eq!(claimed + claimable, self.book.owed(work, of, payee));
                assert_eq!(
                    self.world.claim(work, asset, payee),
                    self.book.claim(work, of, payee)
                );
            }
            self.compare();
            let parties = |work: &u64| {
                let work = self.book.work(*work);
                work.parents.len() + work.payees.len()
            };
            let dust: usize = works
                .iter()
                .map(|work| parties(work).saturating_sub(1))
                .sum();
            assert!(self.book.held(of) <= dust as u128, "dust in {asset}");
        }
    }

    /// A slot of epoch 0: what, index, work, address.
    fn slot(&self, what: u8, index: u8, work: u64, of: Address) -> U256 {
        let slot = key(what, index, 0, work, of);
        self.world.chain.storage(self.world.router, slot)
    }
}

fn halves(low: u128, high: u128) -> U256 {
    (U256::from(high) << 128) | U256::from(low)
}
