//! `prestateTracer`: what a transaction found of the state that it looked at, and what it left otherwise (go-ethereum
//! `eth/tracers/native/prestate.go`).

use super::budget::Budget;
use super::opcodes::{
    BALANCE, CALL, CALLCODE, CREATE, CREATE2, DELEGATECALL, EXTCODECOPY, EXTCODEHASH, EXTCODESIZE,
    SELFDESTRUCT, SLOAD, SSTORE, STATICCALL,
};
use super::options::PrestateOptions;
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, address, hex, keccak256};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use stylus_chain::ArbOs;
use stylus_chain::arbos::predeploys::BLOCK_HASHES;
use stylus_chain::arbos::space::ARBOS_ACCOUNT;
use stylus_chain::version::Feature;
use stylus_chain::watch::{Begun, Ledger, Step, Watcher};

/// Accounts that Nitro's tracer shows for every transaction, if they are there: nobody, the pool of fees for posting, ArbWasm
/// and ArbWasmCache.
const ALWAYS: [Address; 4] = [
    Address::ZERO,
    address!("a4b00000000000000000000000000000000000f6"),
    address!("0000000000000000000000000000000000000071"),
    address!("0000000000000000000000000000000000000072"),
];

/// Bytes that an account and a slot take beside code.
const ACCOUNT: usize = 300;
const SLOT: usize = 150;

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<U256>,
    #[serde(skip_serializing_if = "super::is_nothing")]
    code: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_hash: Option<B256>,
    #[serde(skip_serializing_if = "super::is_zero")]
    nonce: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    storage: BTreeMap<B256, B256>,
    #[serde(skip)]
    is_empty: bool,
}

/// What was there before a transaction and, if it was asked for, what of that is something else after it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Shown {
    Before(Accounts),
    Both { post: Accounts, pre: Accounts },
}

type Accounts = BTreeMap<Address, Account>;

/// What a step looked at for the first time, to be forgotten if it fails before it runs.
#[derive(Debug, Default)]
struct Fresh {
    accounts: Vec<Address>,
    slots: Vec<(Address, B256)>,
    created: Vec<Address>,
    deleted: Vec<Address>,
}

/// The state as it is looked at.
#[derive(Debug)]
pub(super) struct PrestateTracer {
    options: PrestateOptions,
    budget: Budget,
    follows_delegations: bool,
    pre: Accounts,
    post: Accounts,
    created: BTreeSet<Address>,
    deleted: BTreeSet<Address>,
    fresh: Fresh,
}

impl PrestateTracer {
    pub(super) fn new(options: PrestateOptions, budget: Budget) -> Self {
        Self {
            options,
            budget,
            follows_delegations: false,
            pre: Accounts::new(),
            post: Accounts::new(),
            created: BTreeSet::new(),
            deleted: BTreeSet::new(),
            fresh: Fresh::default(),
        }
    }

    pub(super) fn state(self) -> impl Serialize {
        match self.options.diff_mode {
            true => Shown::Both {
                post: self.post,
                pre: self.pre,
            },
            false => Shown::Before(self.pre),
        }
    }

    fn account(&mut self, ledger: &mut dyn Ledger, address: Address) {
        if self.pre.contains_key(&address) {
            return;
        }
        let code = ledger.code(address);
        if !self.budget.take(ACCOUNT + code.len()) {
            return;
        }
        let hash = ledger.code_hash(address);
        let balance = ledger.balance(address);
        let nonce = ledger.nonce(address);
        let account = Account {
            is_empty: balance.is_zero() && nonce == 0 && code.is_empty(),
            balance: Some(balance),
            nonce,
            code: match self.options.disable_code {
                true => Bytes::new(),
                false => code,
            },
            code_hash: (hash != KECCAK256_EMPTY && !hash.is_zero()).then_some(hash),
            storage: BTreeMap::new(),
        };
        self.fresh.accounts.push(address);
        self.pre.insert(address, account);
    }

    fn slot(&mut self, ledger: &mut dyn Ledger, address: Address, slot: U256) {
        if self.options.disable_storage {
            return;
        }
        let slot = B256::from(slot);
        let known = self.pre.get(&address);
        if known.is_some_and(|account| account.storage.contains_key(&slot))
            || !self.budget.take(SLOT)
        {
            return;
        }
        let value = ledger.slot(address, slot.into()).into();
        if let Some(account) = self.pre.get_mut(&address) {
            account.storage.insert(slot, value);
            self.fresh.slots.push((address, slot));
        }
    }

    /// An account, and the one it is delegated to.
    fn called(&mut self, ledger: &mut dyn Ledger, address: Address) {
        self.account(ledger, address);
        self.delegate(ledger, address);
    }

    fn delegate(&mut self, ledger: &mut dyn Ledger, address: Address) {
        if self.follows_delegations
            && let Some(delegate) = delegate(&ledger.code(address))
        {
            self.account(ledger, delegate);
        }
    }

    fn creates(&mut self, ledger: &mut dyn Ledger, address: Address) {
        self.account(ledger, address);
        if self.created.insert(address) {
            self.fresh.created.push(address);
        }
    }

    /// What is something else now; of what was there, only that stays.
    fn differ(&mut self, ledger: &mut dyn Ledger) {
        let pre = std::mem::take(&mut self.pre);
        for (address, mut before) in pre {
            if self.deleted.contains(&address) {
                self.pre.insert(address, before);
                continue;
            }
            let mut after = Account::default();
            let mut is_modified = false;
            let balance = ledger.balance(address);
            if before.balance != Some(balance) {
                is_modified = true;
                after.balance = Some(balance);
            }
            let nonce = ledger.nonce(address);
            if before.nonce != nonce {
                is_modified = true;
                after.nonce = nonce;
            }
            let hash = match ledger.code_hash(address) {
                KECCAK256_EMPTY => B256::ZERO,
                hash => hash,
            };
            if before.code_hash.unwrap_or_default() != hash {
                is_modified = true;
                after.code_hash = Some(hash);
            }
            if !self.options.disable_code {
                let code = ledger.code(address);
                if before.code != code {
                    is_modified = true;
                    after.code = code;
                }
            }
            before.storage.retain(|slot, value| {
                let now = B256::from(ledger.slot(address, (*slot).into()));
                if now == *value {
                    return false;
                }
                is_modified = true;
                if !now.is_zero() {
                    after.storage.insert(*slot, now);
                }
                !value.is_zero()
            });
            if is_modified {
                self.post.insert(address, after);
                self.pre.insert(address, before);
            }
        }
    }
}

/// Whom an account's code says that it is delegated to (EIP-7702).
fn delegate(code: &[u8]) -> Option<Address> {
    let address = code.strip_prefix(&hex!("ef0100"))?;
    Address::try_from(address).ok()
}

impl Watcher for PrestateTracer {
    fn begins(&mut self, ledger: &mut dyn Ledger, begun: &Begun) {
        let arbos: ArbOs = begun.arbos;
        self.follows_delegations = arbos.has(Feature::Prague);
        let to = begun.to.unwrap_or_else(|| {
            let created = begun.from.create(ledger.nonce(begun.from));
            self.created.insert(created);
            created
        });
        if begun.to.is_some() {
            self.delegate(ledger, to);
        }
        let looked = [
            begun.from,
            to,
            begun.beneficiary,
            BLOCK_HASHES,
            ARBOS_ACCOUNT,
        ];
        for account in looked.into_iter().chain(ALWAYS) {
            self.account(ledger, account);
        }
        for account in &begun.authorities {
            self.account(ledger, *account);
        }
    }

    fn ends(&mut self, ledger: &mut dyn Ledger, _: u64) {
        if self.options.diff_mode {
            self.differ(ledger);
        }
        if !self.options.include_empty {
            self.pre.retain(|_, account| !account.is_empty);
        }
    }

    fn wants_steps(&self) -> bool {
        true
    }

    fn steps(&mut self, ledger: &mut dyn Ledger, step: &Step<'_>) {
        self.fresh = Fresh::default();
        let Some(top) = step
            .peek(0)
            .or_else(|| (step.opcode == CREATE).then_some(U256::ZERO))
        else {
            return;
        };
        let to_address = |word: U256| Address::from_word(word.into());
        let acting = step.acting;
        match step.opcode {
            SLOAD | SSTORE => self.slot(ledger, acting, top),
            EXTCODECOPY | EXTCODEHASH | EXTCODESIZE | BALANCE => {
                self.account(ledger, to_address(top));
            }
            SELFDESTRUCT => {
                self.account(ledger, to_address(top));
                if self.created.contains(&acting) && self.deleted.insert(acting) {
                    self.fresh.deleted.push(acting);
                }
            }
            CALL | CALLCODE | DELEGATECALL | STATICCALL if step.stack.len() >= 5 => {
                let called = step.peek(1).unwrap_or_default();
                self.called(ledger, to_address(called));
            }
            CREATE => {
                let created = acting.create(ledger.nonce(acting));
                self.creates(ledger, created);
            }
            CREATE2 if step.stack.len() >= 4 => {
                let number = |deep| step.peek(deep).unwrap_or_default();
                let (offset, len) = (usize::try_from(number(1)), usize::try_from(number(2)));
                let (Ok(offset), Ok(len)) = (offset, len) else {
                    return;
                };
                // what there is not gas for fails before it runs
                if len > super::MOST_INIT_CODE {
                    return;
                }
                let hash = keccak256(step.memory_at(offset, len));
                let created = acting.create2(B256::from(number(3)), hash);
                self.creates(ledger, created);
            }
            _ => {}
        }
    }

    fn stepped(&mut self, _: u64, failure: Option<&str>) {
        let fresh = std::mem::take(&mut self.fresh);
        if failure.is_none() {
            return;
        }
        for (address, slot) in fresh.slots {
            if let Some(account) = self.pre.get_mut(&address) {
                account.storage.remove(&slot);
            }
        }
        for address in fresh.accounts {
            self.pre.remove(&address);
        }
        for address in fresh.created {
            self.created.remove(&address);
        }
        for address in fresh.deleted {
            self.deleted.remove(&address);
        }
    }

    fn arbos(&mut self, ledger: &mut dyn Ledger, slot: U256) {
        self.account(ledger, ARBOS_ACCOUNT);
        self.slot(ledger, ARBOS_ACCOUNT, slot);
    }
}
