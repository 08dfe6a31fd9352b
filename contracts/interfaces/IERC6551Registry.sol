// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title ERC-6551 registry, the reference ABI
/// @notice Creates token-bound accounts: ERC-1167 proxies with (salt, chainId, tokenContract, tokenId) appended.
interface IERC6551Registry {
    /// The account was created; a second call for the same account emits nothing.
    event ERC6551AccountCreated(
        address account,
        address indexed implementation,
        bytes32 salt,
        uint256 chainId,
        address indexed tokenContract,
        uint256 indexed tokenId
    );

    /// CREATE2 answered zero.
    error AccountCreationFailed();

    // ---- how every program answers a call it cannot route (the same four in every file of this folder) ----

    /// No function of this program has this selector; calldata under four bytes is padded with zeros.
    error UnknownSelector(bytes4 selector);
    /// A function that takes no native value was sent some.
    error ValueNotAccepted(uint256 value);
    /// An argument is out of bounds or has dirty bits; `offset` is the byte of calldata where reading stopped.
    error MalformedCalldata(uint256 offset);
    /// The constructor has run before.
    error AlreadyConstructed();

    /// Creates the account, or answers the existing one.
    function createAccount(
        address implementation,
        bytes32 salt,
        uint256 chainId,
        address tokenContract,
        uint256 tokenId
    ) external returns (address account);

    /// The address the account has, or would have.
    function account(
        address implementation,
        bytes32 salt,
        uint256 chainId,
        address tokenContract,
        uint256 tokenId
    ) external view returns (address account);
}
