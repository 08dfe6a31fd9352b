//! The interfaces of the programs, read from their .sol files.
#![allow(missing_docs, clippy::too_many_arguments)] // generated; the .sol files carry the documentation

/// The ERC-6551 registry.
pub mod registry {
    alloy_sol_types::sol!(
        #![sol(all_derives)]
        "../contracts/interfaces/IERC6551Registry.sol"
    );
}
/// The royalty graph and its money.
pub mod router {
    alloy_sol_types::sol!(
        #![sol(all_derives)]
        "../contracts/interfaces/IRouter.sol"
    );
}
/// Terms of derivation.
pub mod licensing {
    alloy_sol_types::sol!(
        #![sol(all_derives)]
        "../contracts/interfaces/ILicensing.sol"
    );
}
/// The provenance record.
pub mod provenance {
    alloy_sol_types::sol!(
        #![sol(all_derives)]
        "../contracts/interfaces/IProvenance.sol"
    );
}
/// tokenURI and contractURI.
pub mod renderer {
    alloy_sol_types::sol!(
        #![sol(all_derives)]
        "../contracts/interfaces/IRenderer.sol"
    );
}
/// What a token that is paid with must answer.
pub mod erc20 {
    alloy_sol_types::sol! {
        function balanceOf(address account) external view returns (uint256);
        function approve(address spender, uint256 amount) external returns (bool);
    }
}
/// StylusDeployer, and the constructor it calls.
pub mod deployer {
    alloy_sol_types::sol! {
        function deploy(bytes calldata bytecode, bytes calldata initData, uint256 initValue, bytes32 salt)
            external
            payable
            returns (address);
        event ContractDeployed(address deployedContract);
        function stylus_constructor();
    }
}
