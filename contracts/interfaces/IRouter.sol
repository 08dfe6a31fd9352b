// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// @title The royalty graph and its money
/// @notice Works under sequential ids, frozen shares to up to 16 parents, and one ledger per (work, epoch, asset).
/// @dev Asset zero is the native coin. Shares are basis points. Every amount fits in 128 bits.
interface IRouter {
    /// One edge to a parent, as the child names it. `version` is the parent's terms version the child accepts; `cover`
    /// says what entitles the child: 0 open terms.
    struct Parent {
        uint64 work;
        uint16 share;
        uint32 version;
        uint8 cover;
    }

    /// One receiver of what the work keeps; `share` of all payees adds up to 10,000. Account zero is the work's own
    /// bound account. `role` is for readers.
    struct Payee {
        address account;
        uint16 share;
        uint8 role;
    }

    /// A frozen edge.
    struct Edge {
        uint64 work;
        uint16 share;
        bool carry;
        bool inherited;
    }

    /// The head of a work. `keep` is 10,000 less the shares of its parents.
    struct Work {
        address creator;
        address collection;
        uint256 tokenId;
        uint8 kind;
        uint16 keep;
        uint16 epoch;
        uint8 parents;
        uint8 payees;
    }

    /// A ledger of a work, in every asset.
    struct WorkEpoch {
        uint64 work;
        uint16 epoch;
    }

    /// A payee's claim on one ledger.
    struct Position {
        uint64 work;
        uint16 epoch;
        uint8 payee;
    }

    /// A work was registered; token id = work id where the collection registered it itself.
    event WorkRegistered(
        uint64 indexed work,
        address indexed collection,
        address indexed creator,
        uint8 kind,
        Parent[] parents,
        Payee[] payees
    );
    /// Income from outside: a payment, a swept inbox (payer = the inbox, ref 0), a fee (ref = the child's id).
    event Paid(
        uint64 indexed work, address indexed asset, address indexed payer, uint16 epoch, uint256 amount, bytes32 ref
    );
    /// The parents of `work` were credited their shares of what it received between the two marks, those whose ledgers
    /// are full only what fits in 128 bits.
    event Settled(uint64 indexed work, address indexed asset, uint16 epoch, uint256 from, uint256 to);
    /// settleUp stopped at its budget with these still to settle.
    event SettlementPaused(address indexed asset, WorkEpoch[] works);
    /// A payee's income left the router.
    event Claimed(
        uint64 indexed work, address indexed asset, address indexed to, uint16 epoch, uint8 payee, uint256 amount
    );
    /// A payee handed its index, with everything unclaimed, to another address.
    event PayeeHandedOver(uint64 indexed work, uint8 indexed payee, address indexed to, address from);

    error UnknownWork(uint64 work);
    error UnknownKind(uint8 kind);
    error UnknownEpoch(uint64 work, uint16 epoch, uint16 current);
    error UnknownPayee(uint64 work, uint8 payee);
    error CreatorZero();
    /// Parents are strictly ascending: `work` does not come after `previous`.
    error ParentsNotAscending(uint64 previous, uint64 work);
    error TooManyParents(uint256 got, uint256 max);
    error SharesTooLarge(uint256 got, uint256 max);
    error TooManyPayees(uint256 got, uint256 max);
    error PayeeShareZero(uint256 index);
    error PayeeSharesMismatch(uint256 got, uint256 expected);
    /// The router has numbered as many collections as it can.
    error TooManyCollections(uint256 max);
    /// The router, a precompile, the work's inbox, or zero where it means nothing.
    error PayeeRefused(address account);
    error NotPayee(address caller, address payee);
    /// An index held as "bound account" follows the token and cannot be handed over.
    error PayeeBound(uint64 work, uint8 payee);
    error RecipientsDiffer(address got, address expected);
    error AmountZero();
    error AmountTooLarge(uint256 got, uint256 max);
    error ValueMismatch(uint256 got, uint256 expected);
    /// A payment, or a sum of claims, would pass 128 bits.
    error LedgerOverflow(uint64 work, address asset);
    error EtherRefused(address from);
    error NativeTransferFailed(address to, uint256 amount);
    error AssetWithoutCode(address asset);
    error AssetCallFailed(address asset);
    /// The transfer in moved less than half of the amount.
    error GainTooSmall(address asset, uint256 got, uint256 expected);
    /// The transfer out took more than the claim.
    error LossTooLarge(address asset, uint256 got, uint256 expected);
    error InboxDeploymentFailed(uint64 work);
    error SweepFailed(uint64 work, address asset);
    /// The licensing program answered something that is no list of one fee per parent.
    error FeesMalformed();
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

    /// Registers a work of the calling collection; its token id is the returned work id. The value sent is exactly the
    /// sum of the native fees due to the parents.
    function register(address creator, uint8 kind, Parent[] calldata parents, Payee[] calldata payees)
        external
        payable
        returns (uint64 work);

    /// Pays a work. Native: `amount` is the value sent. ERC-20: no value, the router pulls from the caller.
    function pay(uint64 work, address asset, uint256 amount, bytes32 ref) external payable;

    /// Credits what the work's inbox holds, deploying the inbox if needed. Nothing held: nothing done.
    function sweep(uint64 work, address asset) external returns (uint256 amount);

    /// Carries income up the graph, children before parents, settling at most `maxWorks` works; answers what is left. A
    /// ledger takes what fits in 128 bits, and the rest is nobody's: it holds up no other.
    function settleUp(WorkEpoch[] calldata works, address asset, uint256 maxWorks)
        external
        returns (WorkEpoch[] memory rest);

    /// Pays a payee what it is due. Anyone may call.
    function claim(uint64 work, uint16 epoch, address asset, uint8 payee) external returns (uint256 amount);

    /// Pays one recipient for several positions in one transfer; all must resolve to the same address. Anyone may call.
    function claimMany(Position[] calldata positions, address asset) external returns (uint256 amount);

    /// Pays a payee's income to another address. The payee only.
    function claimTo(uint64 work, uint16 epoch, address asset, uint8 payee, address to)
        external
        returns (uint256 amount);

    /// Hands a payee index and all its unclaimed income to another address. The payee only.
    function handOver(uint64 work, uint8 payee, address to) external;

    function licensing() external view returns (address);
    function registry() external view returns (address);
    function accountImplementation() external view returns (address);
    /// The number of works; ids run from 1 to it.
    function workCount() external view returns (uint64);
    function work(uint64 id) external view returns (Work memory);
    function creatorOf(uint64 id) external view returns (address);
    /// The work of a token, 0 where there is none.
    function workOf(address collection, uint256 tokenId) external view returns (uint64);
    function parents(uint64 id) external view returns (Edge[] memory);
    /// The payees with bound accounts resolved.
    function payees(uint64 id) external view returns (Payee[] memory);
    /// The receiver of the work's ERC-2981 royalties. It need not exist to be paid.
    function inbox(uint64 id) external view returns (address);
    /// Lifetime totals of one ledger.
    function ledger(uint64 id, uint16 epoch, address asset) external view returns (uint128 received, uint128 settled);
    function claimed(uint64 id, uint16 epoch, address asset, uint8 payee) external view returns (uint128);
    function claimable(uint64 id, uint16 epoch, address asset, uint8 payee) external view returns (uint128);
    /// Raw storage, laid out as in docs/layout.md.
    function extsload(bytes32[] calldata slots) external view returns (bytes32[] memory);

    /// Refused except from an inbox while it is swept.
    receive() external payable;
}
