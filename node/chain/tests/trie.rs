//! The tries beside those that alloy-trie builds from all keys at once.
#![allow(missing_docs)]

use alloy_primitives::{Address, B256, KECCAK256_EMPTY, U256, keccak256};
use alloy_trie::proof::verify_proof;
use alloy_trie::root::{state_root_unhashed, storage_root_unhashed};
use alloy_trie::{EMPTY_ROOT_HASH, Nibbles, TrieAccount};
use std::collections::BTreeMap;
use stylus_chain::store::Account;
use stylus_chain::trie::{StateTrie, TrieChange};

/// xorshift64: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// All accounts, each with all its slots.
#[derive(Clone, Default)]
struct Plain(BTreeMap<Address, (TrieAccount, BTreeMap<U256, U256>)>);

impl Plain {
    fn change(&mut self, address: Address, change: &TrieChange) {
        let (account, storage) = self.0.entry(address).or_default();
        if let Some(now) = change.account {
            account.nonce = now.nonce;
            account.balance = now.balance;
            account.code_hash = now.code_hash;
        }
        if change.cleared {
            storage.clear();
        }
        storage.extend(change.storage.iter().copied());
        storage.retain(|_, value| !value.is_zero());
        let slots = storage
            .iter()
            .map(|(slot, value)| (B256::from(*slot), *value));
        account.storage_root = storage_root_unhashed(slots);
        let nothing =
            account.nonce == 0 && account.balance.is_zero() && account.code_hash == KECCAK256_EMPTY;
        if nothing && storage.is_empty() {
            self.0.remove(&address);
        }
    }

    fn root(&self) -> B256 {
        let accounts = self.0.iter();
        state_root_unhashed(accounts.map(|(address, (account, _))| (*address, *account)))
    }
}

fn address(number: u64) -> Address {
    Address::left_padding_from(&number.to_be_bytes())
}

/// A change of a random account: often one that there is, sometimes to nothing.
fn any_change(dice: &mut Dice) -> (Address, TrieChange) {
    let is_nothing = dice.roll(4) == 0;
    let slots = dice.roll(5);
    let change = TrieChange {
        account: (dice.roll(6) > 0).then(|| Account {
            nonce: if is_nothing { 0 } else { dice.roll(3) },
            balance: U256::from(if is_nothing { 0 } else { dice.roll(1 << 40) }),
            code_hash: KECCAK256_EMPTY,
        }),
        cleared: dice.roll(8) == 0,
        storage: (0..slots)
            .map(|_| (U256::from(dice.roll(40)), U256::from(dice.roll(3))))
            .collect(),
    };
    (address(dice.roll(60)), change)
}

#[test]
fn a_trie_of_nothing_has_the_root_of_nothing() {
    assert_eq!(StateTrie::default().root(), EMPTY_ROOT_HASH);
}

#[test]
fn roots_are_alloys_after_every_change_and_every_older_trie_keeps_its_own() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let (mut trie, mut plain) = (StateTrie::default(), Plain::default());
    let mut past = Vec::new();
    for _ in 0..1_500 {
        let (at, change) = any_change(&mut dice);
        plain.change(at, &change);
        trie.change(at, change);
        let root = plain.root();
        assert_eq!(trie.root(), root, "after changing {at}");
        past.push((trie.clone(), root));
    }
    for (trie, root) in past {
        assert_eq!(trie.root(), root);
    }
}

#[test]
fn a_trie_is_the_same_whatever_order_its_accounts_came_in() {
    let mut dice = Dice(0xfeed_5678_9abc_def1);
    let changes: Vec<_> = (0..40)
        .map(|number| (address(number), any_change(&mut dice).1))
        .collect();
    let filled = |changes: &mut dyn Iterator<Item = &(Address, TrieChange)>| {
        let mut trie = StateTrie::default();
        for (at, change) in changes {
            trie.change(*at, change.clone());
        }
        trie
    };
    assert_eq!(
        filled(&mut changes.iter()),
        filled(&mut changes.iter().rev())
    );
}

#[test]
fn proofs_hold_by_alloys_reckoning_for_what_is_there_and_for_what_is_not() {
    let mut dice = Dice(0x0bad_5678_9abc_def1);
    let (mut trie, mut plain) = (StateTrie::default(), Plain::default());
    for _ in 0..300 {
        let (at, change) = any_change(&mut dice);
        plain.change(at, &change);
        trie.change(at, change);
    }
    let slots: Vec<U256> = (0..45).map(U256::from).collect();
    let mut seen = [0; 4];
    for number in 0..80 {
        let at = address(number);
        let proof = trie.proof(at, &slots);
        let there = plain.0.get(&at);
        let expected = there.map(|(account, _)| alloy_rlp::encode(account));
        seen[usize::from(there.is_some())] += 1;
        verify_proof(
            trie.root(),
            Nibbles::unpack(keccak256(at)),
            expected,
            &proof.nodes,
        )
        .expect("the account is proven");
        assert_eq!(
            proof.account,
            there.map(|(account, _)| *account).unwrap_or_default()
        );
        for slot in &proof.storage {
            let value = there.and_then(|(_, storage)| storage.get(&slot.slot).copied());
            seen[2 + usize::from(value.is_some())] += 1;
            assert_eq!(slot.value, value.unwrap_or_default());
            verify_proof(
                proof.account.storage_root,
                Nibbles::unpack(keccak256(B256::from(slot.slot))),
                value.map(alloy_rlp::encode),
                &slot.nodes,
            )
            .expect("the slot is proven");
        }
    }
    assert!(seen.iter().all(|&times| times > 10), "{seen:?}");
}

#[test]
fn a_root_costs_the_hashes_of_what_changed() {
    let mut trie = StateTrie::default();
    let funded = |balance: u64| TrieChange {
        account: Some(Account {
            nonce: 1,
            balance: U256::from(balance),
            code_hash: KECCAK256_EMPTY,
        }),
        cleared: false,
        storage: Vec::new(),
    };
    for number in 0..100_000 {
        trie.change(address(number), funded(1));
    }
    let all = trie.stale();
    assert!(all > 100_000, "{all}");
    let _ = trie.root();
    assert_eq!(trie.stale(), 0);

    trie.change(address(7), funded(1));
    assert_eq!(trie.stale(), 0, "the same account again");
    trie.change(address(7), funded(2));
    let one = trie.stale();
    // its leaf, and a branch for each sixteenth part of 100,000 accounts that it lies in
    assert!((5..=8).contains(&one), "{one} nodes for one account");
}
