//! What is told of a transaction before its first frame and after its last: what it pays, who gets it, and what ArbOS reads
//! and writes for that (`arbos/tx_processor.go`; geth `core/state_transition.go`).

use super::Telling;
use crate::arbos::fields::{l1, l2, root};
use crate::arbos::posting::POOL;
use crate::arbos::settle::Paid;
use crate::arbos::space;
use crate::context::Context;
use crate::version::Feature;
use crate::watch::{Begun, Transfer};
use alloy_primitives::{Address, U256};
use revm::context_interface::transaction::AuthorizationTr;
use revm::context_interface::{Block, ContextTr, Transaction};

/// Kinds of gas that have a price of their own from ArbOS 60 on.
const KINDS: u64 = 9;

/// Tells of a transaction that begins.
pub(crate) fn begin(context: &mut Context) {
    if !context.is_watched() {
        return;
    }
    let base_fee = u128::from(context.block().basefee());
    let authorities = context
        .tx()
        .authorization_list()
        .filter_map(AuthorizationTr::authority);
    let begun = Begun {
        from: context.tx().caller(),
        to: context.tx().kind().into_to(),
        gas_limit: context.tx().gas_limit(),
        beneficiary: context.block().beneficiary(),
        authorities: authorities.collect(),
        arbos: context.chain.arbos,
    };
    let fee = U256::from(context.tx().effective_gas_price(base_fee));
    let paid = fee.saturating_mul(U256::from(begun.gas_limit));
    context.tell_begin(&begun);
    for slot in before(context) {
        context.tell_arbos(slot);
    }
    context.tell_transfer(&Transfer {
        from: Some(begun.from),
        to: None,
        value: paid,
        before: true,
        purpose: "feePayment",
    });
}

/// The slots of ArbOS that a transaction takes before its first frame.
fn before(context: &Context) -> Vec<U256> {
    let arbos = context.chain.arbos;
    let mut slots = vec![*root::VERSION];
    if arbos.has(Feature::CollectedTips) {
        slots.push(*root::COLLECT_TIPS);
    }
    if arbos.has(Feature::Prague) {
        slots.push(*root::FEATURES_ON);
    }
    slots.push(*root::NETWORK_FEE_ACCOUNT);
    if context.chain.signed.is_some() && context.block().basefee() > 0 {
        slots.extend([
            *root::BROTLI_LEVEL,
            *l1::PRICE_PER_UNIT,
            *l1::UNITS_SINCE_UPDATE,
        ]);
    }
    if context.chain.holds_gas_back {
        slots.push(match arbos.has(Feature::GasCapIsWhole) {
            true => *l2::TX_GAS_LIMIT,
            false => *l2::BLOCK_GAS_LIMIT,
        });
    }
    slots
}

/// Tells of what is left of a transaction's fee, which it gets back.
pub(crate) fn give_back(context: &mut Context, gas_left: u64) {
    if !context.is_watched() {
        return;
    }
    let base_fee = u128::from(context.block().basefee());
    let price = U256::from(context.tx().effective_gas_price(base_fee));
    let to = context.tx().caller();
    context.tell_transfer(&Transfer {
        from: None,
        to: Some(to),
        value: price.saturating_mul(U256::from(gas_left)),
        before: false,
        purpose: "gasRefund",
    });
}

/// Tells of who gets a transaction's fee, before they get it.
pub(crate) fn settle(context: &mut Context, paid: &Paid) {
    if !context.is_watched() {
        return;
    }
    let arbos = context.chain.arbos;
    let account = |context: &mut Context, slot| {
        Address::from_word(space::read(context.journal_mut(), slot).into())
    };
    let network = account(context, *root::NETWORK_FEE_ACCOUNT);
    let infra = account(context, *root::INFRA_FEE_ACCOUNT);
    for slot in after(context, infra) {
        context.tell_arbos(slot);
    }
    let gives = |context: &mut Context, to: Address, value: U256, purpose: &'static str| {
        context.tell_transfer(&Transfer {
            from: None,
            to: Some(to),
            value,
            before: false,
            purpose,
        });
    };
    let price = U256::from(paid.base_fee);
    let computed = U256::from(paid.gas.saturating_sub(paid.posting.gas));
    let collects = !space::read(context.journal_mut(), *root::COLLECT_TIPS).is_zero();
    if arbos.has(Feature::CollectedTips) && collects {
        gives(context, network, paid.tip.saturating_mul(computed), "tip");
    }
    let mut cost = price.saturating_mul(computed);
    if !infra.is_zero() {
        let least = space::read(context.journal_mut(), *l2::MIN_BASE_FEE).min(price);
        let share = least.saturating_mul(computed);
        gives(context, infra, share, "feeCollection");
        cost = cost.saturating_sub(share);
    }
    if !cost.is_zero() {
        gives(context, network, cost, "feeCollection");
    }
    gives(context, POOL, paid.posting.fee, "feeCollection");
    if context.chain.settles && arbos.has(Feature::GasByKind) && !arbos.has(Feature::OnePriceIsPaid)
    {
        let value = crate::arbos::settle::above(context.journal_mut(), paid);
        if !value.is_zero() {
            context.tell_transfer(&Transfer {
                from: Some(network),
                to: Some(paid.from),
                value,
                before: false,
                purpose: "refund",
            });
        }
    }
    destroyed(context);
}

/// The slots of ArbOS that a transaction takes after its last frame.
fn after(context: &Context, infra: Address) -> Vec<U256> {
    let arbos = context.chain.arbos;
    let mut slots = vec![*root::NETWORK_FEE_ACCOUNT];
    if arbos.has(Feature::GasByKind) {
        slots.push(*l2::BASE_FEE);
        let fees = l2::fees_by_kind();
        slots.extend((KINDS..2 * KINDS).map(|kind| fees.slot_at(kind)));
    }
    slots.push(*root::INFRA_FEE_ACCOUNT);
    if !infra.is_zero() {
        slots.push(*l2::MIN_BASE_FEE);
    }
    slots.push(*l1::FEES_AVAILABLE);
    let price = context
        .tx()
        .effective_gas_price(context.block().basefee().into());
    if price > 0 {
        if arbos.has(Feature::GasByKind) {
            slots.push(l2::multi_constraints().slot_at(0));
        }
        if arbos.has(Feature::GasCapIsWhole) {
            slots.push(l2::constraints().slot_at(0));
        }
        slots.push(*l2::BACKLOG);
    }
    slots
}

/// Tells of accounts that destroyed themselves, and of what was given to them after that.
fn destroyed(context: &mut Context) {
    let journal = &context.journaled_state;
    let gone: Vec<_> = journal
        .state
        .iter()
        .filter(|(_, account)| account.is_selfdestructed())
        .map(|(address, account)| (*address, account.info.balance))
        .collect();
    for (from, value) in gone {
        context.tell_transfer(&Transfer {
            from: Some(from),
            to: None,
            value,
            before: false,
            purpose: "selfDestruct",
        });
    }
}
