//! Signed transactions that pay for being posted to the parent chain, and those that cannot.

use crate::raw::{ALICES_KEY, signed, transfer};
use crate::world::{ALICE, ether};
use alloy_consensus::TxEip1559;
use alloy_primitives::{Address, TxKind, U256, hex};
use stylus_chain::chain::{Refused, SendError, SignedTransaction};
use stylus_chain::{Chain, Config};

const FEE: u64 = 100_000_000;

/// A chain where a unit of the parent chain's data costs as much as a gas.
fn chain() -> Chain {
    Chain::new(Config {
        l1_base_fee: U256::from(FEE),
        ..Config::default()
    })
}

fn decoded(transaction: TxEip1559) -> SignedTransaction {
    SignedTransaction::decode(&signed(transaction, ALICES_KEY)).expect("a signed transaction")
}

/// What became of each, and the gas that those used which were taken.
fn gas_used(chain: &mut Chain, transactions: &[TxEip1559]) -> Vec<Result<u64, SendError>> {
    let transactions: Vec<_> = transactions.iter().cloned().map(decoded).collect();
    let taken = chain.send_signed(&transactions).expect("they can be run");
    taken
        .into_iter()
        .map(|taken| taken.map(|executed| executed.gas_used))
        .collect()
}

#[test]
fn refunds_are_capped_by_the_gas_that_was_used_without_that_of_posting() {
    let mut chain = chain();
    // empties the slots 1, 2 and 3
    let clearer = Address::repeat_byte(0x33);
    chain.set_code(clearer, hex!("5f600155 5f600255 5f600355 00"));
    for slot in 1..=3 {
        chain.set_storage(clearer, U256::from(slot), U256::from(1));
    }
    let before = chain.balance(ALICE);

    let call = TxEip1559 {
        to: TxKind::Call(clearer),
        value: U256::ZERO,
        ..transfer(0)
    };
    let receipt = chain.send_raw(&signed(call, ALICES_KEY)).expect("taken");

    // for each slot two pushes, 2,100 as it is cold and 2,900 as it changes; 4,800 would come back for each
    let spent = 21_000 + 3 * (2 + 3 + 2_100 + 2_900);
    let refund = spent / 5;
    assert!(refund < 3 * 4_800);
    let posting = receipt.gas_used_for_l1;
    // a byte is 16 units, and the transaction is not quite as long once it is compressed
    assert!(posting.is_multiple_of(16) && (1_600..2_000).contains(&posting));
    assert_eq!(receipt.gas_used, spent - refund + posting);
    assert_eq!(
        before - chain.balance(ALICE),
        U256::from(receipt.gas_used * FEE)
    );
}

/// Nitro has no other words for a transaction whose gas is gone before it is posted.
#[test]
fn transaction_that_cannot_pay_for_its_posting_is_left_out_of_its_block() {
    let mut chain = chain();
    // 22,600 gas before it runs, and 1,000 more; of the 116 bytes and more that it is posted in, none is free
    let poor = TxEip1559 {
        gas_limit: 23_600,
        input: vec![1; 100].into(),
        ..transfer(1)
    };
    let rich = TxEip1559 {
        gas_limit: 30_000,
        ..poor.clone()
    };

    let taken = gas_used(&mut chain, &[transfer(0), poor, rich]);

    let [Ok(first), Err(refused), Ok(last)] = &taken[..] else {
        panic!("{taken:?}");
    };
    assert_eq!(refused.to_string(), "intrinsic gas too low");
    let block = chain.block(1).expect("a block");
    assert_eq!(block.gas_used(), first + last);
    assert_eq!((block.receipts.len(), block.transactions.len()), (2, 3));
    assert_eq!(chain.nonce(ALICE), 2);
}

/// A block has 2⁵⁰ gas by its header, from which geth takes each transaction's.
#[test]
fn gas_limit_beyond_what_the_header_leaves_is_left_out_of_its_block() {
    let mut chain = Chain::default();
    chain.set_balance(ALICE, ether(10_000_000));
    let with = |nonce, gas_limit| TxEip1559 {
        gas_limit,
        max_fee_per_gas: FEE.into(),
        max_priority_fee_per_gas: 0,
        ..transfer(nonce)
    };
    let all = 1 << 50;

    let taken = gas_used(
        &mut chain,
        &[
            with(0, all + 1),
            with(0, 2 * all),
            with(0, all),
            with(1, all - 20_999),
            with(1, all - 21_000),
        ],
    );

    let full = Err(SendError::Refused(Refused::BlockFull));
    assert_eq!(
        taken,
        [full.clone(), full.clone(), Ok(21_000), full, Ok(21_000)]
    );
    assert_eq!(Refused::BlockFull.to_string(), "gas limit reached");
    assert_eq!(chain.nonce(ALICE), 2);
}
