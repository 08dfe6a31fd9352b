//! ArbGasInfo: what gas and the parent chain's data cost, and how that is made (`precompiles/ArbGasInfo.go`).

use super::call::{Call, Failure};
use super::method::{Method, method};
use super::sets::address;
use crate::arbos::fields::{l1, l2};
use crate::arbos::posting::GAS_PER_BYTE;
use alloy_primitives::{I256, U256};
use alloy_sol_types::sol;
use revm::context_interface::{Block, ContextTr};

sol! {
    interface ArbGasInfo {
        struct Resource {
            uint8 resource;
            uint64 weight;
        }
        struct MultiConstraint {
            Resource[] resources;
            uint32 adjustmentWindowSecs;
            uint64 targetPerSec;
            uint64 backlog;
        }

        function getAmortizedCostCapBips() external view returns (uint64);
        function getCurrentTxL1GasFees() external view returns (uint256);
        function getGasAccountingParams() external view returns (uint256, uint256, uint256);
        function getGasBacklog() external view returns (uint64);
        function getGasBacklogTolerance() external view returns (uint64);
        function getGasPricingConstraints() external view returns (uint64[3][] memory);
        function getL1BaseFeeEstimate() external view returns (uint256);
        function getL1BaseFeeEstimateInertia() external view returns (uint64);
        function getL1FeesAvailable() external view returns (uint256);
        function getL1GasPriceEstimate() external view returns (uint256);
        function getL1PricingEquilibrationUnits() external view returns (uint256);
        function getL1PricingFundsDueForRewards() external view returns (uint256);
        function getL1PricingSurplus() external view returns (int256);
        function getL1PricingUnitsSinceUpdate() external view returns (uint64);
        function getL1RewardRate() external view returns (uint64);
        function getL1RewardRecipient() external view returns (address);
        function getLastL1PricingSurplus() external view returns (int256);
        function getLastL1PricingUpdateTime() external view returns (uint64);
        function getMaxBlockGasLimit() external view returns (uint64);
        function getMaxTxGasLimit() external view returns (uint256);
        function getMinimumGasPrice() external view returns (uint256);
        function getMultiGasBaseFee() external view returns (uint256[] memory);
        function getMultiGasPricingConstraints() external view returns (MultiConstraint[] memory);
        function getPerBatchGasCharge() external view returns (int64);
        function getPricesInArbGas() external view returns (uint256, uint256, uint256);
        function getPricesInArbGasWithAggregator(address aggregator) external view returns (uint256, uint256, uint256);
        function getPricesInWei() external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
        function getPricesInWeiWithAggregator(address aggregator) external view returns (uint256, uint256, uint256, uint256, uint256, uint256);
        function getPricingInertia() external view returns (uint64);
    }
}

/// Bytes that a simple transaction takes among what is posted.
const SIMPLE_TRANSACTION: u64 = 140;
/// Gas of storing a word that was zero.
const STORE: u64 = 20_000;
/// Kinds of gas that are priced apart from ArbOS 60.
const KINDS: usize = 9;

/// Wei or gas for what a transaction does.
type Three = (U256, U256, U256);
type Six = (U256, U256, U256, U256, U256, U256);

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getAmortizedCostCapBipsCall,
        |call, _| { call.number(&l1::AMORTIZED_COST_CAP_BIPS) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getCurrentTxL1GasFeesCall,
        |call, _| { Ok(call.context.chain.posting.fee) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getGasAccountingParamsCall,
        |call, _| {
            let speed = call.read(*l2::SPEED_LIMIT)?;
            let limit = call.read(*l2::BLOCK_GAS_LIMIT)?;
            Ok((speed, limit, limit).into())
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getGasBacklogCall,
        |call, _| { call.number(&l2::BACKLOG) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getGasBacklogToleranceCall,
        |call, _| { call.number(&l2::TOLERANCE) }
    ),
    method!(
        gives,
        View,
        GasConstraints,
        ArbGasInfo::getGasPricingConstraintsCall,
        |call, _| {
            call.read(l2::constraints().slot_at(0))?;
            Ok(Vec::new())
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1BaseFeeEstimateCall,
        |call, _| { call.read(*l1::PRICE_PER_UNIT) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1BaseFeeEstimateInertiaCall,
        |call, _| { call.number(&l1::INERTIA) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1FeesAvailableCall,
        |call, _| { call.read(*l1::FEES_AVAILABLE) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1GasPriceEstimateCall,
        |call, _| { call.read(*l1::PRICE_PER_UNIT) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1PricingEquilibrationUnitsCall,
        |call, _| { call.read(*l1::EQUILIBRATION_UNITS) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1PricingFundsDueForRewardsCall,
        |call, _| { call.read(*l1::FUNDS_DUE_FOR_REWARDS) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1PricingSurplusCall,
        |call, _| {
            let due = call.read(*l1::TOTAL_FUNDS_DUE)?;
            let rewards = call.read(*l1::FUNDS_DUE_FOR_REWARDS)?;
            let available = call.read(*l1::FEES_AVAILABLE)?;
            let due = due.wrapping_add(rewards);
            Ok(I256::from_raw(available.wrapping_sub(due)))
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1PricingUnitsSinceUpdateCall,
        |call, _| { call.number(&l1::UNITS_SINCE_UPDATE) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1RewardRateCall,
        |call, _| call.number(&l1::REWARD_RATE)
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getL1RewardRecipientCall,
        |call, _| { call.read(*l1::REWARD_RECIPIENT).map(address) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getLastL1PricingSurplusCall,
        |call, _| { call.read(*l1::LAST_SURPLUS).map(I256::from_raw) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getLastL1PricingUpdateTimeCall,
        |call, _| { call.number(&l1::LAST_UPDATE_TIME) }
    ),
    method!(
        gives,
        View,
        GasLimits,
        ArbGasInfo::getMaxBlockGasLimitCall,
        |call, _| { call.number(&l2::BLOCK_GAS_LIMIT) }
    ),
    method!(
        gives,
        View,
        GasLimits,
        ArbGasInfo::getMaxTxGasLimitCall,
        |call, _| { call.read(*l2::TX_GAS_LIMIT) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getMinimumGasPriceCall,
        |call, _| { call.read(*l2::MIN_BASE_FEE) }
    ),
    method!(
        gives,
        View,
        GasByKind,
        ArbGasInfo::getMultiGasBaseFeeCall,
        |call, _| {
            // the price of gas, and for each kind one of its own, of which there is none without limits for kinds
            let price = call.read(*l2::BASE_FEE)?;
            let fees = l2::fees_by_kind();
            for kind in 0..KINDS as u64 {
                call.burn_read(fees.slot_at(KINDS as u64 + kind))?;
            }
            Ok(vec![price; KINDS])
        }
    ),
    method!(
        gives,
        View,
        GasByKind,
        ArbGasInfo::getMultiGasPricingConstraintsCall,
        |call, _| {
            call.read(l2::multi_constraints().slot_at(0))?;
            Ok(Vec::new())
        }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPerBatchGasChargeCall,
        |call, _| { call.number(&l1::PER_BATCH_GAS).map(u64::cast_signed) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPricesInArbGasCall,
        |call, _| { prices_in_gas(call).map(Into::into) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPricesInArbGasWithAggregatorCall,
        |call, _| { prices_in_gas(call).map(Into::into) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPricesInWeiCall,
        |call, _| { prices_in_wei(call).map(Into::into) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPricesInWeiWithAggregatorCall,
        |call, _| { prices_in_wei(call).map(Into::into) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbGasInfo::getPricingInertiaCall,
        |call, _| call.number(&l2::INERTIA)
    ),
];

/// Wei for a byte of calldata that is posted.
fn byte_price(call: &mut Call<'_>) -> Result<U256, Failure> {
    let unit = call.read(*l1::PRICE_PER_UNIT)?;
    Ok(unit.saturating_mul(U256::from(GAS_PER_BYTE)))
}

/// Gas for a simple transaction's posting, for a byte's, and for storing a word.
fn prices_in_gas(call: &mut Call<'_>) -> Result<Three, Failure> {
    let byte = byte_price(call)?;
    let transaction = byte.saturating_mul(U256::from(SIMPLE_TRANSACTION));
    let price = U256::from(call.context.block().basefee());
    let in_gas = |wei: U256| wei.checked_div(price).unwrap_or_default();
    Ok((in_gas(transaction), in_gas(byte), U256::from(STORE)))
}

/// Wei for a simple transaction's posting, for a byte's, for storing a word, and for gas: the least price, what load adds to it,
/// and both.
fn prices_in_wei(call: &mut Call<'_>) -> Result<Six, Failure> {
    let byte = byte_price(call)?;
    let transaction = byte.saturating_mul(U256::from(SIMPLE_TRANSACTION));
    let price = U256::from(call.context.block().basefee());
    let least = call.read(*l2::MIN_BASE_FEE)?.min(price);
    let store = price.saturating_mul(U256::from(STORE));
    Ok((transaction, byte, store, least, price - least, price))
}
