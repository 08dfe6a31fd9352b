use crate::Address;

/// An edge: the parent's number and its share in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Number of the parent.
    pub work: u64,
    /// Basis points of everything the child receives; 0 is attribution alone.
    pub share: u16,
}

/// A receiver of what a work keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payee {
    /// Who is paid.
    pub account: Address,
    /// Basis points of what the work keeps.
    pub share: u16,
}

/// A work as registered. Who is paid for an index changes by handing over; nothing else does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The works it derives from.
    pub parents: Vec<Parent>,
    /// Who divides what it keeps.
    pub payees: Vec<Payee>,
}

impl Work {
    /// Basis points that go to no parent.
    #[must_use]
    pub fn keep(&self) -> u16 {
        10_000 - self.parents.iter().map(|parent| parent.share).sum::<u16>()
    }

    /// Whether any parent earns.
    #[must_use]
    pub fn has_earning_parents(&self) -> bool {
        self.parents.iter().any(|parent| parent.share > 0)
    }
}
