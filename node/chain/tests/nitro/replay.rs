//! A scenario run again on this chain.

use crate::report::Report;
use crate::scenario::{Account, Block, Log, Scenario, Tx};
use alloy_primitives::{Address, B256, Bytes, U256, b256, keccak256};
use std::collections::{BTreeMap, BTreeSet};
use stylus_chain::ArbOs;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::arbos::predeploys::ARB_WASM;
use stylus_chain::arbos::predeploys::BLOCK_HASHES;
use stylus_chain::arbos::space::{ARBOS_ACCOUNT, Space};
use stylus_chain::chain::{SendError, SignedTransaction};
use stylus_chain::{Chain, Config, Executed, TxError};

/// Spaces of ArbOS's storage by name: programs, and the hashes of their modules.
const PROGRAMS: u8 = 8;
const MODULE_HASHES: u8 = 2;
/// `ProgramActivated(bytes32,bytes32,address,uint256,uint16)`, whose data begins with the module's hash.
const PROGRAM_ACTIVATED: B256 =
    b256!("c0e812780707128d9a180db8ee4d1c1f1300b6dd0626d577b5d9ac759b76253c");

/// Runs every block and notes what is equal, what differs and what cannot be run. In the end the whole state must be what
/// Nitro's is: nothing may have changed that Nitro did not change.
#[allow(dead_code)] // not needed where something else is looked at too
pub(crate) fn replay(scenario: &Scenario) -> Report {
    replay_with(scenario, |_, _, _| {})
}

/// As [`replay`], and shows the chain after each block, with the block and its place among them.
pub(crate) fn replay_with(
    scenario: &Scenario,
    mut show: impl FnMut(&Chain, &Block, usize),
) -> Report {
    let mut report = Report {
        scenarios: 1,
        ..Report::default()
    };
    let mut chain = genesis(scenario);
    let mut expected = Expected::new(&scenario.genesis.state);
    report.note(
        &format!("{}, genesis", scenario.name),
        &expected.differences(&chain),
    );
    report.slots += expected.slots();
    chain.set_last_hash(scenario.genesis.hash);
    for (number, block) in (1_usize..).zip(&scenario.blocks) {
        let at = format!("{} block {number}", scenario.name);
        let header = &block.header;
        chain
            .set_next_timestamp(header.timestamp.to())
            .expect("time goes on");
        chain
            .set_next_l1_block(header.l1_block())
            .expect("time goes on");
        if chain.base_fee() != header.base_fee_per_gas.to::<u64>() {
            let got = chain.base_fee();
            let expected: u64 = header.base_fee_per_gas.to();
            report.note(&at, &[format!("base fee {got}, on Nitro {expected}")]);
        }
        expected.apply(&block.changes);
        let skipped: usize = report.not_run.values().sum();
        run(&mut chain, block, &expected, &at, &mut report);
        if skipped == report.not_run.values().sum::<usize>() {
            compare_headers(&chain, block, &at, &mut report);
        }
        chain.set_last_hash(block.hash);
        show(&chain, block, number - 1);
        // so that the roots of the blocks that follow can be equal again
        for (slot, value) in expected.modules() {
            if chain.storage(ARBOS_ACCOUNT, slot) != value {
                chain.set_storage(ARBOS_ACCOUNT, slot, value);
            }
        }
    }
    report.note(
        &format!("{}, in the end", scenario.name),
        &expected.differences(&chain),
    );
    report
}

fn genesis(scenario: &Scenario) -> Chain {
    let mut chain = Chain::new(Config {
        arbos: ArbOs::try_from(scenario.arbos).expect("a known version"),
        network_fee_account: DEV_ACCOUNTS[0],
        timestamp: 0,
        l1_block: 0,
        l1_base_fee: U256::from(scenario.l1_base_fee),
        predeploys: BTreeSet::new(),
        ..Config::default()
    });
    for account in DEV_ACCOUNTS {
        chain.set_balance(account, U256::ZERO);
        chain.set_nonce(account, 0);
        chain.set_code(account, Bytes::new());
    }
    // what this chain keeps of ArbOS is in its own genesis
    let state = scenario.genesis.state.iter();
    let own = chain.clone();
    put(
        &mut chain,
        state.filter(|(address, _)| !is_own(&own, **address)),
    );
    chain
}

/// Whether an account is ArbOS's own or a contract that every chain has.
fn is_own(chain: &Chain, account: Address) -> bool {
    account == ARBOS_ACCOUNT || account == BLOCK_HASHES || chain.code(account)[..] == [0xfe]
}

/// Where the hash of a program's module is, which would need Nitro's prover.
pub(crate) fn module_slot(code_hash: B256) -> U256 {
    let modules = Space::root().inside(PROGRAMS).inside(MODULE_HASHES);
    modules.slot(code_hash)
}

/// Sets accounts to what Nitro has.
fn put<'a>(chain: &mut Chain, accounts: impl Iterator<Item = (&'a Address, &'a Account)>) {
    for (&address, account) in accounts {
        if let Some(nonce) = account.nonce {
            chain.set_nonce(address, nonce);
        }
        if let Some(balance) = account.balance {
            chain.set_balance(address, balance);
        }
        if let Some(code) = &account.code {
            chain.set_code(address, code.clone());
        }
        for (slot, value) in &account.storage {
            chain.set_storage(address, (*slot).into(), (*value).into());
        }
    }
}

/// Sends all transactions of a block as they were sent to Nitro, and compares what became of each and of the state.
fn run(chain: &mut Chain, block: &Block, expected: &Expected, at: &str, report: &mut Report) {
    let signed: Vec<_> = block.txs.iter().map(decode).collect();
    let taken = match chain.send_signed(&signed) {
        Ok(taken) => taken,
        Err(error) => return report.compared(at, &[format!("not run here: {error}")]),
    };
    // The block goes on from the state that Nitro left.
    if let Some(what) = taken.iter().find_map(missing) {
        report.not_run(&what, block.txs.len());
        return put(chain, block.changes.iter());
    }
    for (tx, taken) in block.txs.iter().zip(&taken) {
        match (&tx.refused, taken) {
            (None, Ok(executed)) => report.compared(at, &differences(tx, executed)),
            (Some(words), Err(refused)) if *words == refused.to_string() => report.refused += 1,
            (words, taken) => report.note(at, &[format!("on Nitro {words:?}, here {taken:?}")]),
        }
    }
    let (differences, slots) = expected.block_differences(chain, &block.changes);
    report.left(at, &differences);
    report.slots += slots;
}

/// What this chain lacks for a transaction: Arbitrum's precompiles say it by their own name and the function's.
fn missing(taken: &Result<Executed, SendError>) -> Option<String> {
    match taken {
        Err(SendError::Run(TxError::Unsupported(what))) => Some(what.to_string()),
        _ => None,
    }
}

/// Compares the header of the last block with Nitro's: all of it, and so the hash, unless something in it cannot be equal.
fn compare_headers(chain: &Chain, block: &Block, at: &str, report: &mut Report) {
    let sealed = chain.last();
    let (ours, nitros) = (&sealed.header, &block.header);
    let activates = |log: &Log| log.topics.first() == Some(&PROGRAM_ACTIVATED);
    // the clock of the parent chain went back, which the start of a block here does not tell
    let is_started_alike = block.l1_block == nitros.l1_block();
    let has_module_in_logs = block.txs.iter().flat_map(|tx| &tx.logs).any(activates);
    if !has_module_in_logs && is_started_alike {
        if sealed.hash == block.hash {
            report.hashes += 1;
        } else {
            report.note(at, &[format!("header {ours:?}, on Nitro {nitros:?}")]);
        }
    }
    let equal = [
        (
            "root of transactions",
            !is_started_alike || ours.transactions_root == nitros.transactions_root,
        ),
        (
            "root of receipts",
            has_module_in_logs || ours.receipts_root == nitros.receipts_root,
        ),
        ("bloom", ours.logs_bloom == nitros.logs_bloom),
        ("root of sends", ours.extra_data == nitros.extra_data),
        ("mix", ours.mix_hash == nitros.mix_hash),
        ("gas", ours.gas_used == nitros.gas_used.to::<u64>()),
    ];
    let different = equal.iter().filter(|(_, equal)| !equal);
    let words = |(what, _): &(&str, bool)| format!("the header's {what} is not as on Nitro");
    report.note(at, &different.map(words).collect::<Vec<_>>());
}

fn decode(tx: &Tx) -> SignedTransaction {
    let signed = SignedTransaction::decode(&tx.raw).expect("a signed transaction");
    assert_eq!(signed.from(), tx.from, "the sender");
    signed
}

fn differences(tx: &Tx, receipt: &Executed) -> Vec<String> {
    let mut differences = Vec::new();
    let mut equal = |what: &str, got: String, expected: String| {
        if got != expected {
            differences.push(format!("{what} {got}, on Nitro {expected}"));
        }
    };
    let status = u8::from(receipt.status.is_success());
    equal("status", status.to_string(), tx.status.to_string());
    equal("gas", receipt.gas_used.to_string(), tx.gas_used.to_string());
    equal("output", receipt.output.to_string(), tx.output.to_string());
    equal(
        "gas for the parent chain",
        receipt.gas_used_for_l1.to_string(),
        tx.gas_used_for_l1.to_string(),
    );
    equal(
        "contract",
        format!("{:?}", receipt.contract_address),
        format!("{:?}", tx.contract_address),
    );
    let ours = receipt
        .logs
        .iter()
        .map(|log| (log.address, log.topics(), &log.data.data));
    let theirs = tx
        .logs
        .iter()
        .map(|log: &Log| (log.address, log.topics.as_slice(), &log.data));
    equal(
        "logs",
        format!("{:?}", ours.map(comparable).collect::<Vec<_>>()),
        format!("{:?}", theirs.map(comparable).collect::<Vec<_>>()),
    );
    differences
}

/// A log without the hash of a module, which would need Nitro's prover.
fn comparable((address, topics, data): (Address, &[B256], &Bytes)) -> (Address, Vec<B256>, Bytes) {
    let activated = address == ARB_WASM && topics.first() == Some(&PROGRAM_ACTIVATED);
    let from = if activated { 32 } else { 0 };
    (address, topics.to_vec(), data.slice(from..))
}

/// All accounts as Nitro has them.
struct Expected {
    accounts: BTreeMap<Address, Known>,
    /// Slots of ArbOS's that cannot be equal.
    unequal: BTreeSet<U256>,
}

#[derive(Default)]
struct Known {
    nonce: u64,
    balance: U256,
    code: Bytes,
    storage: BTreeMap<U256, U256>,
}

impl Expected {
    fn new(genesis: &BTreeMap<Address, Account>) -> Self {
        let mut expected = Self {
            accounts: BTreeMap::new(),
            unequal: BTreeSet::new(),
        };
        expected.apply(genesis);
        expected
    }

    fn apply(&mut self, changes: &BTreeMap<Address, Account>) {
        for (address, account) in changes {
            let known = self.accounts.entry(*address).or_default();
            known.nonce = account.nonce.unwrap_or(known.nonce);
            known.balance = account.balance.unwrap_or(known.balance);
            if let Some(code) = &account.code {
                self.unequal.insert(module_slot(keccak256(code)));
                known.code = code.clone();
            }
            for (slot, value) in &account.storage {
                known.storage.insert((*slot).into(), (*value).into());
            }
            known.storage.retain(|_, value| !value.is_zero());
        }
    }

    /// The hashes of modules as Nitro has them.
    fn modules(&self) -> impl Iterator<Item = (U256, U256)> {
        let known = self.accounts.get(&ARBOS_ACCOUNT);
        self.unequal.iter().map(move |slot| {
            let held = known.and_then(|known| known.storage.get(slot));
            (*slot, held.copied().unwrap_or_default())
        })
    }

    /// Slots that are compared.
    fn slots(&self) -> usize {
        let accounts = self.accounts.iter();
        let slots = accounts.flat_map(|(address, known)| {
            let slots = known.storage.keys();
            slots.filter(|slot| self.compares(*address, **slot))
        });
        slots.count()
    }

    /// Whether a slot is to be equal.
    fn compares(&self, account: Address, slot: U256) -> bool {
        account != ARBOS_ACCOUNT || !self.unequal.contains(&slot)
    }

    /// What a block left otherwise than Nitro in the accounts that Nitro changed, and how many slots were looked at.
    fn block_differences(
        &self,
        chain: &Chain,
        changes: &BTreeMap<Address, Account>,
    ) -> (Vec<String>, usize) {
        let mut differences = Vec::new();
        let mut slots = 0;
        for (&address, account) in changes {
            let mut equal = |what: &str, got: String, expected: String| {
                if got != expected {
                    differences.push(format!("{address}: {what} {got}, on Nitro {expected}"));
                }
            };
            if let Some(nonce) = account.nonce {
                equal("nonce", chain.nonce(address).to_string(), nonce.to_string());
            }
            if let Some(balance) = account.balance {
                let got = chain.balance(address).to_string();
                equal("balance", got, balance.to_string());
            }
            if let Some(code) = &account.code {
                equal("code", chain.code(address).to_string(), code.to_string());
            }
            for (slot, value) in &account.storage {
                if self.compares(address, (*slot).into()) {
                    slots += 1;
                    let got: B256 = chain.storage(address, (*slot).into()).into();
                    equal(&format!("slot {slot}"), got.to_string(), value.to_string());
                }
            }
        }
        (differences, slots)
    }

    /// The accounts that are not as on Nitro.
    fn differences(&self, chain: &Chain) -> Vec<String> {
        let nothing = Known::default();
        let addresses = chain.addresses().chain(self.accounts.keys().copied());
        let comparable = |address: Address, storage: &BTreeMap<U256, U256>| {
            let slots = storage.iter();
            let slots = slots.filter(|(slot, _)| self.compares(address, **slot));
            slots
                .map(|(slot, value)| (*slot, *value))
                .collect::<BTreeMap<_, _>>()
        };
        let differs = |address: &Address| {
            let known = self.accounts.get(address).unwrap_or(&nothing);
            chain.nonce(*address) != known.nonce
                || chain.balance(*address) != known.balance
                || chain.code(*address) != known.code
                || comparable(*address, &chain.storage_dump(*address))
                    != comparable(*address, &known.storage)
        };
        let differing: BTreeSet<Address> = addresses.filter(differs).collect();
        let words = |account: &Address| format!("account {account} is not as on Nitro");
        differing.iter().map(words).collect()
    }
}
