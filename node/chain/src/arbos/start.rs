//! What ArbOS does before the first transaction of a block: Nitro's internal start transaction
//! (`arbos/internal_tx.go`).

use super::fields::root;
use super::predeploys::{BLOCK_HASHES, keeps_block_hashes};
use super::space::{self, Journal};
use super::{filtered, l1_hashes, l2_pricing};
use crate::version::{ArbOs, Feature};
use alloy_primitives::{B256, U256};
use revm::context_interface::JournalTr;
use revm::context_interface::journaled_state::account::JournaledAccountTr;

/// Hashes of this chain's blocks that EIP-2935's account keeps on Arbitrum: as many as Ethereum's does in time
/// (geth `params/protocol_params.go`).
const HISTORY: u64 = 393_168;

/// What a block begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// Its number.
    pub(crate) number: u64,
    /// Its time in seconds since 1970, and the seconds since the block before.
    pub(crate) timestamp: u64,
    pub(crate) seconds: u64,
    /// The block of the parent chain that contracts will see.
    pub(crate) l1_block: u64,
    /// The hash of the block before.
    pub(crate) parent_hash: B256,
}

/// The version that the owner wanted this chain to have by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UpgradeDue(pub(crate) u64);

/// Begins a block: keeps the hashes of blocks, and makes the price of gas of the block after.
///
/// # Errors
/// [`UpgradeDue`] if the chain would have to become another version.
pub(crate) fn begin(journal: &mut Journal, arbos: ArbOs, start: &Start) -> Result<(), UpgradeDue> {
    if keeps_block_hashes(arbos) {
        let slot = U256::from(start.number.saturating_sub(1) % HISTORY);
        space::write_of(journal, BLOCK_HASHES, slot, start.parent_hash.into());
    }
    if start.l1_block > 0 {
        l1_hashes::note(journal, start.l1_block - 1, start.parent_hash);
    }
    l2_pricing::update(journal, start.seconds);
    if arbos.has(Feature::FilteredTransactions) {
        hold(journal);
    }
    let version = number(journal, *root::UPGRADE_VERSION);
    let at = number(journal, *root::UPGRADE_TIME);
    match version > arbos.number() && start.timestamp >= at {
        true => Err(UpgradeDue(version)),
        false => Ok(()),
    }
}

/// Keeps the account of filtered transactions from counting as empty.
fn hold(journal: &mut Journal) {
    space::without_access(journal, filtered::ACCOUNT, |journal| {
        let Ok(mut account) = journal.load_account_mut(filtered::ACCOUNT);
        if account.nonce() == 0 {
            account.set_nonce(1);
        }
    });
}

fn number(journal: &mut Journal, slot: U256) -> u64 {
    space::read(journal, slot).saturating_to()
}
