//! Carrying income up the graph: `logic`'s driver over the ledgers in storage.

use crate::IRouter::{Settled, SettlementPaused};
use crate::{key, ledger, lock, work};
use alloc::vec::Vec;
use alloy_sol_types::SolEvent;
use logic::bps::Bps;
use logic::edge::Edges;
use logic::ledger::Ledger;
use logic::settle_up::{self, Ledgers};
use logic::work::{WorkEpoch, WorkId};
use shell::{log, storage, word, Address, Answer, Malformed, Reader, Revert, Writer};

/// Reads a `WorkEpoch`.
pub(crate) fn read_work_epoch(arguments: &mut Reader) -> Result<WorkEpoch, Malformed> {
    Ok(WorkEpoch {
        work: WorkId(arguments.u64()?),
        epoch: arguments.u16()?,
    })
}

/// `settleUp`.
pub(crate) fn settle_up(mut arguments: Reader) -> Answer {
    let works = arguments
        .list(2)?
        .map(|mut element| read_work_epoch(&mut element))
        .collect::<Result<Vec<_>, _>>()?;
    let asset = arguments.address()?;
    let budget = word::to_u64(arguments.word()?)
        .and_then(|budget| u32::try_from(budget).ok())
        .unwrap_or(u32::MAX); // more ledgers than gas can pay for
    lock::refuse_if_held()?;
    let rest = settle_up::settle_up(&mut InStorage { asset }, works, budget)?;
    let list = encode(&rest);
    if !rest.is_empty() {
        log::emit(
            &[*SettlementPaused::SIGNATURE_HASH, word::from_address(asset)],
            &list,
        );
    }
    Ok(list)
}

fn encode(works: &[WorkEpoch]) -> Vec<u8> {
    let mut writer = Writer::new(works.len().saturating_mul(2).saturating_add(2))
        .size(32)
        .size(works.len());
    for at in works {
        writer = writer.u64(at.work.0).u64(at.epoch.into());
    }
    writer.done()
}

/// The edges frozen for an epoch.
pub(crate) fn edges(at: WorkEpoch, count: u8) -> Result<Edges, Revert> {
    Edges::load(count, |index| Ok(storage::load(&key::edges(at, index))))
}

/// The ledgers of one asset.
struct InStorage {
    asset: Address,
}

impl Ledgers for InStorage {
    type Error = Revert;

    fn load(&mut self, at: WorkEpoch) -> Result<(Ledger, u8), Revert> {
        let head = work::head_at(at)?;
        let earning = if head.keep == Bps::WHOLE {
            0 // attribution alone earns nothing
        } else {
            head.parents
        };
        Ok((ledger::load(at, self.asset), earning))
    }

    fn store(&mut self, at: WorkEpoch, ledger: Ledger) -> Result<(), Revert> {
        ledger::store(at, self.asset, ledger);
        Ok(())
    }

    fn edges(&mut self, at: WorkEpoch, count: u8) -> Result<Edges, Revert> {
        edges(at, count)
    }

    fn current(&mut self, work: WorkId) -> Result<WorkEpoch, Revert> {
        Ok(work::current(work.0, &work::head(work.0)?))
    }

    fn settled(&mut self, at: WorkEpoch, from: u128, to: u128) {
        log::emit(
            &[
                *Settled::SIGNATURE_HASH,
                word::from_u64(at.work.0),
                word::from_address(self.asset),
            ],
            Writer::new(3)
                .u64(at.epoch.into())
                .u128(from)
                .u128(to)
                .as_slice(),
        );
    }
}
