//! Signed transactions that cannot be run here, and the blocks that are made without them.

use crate::raw::{ALICES_KEY, BOBS_KEY, signed, transfer};
use crate::world::{ALICE, BOB, ECHO, create_active, send};
use alloy_consensus::TxEip1559;
use alloy_primitives::{Address, Bytes, TxKind, U256, hex};
use stylus_chain::chain::{Refused, SendError, SignedTransaction};
use stylus_chain::context::Unsupported;
use stylus_chain::{Chain, Transaction, TxError, init_code};

/// What is no program but a piece of one, which this chain does not deploy.
const FRAGMENT: [u8; 4] = hex!("eff00100");
const UNSUPPORTED: TxError = TxError::Unsupported(Unsupported::DeployedFragments);

fn decoded(transaction: TxEip1559, key: [u8; 32]) -> SignedTransaction {
    SignedTransaction::decode(&signed(transaction, key)).expect("a signed transaction")
}

/// Calls an account with all the gas that a few of its kind use.
fn call(to: Address, input: impl Into<Bytes>) -> TxEip1559 {
    TxEip1559 {
        gas_limit: 1_000_000,
        to: TxKind::Call(to),
        value: U256::ZERO,
        input: input.into(),
        ..transfer(0)
    }
}

/// Calls this program, writes storage for good and for the transaction, logs, and creates what its calldata makes.
fn busy(program: Address) -> Vec<u8> {
    let mut code = hex!("5f5f5f5f5f73").to_vec();
    code.extend_from_slice(program.as_slice());
    code.extend_from_slice(&hex!(
        "5af150 60015f55 60015f5d 5f5fa0 365f5f37 365f5ff0 00"
    ));
    code
}

#[test]
fn block_is_as_if_what_cannot_be_run_had_never_been_sent() {
    let mut chain = Chain::default();
    let program = create_active(&mut chain, ECHO);
    let acting = Address::repeat_byte(0x33);
    chain.set_code(acting, busy(program));
    chain.set_storage(acting, U256::from(9), U256::from(9));
    let mut without = chain.clone();
    // from another, since the chain has used Alice's first numbers
    let bad = decoded(call(acting, init_code(&FRAGMENT)), BOBS_KEY);
    let good = [
        decoded(call(program, [7]), BOBS_KEY),
        decoded(
            TxEip1559 {
                nonce: 1,
                ..call(acting, [])
            },
            BOBS_KEY,
        ),
    ];
    let [first, second] = good.clone();

    let taken = chain
        .send_signed(&[bad.clone(), first, bad, second])
        .expect("a block");

    let alone = without.send_signed(&good).expect("a block");
    let [first, second] = alone.try_into().expect("two");
    let spent = Refused::NonceTooLow {
        from: BOB,
        got: 0,
        expected: 1,
    };
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(
        taken,
        [
            Err(SendError::Run(UNSUPPORTED)),
            first,
            Err(SendError::Refused(spent)),
            second,
        ]
    );
    assert_eq!(chain.encode(), without.encode());
}

#[test]
fn what_cannot_be_run_is_in_no_block_of_its_own() {
    let mut chain = Chain::default();
    let before = chain.encode();
    let deploying = TxEip1559 {
        to: TxKind::Create,
        ..call(BOB, init_code(&FRAGMENT))
    };
    let raw = signed(deploying, ALICES_KEY);

    assert_eq!(chain.send_raw(&raw), Err(SendError::Run(UNSUPPORTED)));
    assert_eq!(chain.encode(), before);
}

#[test]
fn block_of_what_nobody_signed_names_the_transaction_that_is_to_blame() {
    let mut chain = Chain::default();
    let before = chain.encode();
    let transactions = [
        Transaction::transfer(BOB, ALICE, U256::from(1)),
        Transaction::create(ALICE, init_code(&FRAGMENT)),
    ];

    let Err(TxError::OfBlock { index, error, .. }) = chain.send_all(transactions.to_vec()) else {
        panic!("a block was made");
    };
    assert_eq!((index, *error), (1, UNSUPPORTED));
    // one that is alone in its block needs no name
    assert_eq!(chain.send(transactions[1].clone()), Err(UNSUPPORTED));
    assert_eq!(chain.encode(), before);
    send(&mut chain, transactions[0].clone());
}
