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
    /// A claim was dated before its mint, for the first time or anew.
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
    /// The commitment is of this very second of the chain, in which a copy of the mint would come no later.
    error CommitmentTooFresh(bytes32 commitment, uint64 time);
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
    /// The router failed without a reason, as a program that has expired does, or did not return a new work id; it is zero
    /// until the constructor has run.
    error RouterCallFailed(address router);
    /// The record could not be stored.
    error RecordFailed();
    /// The renderer failed, or did not return a string of at most 32 KiB.
    error RendererFailed(address renderer);
    error Locked();

    // ---- what a mint passes on: the router's refusals ----

    error UnknownWork(uint64 work);
    error UnknownKind(uint8 kind);
    error CreatorZero();
    /// Parents are strictly ascending: `work` does not come after `previous`.
    error ParentsNotAscending(uint64 previous, uint64 work);
    error TooManyParents(uint256 got, uint256 max);
    error SharesTooLarge(uint256 got, uint256 max);
    error TooManyPayees(uint256 got, uint256 max);
    error PayeeShareZero(uint256 index);
    error PayeeSharesMismatch(uint256 got, uint256 expected);
    error PayeeRefused(address account);
    error TooManyCollections(uint256 max);
    /// The value sent is not the exact sum of the fees.
    error ValueMismatch(uint256 got, uint256 expected);
    /// A fee would fill a parent's ledger beyond 128 bits.
    error LedgerOverflow(uint64 work, address asset);
    error FeesMalformed();
    /// Licensing failed without a reason, as a program that has expired does.
    error LicensingFailed(address licensing);

    // ---- what a mint passes on: licensing's refusals ----

    error ParentClosed(uint64 work);
    error ShareTooSmall(uint64 work, uint16 got, uint16 min);
    error StaleTerms(uint64 work, uint32 got, uint32 current);
    error OfferExpired(uint64 work, uint64 expiry);
    error ChildrenExhausted(uint64 work, uint32 max);
    error CoverNotOffered(uint64 work, uint8 cover);

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

    /// Dates a claim for 3 days: `commitment` = H(abi.encode(domain, creator, outputHash, processRoot, salt)). In that time
    /// the first of a hash stands, and a repeat changes nothing; afterwards it may be made anew, by anyone, for it dates its
    /// creator alone. Send the mint in a later second of the chain than this: in the same one it is refused.
    function commit(bytes32 commitment) external;

    /// Mints a work; the caller is its creator. The value sent is exactly the native fees due to the parents. Where `salt`
    /// is not zero, the claim has its commitment's time, which is at most 3 days old and not of this second; else the block's.
    function mint(MintRequest calldata request) external payable returns (uint256 tokenId);

    function record(uint256 tokenId) external view returns (Record memory);
    /// The time of a commitment, 0 where there is none. Older than 3 days, it dates nothing until it is made anew.
    function commitmentTime(bytes32 commitment) external view returns (uint64);
    /// The claim with the earliest time on a hash in this collection, 0 where there is none. Final 3 days after its mint.
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
