//! Whether the parents of a new work admit it.

use crate::entry::Entry;
use crate::ILicensing::{
    ChildrenExhausted, CoverNotOffered, OfferExpired, ParentClosed, ShareTooSmall, StaleTerms,
};
use alloy_sol_types::SolError;
use logic::terms::{Derivation, Refusal};
use shell::word::from_u64;
use shell::{host, Answer, Reader, Revert, Writer};

/// Words of a `Parent`.
const PARENT: usize = 4;

/// Checks the child against every parent's terms, a slot each and a second where children are counted, and returns a fee
/// for each: none yet.
///
/// The name space is the caller's, so whoever calls can only ask about works of its own. It makes no outside call: the
/// router can hold its lock around it and load nothing anew.
pub(crate) fn consume(mut arguments: Reader) -> Answer {
    // Collection and creator tell rights apart, of which there are none yet.
    arguments.address()?;
    arguments.address()?;
    let parents = arguments.list(PARENT)?;
    let router = host::sender();
    let now = host::timestamp();
    let words = parents.len().wrapping_add(2); // the parents are in calldata, so their count is far below usize
    let mut fees = Writer::new(words).u64(32).size(parents.len());
    for mut parent in parents {
        let work = parent.u64()?;
        let child = Derivation {
            share: parent.u16()?,
            version: parent.u32()?,
            cover: parent.u8()?,
        };
        admit(&Entry { router, work }, child, now).map_err(|refusal| revert(work, refusal))?;
        fees = fees.u64(0);
    }
    Ok(fees.done())
}

/// Admits a child, and counts it where the parent's terms limit how many.
fn admit(parent: &Entry, child: Derivation, now: u64) -> Result<(), Refusal> {
    let terms = parent.terms();
    terms.admit(child, now)?;
    if terms.limited {
        parent.set_children(parent.children().admit(terms.version)?);
    }
    Ok(())
}

fn revert(work: u64, refusal: Refusal) -> Revert {
    let work = from_u64(work);
    match refusal {
        Refusal::CoverNotOffered { got } => {
            Revert::new(CoverNotOffered::SELECTOR, &[work, from_u64(got.into())])
        }
        Refusal::Closed => Revert::new(ParentClosed::SELECTOR, &[work]),
        Refusal::Stale { got, current } => Revert::new(
            StaleTerms::SELECTOR,
            &[work, from_u64(got.into()), from_u64(current.into())],
        ),
        Refusal::Expired { expiry } => {
            Revert::new(OfferExpired::SELECTOR, &[work, from_u64(expiry)])
        }
        Refusal::ShareTooSmall { got, min } => Revert::new(
            ShareTooSmall::SELECTOR,
            &[work, from_u64(got.into()), from_u64(min.into())],
        ),
        Refusal::Exhausted { max } => {
            Revert::new(ChildrenExhausted::SELECTOR, &[work, from_u64(max.into())])
        }
    }
}
