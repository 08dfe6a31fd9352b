//! Inboxes: the EVM forwarders that marketplaces pay.

use crate::IRouter::InboxDeploymentFailed;
use alloy_sol_types::SolError;
use logic::inbox;
use shell::{create, host, word, Address, Revert};

/// The inbox of a work, deployed or not.
pub(crate) fn address(work: u64) -> Address {
    inbox::address(host::keccak256, &host::this().0, host::chain_id(), work).into()
}

/// Deploys the inbox of a work where it is missing.
///
/// # Errors
/// `InboxDeploymentFailed`.
pub(crate) fn ensure(work: u64, inbox: Address) -> Result<(), Revert> {
    if host::has_code(inbox) {
        return Ok(());
    }
    let salt = inbox::salt(host::keccak256, host::chain_id(), work);
    if create::create2(&inbox::INIT_CODE, &salt) == Some(inbox) {
        return Ok(());
    }
    Err(Revert::new(
        InboxDeploymentFailed::SELECTOR,
        &[word::from_u64(work)],
    ))
}
