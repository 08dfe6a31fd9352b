use crate::{Address, Parent, Payee, Work};
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// Every work and every coin that moved. Works are numbered from 1 in the order they are registered.
///
/// It believes its caller: a number that names no work, or a child older than its parent, is a mistake in the test and
/// panics.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub(crate) works: Vec<Work>,
    /// What came from outside, payment by payment.
    pub(crate) payments: BTreeMap<(u64, Address), Vec<BigUint>>,
    /// How much of what a work received its parents have been credited from.
    pub(crate) settled: BTreeMap<(u64, Address), BigUint>,
    /// What left for each payee index.
    pub(crate) claimed: BTreeMap<(u64, Address, u8), BigUint>,
    /// What lies at a work's inbox and has not been swept.
    pub(crate) inboxes: BTreeMap<(u64, Address), BigUint>,
    /// What left for each account.
    pub(crate) paid_out: BTreeMap<(Address, Address), BigUint>,
}

impl Book {
    /// No work, no coin.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a work and answers its number.
    ///
    /// # Panics
    /// For a parent that is not there, or shares that do not add up; a work that keeps nothing has no payees.
    pub fn register(&mut self, parents: &[Parent], payees: &[Payee]) -> u64 {
        assert!(
            parents
                .iter()
                .all(|parent| (1..=self.count()).contains(&parent.work)),
            "unknown parent"
        );
        assert!(
            parents
                .iter()
                .map(|parent| u32::from(parent.share))
                .sum::<u32>()
                <= 10_000,
            "over 100%"
        );
        let work = Work {
            parents: parents.to_vec(),
            payees: payees.to_vec(),
        };
        let divided: u32 = payees.iter().map(|payee| u32::from(payee.share)).sum();
        let whole = if work.keep() == 0 { 0 } else { 10_000 };
        assert_eq!(divided, whole, "the payees do not divide what is kept");
        self.works.push(work);
        self.count()
    }

    /// How many works there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.works.len() as u64
    }

    /// The work with this number.
    ///
    /// # Panics
    /// For a number that names no work.
    #[must_use]
    pub fn work(&self, work: u64) -> &Work {
        &self.works[index(work)]
    }

    /// Money from outside.
    pub fn pay(&mut self, work: u64, asset: Address, amount: u128) {
        self.payments
            .entry((work, asset))
            .or_default()
            .push(amount.into());
    }

    /// Money to the inbox, which counts once it is swept.
    pub fn drop_in_inbox(&mut self, work: u64, asset: Address, amount: u128) {
        *self.inboxes.entry((work, asset)).or_default() += amount;
    }

    /// Takes in what lies at the inbox, at most `most` and what the work can still receive, and returns how much that was.
    pub fn sweep(&mut self, work: u64, asset: Address, most: u128) -> u128 {
        let held = self.inboxes.remove(&(work, asset)).unwrap_or_default();
        let room = BigUint::from(u128::MAX) - self.received_exact(work, asset);
        let taken = held.clone().min(most.into()).min(room);
        let left = held - &taken;
        if left > BigUint::ZERO {
            self.inboxes.insert((work, asset), left);
        }
        let amount = u128::try_from(taken).expect("room for 128 bits at most");
        if amount > 0 {
            self.pay(work, asset, amount);
        }
        amount
    }

    /// Pays a payee what it is due, to the payee itself, and answers how much that was.
    pub fn claim(&mut self, work: u64, asset: Address, payee: u8) -> u128 {
        let to = self.work(work).payees[usize::from(payee)].account;
        self.claim_to(work, asset, payee, to, u128::MAX)
    }

    /// Pays a payee's due to another account, at most `most` of it, and returns how much that was.
    pub fn claim_to(
        &mut self,
        work: u64,
        asset: Address,
        payee: u8,
        to: Address,
        most: u128,
    ) -> u128 {
        let amount = self.claimable(work, asset, payee).min(most);
        *self.claimed.entry((work, asset, payee)).or_default() += amount;
        *self.paid_out.entry((to, asset)).or_default() += amount;
        amount
    }

    /// Gives a payee index, with all it has not claimed, to another account.
    pub fn hand_over(&mut self, work: u64, payee: u8, to: Address) {
        self.works[index(work)].payees[usize::from(payee)].account = to;
    }
}

pub(crate) fn index(work: u64) -> usize {
    usize::try_from(work)
        .ok()
        .and_then(|number| number.checked_sub(1))
        .expect("works are numbered from 1")
}
