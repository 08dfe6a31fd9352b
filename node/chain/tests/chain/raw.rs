//! Signed transactions, and the headers of the blocks they are in.

use crate::world::{ALICE, BOB, STORER, chain_at, create, ether, send};
use alloy_consensus::{
    SignableTransaction, TxEip1559, TxEip2930, TxEip4844, TxEip7702, TxEnvelope, TxLegacy,
    proofs::calculate_transaction_root,
};
use alloy_eips::Encodable2718;
use alloy_eips::eip2930::{AccessList, AccessListItem};
use alloy_eips::eip7702::Authorization;
use alloy_primitives::{Address, B256, Bytes, Signature, TxKind, U256, hex, keccak256};
use alloy_trie::Nibbles;
use alloy_trie::proof::verify_proof;
use k256::ecdsa::SigningKey;
use stylus_chain::chain::{Refused, SendError, SignedTransaction};
use stylus_chain::{Chain, Status, Transaction};

pub(crate) const CHAIN_ID: u64 = 412_346;
/// The keys of the first two development accounts, which everyone knows.
pub(crate) const ALICES_KEY: [u8; 32] =
    hex!("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
pub(crate) const BOBS_KEY: [u8; 32] =
    hex!("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

pub(crate) fn signature(key: [u8; 32], hash: B256) -> Signature {
    let key = SigningKey::from_slice(&key).expect("a key");
    let signed = key.sign_prehash_recoverable(hash.as_slice());
    signed.expect("a signature").into()
}

pub(crate) fn signed<T>(transaction: T, key: [u8; 32]) -> Bytes
where
    T: SignableTransaction<Signature>,
    TxEnvelope: From<alloy_consensus::Signed<T>>,
{
    let signature = signature(key, transaction.signature_hash());
    TxEnvelope::from(transaction.into_signed(signature))
        .encoded_2718()
        .into()
}

/// A transfer of a wei to Bob by EIP-1559.
pub(crate) fn transfer(nonce: u64) -> TxEip1559 {
    TxEip1559 {
        chain_id: CHAIN_ID,
        nonce,
        gas_limit: 100_000,
        max_fee_per_gas: 1_000_000_000,
        max_priority_fee_per_gas: 500_000_000,
        to: TxKind::Call(BOB),
        value: U256::from(1),
        ..TxEip1559::default()
    }
}

pub(crate) fn legacy(nonce: u64, chain_id: Option<u64>) -> TxLegacy {
    TxLegacy {
        chain_id,
        nonce,
        gas_price: 1_000_000_000,
        gas_limit: 100_000,
        to: TxKind::Call(BOB),
        value: U256::from(1),
        ..TxLegacy::default()
    }
}

fn refusal(chain: &mut Chain, raw: &[u8]) -> String {
    match chain.send_raw(raw) {
        Err(SendError::Refused(refused)) => refused.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn every_type_that_tools_send_is_taken_at_the_base_fee_and_pays_no_tip() {
    let mut chain = Chain::default();
    let access_list = AccessList(vec![AccessListItem {
        address: BOB,
        storage_keys: vec![B256::ZERO],
    }]);
    let delegation = Authorization {
        chain_id: U256::from(CHAIN_ID),
        address: Address::repeat_byte(0xde),
        nonce: 0,
    };
    let agreed = delegation.clone();
    let agreed = agreed.into_signed(signature(BOBS_KEY, delegation.signature_hash()));
    let raws = [
        signed(legacy(0, Some(CHAIN_ID)), ALICES_KEY),
        signed(legacy(1, None), ALICES_KEY),
        signed(
            TxEip2930 {
                chain_id: CHAIN_ID,
                nonce: 2,
                gas_price: 1_000_000_000,
                gas_limit: 100_000,
                to: TxKind::Call(BOB),
                value: U256::from(1),
                access_list,
                ..TxEip2930::default()
            },
            ALICES_KEY,
        ),
        signed(transfer(3), ALICES_KEY),
        signed(
            TxEip7702 {
                chain_id: CHAIN_ID,
                nonce: 4,
                gas_limit: 100_000,
                max_fee_per_gas: 1_000_000_000,
                max_priority_fee_per_gas: 500_000_000,
                to: BOB,
                value: U256::from(1),
                authorization_list: vec![agreed],
                ..TxEip7702::default()
            },
            ALICES_KEY,
        ),
    ];

    let receipts: Vec<_> = raws
        .iter()
        .map(|raw| chain.send_raw(raw).expect("it is taken"))
        .collect();

    let seen: Vec<_> = receipts
        .iter()
        .map(|receipt| {
            let paid = (receipt.gas_used, receipt.gas_price);
            (receipt.tx_type, &receipt.status, paid, receipt.from)
        })
        .collect();
    let success = &Status::Success;
    let price = 100_000_000;
    assert_eq!(
        seen,
        [
            (0, success, (21_000, price), ALICE),
            (0, success, (21_000, price), ALICE),
            // 2,400 for the account and 1,900 for the slot
            (1, success, (25_300, price), ALICE),
            (2, success, (21_000, price), ALICE),
            // 25,000 for the delegation, of which a fifth comes back at most: 12,500 would, as Bob is there already
            (4, success, (36_800, price), ALICE),
        ]
    );
    for (raw, receipt) in raws.iter().zip(&receipts) {
        assert_eq!(receipt.transaction_hash, keccak256(raw));
        let block = chain.block(receipt.block_number).expect("its block");
        assert_eq!(block.transactions.get(1), Some(raw));
    }
    let gas = U256::from(21_000 * 3 + 25_300 + 36_800);
    let spent = gas * U256::from(price) + U256::from(5);
    assert_eq!(chain.balance(ALICE), ether(10_000) - spent);
    let designator = [&hex!("ef0100")[..], &[0xde; 20]].concat();
    assert_eq!(chain.code(BOB), designator);
}

#[test]
fn what_is_refused_leaves_the_chain_as_it_was_and_says_why_in_go_ethereums_words() {
    let mut chain = chain_at(51);
    let before = chain.encode();
    let with = |change: fn(&mut TxEip1559)| {
        let mut transaction = transfer(0);
        change(&mut transaction);
        signed(transaction, ALICES_KEY)
    };
    let blobs = TxEip4844 {
        chain_id: CHAIN_ID,
        ..TxEip4844::default()
    };
    let alice = ALICE.to_string();
    let cases = [
        (Bytes::new(), "typed transaction too short".to_owned()),
        (hex!("1234").into(), "transaction type not supported".into()),
        (hex!("05c0").into(), "transaction type not supported".into()),
        (
            signed(blobs, ALICES_KEY),
            "transaction type not supported: blobs (EIP-4844)".into(),
        ),
        (
            with(|tx| tx.chain_id = 1),
            "invalid chain id for signer: have 1 want 412346".into(),
        ),
        (
            signed(legacy(0, Some(1)), ALICES_KEY),
            "invalid chain id for signer: have 1 want 412346".into(),
        ),
        (
            with(|tx| tx.gas_limit = 20_999),
            "intrinsic gas too low".into(),
        ),
        (
            with(|tx| tx.nonce = 1),
            format!("nonce too high: address {alice}, tx: 1 state: 0"),
        ),
        (
            with(|tx| tx.max_fee_per_gas = 499_999_999),
            format!(
                "max priority fee per gas higher than max fee per gas: address {alice}, maxPriorityFeePerGas: 500000000, maxFeePerGas: 499999999"
            ),
        ),
        (
            with(|tx| {
                tx.max_fee_per_gas = 99_999_999;
                tx.max_priority_fee_per_gas = 0;
            }),
            format!(
                "max fee per gas less than block base fee: address {alice}, maxFeePerGas: 99999999, baseFee: 100000000"
            ),
        ),
        (
            with(|tx| tx.value = U256::from(10_u128.pow(22))),
            format!(
                "insufficient funds for gas * price + value: address {alice} have 10000000000000000000000 want 10000000100000000000000"
            ),
        ),
        (
            with(|tx| tx.value = U256::MAX),
            format!(
                "insufficient funds for gas * price + value: address {alice} required balance exceeds 256 bits"
            ),
        ),
        (
            with(|tx| {
                tx.gas_limit = 21_015;
                tx.input = hex!("01").into();
            }),
            "intrinsic gas too low: have 21015, want 21016".into(),
        ),
        (
            with(|tx| {
                tx.gas_limit = 10_000_000;
                tx.to = TxKind::Create;
                tx.value = U256::ZERO;
                tx.input = vec![0; 49_153].into();
            }),
            "max initcode size exceeded: code size 49153 limit 49152".into(),
        ),
    ];

    for (raw, words) in cases {
        assert_eq!(refusal(&mut chain, &raw), words);
    }
    let mut broken = signed(transfer(0), ALICES_KEY).to_vec();
    broken.push(0);
    assert!(refusal(&mut chain, &broken).starts_with("rlp: "));
    assert_eq!(chain.encode(), before);
}

#[test]
fn nonce_that_was_used_is_too_low() {
    let mut chain = Chain::default();
    let raw = signed(transfer(0), ALICES_KEY);
    chain.send_raw(&raw).expect("it is taken");

    assert_eq!(
        refusal(&mut chain, &raw),
        format!("nonce too low: address {ALICE}, tx: 0 state: 1")
    );
}

#[test]
fn account_with_code_sends_nothing_unless_it_only_delegates() {
    let mut chain = Chain::default();
    chain.set_code(ALICE, STORER.to_vec());
    let raw = signed(transfer(0), ALICES_KEY);

    assert_eq!(
        chain.send_raw(&raw),
        Err(SendError::Refused(Refused::Contract {
            from: ALICE,
            code_hash: keccak256(STORER),
        }))
    );
    chain.set_code(ALICE, [&hex!("ef0100")[..], &[0xde; 20]].concat());
    assert_eq!(
        chain.send_raw(&raw).map(|executed| executed.receipt.status),
        Ok(Status::Success)
    );
}

#[test]
fn delegations_are_unknown_before_arbos_40_and_need_one_since() {
    let transaction = TxEip7702 {
        chain_id: CHAIN_ID,
        gas_limit: 100_000,
        max_fee_per_gas: 1_000_000_000,
        to: BOB,
        ..TxEip7702::default()
    };
    let raw = signed(transaction, ALICES_KEY);

    assert_eq!(
        refusal(&mut chain_at(32), &raw),
        "transaction type not supported"
    );
    assert_eq!(
        refusal(&mut chain_at(40), &raw),
        format!("EIP-7702 transaction with empty auth list (sender {ALICE})")
    );
}

#[test]
fn block_is_made_of_what_is_taken_and_leaves_out_what_is_not() {
    let mut chain = Chain::default();
    let transactions = [0, 7, 1].map(|nonce| {
        let raw = signed(transfer(nonce), ALICES_KEY);
        SignedTransaction::decode(&raw).expect("a signed transaction")
    });

    let taken = chain.send_signed(&transactions).expect("they can be run");

    let places: Vec<_> = taken
        .iter()
        .map(|taken| taken.as_ref().map(|receipt| receipt.transaction_index))
        .collect();
    let refused = SendError::Refused(Refused::NonceTooHigh {
        from: ALICE,
        got: 7,
        expected: 1,
    });
    assert_eq!(places, [Ok(1), Err(&refused), Ok(2)]);
    let block = chain.block(1).expect("a block");
    assert_eq!(block.header.gas_used, 42_000);
    assert_eq!(block.transactions.len(), 3);
}

#[test]
fn block_is_full_when_less_than_the_least_gas_is_left_or_before_arbos_50_when_it_does_not_fit() {
    // burns all the gas it is given
    let taken = |arbos| {
        let mut chain = chain_at(arbos);
        let burner = create(&mut chain, &[0xfe]);
        let transactions = [1, 2, 3].map(|nonce| {
            let burn = TxEip1559 {
                gas_limit: 31_000_000,
                to: TxKind::Call(burner),
                value: U256::ZERO,
                ..transfer(nonce)
            };
            let raw = signed(burn, ALICES_KEY);
            SignedTransaction::decode(&raw).expect("a signed transaction")
        });
        let taken = chain.send_signed(&transactions).expect("they can be run");
        taken
            .into_iter()
            .map(|taken| taken.map(|receipt| receipt.gas_used))
            .collect::<Vec<_>>()
    };
    let full = Err(SendError::Refused(Refused::BlockFull));

    assert_eq!(taken(41), [Ok(31_000_000), full.clone(), full.clone()]);
    assert_eq!(taken(51), [Ok(31_000_000), Ok(31_000_000), full]);
}

#[test]
fn hash_of_a_block_is_that_of_its_header_which_names_the_block_before() {
    let mut chain = Chain::default();
    for nonce in 0..3 {
        chain
            .send_raw(&signed(transfer(nonce), ALICES_KEY))
            .expect("it is taken");
    }

    for number in 0..=3 {
        let block = chain.block(number).expect("a block");
        assert_eq!(block.hash, block.header.hash_slow());
        assert_eq!(block.header.number, number);
        let parent = number.checked_sub(1).and_then(|number| chain.block(number));
        assert_eq!(
            block.header.parent_hash,
            parent.map_or(B256::ZERO, |parent| parent.hash)
        );
    }
    let block = chain.block(3).expect("a block");
    assert_ne!(
        block.header.transactions_root,
        calculate_transaction_root::<TxEnvelope>(&[]),
    );
}

#[test]
fn state_root_is_of_all_there_is_also_of_what_was_set_by_hand_and_after_going_back() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let snapshot = chain.snapshot();
    let store = |chain: &mut Chain, value: u64| {
        let input = [U256::from(7), U256::from(value)].map(|word| word.to_be_bytes::<32>());
        send(chain, Transaction::call(ALICE, storer, input.concat()));
        root(chain)
    };

    chain.set_balance(Address::repeat_byte(0x77), U256::from(1));
    let with_hand = store(&mut chain, 42);
    chain.revert_to(snapshot);
    let without = store(&mut chain, 42);
    let back = Chain::decode(&chain.encode()).expect("a chain");

    assert_ne!(with_hand, without);
    for chain in [&mut chain.clone(), &mut { back }] {
        chain.set_balance(Address::repeat_byte(0x77), U256::from(1));
        let nothing = Transaction::transfer(BOB, BOB, U256::ZERO);
        send(chain, nothing);
        // as of a chain that was never gone back, kept or taken up again
        let mut fresh = Chain::default();
        create(&mut fresh, &STORER);
        store(&mut fresh, 42);
        fresh.set_balance(Address::repeat_byte(0x77), U256::from(1));
        send(&mut fresh, Transaction::transfer(BOB, BOB, U256::ZERO));
        assert_eq!(root(chain), root(&fresh));
    }
}

fn root(chain: &Chain) -> B256 {
    let last = chain.last();
    last.header.state_root
}

#[test]
fn proof_holds_against_the_header_of_the_block_it_is_asked_at() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let slot = U256::from(7);
    for value in [42_u64, 0, 43] {
        let input = [slot, U256::from(value)].map(|word| word.to_be_bytes::<32>());
        send(&mut chain, Transaction::call(ALICE, storer, input.concat()));
    }
    chain.set_storage(storer, slot, U256::from(99));

    for (block, value) in [(1, 0_u64), (2, 42), (3, 0), (4, 43)] {
        let proof = chain.proof(storer, &[slot], block).expect("it is kept");
        let header = &chain.block(block).expect("a block").header;
        verify_proof(
            header.state_root,
            Nibbles::unpack(keccak256(storer)),
            Some(alloy_rlp::encode(proof.account)),
            &proof.nodes,
        )
        .expect("the account is proven");
        let of_slot = &proof.storage[0];
        assert_eq!(of_slot.value, U256::from(value));
        verify_proof(
            proof.account.storage_root,
            Nibbles::unpack(keccak256(B256::from(slot))),
            (value > 0).then(|| alloy_rlp::encode(value)),
            &of_slot.nodes,
        )
        .expect("the slot is proven");
    }
    assert!(chain.proof(storer, &[], 5).is_err());
}
