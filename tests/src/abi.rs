//! The interfaces of the programs, and of the tests' Solidity contracts.
#![allow(missing_docs, reason = "documented in the .sol files")]

pub use lineage::abi::licensing::ILicensing;
pub use lineage::abi::provenance::IProvenance;
pub use lineage::abi::registry::IERC6551Registry;
pub use lineage::abi::renderer::IRenderer;
pub use lineage::abi::router::IRouter;

alloy_sol_types::sol! {
    interface Actor {
        struct Call {
            address target;
            uint256 value;
            bytes data;
        }
        struct Result {
            bool success;
            bytes data;
        }
        error Refused();
        function act(address target, uint256 value, bytes calldata data) external payable returns (bytes memory);
        function plan(Call[] calldata calls) external;
        function refuse(bool whether) external;
        function answerWith(bytes4 selector) external;
        function results() external view returns (Result[] memory);
    }

    interface Coin {
        function mint(address to, uint256 amount) external;
        function approve(address spender, uint256 amount) external returns (bool);
        function transfer(address to, uint256 amount) external returns (bool);
        function balanceOf(address account) external view returns (uint256);
        function fail(bool whether) external;
        function charge(uint256 bps) external;
        function demand(uint256 more) external;
        function lie(bool says, uint256 bps) external;
        function cap(uint256 amount) external;
        function feel(uint8 how) external;
        function blockAccount(address account) external;
    }

    interface Saver {
        function saveIn(address to) external;
        function act(address target, bytes calldata data) external;
    }
}
