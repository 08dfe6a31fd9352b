//! ArbOwnerPublic: who owns the chain, and what they set (`precompiles/ArbOwnerPublic.go`).

use super::method::{Method, method};
use super::sets::{self, address};
use crate::arbos::fields::{l1, root};
use crate::arbos::layout;
use alloy_sol_types::sol;

sol! {
    interface ArbOwnerPublic {
        event ChainOwnerRectified(address rectifiedOwner);

        function getAllChainOwners() external view returns (address[] memory);
        function getAllNativeTokenOwners() external view returns (address[] memory);
        function getAllTransactionFilterers() external view returns (address[] memory);
        function getBrotliCompressionLevel() external view returns (uint64);
        function getCollectTips() external view returns (bool);
        function getFilteredFundsRecipient() external view returns (address);
        function getInfraFeeAccount() external view returns (address);
        function getMaxStylusContractFragments() external view returns (uint8);
        function getNativeTokenManagementFrom() external view returns (uint64);
        function getNetworkFeeAccount() external view returns (address);
        function getParentGasFloorPerToken() external view returns (uint64);
        function getScheduledUpgrade() external view returns (uint64 arbosVersion, uint64 scheduledForTimestamp);
        function getTransactionFilteringFrom() external view returns (uint64);
        function isCalldataPriceIncreaseEnabled() external view returns (bool);
        function isChainOwner(address addr) external view returns (bool);
        function isNativeTokenOwner(address addr) external view returns (bool);
        function isTransactionFilterer(address addr) external view returns (bool);
        function rectifyChainOwner(address ownerToRectify) external;
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::getAllChainOwnersCall,
        |call, _| { sets::members(call, &layout::chain_owners()) }
    ),
    method!(
        gives,
        View,
        NativeToken,
        ArbOwnerPublic::getAllNativeTokenOwnersCall,
        |call, _| { sets::members(call, &root::native_token_owners()) }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwnerPublic::getAllTransactionFilterersCall,
        |call, _| { sets::members(call, &root::filterers()) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::getBrotliCompressionLevelCall,
        |call, _| { call.number(&root::BROTLI_LEVEL) }
    ),
    method!(
        gives,
        View,
        CollectedTips,
        ArbOwnerPublic::getCollectTipsCall,
        |call, _| { call.flag(&root::COLLECT_TIPS) }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwnerPublic::getFilteredFundsRecipientCall,
        |call, _| { call.read(*root::FILTERED_FUNDS_RECIPIENT).map(address) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::getInfraFeeAccountCall,
        |call, _| { call.read(*root::INFRA_FEE_ACCOUNT).map(address) }
    ),
    method!(
        gives,
        View,
        Fragments,
        ArbOwnerPublic::getMaxStylusContractFragmentsCall,
        |call, _| { Ok(call.params()?.max_fragments) }
    ),
    method!(
        gives,
        View,
        NativeTokenStart,
        ArbOwnerPublic::getNativeTokenManagementFromCall,
        |call, _| { call.number(&root::NATIVE_TOKEN_FROM) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::getNetworkFeeAccountCall,
        |call, _| { call.read(*root::NETWORK_FEE_ACCOUNT).map(address) }
    ),
    method!(
        gives,
        View,
        ParentGasFloor,
        ArbOwnerPublic::getParentGasFloorPerTokenCall,
        |call, _| { call.number(&l1::GAS_FLOOR_PER_TOKEN) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::getScheduledUpgradeCall,
        |call, _| {
            let version = call.number(&root::UPGRADE_VERSION)?;
            let time = call.number(&root::UPGRADE_TIME)?;
            // an upgrade that has been made is none any more
            Ok(match version <= call.arbos.number() {
                true => (0, 0),
                false => (version, time),
            }
            .into())
        }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwnerPublic::getTransactionFilteringFromCall,
        |call, _| { call.number(&root::FILTERING_FROM) }
    ),
    method!(
        gives,
        View,
        CalldataPrice,
        ArbOwnerPublic::isCalldataPriceIncreaseEnabledCall,
        |call, _| { Ok(call.read(*root::FEATURES_ON)?.bit(root::CALLDATA_FLOOR)) }
    ),
    method!(
        gives,
        View,
        Stylus,
        ArbOwnerPublic::isChainOwnerCall,
        |call, asked| { sets::is_member(call, &layout::chain_owners(), asked.addr) }
    ),
    method!(
        gives,
        View,
        NativeToken,
        ArbOwnerPublic::isNativeTokenOwnerCall,
        |call, asked| { sets::is_member(call, &root::native_token_owners(), asked.addr) }
    ),
    method!(
        gives,
        View,
        FilteredTransactions,
        ArbOwnerPublic::isTransactionFiltererCall,
        |call, asked| { sets::is_member(call, &root::filterers(), asked.addr) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwnerPublic::rectifyChainOwnerCall,
        |call, asked| {
            sets::rectify(call, &layout::chain_owners(), asked.ownerToRectify)?;
            call.emit(&ArbOwnerPublic::ChainOwnerRectified {
                rectifiedOwner: asked.ownerToRectify,
            })
        }
    ),
];
