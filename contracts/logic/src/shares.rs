//! Who may be named, and for how much, when a work is registered.
//!
//! The errors are the router's (`IRouter.sol`), one for one.

use crate::{bps::Bps, work::WorkId};

/// The most parents a work may have.
pub const MAX_PARENTS: usize = 16;
/// The most payees a work may have.
pub const MAX_PAYEES: usize = 8;

/// Why a list of parents is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParentsError {
    /// `TooManyParents`: more than [`MAX_PARENTS`].
    TooMany {
        /// Parents named.
        got: usize,
        /// Parents allowed.
        max: usize,
    },
    /// `ParentsNotAscending`: a parent does not come after the one before it; id 0 comes after nothing.
    NotAscending {
        /// The parent before, 0 for the first.
        previous: WorkId,
        /// The parent out of place.
        work: WorkId,
    },
    /// `SharesTooLarge`: together more than the whole.
    SharesTooLarge {
        /// The sum, in basis points.
        got: u32,
        /// The whole, in basis points.
        max: u16,
    },
}

/// Checks a list of parents and answers what the work keeps for its own payees.
///
/// Ids ascend strictly, so none is named twice and the last is the greatest: the caller need only compare that one with
/// the number of works. A share of zero is legal and means attribution alone; so is a sum of 10,000, which keeps nothing.
///
/// # Errors
/// The first rule broken, in the order count, ids, sum.
pub fn keep_after(
    parents: impl ExactSizeIterator<Item = (WorkId, u16)>,
) -> Result<Bps, ParentsError> {
    if parents.len() > MAX_PARENTS {
        return Err(ParentsError::TooMany {
            got: parents.len(),
            max: MAX_PARENTS,
        });
    }
    let mut previous = WorkId(0);
    let mut sum = 0u32;
    for (work, share) in parents {
        if work <= previous {
            return Err(ParentsError::NotAscending { previous, work });
        }
        previous = work;
        // At most 16 shares of 16 bits.
        sum = sum.wrapping_add(share.into());
    }
    u16::try_from(sum)
        .ok()
        .and_then(Bps::new)
        .map(Bps::rest)
        .ok_or(ParentsError::SharesTooLarge {
            got: sum,
            max: Bps::WHOLE.get(),
        })
}

/// Why a list of payees is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayeesError {
    /// `TooManyPayees`: more than [`MAX_PAYEES`], or any at all where the work keeps nothing.
    TooMany {
        /// Payees named.
        got: usize,
        /// Payees allowed.
        max: usize,
    },
    /// `PayeeShareZero`: a payee with nothing.
    ShareZero {
        /// Its place in the list.
        index: usize,
    },
    /// `PayeeSharesMismatch`: together not the whole.
    SharesMismatch {
        /// The sum, in basis points.
        got: u32,
        /// The whole, in basis points.
        expected: u16,
    },
}

/// Checks the shares of a work's payees in what it keeps.
///
/// An empty list means the creator alone; where the work keeps nothing it is the only list allowed.
///
/// # Errors
/// The first rule broken, in the order count, zero share, sum.
pub fn check_payees(
    keep: Bps,
    shares: impl ExactSizeIterator<Item = u16>,
) -> Result<(), PayeesError> {
    let (got, max) = (shares.len(), if keep == Bps::ZERO { 0 } else { MAX_PAYEES });
    if got > max {
        return Err(PayeesError::TooMany { got, max });
    }
    if got == 0 {
        return Ok(());
    }
    let mut sum = 0u32;
    for (index, share) in shares.enumerate() {
        if share == 0 {
            return Err(PayeesError::ShareZero { index });
        }
        // At most 8 shares of 16 bits.
        sum = sum.wrapping_add(share.into());
    }
    let expected = Bps::WHOLE.get();
    if sum == u32::from(expected) {
        Ok(())
    } else {
        Err(PayeesError::SharesMismatch { got: sum, expected })
    }
}
