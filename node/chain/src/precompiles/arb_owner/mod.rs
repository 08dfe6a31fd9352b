//! ArbOwner: what the owners of a chain may set (`precompiles/ArbOwner.go`).
//!
//! Whoever else calls it loses the gas. An owner's call costs nothing, and one that does something is told in a log.

mod chain;
mod people;
mod prices;
mod stylus;

use super::method::Method;
use alloy_sol_types::sol;

sol! {
    interface ArbOwner {
        event OwnerActs(bytes4 indexed method, address indexed owner, bytes data);
        event ChainOwnerAdded(address indexed newOwner);
        event ChainOwnerRemoved(address indexed removedOwner);
        event NativeTokenOwnerAdded(address indexed newOwner);
        event NativeTokenOwnerRemoved(address indexed removedOwner);
        event TransactionFiltererAdded(address indexed newFilterer);
        event TransactionFiltererRemoved(address indexed removedFilterer);
        event FilteredFundsRecipientSet(address indexed newRecipient);

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

        function addChainOwner(address newOwner) external;
        function removeChainOwner(address ownerToRemove) external;
        function isChainOwner(address addr) external view returns (bool);
        function getAllChainOwners() external view returns (address[] memory);
        function addNativeTokenOwner(address newOwner) external;
        function removeNativeTokenOwner(address ownerToRemove) external;
        function isNativeTokenOwner(address addr) external view returns (bool);
        function getAllNativeTokenOwners() external view returns (address[] memory);
        function setNativeTokenManagementFrom(uint64 timestamp) external;
        function addTransactionFilterer(address filterer) external;
        function removeTransactionFilterer(address filterer) external;
        function isTransactionFilterer(address filterer) external view returns (bool);
        function getAllTransactionFilterers() external view returns (address[] memory);
        function setTransactionFilteringFrom(uint64 timestamp) external;
        function setFilteredFundsRecipient(address newRecipient) external;
        function getFilteredFundsRecipient() external view returns (address);
        function addWasmCacheManager(address manager) external;
        function removeWasmCacheManager(address manager) external;

        function setL1BaseFeeEstimateInertia(uint64 inertia) external;
        function setL1PricingEquilibrationUnits(uint256 equilibrationUnits) external;
        function setL1PricingInertia(uint64 inertia) external;
        function setL1PricingRewardRecipient(address recipient) external;
        function setL1PricingRewardRate(uint64 weiPerUnit) external;
        function setL1PricePerUnit(uint256 pricePerUnit) external;
        function setParentGasFloorPerToken(uint64 floorPerToken) external;
        function setPerBatchGasCharge(int64 cost) external;
        function setAmortizedCostCapBips(uint64 cap) external;
        function setBrotliCompressionLevel(uint64 level) external;
        function releaseL1PricerSurplusFunds(uint256 maxWeiToRelease) external returns (uint256);
        function setL2BaseFee(uint256 priceInWei) external;
        function setMinimumL2BaseFee(uint256 priceInWei) external;
        function setSpeedLimit(uint64 limit) external;
        function setMaxTxGasLimit(uint64 limit) external;
        function setMaxBlockGasLimit(uint64 limit) external;
        function setL2GasPricingInertia(uint64 sec) external;
        function setL2GasBacklogTolerance(uint64 sec) external;
        function setGasBacklog(uint64 backlog) external;
        function setGasPricingConstraints(uint64[3][] calldata constraints) external;
        function setMultiGasPricingConstraints(MultiConstraint[] calldata constraints) external;

        function getNetworkFeeAccount() external view returns (address);
        function getInfraFeeAccount() external view returns (address);
        function setNetworkFeeAccount(address newNetworkFeeAccount) external;
        function setInfraFeeAccount(address newInfraFeeAccount) external;
        function setCollectTips(bool collect) external;
        function setCalldataPriceIncrease(bool enable) external;
        function scheduleArbOSUpgrade(uint64 newVersion, uint64 timestamp) external;
        function setChainConfig(string calldata chainConfig) external;

        function setInkPrice(uint32 price) external;
        function setWasmMaxStackDepth(uint32 depth) external;
        function setWasmFreePages(uint16 pages) external;
        function setWasmPageGas(uint16 gas) external;
        function setWasmPageLimit(uint16 limit) external;
        function setWasmMinInitGas(uint8 gas, uint16 cached) external;
        function setWasmInitCostScalar(uint64 percent) external;
        function setWasmExpiryDays(uint16 _days) external;
        function setWasmKeepaliveDays(uint16 _days) external;
        function setWasmBlockCacheSize(uint16 count) external;
        function setWasmMaxSize(uint32 size) external;
        function setWasmActivationGas(uint64 gas) external;
        function setMaxStylusContractFragments(uint8 maxFragments) external;
    }
}

pub(super) const METHODS: &[&[Method]] = &[
    people::METHODS,
    prices::METHODS,
    chain::METHODS,
    stylus::METHODS,
];
