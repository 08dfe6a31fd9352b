//! Sets of accounts that ArbOS keeps, with sizes that nobody could have come to but by hand, and what tells of changes to them.

use crate::world::{ALICE, BOB, STATIC_CALLER, create, word};
use alloy_primitives::{Address, U256, address};
use alloy_sol_types::{SolCall, sol};
use stylus_chain::arbos::space::{ARBOS_ACCOUNT, Space};
use stylus_chain::{Chain, Status, Transaction};

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");

sol! {
    function addChainOwner(address newOwner);
    function removeChainOwner(address owner);
    function getAllChainOwners() view returns (address[]);
    function setMinimumL2BaseFee(uint256 priceInWei);
}

fn acts<C: SolCall>(chain: &mut Chain, call: &C) -> Status {
    let sent = chain.send(Transaction::call(ALICE, ARB_OWNER, call.abi_encode()));
    sent.expect("it can be sent").receipt.status
}

#[test]
fn set_of_a_size_that_cannot_be_is_left_as_it_is() {
    let owners = Space::root().inside(4);
    let size = owners.slot_at(0);
    let new_owner = Address::repeat_byte(9);
    for (kept, is_full) in [
        (U256::from(u64::MAX), true),
        (U256::MAX, true),
        (U256::ZERO, false),
    ] {
        let mut chain = Chain::default();
        chain.set_storage(ARBOS_ACCOUNT, size, kept);
        let status = match is_full {
            true => acts(
                &mut chain,
                &addChainOwnerCall {
                    newOwner: new_owner,
                },
            ),
            false => acts(&mut chain, &removeChainOwnerCall { owner: ALICE }),
        };
        assert_eq!(status, Status::Revert, "{kept}");
        assert_eq!(chain.storage(ARBOS_ACCOUNT, size), kept);
    }
}

/// Nitro, `precompiles/wrapper.go`: from ArbOS 11 on, what only reads is not told of.
#[test]
fn owner_that_calls_statically_leaves_no_log() {
    let mut chain = Chain::default();
    let caller = create(&mut chain, &STATIC_CALLER);
    let call = addChainOwnerCall { newOwner: caller };
    assert_eq!(acts(&mut chain, &call), Status::Success);
    let asked = getAllChainOwnersCall {}.abi_encode();
    let input = [&word(ARB_OWNER).to_be_bytes::<32>()[..], &asked].concat();
    let sent = chain.send(Transaction::call(BOB, caller, input));
    let receipt = sent.expect("it can be sent").receipt;
    assert_eq!((receipt.status, receipt.logs), (Status::Success, vec![]));
    let sent = chain.send(Transaction::call(ALICE, ARB_OWNER, asked));
    assert_eq!(sent.expect("it can be sent").receipt.logs.len(), 1);
}

/// Nitro, `precompiles/ArbOwner.go`: a least price of nothing is refused where it is only tried, and taken in a transaction.
#[test]
fn least_price_of_nothing_is_refused_in_calls_and_estimates_alone() {
    let mut chain = Chain::default();
    let call = setMinimumL2BaseFeeCall {
        priceInWei: U256::ZERO,
    };
    let transaction = Transaction::call(ALICE, ARB_OWNER, call.abi_encode());
    let tried = chain.call(transaction.clone()).expect("it can be called");
    assert_eq!(tried.status, Status::Revert);
    assert!(chain.estimate_gas(transaction).is_err());
    assert_eq!(acts(&mut chain, &call), Status::Success);
}
