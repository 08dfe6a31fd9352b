//! The chain as a whole: who is paid, its settings, its next version.

use super::ArbOwner;
use crate::arbos::fields::root;
use crate::arbos::text;
use crate::precompiles::call::{Call, Failure};
use crate::precompiles::method::{Method, method};
use crate::precompiles::sets::address;
use alloy_primitives::U256;

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbOwner::getNetworkFeeAccountCall,
        |call, _| { call.read(*root::NETWORK_FEE_ACCOUNT).map(address) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwner::getInfraFeeAccountCall,
        |call, _| { call.read(*root::INFRA_FEE_ACCOUNT).map(address) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setNetworkFeeAccountCall,
        |call, asked| {
            let word = asked.newNetworkFeeAccount.into_word();
            call.write(*root::NETWORK_FEE_ACCOUNT, word.into())
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setInfraFeeAccountCall,
        |call, asked| {
            let word = asked.newInfraFeeAccount.into_word();
            call.write(*root::INFRA_FEE_ACCOUNT, word.into())
        }
    ),
    method!(
        does,
        Write,
        CollectedTips,
        ArbOwner::setCollectTipsCall,
        |call, asked| { call.write(*root::COLLECT_TIPS, U256::from(asked.collect)) }
    ),
    method!(
        does,
        Write,
        CalldataPrice,
        ArbOwner::setCalldataPriceIncreaseCall,
        |call, asked| {
            let mut bits = call.read(*root::FEATURES_ON)?;
            bits.set_bit(root::CALLDATA_FLOOR, asked.enable);
            call.write(*root::FEATURES_ON, bits)
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::scheduleArbOSUpgradeCall,
        |call, asked| {
            call.write(*root::UPGRADE_VERSION, U256::from(asked.newVersion))?;
            call.write(*root::UPGRADE_TIME, U256::from(asked.timestamp))
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setChainConfigCall,
        |call, asked| { set_config(call, asked.chainConfig.as_bytes()) }
    ),
];

/// Replaces the text of the chain's settings, word by word.
fn set_config(call: &mut Call<'_>, config: &[u8]) -> Result<(), Failure> {
    let space = root::chain_config();
    let length = call.read(space.slot_at(0))?.saturating_to();
    for key in (0..=text::words(length)).rev() {
        call.write(space.slot_at(key), U256::ZERO)?;
    }
    for (slot, value) in text::slots(&space, config) {
        call.write(slot, value)?;
    }
    Ok(())
}
