//! The royalty graph and the money: works under sequential ids, frozen shares, one ledger per (work, epoch, asset).
//!
//! Storage is laid out in docs/layout.md and spelled in `key`; the constructor fills what `settings` reads. The rules are
//! `logic`'s; here they meet storage, logs and other contracts.
#![no_main]
#![allow(missing_docs)] // the function that #[entrypoint] exports has none, and nothing else here is public

extern crate alloc;

mod asset;
mod claim;
mod collection;
mod consent;
mod handover;
mod inbox;
mod income;
mod key;
mod ledger;
mod lock;
mod parties;
mod pay;
mod payee;
mod payout;
mod position;
mod register;
mod reserve;
mod settings;
mod settle;
mod sweep;
mod view;
mod work;

use alloc::vec::Vec;
use alloy_sol_types::sol;
use stylus_sdk::prelude::*;
use stylus_sdk::{host::VM, ArbResult};

sol!("../interfaces/ILicensing.sol");
sol!("../interfaces/IRouter.sol");

#[entrypoint]
fn main(input: Vec<u8>, _: VM) -> ArbResult {
    shell::routes!(&input, {
        constructor => settings::construct,
        receive => sweep::receive,
        payable IRouter::registerCall => register::register,
        payable IRouter::payCall => pay::pay,
        IRouter::sweepCall => sweep::sweep,
        IRouter::settleUpCall => settle::settle_up,
        IRouter::claimCall => claim::claim,
        IRouter::claimManyCall => claim::claim_many,
        IRouter::claimToCall => claim::claim_to,
        IRouter::offerPayeeCall => handover::offer,
        IRouter::acceptPayeeCall => handover::accept,
        IRouter::reserveClaimsCall => reserve::reserve,
        IRouter::licensingCall => settings::licensing_of,
        IRouter::registryCall => settings::registry_of,
        IRouter::accountImplementationCall => settings::account_implementation_of,
        IRouter::workCountCall => settings::work_count,
        IRouter::workCall => view::work,
        IRouter::creatorOfCall => view::creator_of,
        IRouter::workOfCall => view::work_of,
        IRouter::parentsCall => view::parents,
        IRouter::payeesCall => view::payees,
        IRouter::inboxCall => view::inbox,
        IRouter::offeredPayeeCall => handover::offered_of,
        IRouter::claimsReservedCall => reserve::reserved_of,
        IRouter::ledgerCall => view::ledger,
        IRouter::claimedCall => view::claimed,
        IRouter::claimableCall => view::claimable,
        IRouter::extsloadCall => view::extsload,
    })
}
