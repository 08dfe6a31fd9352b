// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title tokenURI and contractURI of a collection, as data: URIs
/// @notice Reads only; holds nothing.
interface IRenderer {
    /// The collection did not answer as it should, or there is too little gas to ask its router.
    error CollectionCallFailed(address collection);

    // ---- how every program answers a call it cannot route (the same four in every file of this folder) ----

    /// No function of this program has this selector; calldata under four bytes is padded with zeros.
    error UnknownSelector(bytes4 selector);
    /// A function that takes no native value was sent some.
    error ValueNotAccepted(uint256 value);
    /// An argument is out of bounds or has dirty bits; `offset` is the byte of calldata where reading stopped.
    error MalformedCalldata(uint256 offset);
    /// The constructor has run before.
    error AlreadyConstructed();

    /// A `data:application/json;base64,` URI: name, description, image, traits of one token. What the router does not
    /// answer is left out: without it, the traits name no parents.
    function tokenURI(address collection, uint256 tokenId) external view returns (string memory);

    /// A `data:application/json;base64,` URI of the collection, as ERC-7572 has it.
    function contractURI(address collection) external view returns (string memory);
}
