//! The provenance record of creative works: an ERC-721 with ERC-2981 royalties, whose token ids are the router's work ids.
//!
//! Ownership and approvals are OpenZeppelin's; a record never changes and lives as contract code.
#![no_main]
#![allow(missing_docs)] // the function that #[entrypoint] exports has none, and nothing else here is public

extern crate alloc;

mod bytes;
mod construct;
mod graph;
mod metadata;
mod mint;
mod owner;
mod priority;
mod receiver;
mod records;
mod request;
mod royalty;
mod slots;
mod steps;
mod supports;
mod token;

use alloc::vec::Vec;
use alloy_sol_types::sol;
use stylus_sdk::prelude::*;
use stylus_sdk::{host::VM, ArbResult};

sol!("../interfaces/IProvenance.sol");

#[entrypoint]
fn main(input: Vec<u8>, _: VM) -> ArbResult {
    shell::routes!(&input, {
        constructor => construct::construct,

        // First: ERC-165 allows 30,000 gas, entry included.
        IProvenance::supportsInterfaceCall => supports::supports_interface,

        IProvenance::commitCall => priority::commit,
        payable IProvenance::mintCall => mint::mint,
        IProvenance::recordCall => records::record,
        IProvenance::commitmentTimeCall => priority::commitment_time,
        IProvenance::tokenOfCall => priority::token_of,
        IProvenance::tokenByCall => priority::token_by,
        IProvenance::verifyStepCall => steps::verify_step,
        IProvenance::routerCall => graph::router,
        IProvenance::rendererCall => metadata::renderer,
        IProvenance::setRendererCall => metadata::set_renderer,

        IProvenance::balanceOfCall => token::balance_of,
        IProvenance::ownerOfCall => token::owner_of,
        IProvenance::safeTransferFrom_0Call => token::safe_transfer_from_with_data,
        IProvenance::safeTransferFrom_1Call => token::safe_transfer_from,
        IProvenance::transferFromCall => token::transfer_from,
        IProvenance::approveCall => token::approve,
        IProvenance::setApprovalForAllCall => token::set_approval_for_all,
        IProvenance::getApprovedCall => token::get_approved,
        IProvenance::isApprovedForAllCall => token::is_approved_for_all,
        IProvenance::nameCall => metadata::name,
        IProvenance::symbolCall => metadata::symbol,
        IProvenance::tokenURICall => metadata::token_uri,
        IProvenance::contractURICall => metadata::contract_uri,
        IProvenance::royaltyInfoCall => royalty::royalty_info,

        IProvenance::ownerCall => owner::owner,
        IProvenance::pendingOwnerCall => owner::pending_owner,
        IProvenance::transferOwnershipCall => owner::transfer_ownership,
        IProvenance::acceptOwnershipCall => owner::accept_ownership,
        IProvenance::renounceOwnershipCall => owner::renounce_ownership,
    })
}
