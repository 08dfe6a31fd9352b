// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title Terms of derivation
/// @notice One program for every router: state and events are keyed by the router, and consume acts on its caller's.
interface ILicensing {
    /// One edge to a parent, as the child names it (the router's).
    struct Parent {
        uint64 work;
        uint16 share;
        uint32 version;
        uint8 cover;
    }

    /// What a child must accept. `mode`: 0 closed, 1 open (2, by approval, is not offered yet). `minShare` in basis
    /// points. `expires` says whether `expiry` (unix seconds, last valid second) counts; where it does not, `expiry` is zero.
    /// `children` is how many children this version admits, zero for any number. Fees and carry are not offered yet: zero
    /// and false.
    struct Terms {
        uint8 mode;
        uint16 minShare;
        bool carry;
        bool expires;
        uint64 expiry;
        uint32 children;
        uint128 fee;
        address asset;
        bytes32 licenceHash;
    }

    event TermsSet(
        address indexed router, uint64 indexed work, uint32 version, Terms terms, string licenceURI
    );
    event LicensorOffered(address indexed router, uint64 indexed work, address indexed to, address from);
    event LicensorChanged(address indexed router, uint64 indexed work, address indexed to, address from, uint32 version);

    error NotLicensor(address caller, address licensor);
    error NotOfferedLicensor(address caller, address offered);
    error UnknownMode(uint8 mode);
    error FeeNotOffered(uint128 fee, address asset);
    error CarryNotOffered();
    error MinShareTooLarge(uint256 got, uint256 max);
    /// An expiry that does not count was named.
    error ExpiryWithoutExpires(uint64 expiry);
    error LicenceURITooLong(uint256 got, uint256 max);
    error ParentClosed(uint64 work);
    error ShareTooSmall(uint64 work, uint16 got, uint16 min);
    /// The version named, by a child or by who accepts the licensor's place, is not the current one.
    error StaleTerms(uint64 work, uint32 got, uint32 current);
    /// The current version of the terms has admitted as many children as it may.
    error ChildrenExhausted(uint64 work, uint32 max);
    /// The version is at its greatest, so neither terms nor licensor can change any more.
    error VersionsExhausted(uint64 work);
    error OfferExpired(uint64 work, uint64 expiry);
    error CoverNotOffered(uint64 work, uint8 cover);
    /// The router did not say who made the work.
    error RouterCallFailed(address router);

    // ---- how every program answers a call it cannot route (the same four in every file of this folder) ----

    /// No function of this program has this selector; calldata under four bytes is padded with zeros.
    error UnknownSelector(bytes4 selector);
    /// A function that takes no native value was sent some.
    error ValueNotAccepted(uint256 value);
    /// An argument is out of bounds or has dirty bits; `offset` is the byte of calldata where reading stopped.
    error MalformedCalldata(uint256 offset);
    /// The constructor has run before.
    error AlreadyConstructed();

    /// Sets the terms for children of a work. The licensor only; raises the version.
    function setTerms(address router, uint64 work, Terms calldata terms, string calldata licenceURI)
        external
        returns (uint32 version);

    /// Offers the licensor's place; `to` zero withdraws the offer.
    function offerLicensor(address router, uint64 work, address to) external;

    /// Takes the offered place; raises the version. `version` is that of the terms the caller has read and accepts, which
    /// stay in force under the next version.
    function acceptLicensor(address router, uint64 work, uint32 version) external;

    /// Checks that every parent of the calling router admits the child, counts it where their number is limited, and
    /// returns what native fee each parent is due.
    function consume(address collection, address creator, Parent[] calldata parents)
        external
        returns (uint128[] memory fees);

    function termsOf(address router, uint64 work) external view returns (Terms memory terms, uint32 version);
    /// How many children the current version has admitted; zero where it admits any number, since nobody counts them then.
    function childrenOf(address router, uint64 work) external view returns (uint32 admitted);
    function licensorOf(address router, uint64 work) external view returns (address);
    function offeredLicensorOf(address router, uint64 work) external view returns (address);
}
