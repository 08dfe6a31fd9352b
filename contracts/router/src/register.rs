//! Registering a work: its parents, its payees, and what the parents are due for it.

use crate::income::{self, Way};
use crate::settings::Counters;
use crate::IRouter::{CreatorZero, UnknownKind, WorkRegistered};
use crate::{collection, consent, key, lock, parties, pay, payee, work};
use alloc::vec::Vec;
use alloy_sol_types::{SolError, SolEvent};
use logic::edge::{Edge, Edges};
use logic::head::Head;
use logic::payee::Payee;
use logic::work::{WorkEpoch, WorkId, WorkKind};
use shell::{host, log, storage, word, Address, Answer, List, Reader, Revert, Word, Writer};

/// `register`.
pub(crate) fn register(mut arguments: Reader) -> Answer {
    let creator = arguments.address()?;
    let kind = arguments.u8()?;
    let parents_as_sent = arguments.list(4)?;
    let payees_as_sent = arguments.list(3)?;
    lock::refuse_if_held()?;

    if creator.is_zero() {
        return Err(Revert::new(CreatorZero::SELECTOR, &[]));
    }
    if WorkKind::from_code(kind).is_none() {
        return Err(Revert::new(
            UnknownKind::SELECTOR,
            &[word::from_u64(kind.into())],
        ));
    }
    let (edges, keep) = parties::parents(parents_as_sent)?;
    let payees = parties::payees(payees_as_sent, keep)?;
    let before = Counters::load();
    if let Some(unknown) = edges.iter().find(|edge| edge.work.0 > before.works) {
        return Err(work::unknown(unknown.work.0));
    }

    let collection = host::sender();
    let fees = if edges.is_empty() {
        Vec::new()
    } else {
        lock::hold(|| {
            consent::consume(
                before.licensing,
                collection,
                creator,
                edges.len(),
                parents_as_sent.as_slice(),
            )
        })?
    };
    expect_fees(&fees)?;
    // Read again: nothing that was read before an outside call is written after it.
    let mut counters = Counters::load();
    let id = counters.works.wrapping_add(1); // 2⁶⁴ registrations fit in no chain
    let of_no_use = payee::of_no_use(id, counters.licensing, collection);
    parties::refuse(&of_no_use, creator, keep, &payees)?;
    counters.works = id;
    let head = Head {
        creator: *creator.0,
        collection: collection::number_or_new(collection, &mut counters)?,
        kind,
        parents: edges.len() as u8,
        stored_payees: payees.len() as u8,
        epoch: 0,
        keep,
    };
    counters.store();
    store(id, head, &edges, &payees);
    log_registered(id, &head, collection, parents_as_sent, payees_as_sent);
    for (edge, fee) in edges.iter().zip(fees) {
        if fee > 0 {
            let at = work::current(edge.work.0, &work::head(edge.work.0)?);
            let child = word::from_u64(id);
            income::credit(at, Address::ZERO, collection, fee, &child, Way::Fee)?;
        }
    }
    Ok(Writer::new(1).u64(id).done())
}

/// Refuses any other value than the sum of the fees.
fn expect_fees(fees: &[u128]) -> Result<(), Revert> {
    let mut sum = 0u128;
    for fee in fees {
        sum = sum.checked_add(*fee).ok_or_else(consent::malformed)?;
    }
    pay::expect_value(&word::from_u128(sum))
}

fn store(id: u64, head: Head, edges: &[Edge], payees: &[Payee]) {
    storage::store(&key::head(id), &head.to_word());
    let at = WorkEpoch {
        work: WorkId(id),
        epoch: head.epoch,
    };
    for (index, packed) in (0..).zip(Edges::pack(edges.iter().copied()).words()) {
        storage::store(&key::edges(at, index), packed);
    }
    for (index, payee) in (0..).zip(payees) {
        storage::store(&key::payee(id, index), &payee.to_word());
    }
}

fn log_registered(id: u64, head: &Head, collection: Address, parents: List, payees: List) {
    const HEAD: usize = 96;
    let parents_size = parents.as_slice().len().saturating_add(32);
    let topics: [Word; 4] = [
        *WorkRegistered::SIGNATURE_HASH,
        word::from_u64(id),
        word::from_address(collection),
        word::from_address(head.creator.into()),
    ];
    log::emit(
        &topics,
        Writer::new(5)
            .u64(head.kind.into())
            .size(HEAD)
            .size(HEAD.saturating_add(parents_size))
            .size(parents.len())
            .raw(parents.as_slice())
            .size(payees.len())
            .raw(payees.as_slice())
            .as_slice(),
    );
}
