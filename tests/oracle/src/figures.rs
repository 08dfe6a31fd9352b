use crate::{Address, Book, share};
use num_bigint::BigUint;

impl Book {
    /// What a work received in its lifetime: payments from outside, and its share of what each child has settled.
    #[must_use]
    pub fn received(&self, work: u64, asset: Address) -> u128 {
        in_128_bits(self.received_exact(work, asset))
    }

    /// How much of that its parents have been credited from.
    #[must_use]
    pub fn settled(&self, work: u64, asset: Address) -> u128 {
        in_128_bits(self.settled_exact(work, asset))
    }

    /// What a payee has claimed.
    #[must_use]
    pub fn claimed(&self, work: u64, asset: Address, payee: u8) -> u128 {
        in_128_bits(
            self.claimed
                .get(&(work, asset, payee))
                .cloned()
                .unwrap_or_default(),
        )
    }

    /// What a payee can claim now.
    #[must_use]
    pub fn claimable(&self, work: u64, asset: Address, payee: u8) -> u128 {
        let entitled = self.entitled(work, payee, &self.received_exact(work, asset));
        in_128_bits(entitled) - self.claimed(work, asset, payee)
    }

    /// What a payee will ever have been owed from the payments so far, once everything below is settled.
    #[must_use]
    pub fn owed(&self, work: u64, asset: Address, payee: u8) -> u128 {
        in_128_bits(self.entitled(work, payee, &self.lifetime(work, asset)))
    }

    /// What lies unswept at a work's inbox.
    #[must_use]
    pub fn in_inbox(&self, work: u64, asset: Address) -> u128 {
        in_128_bits(
            self.inboxes
                .get(&(work, asset))
                .cloned()
                .unwrap_or_default(),
        )
    }

    /// What left for an account.
    #[must_use]
    pub fn paid_out(&self, to: Address, asset: Address) -> u128 {
        in_128_bits(self.paid_out.get(&(to, asset)).cloned().unwrap_or_default())
    }

    /// What came in from outside, inboxes not counted.
    #[must_use]
    pub fn paid_in(&self, asset: Address) -> u128 {
        in_128_bits(
            (1..=self.count())
                .map(|work| self.paid_directly(work, asset))
                .sum(),
        )
    }

    /// What the router holds: all that came in less all that left.
    #[must_use]
    pub fn held(&self, asset: Address) -> u128 {
        let out: BigUint = self
            .paid_out
            .iter()
            .filter(|((_, paid), _)| *paid == asset)
            .map(|(_, sum)| sum)
            .sum();
        self.paid_in(asset) - in_128_bits(out)
    }

    /// What all payees together can claim now.
    #[must_use]
    pub fn claimable_by_all(&self, asset: Address) -> u128 {
        self.positions()
            .map(|(work, payee)| self.claimable(work, asset, payee))
            .sum()
    }

    /// Every payee of every work.
    pub fn positions(&self) -> impl Iterator<Item = (u64, u8)> + '_ {
        (1..=self.count()).flat_map(|work| {
            (0..)
                .zip(&self.work(work).payees)
                .map(move |(payee, _)| (work, payee))
        })
    }

    pub(crate) fn received_exact(&self, work: u64, asset: Address) -> BigUint {
        let credits = self.credits_of_children(work, |child| self.settled_exact(child, asset));
        as_far_as_it_fits(self.paid_directly(work, asset) + credits)
    }

    /// What a work will have received once everything below is settled.
    fn lifetime(&self, work: u64, asset: Address) -> BigUint {
        let credits = self.credits_of_children(work, |child| self.lifetime(child, asset));
        as_far_as_it_fits(self.paid_directly(work, asset) + credits)
    }

    fn credits_of_children(&self, work: u64, of: impl Fn(u64) -> BigUint) -> BigUint {
        let edges = (work + 1..=self.count()).flat_map(|child| {
            self.work(child)
                .parents
                .iter()
                .map(move |parent| (child, parent))
        });
        edges
            .filter(|(_, parent)| parent.work == work && parent.share > 0)
            .map(|(child, parent)| share::of_parent(&of(child), parent.share))
            .sum()
    }

    fn paid_directly(&self, work: u64, asset: Address) -> BigUint {
        self.payments
            .get(&(work, asset))
            .into_iter()
            .flatten()
            .sum()
    }

    fn entitled(&self, work: u64, payee: u8, received: &BigUint) -> BigUint {
        let of = self.work(work);
        share::of_payee(received, of.keep(), of.payees[usize::from(payee)].share)
    }
}

/// A ledger that is full takes no more.
fn as_far_as_it_fits(amount: BigUint) -> BigUint {
    amount.min(u128::MAX.into())
}

fn in_128_bits(amount: BigUint) -> u128 {
    u128::try_from(amount).expect("the router refuses what passes 128 bits")
}
