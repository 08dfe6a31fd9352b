//! A payee's claim on one ledger.

use crate::settle::read_work_epoch;
use crate::IRouter::{ClaimReserved, Claimed};
use crate::{ledger, payee, work};
use alloy_sol_types::{SolError, SolEvent};
use logic::due::payee_due;
use logic::head::Head;
use logic::ledger::ClaimedPair;
use logic::payee::Payee;
use logic::work::{WorkEpoch, WorkId};
use shell::{host, log, word, Address, Malformed, Reader, Revert, Writer};

/// A payee of a work, and the ledgers it claims from.
#[derive(Clone, Copy)]
pub(crate) struct Position {
    pub(crate) at: WorkEpoch,
    pub(crate) payee: u8,
}

impl Position {
    /// Reads a `Position`.
    pub(crate) fn read(mut arguments: Reader) -> Result<Self, Malformed> {
        Ok(Self {
            at: read_work_epoch(&mut arguments)?,
            payee: arguments.u8()?,
        })
    }

    /// Reads a work and a payee's index, for what does not depend on the epoch.
    pub(crate) fn read_index(arguments: &mut Reader) -> Result<Self, Malformed> {
        let work = WorkId(arguments.u64()?);
        Ok(Self {
            at: WorkEpoch { work, epoch: 0 },
            payee: arguments.u8()?,
        })
    }

    /// Loads who claims.
    ///
    /// # Errors
    /// `UnknownWork`, `UnknownEpoch`, `UnknownPayee`.
    pub(crate) fn load(self) -> Result<Claimant, Revert> {
        let head = work::head_at(self.at)?;
        let payee = payee::load(self.at.work.0, &head, self.payee)?;
        Ok(Claimant {
            position: self,
            head,
            payee,
        })
    }
}

/// A position with what is stored of its work and its payee.
pub(crate) struct Claimant {
    position: Position,
    pub(crate) head: Head,
    pub(crate) payee: Payee,
}

impl Claimant {
    /// Whom it pays.
    pub(crate) fn account(&self) -> Address {
        payee::account(self.position.at.work.0, &self.head, &self.payee)
    }

    /// Refuses a claim for a payee, whose account this is, by anyone else, where it reserved its claims.
    ///
    /// # Errors
    /// `ClaimReserved`.
    pub(crate) fn admit(&self, account: Address) -> Result<(), Revert> {
        if self.payee.reserved && host::sender() != account {
            return Err(Revert::new(
                ClaimReserved::SELECTOR,
                &[
                    word::from_u64(self.position.at.work.0),
                    word::from_u64(self.position.payee.into()),
                ],
            ));
        }
        Ok(())
    }

    /// What it claimed so far, beside what another payee did.
    pub(crate) fn claims(&self, asset: Address) -> ClaimedPair {
        ledger::claims(self.position.at, asset, self.position.payee)
    }

    /// What it can claim beyond what it claimed.
    pub(crate) fn due(&self, asset: Address, claimed: u128) -> u128 {
        let received = ledger::load(self.position.at, asset).received;
        payee_due(received, self.head.keep, self.payee.share, claimed)
    }

    /// Marks what it can claim, at most `most`, as claimed, and logs that `to` is paid it. Nothing due is nothing done.
    ///
    /// # Errors
    /// `LedgerOverflow`, which no ledger comes to.
    pub(crate) fn take(&self, asset: Address, to: Address, most: u128) -> Result<u128, Revert> {
        let Position { at, payee } = self.position;
        let claims = self.claims(asset);
        let claimed = claims.get(payee);
        let amount = self.due(asset, claimed).min(most);
        if amount == 0 {
            return Ok(0);
        }
        let claimed = claimed
            .checked_add(amount)
            .ok_or_else(|| ledger::overflow(at.work.0, asset))?;
        ledger::store_claims(at, asset, payee, claims.with(payee, claimed));
        log::emit(
            &[
                *Claimed::SIGNATURE_HASH,
                word::from_u64(at.work.0),
                word::from_address(asset),
                word::from_address(to),
            ],
            Writer::new(3)
                .u64(at.epoch.into())
                .u64(payee.into())
                .u128(amount)
                .as_slice(),
        );
        Ok(amount)
    }
}
