//! A store against full copies of the state, over any sequence of commits and of going back. That of each kind of store is in its
//! crate's tests.

use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bloom, Bytes, U256, keccak256};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use stylus_chain::block::Block;
use stylus_chain::store::{
    Account, AccountChange, AccountWrites, At, Change, Changes, Revision, Store, StoreError, View,
    Whole, Writes,
};

/// Few of each, so that they are written again and again.
const ADDRESSES: u8 = 4;
const SLOTS: u8 = 4;

/// The whole state, which the oracle copies at every turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Copied {
    accounts: BTreeMap<Address, Account>,
    slots: BTreeMap<(Address, U256), U256>,
}

impl Copied {
    fn write(&mut self, writes: &Writes) {
        for (&address, written) in &writes.accounts {
            if let Some(account) = written.account {
                self.accounts.insert(address, account);
            }
            if written.wiped {
                self.slots.retain(|(owner, _), _| *owner != address);
            }
            for (&slot, &value) in &written.slots {
                self.slots.insert((address, slot), value);
            }
        }
        self.accounts.retain(|_, account| !account.is_empty());
        self.slots.retain(|_, value| !value.is_zero());
    }

    fn seen_by(view: &dyn View) -> Result<Self, StoreError> {
        let mut seen = Self::default();
        for address in (0..ADDRESSES).map(Address::with_last_byte) {
            let account = view.account(address)?;
            if !account.is_empty() {
                seen.accounts.insert(address, account);
            }
            for slot in (0..SLOTS).map(U256::from) {
                let value = view.slot(address, slot)?;
                if !value.is_zero() {
                    seen.slots.insert((address, slot), value);
                }
            }
        }
        Ok(seen)
    }

    fn changes_to(&self, after: &Self) -> Changes {
        let mut changes = BTreeMap::new();
        for address in (0..ADDRESSES).map(Address::with_last_byte) {
            let account = |state: &Self| state.accounts.get(&address).copied().unwrap_or_default();
            let slots = (0..SLOTS).map(U256::from).map(|slot| {
                let value = |state: &Self| {
                    let value = state.slots.get(&(address, slot));
                    value.copied().unwrap_or_default()
                };
                let change = Change {
                    before: value(self),
                    after: value(after),
                };
                (slot, change)
            });
            let change = AccountChange {
                account: Change {
                    before: account(self),
                    after: account(after),
                },
                slots: slots.filter(|(_, change)| !change.is_none()).collect(),
            };
            if !change.account.is_none() || !change.slots.is_empty() {
                changes.insert(address, change);
            }
        }
        Changes(changes)
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Commits writes, and seals a block with them or not.
    Commit(Writes, bool),
    /// Goes back so many revisions.
    Back(usize),
    /// Keeps a view of the head.
    Hold,
    /// Opens the store anew.
    Anew,
}

/// An account with so many wei and that code, if any.
type Written = (u8, Option<(u8, u8)>, bool, BTreeMap<u8, u8>);

fn writes(written: Vec<Written>) -> Writes {
    let mut writes = Writes::default();
    for (address, account, wiped, slots) in written {
        let address = Address::with_last_byte(address);
        if let Some((balance, code)) = account {
            let account = Account {
                balance: U256::from(balance),
                ..Account::default()
            };
            let code: Bytes = vec![code; code.into()].into();
            writes.set_account_with_code(address, account, code);
        }
        let entry: &mut AccountWrites = writes.accounts.entry(address).or_default();
        entry.wiped = wiped;
        for (slot, value) in slots {
            writes.set_slot(address, U256::from(slot), U256::from(value));
        }
    }
    writes
}

pub(crate) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let account = prop::option::of((0_u8..3, 0_u8..3));
    let slots = prop::collection::btree_map(0..SLOTS, 0_u8..3, 0..3);
    let written = (0..ADDRESSES, account, prop::bool::weighted(0.1), slots);
    let written = prop::collection::vec(written, 0..4).prop_map(writes);
    let act = prop_oneof![
        8 => (written, any::<bool>()).prop_map(|(writes, sealed)| Act::Commit(writes, sealed)),
        2 => (0_usize..6).prop_map(Act::Back),
        2 => Just(Act::Hold),
        1 => Just(Act::Anew),
    ];
    prop::collection::vec(act, 1..40)
}

/// What the store must be: the state at each revision, and which revisions are blocks.
#[derive(Debug)]
struct Oracle {
    states: Vec<Copied>,
    blocks: Vec<(usize, Arc<Block>)>,
}

impl Oracle {
    fn head(&self) -> &Copied {
        &self.states[self.states.len() - 1]
    }

    fn compare(&self, store: &impl Store) -> Result<(), TestCaseError> {
        let head = store.head().expect("the store works");
        prop_assert_eq!(Copied::seen_by(&*head), Ok(self.head().clone()));
        prop_assert_eq!(store.revision(), Revision(self.states.len() as u64 - 1));
        let mut before = &Copied::default();
        for (number, (revision, _)) in (0..).zip(&self.blocks) {
            let after = &self.states[*revision];
            let view = store.at(number).expect("the block is there");
            prop_assert_eq!(Copied::seen_by(&*view), Ok(after.clone()));
            prop_assert_eq!(store.changes(number), Ok(before.changes_to(after)));
            for (other, (_, block)) in (0..).zip(&self.blocks) {
                let known = (other <= number).then_some(block.hash);
                prop_assert_eq!(view.block_hash(other), Ok(known));
            }
            before = after;
        }
        let pending = before.changes_to(self.head());
        prop_assert_eq!(store.pending(), Ok(pending));
        self.compare_blocks(store)?;
        let block = self.blocks.len() as u64;
        let last = block.saturating_sub(1);
        let missing = StoreError::NoBlock { block, last };
        prop_assert_eq!(store.at(block).err(), Some(missing.clone()));
        prop_assert_eq!(store.changes(block), Err(missing));
        let mut walked = Copied::default();
        let mut twice = false;
        let show = &mut |whole: Whole| {
            let mut slots = whole.slots.into_iter();
            twice |= slots.any(|(slot, value)| {
                let place = (whole.address, slot);
                walked.slots.insert(place, value).is_some()
            });
            twice |= walked
                .accounts
                .insert(whole.address, whole.account)
                .is_some();
        };
        store.walk(show).expect("the store works");
        prop_assert!(!twice);
        walked.accounts.retain(|_, account| !account.is_empty());
        prop_assert_eq!(&walked, self.head());
        Ok(())
    }

    /// Blocks by number and by hash, and where their transactions are: of several with one hash the last.
    fn compare_blocks(&self, store: &impl Store) -> Result<(), TestCaseError> {
        let count = self.blocks.len() as u64;
        prop_assert_eq!(store.last_block(), Ok(count.checked_sub(1)));
        prop_assert_eq!(store.block(count), Ok(None));
        let mut places = BTreeMap::new();
        for (number, (revision, block)) in (0..).zip(&self.blocks) {
            prop_assert_eq!(store.block(number), Ok(Some(Arc::clone(block))));
            prop_assert_eq!(store.block_number(block.hash), Ok(Some(number)));
            let sealed = Revision(*revision as u64);
            prop_assert_eq!(store.revision_after(number), Ok(sealed));
            prop_assert_eq!(store.bloom(number), Ok(Some(block.header.logs_bloom)));
            for (index, hash) in block.hashes().enumerate() {
                places.insert(
                    hash,
                    At {
                        block: number,
                        index,
                    },
                );
            }
        }
        for name in 0..NAMES {
            let hash = keccak256([name]);
            let place = places.get(&hash).copied();
            prop_assert_eq!(store.transaction(hash), Ok(place));
        }
        Ok(())
    }
}

/// Hashes that transactions may have.
const NAMES: u8 = 3;

/// A block with this number, at this time, which some others are like.
fn block(number: u64, turn: u8) -> Block {
    let header = Header {
        number,
        timestamp: turn.into(),
        extra_data: B256::ZERO.into(),
        logs_bloom: Bloom::repeat_byte(turn),
        ..Header::default()
    };
    let transactions = match number {
        0 => Vec::new(),
        _ => vec![vec![turn % NAMES].into()],
    };
    Block {
        number,
        hash: header.hash_slow(),
        timestamp: turn.into(),
        l1_block: 0,
        send_count: 0,
        send_root: B256::ZERO,
        header,
        transactions,
        receipts: Vec::new(),
    }
}

/// What is done to a store and to full copies, and that both are the same after each turn. Views either stay what they were when
/// the store goes back behind them, or say that they are gone.
pub(crate) fn same_as_full_copies<S: Store>(
    mut store: S,
    acts: Vec<Act>,
    stays: bool,
    mut anew: impl FnMut(S) -> S,
) -> Result<(), TestCaseError> {
    let mut oracle = Oracle {
        states: vec![Copied::default()],
        blocks: Vec::new(),
    };
    // each with the revision that it shows, and whether that was gone back behind
    let mut held: Vec<(Arc<dyn View>, Copied, usize, bool)> = Vec::new();
    for (turn, act) in acts.into_iter().enumerate() {
        match act {
            Act::Commit(writes, sealed) => {
                let mut state = oracle.head().clone();
                state.write(&writes);
                let number = oracle.blocks.len() as u64;
                let block = sealed.then(|| Arc::new(block(number, turn as u8)));
                store
                    .commit(writes, block.clone())
                    .expect("the store works");
                if let Some(block) = block {
                    oracle.blocks.push((oracle.states.len(), block));
                }
                oracle.states.push(state);
            }
            Act::Back(revisions) => {
                let to = (oracle.states.len() - 1).saturating_sub(revisions);
                let gone = store.roll_back(Revision(to as u64));
                oracle.states.truncate(to + 1);
                let stay = oracle
                    .blocks
                    .partition_point(|(revision, _)| *revision <= to);
                let expected = oracle.blocks.split_off(stay).into_iter();
                let expected: Vec<_> = expected.map(|(_, block)| block).collect();
                prop_assert_eq!(gone, Ok(expected));
                for (_, _, revision, gone) in &mut held {
                    *gone |= *revision > to;
                }
            }
            Act::Hold => {
                let (state, revision) = (oracle.head().clone(), oracle.states.len() - 1);
                let head = store.head().expect("the store works");
                held.push((head, state, revision, false));
            }
            Act::Anew => {
                held.clear();
                store = anew(store);
            }
        }
        oracle.compare(&store)?;
        for (view, state, _, gone) in &held {
            let expected = match *gone && !stays {
                true => Err(StoreError::RolledBack),
                false => Ok(state.clone()),
            };
            prop_assert_eq!(Copied::seen_by(&**view), expected);
        }
    }
    Ok(())
}
