//! Transactions that are filtered: in a block, and not run (`ArbFilteredTransactionsManager`, from ArbOS 60).

use crate::raw::{ALICES_KEY, BOBS_KEY, CHAIN_ID, signed, transfer};
use crate::world::{ALICE, BOB, ether, send};
use alloy_consensus::{TxEip1559, TxEip7702};
use alloy_eips::eip7702::Authorization;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, address, keccak256};
use alloy_sol_types::{SolCall, sol};
use stylus_chain::{Chain, Status, Transaction};

sol! {
    function setTransactionFilteringFrom(uint64 timestamp) external;
    function addTransactionFilterer(address filterer) external;
    function addFilteredTransaction(bytes32 txHash) external;
    function deleteFilteredTransaction(bytes32 txHash) external;
}

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
const MANAGER: Address = address!("0000000000000000000000000000000000000074");
const DAY: u64 = 86_400;
const FEE: u64 = 100_000_000;

/// A chain where Alice may filter transactions.
fn chain() -> Chain {
    let mut chain = Chain::default();
    let timestamp = chain.timestamp() + 8 * DAY;
    let from = setTransactionFilteringFromCall { timestamp };
    by_alice(&mut chain, ARB_OWNER, &from);
    chain.increase_time(9 * DAY);
    by_alice(
        &mut chain,
        ARB_OWNER,
        &addTransactionFiltererCall { filterer: ALICE },
    );
    chain
}

fn by_alice(chain: &mut Chain, to: Address, call: &impl SolCall) {
    send(chain, Transaction::call(ALICE, to, call.abi_encode()));
}

fn filter(chain: &mut Chain, raw: &[u8]) -> B256 {
    let hash = keccak256(raw);
    by_alice(chain, MANAGER, &addFilteredTransactionCall { txHash: hash });
    hash
}

/// What a filtered transaction of Bob's leaves: a failure in a block, his nonce used, and all its gas paid.
fn assert_unrun(chain: &mut Chain, raw: &[u8], gas_limit: u64) {
    let hash = filter(chain, raw);
    let (before, nonce) = (chain.balance(BOB), chain.nonce(BOB));

    let receipt = chain.send_raw(raw).expect("it is in a block");

    assert_eq!(
        receipt.status,
        Status::Halt("filtered transaction".to_owned())
    );
    assert_eq!(
        (receipt.transaction_hash, receipt.gas_used),
        (hash, gas_limit)
    );
    assert_eq!((&receipt.output, &receipt.logs), (&Bytes::new(), &vec![]));
    assert_eq!(before - chain.balance(BOB), U256::from(gas_limit * FEE));
    assert_eq!(chain.nonce(BOB), nonce + 1);
    assert_eq!(chain.receipt(hash).as_ref(), Some(&receipt.receipt));
}

#[test]
fn filtered_transaction_is_in_its_block_fails_and_pays_all_its_gas() {
    let mut chain = chain();
    let stranger = Address::repeat_byte(0x77);
    let pays = TxEip1559 {
        to: TxKind::Call(stranger),
        value: ether(1),
        ..transfer(0)
    };

    assert_unrun(&mut chain, &signed(pays, BOBS_KEY), 100_000);

    assert_eq!(chain.balance(stranger), U256::ZERO);
}

#[test]
fn filtered_creation_creates_nothing() {
    let mut chain = chain();
    let creates = TxEip1559 {
        to: TxKind::Create,
        value: U256::ZERO,
        // returns one byte of zero
        input: vec![0x60, 0x01, 0x5f, 0xf3].into(),
        ..transfer(0)
    };

    assert_unrun(&mut chain, &signed(creates, BOBS_KEY), 100_000);

    assert_eq!(chain.code(BOB.create(0)), Bytes::new());
}

#[test]
fn filtered_delegation_delegates_nothing_and_nothing_of_it_comes_back() {
    let mut chain = chain();
    let authorization = Authorization {
        chain_id: U256::from(CHAIN_ID),
        address: Address::repeat_byte(0xde),
        nonce: chain.nonce(ALICE) + 1,
    };
    let agreed = crate::raw::signature(ALICES_KEY, authorization.signature_hash());
    let delegates = TxEip7702 {
        chain_id: CHAIN_ID,
        gas_limit: 100_000,
        max_fee_per_gas: 1_000_000_000,
        to: BOB,
        authorization_list: vec![authorization.into_signed(agreed)],
        ..TxEip7702::default()
    };

    assert_unrun(&mut chain, &signed(delegates, BOBS_KEY), 100_000);

    assert_eq!(chain.code(ALICE), Bytes::new());
}

#[test]
fn gas_beyond_what_may_be_used_comes_back_from_a_filtered_transaction_too() {
    let mut chain = chain();
    let names_more = TxEip1559 {
        gas_limit: 50_000_000,
        ..transfer(0)
    };
    let raw = signed(names_more, BOBS_KEY);
    filter(&mut chain, &raw);

    let receipt = chain.send_raw(&raw).expect("it is in a block");

    assert_eq!(receipt.gas_used, 32_000_000);
}

#[test]
fn transaction_runs_that_was_filtered_no_more() {
    let mut chain = chain();
    let raw = signed(transfer(0), BOBS_KEY);
    let hash = filter(&mut chain, &raw);
    by_alice(
        &mut chain,
        MANAGER,
        &deleteFilteredTransactionCall { txHash: hash },
    );

    let receipt = chain.send_raw(&raw).expect("it is in a block");

    assert_eq!(
        (&receipt.status, receipt.gas_used),
        (&Status::Success, 21_000)
    );
}
