//! What tools ask of a node as if it were a contract. The answers are those that Nitro's node gave, on a chain like this.

use crate::raw::{ALICES_KEY, signed, transfer};
use crate::world::{ALICE, BOB, LOADER, STORER, ask, create, ether, send, words};
use alloy_consensus::TxEip1559;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, hex, keccak256};
use alloy_sol_types::SolCall;
use stylus_chain::arbos::predeploys::ARB_SYS;
use stylus_chain::chain::EstimateError;
use stylus_chain::chain::node_interface::NODE_INTERFACE;
use stylus_chain::context::Unsupported;
use stylus_chain::precompiles::abi::{ArbSys, NodeInterface::*};
use stylus_chain::{Chain, Config, Outcome, Status, Trace, Transaction, TxError};

const FEE: u64 = 100_000_000;

fn outcome(status: Status) -> Outcome {
    Outcome {
        status,
        gas_used: 0,
        output: Bytes::new(),
        logs: Vec::new(),
        contract_address: None,
        refusal: None,
        trace: Trace::default(),
    }
}

fn calls(input: impl Into<Bytes>) -> Transaction {
    Transaction::call(BOB, NODE_INTERFACE, input)
}

fn assert_reverts(chain: &Chain, input: Vec<u8>) {
    assert_eq!(chain.call(calls(input)), Ok(outcome(Status::Revert)));
}

#[test]
fn blocks_of_the_parent_chain_are_found_from_both_sides() {
    let mut chain = Chain::default();
    let l1_block = chain.config().l1_block;
    for seconds in [0, 0, 24, 0] {
        chain.increase_time(seconds);
        send(&mut chain, Transaction::transfer(ALICE, BOB, U256::ZERO));
    }

    let follows = |number| {
        ask(
            &chain,
            NODE_INTERFACE,
            &blockL1NumCall { l2BlockNum: number },
        )
    };
    let range = |number| {
        let range = ask(
            &chain,
            NODE_INTERFACE,
            &l2BlockRangeForL1Call { blockNum: number },
        );
        (range.firstBlock, range.lastBlock)
    };
    assert_eq!(
        [0, 1, 2, 3, 4].map(follows),
        [0, 0, 0, 2, 2].map(|more| l1_block + more)
    );
    assert_eq!([range(l1_block), range(l1_block + 2)], [(0, 2), (3, 4)]);
    assert_reverts(&chain, blockL1NumCall { l2BlockNum: 5 }.abi_encode());
    for number in [0, l1_block - 1, l1_block + 1, l1_block + 3, u64::MAX] {
        assert_reverts(
            &chain,
            l2BlockRangeForL1Call { blockNum: number }.abi_encode(),
        );
    }
}

#[test]
fn what_needs_a_parent_chain_finds_nothing() {
    let chain = Chain::default();
    let genesis = chain.block(0).expect("genesis").hash;

    assert_eq!(
        ask(&chain, NODE_INTERFACE, &nitroGenesisBlockCall {}),
        U256::ZERO
    );
    let confirmations = |hash: B256| getL1ConfirmationsCall { blockHash: hash };
    assert_eq!(ask(&chain, NODE_INTERFACE, &confirmations(genesis)), 0);
    assert_reverts(&chain, confirmations(B256::repeat_byte(1)).abi_encode());
    assert_reverts(
        &chain,
        findBatchContainingBlockCall { blockNum: 0 }.abi_encode(),
    );
    let batch = legacyLookupMessageBatchProofCall {
        batchNum: U256::ZERO,
        index: 0,
    };
    assert_reverts(&chain, batch.abi_encode());
}

#[test]
fn what_is_no_function_or_used_wrongly_reverts_and_what_is_missing_is_named() {
    let chain = Chain::default();
    let genesis = nitroGenesisBlockCall {}.abi_encode();
    let retryable = estimateRetryableTicketCall {
        sender: ALICE,
        deposit: ether(1),
        to: BOB,
        l2CallValue: U256::ZERO,
        excessFeeRefundAddress: ALICE,
        callValueRefundAddress: ALICE,
        data: Bytes::new(),
    };

    for input in [
        &[][..],
        &hex!("93a2fe"),
        &hex!("1202e7e4"),
        &hex!("6f275ef2"),
    ] {
        assert_reverts(&chain, input.to_vec());
    }
    let paid = calls(genesis.clone()).value(U256::from(1));
    assert_eq!(chain.call(paid), Ok(outcome(Status::Revert)));
    let missing = TxError::Unsupported(Unsupported::RetryableEstimate);
    assert_eq!(
        chain.call(calls(retryable.abi_encode())),
        Err(missing.clone())
    );
    assert_eq!(
        chain.estimate_gas(calls(retryable.abi_encode())),
        Err(EstimateError::Transaction(missing))
    );
    // Nitro estimates nothing of what it answers itself
    assert_eq!(
        chain.estimate_gas(calls(genesis.clone())),
        Err(EstimateError::Fails {
            gas: Transaction::MAX_GAS,
            outcome: Box::new(outcome(Status::Revert)),
        })
    );
    let head = chain.head().expect("the store is in memory");
    let blockless = TxError::Unsupported(Unsupported::NodeInterface);
    assert_eq!(head.call(calls(genesis.clone())), Err(blockless));
    assert!(chain.call_at(&head, calls(genesis)).is_ok());
}

#[test]
fn transaction_and_contract_find_nothing_at_its_address() {
    let mut chain = Chain::default();
    let caller = create(&mut chain, &crate::world::CALLER);
    let genesis = nitroGenesisBlockCall {}.abi_encode();
    let through = [
        &crate::world::word(NODE_INTERFACE).to_be_bytes::<32>()[..],
        &genesis,
    ]
    .concat();

    let sent = send(&mut chain, calls(genesis));
    let called = chain
        .call(Transaction::call(BOB, caller, through))
        .expect("a valid call");

    assert_eq!(chain.code(NODE_INTERFACE), Bytes::new());
    assert_eq!((&sent.output, sent.gas_used), (&Bytes::new(), 21_064));
    assert_eq!(
        (called.status, called.output),
        (Status::Success, Bytes::new())
    );
}

#[test]
fn gas_is_estimated_with_its_parts_at_the_price_of_the_block_the_call_is_at() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let data = Bytes::from(words([U256::from(1), U256::from(5)]));
    let components = gasEstimateComponentsCall {
        to: storer,
        contractCreation: false,
        data: data.clone(),
    };
    let estimate = chain.estimate_gas(Transaction::call(BOB, storer, data.clone()));

    let parts = ask(&chain, NODE_INTERFACE, &components);

    assert_eq!(estimate, Ok(parts.gasEstimate));
    assert_eq!(
        (
            parts.gasEstimateForL1,
            parts.baseFee,
            parts.l1BaseFeeEstimate
        ),
        (0, U256::from(FEE), U256::ZERO)
    );
    let creates = gasEstimateComponentsCall {
        to: storer,
        contractCreation: true,
        data: stylus_chain::init_code(&LOADER).into(),
    };
    let created = chain.estimate_gas(Transaction::create(BOB, creates.data.clone()));
    assert_eq!(
        created,
        Ok(ask(&chain, NODE_INTERFACE, &creates).gasEstimate)
    );
    // what fails with all the gas it has
    let failing = create(&mut chain, &[0xfe]);
    let fails = gasEstimateComponentsCall {
        to: failing,
        ..components
    };
    assert_reverts(&chain, fails.abi_encode());
}

#[test]
fn gas_of_posting_is_estimated_at_no_less_and_not_much_more_than_will_be_paid() {
    let mut chain = Chain::new(Config {
        l1_base_fee: U256::from(FEE),
        ..Config::default()
    });
    for bytes in [0, 100, 2_000] {
        // such as hardly compress
        let data: Vec<u8> = (0_u64..)
            .flat_map(|number| keccak256(number.to_be_bytes()).0)
            .take(bytes)
            .collect();
        let to = Address::repeat_byte(0x31);
        let asked = gasEstimateL1ComponentCall {
            to,
            contractCreation: false,
            data: data.clone().into(),
        };
        let parts = ask(&chain, NODE_INTERFACE, &asked);
        let paid = TxEip1559 {
            to: TxKind::Call(to),
            input: data.into(),
            value: U256::ZERO,
            gas_limit: 1_000_000,
            ..transfer(chain.nonce(ALICE))
        };
        let paid = chain
            .send_raw(&signed(paid, ALICES_KEY))
            .expect("it is taken")
            .gas_used_for_l1;

        assert_eq!(
            (parts.baseFee, parts.l1BaseFeeEstimate),
            (U256::from(FEE), U256::from(FEE))
        );
        let estimate = parts.gasEstimateForL1;
        assert!(
            paid > 0 && estimate > paid,
            "{bytes}: {estimate} for {paid}"
        );
        // an eighth more for what is padded, and up to 60 bytes of figures that the real one had not
        assert!(
            estimate < paid * 9 / 8 + 60 * 16,
            "{bytes}: {estimate} for {paid}"
        );
    }
}

#[test]
fn message_to_the_parent_chain_is_proven_under_the_root_that_every_later_block_has() {
    let mut chain = Chain::default();
    let mut roots = Vec::new();
    for number in 0_u8..7 {
        let input = ArbSys::sendTxToL1Call {
            destination: BOB,
            data: vec![number].into(),
        };
        send(
            &mut chain,
            Transaction::call(ALICE, ARB_SYS, input.abi_encode()),
        );
        let last = chain.last();
        roots.push(B256::from_slice(&last.header.extra_data));
    }

    for (size, root) in (1_u64..).zip(&roots) {
        for leaf in 0..size {
            let asked = constructOutboxProofCall { size, leaf };
            let proven = ask(&chain, NODE_INTERFACE, &asked);
            assert_eq!(proven.root, *root);
            // as the Outbox goes up from a message
            let mut at = leaf;
            let up = |below: B256, beside: &B256| {
                let pair = if at & 1 == 0 {
                    [below, *beside]
                } else {
                    [*beside, below]
                };
                at >>= 1;
                keccak256(pair.concat())
            };
            let reached = proven.proof.iter().fold(keccak256(proven.send), up);
            assert_eq!(reached, *root, "message {leaf} of {size}");
        }
    }
    for (size, leaf) in [(0, 0), (1, 1), (8, 0), (u64::MAX, u64::MAX)] {
        assert_reverts(&chain, constructOutboxProofCall { size, leaf }.abi_encode());
    }
}
