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

    /// One receiver of what the work keeps; `share` of all payees adds up to 10,000. Account
    /// 0x0000000000000000000000000000000000006551 is the work's own bound account. `role` is for readers.
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
    /// Income from outside. `way` says how it came: 0 a payment (`ref` as the payer wrote it), 1 a swept inbox (payer = the
    /// inbox, ref 0), 2 a fee for deriving (ref = the child's id), 3 an authorization (not offered yet).
    event Paid(
        uint64 indexed work,
        address indexed asset,
        address indexed payer,
        uint16 epoch,
        uint256 amount,
        bytes32 ref,
        uint8 way
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
    /// A payee offered its index to another address; zero: it withdrew the offer.
    event PayeeOffered(uint64 indexed work, uint8 indexed payee, address indexed to, address from);
    /// The offered address took the index, with everything unclaimed. Claims of it are not reserved any more.
    event PayeeHandedOver(uint64 indexed work, uint8 indexed payee, address indexed to, address from);
    /// A payee reserved its claims to itself, or opened them to everyone again.
    event ClaimsReserved(uint64 indexed work, uint8 indexed payee, bool reserved);

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
    /// Whom paying is of no use: every address up to 0xfffff (zero, precompiles), the router, licensing, the work's collection
    /// and its inbox; and its bound account while the router has no account implementation.
    error PayeeRefused(address account);
    error NotPayee(address caller, address payee);
    error NotOfferedPayee(address caller, address offered);
    /// An index of the work's bound account follows the token and cannot be handed over, whether it was named as such or by its
    /// address.
    error PayeeBound(uint64 work, uint8 payee);
    /// The payee claims for itself; nobody else may.
    error ClaimReserved(uint64 work, uint8 payee);
    error RecipientsDiffer(address got, address expected);
    error AmountZero();
    error AmountTooLarge(uint256 got, uint256 max);
    error ValueMismatch(uint256 got, uint256 expected);
    /// A payment, or a sum of claims, would pass 128 bits; or an inbox is swept into a ledger that is full.
    error LedgerOverflow(uint64 work, address asset);
    error EtherRefused(address from);
    error NativeTransferFailed(address to, uint256 amount);
    error AssetWithoutCode(address asset);
    error AssetCallFailed(address asset);
    /// The transfer in moved less than half of the amount.
    error GainTooSmall(address asset, uint256 got, uint256 expected);
    /// The transfer out took more than the claim.
    error LossTooLarge(address asset, uint256 got, uint256 expected);
    /// The transfer out took less than half of the claim.
    error LossTooSmall(address asset, uint256 got, uint256 expected);
    error InboxDeploymentFailed(uint64 work);
    error SweepFailed(uint64 work, address asset);
    /// The licensing program returned something that is no list of one fee per parent.
    error FeesMalformed();
    /// The licensing program failed without a reason of its own: it has expired, or ran out of the gas it is given.
    error LicensingFailed(address licensing);
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

    /// Pays a work. Native: `amount` is the value sent. ERC-20: no value, the router pulls from the caller and credits what its
    /// balance rose by, at most `amount` and at least half of it. What the token returns is not looked at.
    function pay(uint64 work, address asset, uint256 amount, bytes32 ref) external payable;

    /// Moves what the work's inbox holds into the ledger, at most `most` and what the ledger has room for, deploying the inbox
    /// if needed; returns what was credited. The inbox may hold more than 128 bits. Nothing held, or `most` 0: nothing done.
    function sweep(uint64 work, address asset, uint256 most) external returns (uint256 amount);

    /// Carries income up the graph, children before parents; returns the works that are left to settle, and emits them.
    /// A ledger takes what fits in 128 bits, and the rest is nobody's: it holds up no other.
    /// @param budget How many ledgers may be written: 1 for each work that is settled and 1 for each parent it credits. A
    /// work is settled only if what is left of the budget covers both, so 17 cover any work, and the first that it does not
    /// cover ends the settling. A unit costs 8,000 to 9,700 gas where the parents have been credited before, 17,500 to 24,500
    /// where they have not, and no more than 25,000 whoever built the graph; beside them a call costs up to 60,000, and 6,000
    /// for each work that is named and not settled.
    function settleUp(WorkEpoch[] calldata works, address asset, uint256 budget)
        external
        returns (WorkEpoch[] memory rest);

    /// Pays a payee what it is due. Anyone may call, unless the payee reserved its claims.
    function claim(uint64 work, uint16 epoch, address asset, uint8 payee) external returns (uint256 amount);

    /// Pays one recipient for several positions in one transfer; all must resolve to the same address. Anyone may call, unless
    /// the payee of one of them reserved its claims.
    function claimMany(Position[] calldata positions, address asset) external returns (uint256 amount);

    /// Pays a payee's income to another address, at most `most` of it. The payee only.
    function claimTo(uint64 work, uint16 epoch, address asset, uint8 payee, address to, uint256 most)
        external
        returns (uint256 amount);

    /// Offers a payee index, and with it all that is unclaimed, to another address; zero withdraws the offer. The payee only.
    function offerPayee(uint64 work, uint8 payee, address to) external;

    /// Takes the index that was offered to the caller. Claims of it are open to everyone then: who needs them reserved says so in
    /// the same transaction.
    function acceptPayee(uint64 work, uint8 payee) external;

    /// Lets nobody else claim for this payee, or everyone again. The payee only, a bound account too.
    function reserveClaims(uint64 work, uint8 payee, bool reserved) external;

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
    /// To whom a payee offers its index, zero where it offers it to nobody.
    function offeredPayee(uint64 work, uint8 payee) external view returns (address);
    /// Whether nobody but the payee may claim for it.
    function claimsReserved(uint64 work, uint8 payee) external view returns (bool);
    /// Lifetime totals of one ledger. `settled` is the mark up to which the parents were credited; where no parent has a share
    /// there is nobody to credit, and it stays 0.
    function ledger(uint64 id, uint16 epoch, address asset) external view returns (uint128 received, uint128 settled);
    function claimed(uint64 id, uint16 epoch, address asset, uint8 payee) external view returns (uint128);
    function claimable(uint64 id, uint16 epoch, address asset, uint8 payee) external view returns (uint128);
    /// Raw storage, laid out as in docs/layout.md.
    function extsload(bytes32[] calldata slots) external view returns (bytes32[] memory);

    /// Refused except from an inbox while it is swept.
    receive() external payable;
}
