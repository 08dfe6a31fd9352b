//! What gas and the parent chain's data cost.

use super::ArbOwner;
use crate::arbos::fields::{Field, l1, l2, root};
use crate::arbos::{posting, space};
use crate::context::Unsupported;
use crate::precompiles::call::{Call, Failure};
use crate::precompiles::method::{Method, method};
use crate::version::Feature;
use alloy_primitives::U256;
use revm::context_interface::ContextTr;

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1BaseFeeEstimateInertiaCall,
        |call, asked| { set(call, &l1::INERTIA, asked.inertia) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1PricingEquilibrationUnitsCall,
        |call, asked| { call.write(*l1::EQUILIBRATION_UNITS, asked.equilibrationUnits) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1PricingInertiaCall,
        |call, asked| { set(call, &l1::INERTIA, asked.inertia) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1PricingRewardRecipientCall,
        |call, asked| { call.write(*l1::REWARD_RECIPIENT, asked.recipient.into_word().into()) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1PricingRewardRateCall,
        |call, asked| { set(call, &l1::REWARD_RATE, asked.weiPerUnit) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL1PricePerUnitCall,
        |call, asked| { call.write(*l1::PRICE_PER_UNIT, asked.pricePerUnit) }
    ),
    method!(
        does,
        Write,
        ParentGasFloor,
        ArbOwner::setParentGasFloorPerTokenCall,
        |call, asked| { set(call, &l1::GAS_FLOOR_PER_TOKEN, asked.floorPerToken) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setPerBatchGasChargeCall,
        |call, asked| { set(call, &l1::PER_BATCH_GAS, asked.cost.cast_unsigned()) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setAmortizedCostCapBipsCall,
        |call, asked| { set(call, &l1::AMORTIZED_COST_CAP_BIPS, asked.cap) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setBrotliCompressionLevelCall,
        |call, asked| {
            if asked.level > posting::MAX_LEVEL {
                return Err(Failure::Plain);
            }
            set(call, &root::BROTLI_LEVEL, asked.level)
        }
    ),
    method!(
        gives,
        Write,
        Stylus,
        ArbOwner::releaseL1PricerSurplusFundsCall,
        |call, asked| { release(call, asked.maxWeiToRelease) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL2BaseFeeCall,
        |call, asked| { call.write(*l2::BASE_FEE, asked.priceInWei) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setMinimumL2BaseFeeCall,
        |call, asked| {
            // A transaction may set it, which chains for tests do.
            if asked.priceInWei.is_zero() && call.is_only_tried() {
                return Err(Failure::Plain);
            }
            call.write(*l2::MIN_BASE_FEE, asked.priceInWei)
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setSpeedLimitCall,
        |call, asked| { set_nonzero(call, &l2::SPEED_LIMIT, asked.limit) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setMaxTxGasLimitCall,
        |call, asked| {
            let field = match call.arbos.has(Feature::GasCapIsWhole) {
                true => &l2::TX_GAS_LIMIT,
                false => &l2::BLOCK_GAS_LIMIT,
            };
            set(call, field, asked.limit)
        }
    ),
    method!(
        does,
        Write,
        GasLimits,
        ArbOwner::setMaxBlockGasLimitCall,
        |call, asked| { set(call, &l2::BLOCK_GAS_LIMIT, asked.limit) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL2GasPricingInertiaCall,
        |call, asked| { set_nonzero(call, &l2::INERTIA, asked.sec) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setL2GasBacklogToleranceCall,
        |call, asked| { set(call, &l2::TOLERANCE, asked.sec) }
    ),
    method!(
        does,
        Write,
        GasConstraints,
        ArbOwner::setGasBacklogCall,
        |call, asked| { set(call, &l2::BACKLOG, asked.backlog) }
    ),
    method!(
        does,
        Write,
        GasConstraints,
        ArbOwner::setGasPricingConstraintsCall,
        |call, asked| {
            call.read(l2::constraints().slot_at(0))?;
            let wrong = |&[target, window, _]: &[u64; 3]| target == 0 || window == 0;
            no_constraints(
                asked.constraints.is_empty(),
                asked.constraints.iter().any(wrong),
            )
        }
    ),
    method!(
        does,
        Write,
        GasByKind,
        ArbOwner::setMultiGasPricingConstraintsCall,
        |call, asked| {
            call.read(l2::multi_constraints().slot_at(0))?;
            let wrong = |one: &ArbOwner::MultiConstraint| {
                one.targetPerSec == 0 || one.adjustmentWindowSecs == 0
            };
            no_constraints(
                asked.constraints.is_empty(),
                asked.constraints.iter().any(wrong),
            )
        }
    ),
];

fn set(call: &mut Call<'_>, field: &Field, value: u64) -> Result<(), Failure> {
    call.write(**field, U256::from(value))
}

fn set_nonzero(call: &mut Call<'_>, field: &Field, value: u64) -> Result<(), Failure> {
    match value {
        0 => Err(Failure::Plain),
        value => set(call, field, value),
    }
}

/// This chain knows one limit of speed. That there be no others can be asked of it; others cannot.
fn no_constraints(empty: bool, wrong: bool) -> Result<(), Failure> {
    match (empty, wrong) {
        (true, _) => Ok(()),
        (_, true) => Err(Failure::Plain),
        _ => Err(Failure::Unsupported(Unsupported::GasConstraints)),
    }
}

/// Counts wei that are in the account of the parent's data beyond what is known as there, and returns how many.
fn release(call: &mut Call<'_>, most: U256) -> Result<U256, Failure> {
    let there = space::balance(call.context.journal_mut(), posting::POOL);
    let known = call.read(*l1::FEES_AVAILABLE)?;
    let surplus = there.saturating_sub(known).min(most);
    if surplus.is_zero() {
        return Ok(surplus);
    }
    call.burn_read(*l1::FEES_AVAILABLE)?;
    call.write(*l1::FEES_AVAILABLE, known + surplus)?;
    Ok(surplus)
}
