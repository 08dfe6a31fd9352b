// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title The provenance record of creative works, an ERC-721 with ERC-2981 royalties
/// @notice A record never changes. Token ids are the router's work ids.
interface IProvenance {
    /// One edge to a parent, as the child names it (the router's).
    struct Parent {
        uint64 work;
        uint16 share;
        uint32 version;
        uint8 cover;
    }

    /// One receiver of what the work keeps (the router's).
    struct Payee {
        address account;
        uint16 share;
        uint8 role;
    }

    /// What a creator mints. `outputHash` is the SHA-256 of the file. `royalty` in basis points, at most 5,000. `uri` is
    /// empty (the raw CID of outputHash), a scheme byte (1 CIDv1 raw, 2 CIDv1 dag-pb, 3 Arweave) with a 32-byte digest,
    /// or an https address of at most 512 bytes. `salt` names the creator's commitment, zero for none.
    struct MintRequest {
        address to;
        bytes32 outputHash;
        bytes32 processRoot;
        uint16 stepCount;
        uint8 kind;
        uint16 royalty;
        uint8 sourceType;
        string title;
        bytes uri;
        bytes32 salt;
        Parent[] parents;
        Payee[] payees;
    }

    /// What the chain keeps of a work; times are unix seconds.
    struct Record {
        address creator;
        bytes32 outputHash;
        bytes32 processRoot;
        uint16 stepCount;
        uint8 kind;
        uint16 royalty;
        uint8 sourceType;
        uint64 claimedAt;
        uint64 mintedAt;
        string title;
        bytes uri;
    }

    /// A step of the creative process as its leaf commits to it. `kind`: 0 prompt, 1 model, 2 dataset, 3 parameters,
    /// 4 tool, 5 edit, 6 output, 7 other.
    struct Step {
        uint8 kind;
        bytes32 contentHash;
        bytes32 metaHash;
        bytes32 salt;
    }

    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);
    event MetadataUpdate(uint256 _tokenId);
    event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId);
    event ContractURIUpdated();
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event RendererChanged(address indexed renderer);
    /// A claim was dated before its mint.
    event Committed(bytes32 indexed commitment, uint64 time);
    /// A work was minted with this record.
    event WorkMinted(
        uint256 indexed tokenId,
        address indexed creator,
        bytes32 indexed outputHash,
        bytes32 processRoot,
        uint16 stepCount,
        uint64 claimedAt
    );

    error ERC721InvalidOwner(address owner);
    error ERC721NonexistentToken(uint256 tokenId);
    error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);
    error ERC721InvalidSender(address sender);
    error ERC721InvalidReceiver(address receiver);
    error ERC721InsufficientApproval(address operator, uint256 tokenId);
    error ERC721InvalidApprover(address approver);
    error ERC721InvalidOperator(address operator);
    error OwnableUnauthorizedAccount(address account);
    error OwnableInvalidOwner(address owner);

    error AlreadyMinted(address creator, bytes32 outputHash, uint256 tokenId);
    error OutputHashZero();
    error NoCommitment(bytes32 commitment);
    error CommitmentTooOld(bytes32 commitment, uint64 time, uint64 oldest);
    error RoyaltyTooLarge(uint256 got, uint256 max);
    error UnknownSourceType(uint8 sourceType);
    error TitleTooLong(uint256 got, uint256 max);
    /// Broken UTF-8 or a control character at this byte.
    error TitleInvalid(uint256 offset);
    error UriTooLong(uint256 got, uint256 max);
    error UriInvalid();
    error StepOutOfRange(uint16 got, uint16 count);
    error UnknownStepKind(uint8 kind);
    error StepProofInvalid(uint256 tokenId, uint16 index);
    /// The router did not answer a new work id; it is zero until the constructor has run.
    error RouterCallFailed(address router);
    /// The record could not be stored.
    error RecordFailed();
    error RendererFailed(address renderer);
    error Locked();

    // ---- how every program answers a call it cannot route (the same four in every file of this folder) ----

    /// No function of this program has this selector; calldata under four bytes is padded with zeros.
    error UnknownSelector(bytes4 selector);
    /// A function that takes no native value was sent some.
    error ValueNotAccepted(uint256 value);
    /// An argument is out of bounds or has dirty bits; `offset` is the byte of calldata where reading stopped.
    error MalformedCalldata(uint256 offset);
    /// The constructor has run before.
    error AlreadyConstructed();

    // ---- the record ----

    /// Dates a claim: `commitment` = H(abi.encode(domain, creator, outputHash, processRoot, salt)). The first of a hash
    /// stands. Send the mint in a later second of the chain than this: a copy in the same second comes no later.
    function commit(bytes32 commitment) external;

    /// Mints a work; the caller is its creator. The value sent is exactly the native fees due to the parents.
    function mint(MintRequest calldata request) external payable returns (uint256 tokenId);

    function record(uint256 tokenId) external view returns (Record memory);
    /// The time of a commitment, 0 where there is none.
    function commitmentTime(bytes32 commitment) external view returns (uint64);
    /// The claim with the earliest time on a hash in this collection, 0 where there is none.
    function tokenOf(bytes32 outputHash) external view returns (uint256 tokenId);
    /// The token a creator minted for a hash, 0 where there is none.
    function tokenBy(address creator, bytes32 outputHash) external view returns (uint256 tokenId);
    /// Answers the leaf of one step that the record's root contains, and reverts for any other.
    function verifyStep(uint256 tokenId, uint16 index, Step calldata step, bytes32[] calldata proof)
        external
        view
        returns (bytes32 leaf);
    function router() external view returns (address);
    function renderer() external view returns (address);
    /// Changes the renderer. The owner only.
    function setRenderer(address renderer) external;

    // ---- ERC-721, ERC-721 Metadata, ERC-165, ERC-2981, ERC-7572 ----

    function balanceOf(address owner) external view returns (uint256);
    function ownerOf(uint256 tokenId) external view returns (address);
    function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata data) external;
    function safeTransferFrom(address from, address to, uint256 tokenId) external;
    function transferFrom(address from, address to, uint256 tokenId) external;
    function approve(address to, uint256 tokenId) external;
    function setApprovalForAll(address operator, bool approved) external;
    function getApproved(uint256 tokenId) external view returns (address);
    function isApprovedForAll(address owner, address operator) external view returns (bool);
    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function tokenURI(uint256 tokenId) external view returns (string memory);
    function contractURI() external view returns (string memory);
    function supportsInterface(bytes4 interfaceId) external view returns (bool);
    function royaltyInfo(uint256 tokenId, uint256 salePrice)
        external
        view
        returns (address receiver, uint256 royaltyAmount);

    // ---- Ownable2Step ----

    function owner() external view returns (address);
    function pendingOwner() external view returns (address);
    function transferOwnership(address newOwner) external;
    function acceptOwnership() external;
    function renounceOwnership() external;
}
