//! Who pays what for gas.

use crate::world::{ALICE, BOB, ECHO, STORER, chain_at, create, create_active, ether, send, words};
use alloy_primitives::{Address, U256, hex};
use revm::context::result::InvalidTransaction;
use stylus_chain::ArbOs;
use stylus_chain::arbos::space::{ARBOS_ACCOUNT, Space};
use stylus_chain::{Chain, Config, Status, Transaction, TxError};

const FEE: u64 = 100_000_000;

#[test]
fn transfer_costs_its_sender_value_and_gas_and_nobody_else() {
    let mut chain = Chain::default();
    let network = chain.config().network_fee_account;
    let stranger = Address::repeat_byte(0x77);
    let amount = U256::from(1_234_567_890_123_456_789_u64);
    let before = chain.balance(BOB);

    let receipt = send(&mut chain, Transaction::transfer(BOB, stranger, amount));

    let fee = U256::from(21_000 * FEE);
    assert_eq!((receipt.gas_used, receipt.gas_price), (21_000, FEE.into()));
    assert_eq!(chain.balance(BOB), before - amount - fee);
    assert_eq!(chain.balance(stranger), amount);
    assert_eq!(chain.balance(network), fee);
    assert_eq!(chain.nonce(BOB), 1);
}

#[test]
fn rehearsal_is_what_sending_does_and_leaves_no_trace() {
    let mut chain = Chain::default();
    // Returns the price of gas.
    let teller = create(&mut chain, &hex!("3a5f5260205ff3"));
    let price = Transaction::call(BOB, teller, []);
    let poor = price.clone().gas_limit(30_000);
    chain.set_balance(BOB, U256::from(30_000 * FEE));
    let before = chain.encode();

    let rehearsed = chain.rehearse(&poor).expect("it can be paid for");
    assert!(chain.rehearse(&price).is_err(), "it cannot be paid for");

    assert_eq!(chain.encode(), before);
    assert_eq!(U256::from_be_slice(&rehearsed.output), U256::from(FEE));
    assert_eq!(chain.send(poor), Ok(rehearsed));
    assert_eq!(
        chain
            .call(price)
            .map(|called| U256::from_be_slice(&called.output)),
        Ok(U256::ZERO)
    );
}

#[test]
fn only_the_base_fee_is_paid_when_more_is_offered() {
    let mut chain = Chain::default();
    let before = chain.balance(BOB);

    send(
        &mut chain,
        Transaction::transfer(BOB, ALICE, U256::ZERO).max_fee(u128::from(FEE) * 7),
    );

    assert_eq!(chain.balance(BOB), before - U256::from(21_000 * FEE));
}

#[test]
fn gas_of_a_write_is_that_of_the_evm_to_the_unit() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let input = words([U256::from(1), U256::from(5)]);

    let receipt = send(&mut chain, Transaction::call(BOB, storer, input.clone()));

    // two pushes, two calldata loads and a zero push; the slot is cold and was zero
    let run = 3 + 3 + 2 + 3 + 2_100 + 20_000;
    assert_eq!(receipt.gas_used, crate::world::intrinsic_gas(&input) + run);
}

#[test]
fn refund_of_a_cleared_slot_goes_back_to_the_sender() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    chain.set_storage(storer, U256::from(1), U256::from(5));
    let input = words([U256::from(1), U256::ZERO]);
    let before = chain.balance(BOB);

    let receipt = send(&mut chain, Transaction::call(BOB, storer, input.clone()));

    let spent = crate::world::intrinsic_gas(&input) + 11 + 2_100 + 2_900;
    assert_eq!(receipt.gas_used, spent - 4_800);
    assert_eq!(chain.storage_dump(storer).len(), 0);
    assert_eq!(
        before - chain.balance(BOB),
        U256::from(receipt.gas_used * FEE)
    );
}

#[test]
fn transaction_that_cannot_be_paid_is_refused_and_changes_nothing() {
    let mut chain = Chain::default();
    let hash = chain.blocks().last().map(|block| block.hash);
    let cases = [
        (
            Transaction::transfer(BOB, ALICE, ether(10_000)),
            "lack of funds",
        ),
        (
            Transaction::transfer(BOB, ALICE, U256::ZERO).max_fee(u128::from(FEE) - 1),
            "gas price is less than basefee",
        ),
        (
            Transaction::transfer(BOB, ALICE, U256::ZERO).nonce(1),
            "nonce",
        ),
        (
            Transaction::transfer(BOB, ALICE, U256::ZERO).gas_limit(20_999),
            "gas",
        ),
        (
            Transaction::transfer(BOB, ALICE, U256::ZERO).gas_limit(10_u64.pow(14) + 1),
            "lack of funds",
        ),
    ];
    for (transaction, words) in cases {
        let error = chain.send(transaction).expect_err("it cannot be paid");
        assert!(matches!(error, TxError::Invalid(_)), "{error}");
        assert!(
            error.to_string().contains(words),
            "got «{error}», expected «{words}»"
        );
    }
    assert_eq!(chain.nonce(BOB), 0);
    assert_eq!(chain.balance(BOB), ether(10_000));
    assert_eq!(chain.blocks().last().map(|block| block.hash), hash);
}

/// Below ArbOS 50 a transaction may use 32 million gas on top of its intrinsic gas, from 50 on in all; whatever more it
/// names, up to 10¹⁴ that its sender can just pay for, is held back and returned (`gaslimits` in tests/fixtures/nitro).
#[test]
fn gas_beyond_what_may_be_used_is_held_back() {
    for (arbos, most) in [
        (30, 32_021_000),
        (41, 32_021_000),
        (50, 32_000_000),
        (61, 32_000_000),
    ] {
        for gas_limit in [32_021_064, 33_000_000, 10_u64.pow(14)] {
            let mut chain = Chain::new(Config {
                arbos: ArbOs::try_from(arbos).expect("a known version"),
                call_gas_cap: 0,
                ..Config::default()
            });
            // tells the gas it has left; the other never ends
            let (teller, endless) = (Address::repeat_byte(0x11), Address::repeat_byte(0x12));
            chain.set_code(teller, hex!("5a5f5260205ff3"));
            chain.set_code(endless, hex!("5b5f56"));

            let told = send(
                &mut chain,
                Transaction::call(BOB, teller, []).gas_limit(gas_limit),
            );
            let call = Transaction::call(ALICE, endless, []).gas_limit(gas_limit);
            let spent = chain.send(call).expect("a valid transaction");

            assert_eq!(
                U256::from_be_slice(&told.output),
                U256::from(most - 21_000 - 2)
            );
            assert_eq!(told.gas_used, 21_015);
            assert!(matches!(spent.status, Status::Halt(_)));
            assert_eq!(spent.gas_used, most);
            assert_eq!(chain.balance(ALICE), ether(10_000) - U256::from(most * FEE));
            // What leaves no trace gets all it names, and what is estimated does not.
            let call = Transaction::call(BOB, teller, []).gas_limit(gas_limit);
            let called = chain.call(call.clone()).expect("a valid call");
            assert_eq!(
                U256::from_be_slice(&called.output),
                U256::from(gas_limit - 21_000 - 2)
            );
            assert_eq!(chain.estimate_gas(call), Ok(21_015));
        }
    }
}

/// Nitro takes a transaction's gas from 2⁵⁰ for its block, and refuses what is more.
#[test]
fn gas_limit_beyond_any_block_is_refused() {
    let mut chain = Chain::new(Config {
        base_fee: 0,
        ..Config::default()
    });
    let transfer = Transaction::transfer(BOB, ALICE, U256::ZERO);
    send(&mut chain, transfer.clone().gas_limit(1 << 50));
    for gas_limit in [(1 << 50) + 1, u64::MAX] {
        let refused = chain.send(transfer.clone().gas_limit(gas_limit));
        let error = TxError::Invalid(InvalidTransaction::CallerGasLimitMoreThanBlock);
        assert_eq!(refused, Err(error));
    }
    assert!(chain.call(transfer.gas_limit(u64::MAX)).is_ok());
}

#[test]
fn nonce_too_low_names_both() {
    let mut chain = Chain::default();
    send(&mut chain, Transaction::transfer(BOB, ALICE, U256::ZERO));

    let error = chain.send(Transaction::transfer(BOB, ALICE, U256::ZERO).nonce(0));

    assert_eq!(
        error,
        Err(TxError::Invalid(InvalidTransaction::NonceTooLow {
            tx: 0,
            state: 1
        }))
    );
}

#[test]
fn halt_takes_all_gas_and_moves_no_value() {
    let mut chain = Chain::default();
    let invalid = create(&mut chain, &[0xfe]);
    let before = chain.balance(BOB);

    let receipt = chain
        .send(Transaction::transfer(BOB, invalid, ether(1)).gas_limit(50_000))
        .expect("a valid transaction");

    assert!(
        matches!(receipt.status, Status::Halt(_)),
        "{:?}",
        receipt.status
    );
    assert_eq!(receipt.gas_used, 50_000);
    assert_eq!(before - chain.balance(BOB), U256::from(50_000 * FEE));
    assert_eq!(chain.balance(invalid), U256::ZERO);
}

#[test]
fn calldata_has_no_floor_unless_the_chain_sets_one() {
    let input = vec![1; 1_000];
    let transaction = || Transaction::call(BOB, ALICE, input.clone());
    let mut plain = Chain::default();
    let mut floored = Chain::new(stylus_chain::Config {
        calldata_floor: true,
        ..Default::default()
    });

    assert_eq!(send(&mut plain, transaction()).gas_used, 21_000 + 16_000);
    assert_eq!(send(&mut floored, transaction()).gas_used, 21_000 + 40_000);
}

/// At ArbOS 60 a sender got back what it paid above the price that its block left; 61 ended that ("AIP: ArbOS 61 Elara").
#[test]
fn price_that_falls_in_a_block_is_paid_in_full_but_at_arbos_60() {
    // the price of gas, third of the figures of its space
    let price = Space::root().inside(1).slot_at(2);
    for (arbos, paid) in [(51, 2 * FEE), (60, FEE), (61, 2 * FEE)] {
        let mut chain = chain_at(arbos);
        let network = chain.config().network_fee_account;
        chain.set_storage(ARBOS_ACCOUNT, price, U256::from(2 * FEE));
        let before = chain.balance(BOB);

        let receipt = send(&mut chain, Transaction::transfer(BOB, BOB, U256::ZERO));

        assert_eq!(receipt.gas_price, u128::from(2 * FEE));
        assert_eq!(chain.base_fee(), FEE);
        let fee = U256::from(21_000 * paid);
        assert_eq!(before - chain.balance(BOB), fee, "ArbOS {arbos}");
        assert_eq!(chain.balance(network), fee);
    }
}

/// At ArbOS 60 nobody paid for the gas that is gone where the entry of a program is not paid (`gaslimits-60`, block 10, in
/// tests/fixtures/nitro).
#[test]
fn gas_that_is_too_little_for_a_programs_entry_is_paid_but_at_arbos_60() {
    for (arbos, paid) in [(51, 21_100), (60, 21_000), (61, 21_100)] {
        let mut chain = chain_at(arbos);
        let echo = create_active(&mut chain, ECHO);
        let before = chain.balance(BOB);

        let call = Transaction::call(BOB, echo, []).gas_limit(21_100);
        let receipt = chain.send(call).expect("a valid transaction");

        assert_eq!(receipt.gas_used, 21_100);
        assert_eq!(
            before - chain.balance(BOB),
            U256::from(paid * FEE),
            "ArbOS {arbos}"
        );
    }
}
