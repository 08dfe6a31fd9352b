//! The store in memory against full copies of the state, over any sequence of commits and of going back.

use alloy_primitives::{Address, B256, Bytes, U256};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use stylus_chain::store::{
    Account, AccountChange, AccountWrites, Change, Changes, Memory, Revision, Store, StoreError,
    View, Writes,
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
enum Act {
    /// Commits writes, and seals a block with them or not.
    Commit(Writes, bool),
    /// Goes back so many revisions.
    Back(usize),
    /// Keeps a view of the head.
    Hold,
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

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let account = prop::option::of((0_u8..3, 0_u8..3));
    let slots = prop::collection::btree_map(0..SLOTS, 0_u8..3, 0..3);
    let written = (0..ADDRESSES, account, prop::bool::weighted(0.1), slots);
    let written = prop::collection::vec(written, 0..4).prop_map(writes);
    let act = prop_oneof![
        8 => (written, any::<bool>()).prop_map(|(writes, sealed)| Act::Commit(writes, sealed)),
        2 => (0_usize..6).prop_map(Act::Back),
        2 => Just(Act::Hold),
    ];
    prop::collection::vec(act, 1..40)
}

/// What the store must be: the state at each revision, and which revisions are blocks.
#[derive(Debug)]
struct Oracle {
    states: Vec<Copied>,
    blocks: Vec<(usize, B256)>,
}

impl Oracle {
    fn head(&self) -> &Copied {
        &self.states[self.states.len() - 1]
    }

    fn compare(&self, store: &Memory) -> Result<(), TestCaseError> {
        prop_assert_eq!(Copied::seen_by(&*store.head()), Ok(self.head().clone()));
        prop_assert_eq!(store.revision(), Revision(self.states.len() as u64 - 1));
        let mut before = &Copied::default();
        for (number, (revision, _)) in (0..).zip(&self.blocks) {
            let after = &self.states[*revision];
            let view = store.at(number).expect("the block is there");
            prop_assert_eq!(Copied::seen_by(&*view), Ok(after.clone()));
            prop_assert_eq!(store.changes(number), Ok(before.changes_to(after)));
            for (other, (_, hash)) in (0..).zip(&self.blocks) {
                let known = (other <= number).then_some(*hash);
                prop_assert_eq!(view.block_hash(other), Ok(known));
            }
            before = after;
        }
        let block = self.blocks.len() as u64;
        let last = block.saturating_sub(1);
        let missing = StoreError::NoBlock { block, last };
        prop_assert_eq!(store.at(block).err(), Some(missing.clone()));
        prop_assert_eq!(store.changes(block), Err(missing));
        let mut there: Vec<_> = self.head().accounts.keys().copied().collect();
        there.retain(|address| !store.addresses().contains(address));
        prop_assert_eq!(there, Vec::<Address>::new());
        for address in (0..ADDRESSES).map(Address::with_last_byte) {
            let slots = self.head().slots.iter();
            let own = slots.filter(|((owner, _), _)| *owner == address);
            let own: BTreeMap<_, _> = own.map(|((_, slot), value)| (*slot, *value)).collect();
            prop_assert_eq!(store.slots(address), own);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn store_in_memory_is_as_full_copies_are(acts in acts()) {
        let mut store = Memory::default();
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
                    let hash = sealed.then(|| B256::with_last_byte(turn as u8));
                    store.commit(writes, hash);
                    if let Some(hash) = hash {
                        oracle.blocks.push((oracle.states.len(), hash));
                    }
                    oracle.states.push(state);
                }
                Act::Back(revisions) => {
                    let to = (oracle.states.len() - 1).saturating_sub(revisions);
                    store.roll_back(Revision(to as u64));
                    oracle.states.truncate(to + 1);
                    oracle.blocks.retain(|(revision, _)| *revision <= to);
                    for (_, _, revision, gone) in &mut held {
                        *gone |= *revision > to;
                    }
                }
                Act::Hold => {
                    let (state, revision) = (oracle.head().clone(), oracle.states.len() - 1);
                    held.push((store.head(), state, revision, false));
                }
            }
            oracle.compare(&store)?;
            for (view, state, _, gone) in &held {
                let expected = if *gone { Err(StoreError::RolledBack) } else { Ok(state.clone()) };
                prop_assert_eq!(Copied::seen_by(&**view), expected);
            }
        }
    }
}
