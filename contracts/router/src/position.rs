//! A payee's claim on one ledger.

use crate::settle::read_work_epoch;
use crate::IRouter::Claimed;
use crate::{ledger, payee, work};
use alloy_sol_types::SolEvent;
use logic::due::payee_due;
use logic::head::Head;
use logic::work::WorkEpoch;
use shell::{log, word, Address, Malformed, Reader, Revert, Writer};

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

    /// Whom it pays.
    ///
    /// # Errors
    /// `UnknownWork`, `UnknownEpoch`, `UnknownPayee`.
    pub(crate) fn account(&self) -> Result<Address, Revert> {
        let head = work::head_at(self.at)?;
        let payee = payee::load(self.at.work.0, &head, self.payee)?;
        Ok(payee::account(self.at.work.0, &head, &payee))
    }

    /// What it can claim now.
    ///
    /// # Errors
    /// `UnknownWork`, `UnknownEpoch`, `UnknownPayee`.
    pub(crate) fn due(&self, asset: Address) -> Result<u128, Revert> {
        let head = work::head_at(self.at)?;
        let claimed = ledger::claims(self.at, asset, self.payee).get(self.payee);
        self.due_beyond(&head, asset, claimed)
    }

    fn due_beyond(&self, head: &Head, asset: Address, claimed: u128) -> Result<u128, Revert> {
        let share = payee::load(self.at.work.0, head, self.payee)?.share;
        let received = ledger::load(self.at, asset).received;
        Ok(payee_due(received, head.keep, share, claimed))
    }

    /// Marks what it can claim as claimed, and logs that `to` is paid it. Nothing due is nothing done.
    ///
    /// # Errors
    /// `UnknownWork`, `UnknownEpoch`, `UnknownPayee`.
    pub(crate) fn take(&self, asset: Address, to: Address) -> Result<u128, Revert> {
        let head = work::head_at(self.at)?;
        let claims = ledger::claims(self.at, asset, self.payee);
        let claimed = claims.get(self.payee);
        let amount = self.due_beyond(&head, asset, claimed)?;
        if amount == 0 {
            return Ok(0);
        }
        let claimed = claimed
            .checked_add(amount)
            .ok_or_else(|| ledger::overflow(self.at.work.0, asset))?;
        ledger::store_claims(self.at, asset, self.payee, claims.with(self.payee, claimed));
        log::emit(
            &[
                *Claimed::SIGNATURE_HASH,
                word::from_u64(self.at.work.0),
                word::from_address(asset),
                word::from_address(to),
            ],
            Writer::new(3)
                .u64(self.at.epoch.into())
                .u64(self.payee.into())
                .u128(amount)
                .as_slice(),
        );
        Ok(amount)
    }
}
