//! Basis points.

/// A share in basis points, never above 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bps(u16);

impl Bps {
    /// All of it: 10,000.
    pub const WHOLE: Self = Self(10_000);
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A share of `bps` basis points; `None` above 10,000.
    #[must_use]
    pub const fn new(bps: u16) -> Option<Self> {
        if bps <= Self::WHOLE.0 {
            Some(Self(bps))
        } else {
            None
        }
    }

    /// The share in basis points.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// What is left of the whole beside this share.
    #[must_use]
    pub const fn rest(self) -> Self {
        // No share is above the whole, so nothing wraps.
        Self(Self::WHOLE.0.wrapping_sub(self.0))
    }
}
