//! What becomes of a transaction's fee once it has run, and of the gas it used (`arbos/tx_processor.go`).

use super::fields::{l1, l2, root};
use super::l2_pricing;
use super::posting::{POOL, Posting};
use super::space::{self, Journal};
use crate::version::{ArbOs, Feature};
use alloy_primitives::{Address, U256};

/// What a transaction paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paid {
    pub(crate) from: Address,
    /// Gas it used, refunds taken off.
    pub(crate) gas: u64,
    /// Gas of that which no kind was found for.
    pub(crate) without_kind: u64,
    /// Wei for each: the block's price, and what the sender gives beyond it.
    pub(crate) base_fee: u64,
    pub(crate) tip: U256,
    pub(crate) posting: Posting,
}

/// Gives the fee to those who earn it, and counts the gas as waiting to be worked off.
pub(crate) fn settle(journal: &mut Journal, arbos: ArbOs, paid: &Paid) {
    let price = U256::from(paid.base_fee);
    let posting_tip = paid.tip.saturating_mul(U256::from(paid.posting.gas));
    let fee = price
        .saturating_mul(U256::from(paid.gas))
        .saturating_add(posting_tip);
    // gas that is gone in a transaction which could not even be posted is the network's
    let posted = match paid.posting.fee <= fee {
        true => paid.posting.fee,
        false => U256::ZERO,
    };
    let computed = paid.gas.saturating_sub(paid.posting.gas);
    let mut network = fee - posted;

    let infra = account(journal, *root::INFRA_FEE_ACCOUNT);
    if !infra.is_zero() {
        let least = space::read(journal, *l2::MIN_BASE_FEE).min(price);
        let share = least.saturating_mul(U256::from(computed));
        space::mint(journal, infra, share);
        network = network.saturating_sub(share);
    }
    let account = account(journal, *root::NETWORK_FEE_ACCOUNT);
    let tip = paid.tip.saturating_mul(U256::from(computed));
    space::mint(journal, account, network.saturating_add(tip));
    if arbos.has(Feature::GasByKind) && !arbos.has(Feature::OnePriceIsPaid) {
        give_back(journal, account, paid);
    }
    if !posted.is_zero() {
        space::mint(journal, POOL, posted);
        let available = space::read(journal, *l1::FEES_AVAILABLE).saturating_add(posted);
        space::write(journal, *l1::FEES_AVAILABLE, available);
    }
    l2_pricing::add_used(journal, computed);
}

/// Returns to the sender what it paid above the price that is now in force, and for gas that has no kind.
fn give_back(journal: &mut Journal, network: Address, paid: &Paid) {
    let wei = above(journal, paid);
    if !wei.is_zero() && space::burn(journal, network, wei) {
        space::mint(journal, paid.from, wei);
    }
}

/// What a sender paid above the price that is now in force, and for gas that has no kind.
pub(crate) fn above(journal: &mut Journal, paid: &Paid) -> U256 {
    let now = space::read(journal, *l2::BASE_FEE);
    let by_kind = paid.gas.saturating_sub(paid.without_kind);
    let had = U256::from(paid.base_fee).saturating_mul(U256::from(paid.gas));
    had.saturating_sub(now.saturating_mul(U256::from(by_kind)))
}

fn account(journal: &mut Journal, slot: U256) -> Address {
    Address::from_word(space::read(journal, slot).into())
}
