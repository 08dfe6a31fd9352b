//! Reads. Every one but `workOf` and `extsload` refuses a work that does not exist.

use crate::position::{Claimant, Position};
use crate::settle::{edges, read_work_epoch};
use crate::{claim, collection, inbox, payee, work};
use alloc::vec::Vec;
use logic::head::Head;
use shell::{storage, word, Address, Answer, Reader, Revert, Writer};

fn read_head(arguments: &mut Reader) -> Result<(u64, Head), Revert> {
    let id = arguments.u64()?;
    Ok((id, work::head(id)?))
}

/// `work`.
pub(crate) fn work(mut arguments: Reader) -> Answer {
    let (id, head) = read_head(&mut arguments)?;
    Ok(Writer::new(8)
        .address(head.creator.into())
        .address(collection::address(head.collection))
        .u64(id)
        .u64(head.kind.into())
        .u64(head.keep.get().into())
        .u64(head.epoch.into())
        .u64(head.parents.into())
        .u64(head.payees().into())
        .done())
}

/// `creatorOf`.
pub(crate) fn creator_of(mut arguments: Reader) -> Answer {
    let (_, head) = read_head(&mut arguments)?;
    Ok(Writer::new(1).address(head.creator.into()).done())
}

/// `workOf`: a collection's token is the work of the same id, if that work is the collection's.
pub(crate) fn work_of(mut arguments: Reader) -> Answer {
    let owner = arguments.address()?;
    let token = word::to_u64(arguments.word()?);
    let number = collection::number(owner);
    let id = token
        .filter(|id| number != 0 && work::head(*id).is_ok_and(|head| head.collection == number))
        .unwrap_or(0);
    Ok(Writer::new(1).u64(id).done())
}

/// `parents`.
pub(crate) fn parents(mut arguments: Reader) -> Answer {
    let (id, head) = read_head(&mut arguments)?;
    let edges = edges(work::current(id, &head), head.parents)?;
    let mut writer = Writer::new(2).size(32).size(head.parents.into());
    for edge in edges.iter() {
        writer = writer
            .u64(edge.work.0)
            .u64(edge.share.get().into())
            .boolean(edge.carry)
            .boolean(edge.inherited);
    }
    Ok(writer.done())
}

/// `payees`.
pub(crate) fn payees(mut arguments: Reader) -> Answer {
    let (id, head) = read_head(&mut arguments)?;
    let count = head.payees();
    let mut writer = Writer::new(2).size(32).size(count.into());
    for index in 0..count {
        let payee = payee::load(id, &head, index)?;
        writer = writer
            .address(payee::account(id, &head, &payee))
            .u64(payee.share.get().into())
            .u64(payee.role.into());
    }
    Ok(writer.done())
}

/// `inbox`.
pub(crate) fn inbox(mut arguments: Reader) -> Answer {
    let (id, _) = read_head(&mut arguments)?;
    Ok(Writer::new(1).address(inbox::address(id)).done())
}

/// `ledger`.
pub(crate) fn ledger(mut arguments: Reader) -> Answer {
    let at = read_work_epoch(&mut arguments)?;
    let asset = arguments.address()?;
    work::head_at(at)?;
    let ledger = crate::ledger::load(at, asset);
    Ok(Writer::new(2)
        .u128(ledger.received)
        .u128(ledger.settled)
        .done())
}

fn read_position(arguments: &mut Reader) -> Result<(Position, Claimant, Address), Revert> {
    let (position, asset) = claim::read(arguments)?;
    Ok((position, position.load()?, asset))
}

/// `claimed`.
pub(crate) fn claimed(mut arguments: Reader) -> Answer {
    let (position, claimant, asset) = read_position(&mut arguments)?;
    let claimed = claimant.claims(asset).get(position.payee);
    Ok(Writer::new(1).u128(claimed).done())
}

/// `claimable`.
pub(crate) fn claimable(mut arguments: Reader) -> Answer {
    let (position, claimant, asset) = read_position(&mut arguments)?;
    let claimed = claimant.claims(asset).get(position.payee);
    Ok(Writer::new(1).u128(claimant.due(asset, claimed)).done())
}

/// `extsload`.
pub(crate) fn extsload(mut arguments: Reader) -> Answer {
    let slots = arguments.list(1)?;
    let words: Vec<_> = slots
        .map(|mut slot| slot.word().map(storage::load))
        .collect::<Result<_, _>>()?;
    Ok(Writer::new(2)
        .size(32)
        .size(words.len())
        .raw(words.as_flattened())
        .done())
}
