//! A scenario run again on this chain.

use crate::report::Report;
use crate::scenario::{Account, Block, Log, Scenario, Tx};
use alloy_consensus::transaction::SignerRecoverable;
use alloy_consensus::{Transaction as _, TxEnvelope};
use alloy_eips::eip2718::Decodable2718;
use alloy_primitives::{Address, B256, Bytes, U256, address, b256, hex};
use std::collections::{BTreeMap, BTreeSet};
use stylus_chain::ArbOs;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::arbos::predeploys::ARB_WASM;
use stylus_chain::arbos::predeploys::{BLOCK_HASHES, NICKS_FACTORY, STYLUS_DEPLOYER};
use stylus_chain::{Chain, Config, Executed, Transaction, TxError};

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
/// `ArbOwner.addWasmCacheManager(address)`.
const ADD_CACHE_MANAGER: [u8; 4] = hex!("ffdca515");
/// Functions whose answers cannot be equal, with why.
const UNEQUAL: [([u8; 4], &str); 2] = [
    (hex!("2b407a82"), "hashes of blocks (ArbSys.arbBlockHash)"),
    (
        hex!("051038f2"),
        "the number of ArbOS (ArbSys.arbOSVersion), which says 61 for 60 here",
    ),
];
/// `ProgramActivated(bytes32,bytes32,address,uint256,uint16)`, whose data begins with the module's hash.
const PROGRAM_ACTIVATED: B256 =
    b256!("c0e812780707128d9a180db8ee4d1c1f1300b6dd0626d577b5d9ac759b76253c");

/// Runs every block and notes what is equal, what differs and what cannot be run. In the end the whole state must be what
/// Nitro's is: nothing may have changed that Nitro did not change.
pub(crate) fn replay(scenario: &Scenario) -> Report {
    let mut report = Report {
        scenarios: 1,
        ..Report::default()
    };
    let mut chain = genesis(scenario);
    let mut expected = Expected::new(&scenario.genesis.state);
    for (number, block) in (1_usize..).zip(&scenario.blocks) {
        let at = format!("{} block {number}", scenario.name);
        let header = &block.header;
        chain
            .set_next_timestamp(header.timestamp.to())
            .expect("time goes on");
        chain
            .set_next_l1_block(header.l1_block())
            .expect("time goes on");
        chain.set_base_fee(header.base_fee_per_gas.to());
        run(&mut chain, block, &at, &mut report);
        expected.apply(&block.changes);
        if block.txs.iter().any(changes_a_setting) {
            let left = &scenario.blocks[number..];
            let left = left.iter().map(|block| block.txs.len()).sum();
            report.not_run("what follows a setting by ArbOwner", left);
            break;
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
        ..Config::default()
    });
    for account in DEV_ACCOUNTS
        .into_iter()
        .chain([NICKS_FACTORY, STYLUS_DEPLOYER])
    {
        chain.set_balance(account, U256::ZERO);
        chain.set_nonce(account, 0);
        chain.set_code(account, Bytes::new());
    }
    // what this chain keeps of ArbOS is in its own genesis
    let state = scenario.genesis.state.iter();
    put(
        &mut chain,
        state.filter(|(address, _)| !is_arbos(**address)),
    );
    chain
}

/// Whether an account is ArbOS's own: their addresses begin with a4b05. This chain does not follow all that is kept there,
/// such as the price of gas under load.
fn is_arbos(account: Address) -> bool {
    account.starts_with(&[0xa4, 0xb0]) && account[2] >> 4 == 5
}

/// Sets accounts to what Nitro has.
fn put<'a>(chain: &mut Chain, accounts: impl Iterator<Item = (&'a Address, &'a Account)>) {
    for (&address, account) in accounts {
        if address == BLOCK_HASHES {
            continue;
        }
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

fn run(chain: &mut Chain, block: &Block, at: &str, report: &mut Report) {
    let (refused, included): (Vec<_>, Vec<_>) =
        block.txs.iter().partition(|tx| tx.refused.is_some());
    let sent = included
        .iter()
        .map(|tx| decode(tx))
        .collect::<Result<Vec<_>, _>>();
    match sent.map(|transactions| chain.send_all(transactions)) {
        Ok(Ok(receipts)) => {
            for (tx, receipt) in included.iter().zip(&receipts) {
                report.compared(at, &differences(tx, receipt));
            }
            report.left(at, &state_differences(chain, &block.changes));
        }
        // Arbitrum's precompiles say what is missing by their own name and the function's
        Ok(Err(TxError::Unsupported(what))) => skip(chain, block, &included, &what, report),
        Ok(Err(error)) => report.compared(at, &[format!("refused here: {error}")]),
        Err(what) => skip(chain, block, &included, what, report),
    }
    for tx in refused {
        let words = tx.refused.as_deref().unwrap_or_default();
        if words == "gas limit reached" {
            report.not_run("a block's own gas limit", 1);
            continue;
        }
        // tried on a copy: should it be taken after all, what follows is not disturbed
        match decode(tx).map(|transaction| chain.clone().send(transaction)) {
            Ok(Err(TxError::Invalid(_))) => report.refused += 1,
            Ok(other) => report.compared(
                at,
                &[format!("refused by Nitro ({words}), not here: {other:?}")],
            ),
            Err(what) => report.not_run(what, 1),
        }
    }
}

/// Leaves a block out that this chain cannot run, and goes on from the state that Nitro left.
fn skip(chain: &mut Chain, block: &Block, included: &[&Tx], what: &str, report: &mut Report) {
    report.not_run(what, included.len());
    chain.send_all(Vec::new()).expect("an empty block");
    put(chain, block.changes.iter());
}

/// Whether a transaction has ArbOwner change what this chain does not read from ArbOS's storage. Who may cache programs, it
/// does.
fn changes_a_setting(tx: &Tx) -> bool {
    let envelope = envelope(tx);
    envelope.to() == Some(ARB_OWNER) && !envelope.input().starts_with(&ADD_CACHE_MANAGER)
}

fn envelope(tx: &Tx) -> TxEnvelope {
    TxEnvelope::decode_2718(&mut tx.raw.as_ref()).expect("a signed transaction")
}

/// A signed transaction as this chain takes it.
///
/// # Errors
/// What in it this chain does not have.
fn decode(tx: &Tx) -> Result<Transaction, &'static str> {
    let envelope = envelope(tx);
    let from = envelope.recover_signer().expect("a signature");
    assert_eq!(from, tx.from, "the sender");
    if envelope.is_eip7702() {
        return Err("delegations (EIP-7702)");
    }
    if envelope
        .max_priority_fee_per_gas()
        .is_some_and(|tip| tip > envelope.max_fee_per_gas())
    {
        return Err("tips, which a transaction here does not name");
    }
    let called = |selector: &[u8; 4]| envelope.input().windows(4).any(|bytes| bytes == selector);
    if let Some((_, what)) = UNEQUAL.iter().find(|(selector, _)| called(selector)) {
        return Err(what);
    }
    if envelope.access_list().is_some_and(|list| !list.is_empty()) {
        return Err("access lists (EIP-2930)");
    }
    let transaction = Transaction::new(from)
        .value(envelope.value())
        .input(envelope.input().clone())
        .gas_limit(envelope.gas_limit())
        .nonce(envelope.nonce())
        .max_fee(envelope.max_fee_per_gas());
    Ok(match envelope.to() {
        Some(to) => transaction.to(to),
        None => transaction,
    })
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
    if receipt.status.is_success() {
        equal(
            "contract",
            format!("{:?}", receipt.contract_address),
            format!("{:?}", tx.contract_address),
        );
    }
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

/// Whether an account has what it has on Nitro: not those who pay for gas and are paid for it from ArbOS 60 on, where Nitro
/// prices the kinds of gas apart and returns some of the fee.
fn balance_is_equal(chain: &Chain, account: Address) -> bool {
    chain.config().arbos.number() < 60 || !DEV_ACCOUNTS.contains(&account)
}

/// What a block left of the accounts it changed, but for ArbOS's own and the past block hashes.
fn state_differences(chain: &Chain, changes: &BTreeMap<Address, Account>) -> Vec<String> {
    let mut differences = Vec::new();
    for (&address, account) in changes {
        if is_arbos(address) || address == BLOCK_HASHES {
            continue;
        }
        let mut equal = |what: &str, got: String, expected: String| {
            if got != expected {
                differences.push(format!("{address}: {what} {got}, on Nitro {expected}"));
            }
        };
        if let Some(nonce) = account.nonce {
            equal("nonce", chain.nonce(address).to_string(), nonce.to_string());
        }
        if let Some(balance) = account.balance.filter(|_| balance_is_equal(chain, address)) {
            equal(
                "balance",
                chain.balance(address).to_string(),
                balance.to_string(),
            );
        }
        if let Some(code) = &account.code {
            equal("code", chain.code(address).to_string(), code.to_string());
        }
        for (slot, value) in &account.storage {
            let got: B256 = chain.storage(address, (*slot).into()).into();
            equal(&format!("slot {slot}"), got.to_string(), value.to_string());
        }
    }
    differences
}

/// All accounts as Nitro has them, ArbOS's own and the past block hashes aside.
struct Expected(BTreeMap<Address, Known>);

#[derive(Default)]
struct Known {
    nonce: u64,
    balance: U256,
    code: Bytes,
    storage: BTreeMap<U256, U256>,
}

impl Expected {
    fn new(genesis: &BTreeMap<Address, Account>) -> Self {
        let mut expected = Self(BTreeMap::new());
        expected.apply(genesis);
        expected
    }

    fn apply(&mut self, changes: &BTreeMap<Address, Account>) {
        for (address, account) in changes {
            if is_arbos(*address) || *address == BLOCK_HASHES {
                continue;
            }
            let known = self.0.entry(*address).or_default();
            known.nonce = account.nonce.unwrap_or(known.nonce);
            known.balance = account.balance.unwrap_or(known.balance);
            if let Some(code) = &account.code {
                known.code = code.clone();
            }
            for (slot, value) in &account.storage {
                known.storage.insert((*slot).into(), (*value).into());
            }
            known.storage.retain(|_, value| !value.is_zero());
        }
    }

    fn differences(&self, chain: &Chain) -> Vec<String> {
        let nothing = Known::default();
        let addresses = chain.addresses().chain(self.0.keys().copied());
        let looked_at = addresses.filter(|at| !is_arbos(*at) && *at != BLOCK_HASHES);
        let differs = |address: &Address| {
            let known = self.0.get(address).unwrap_or(&nothing);
            chain.nonce(*address) != known.nonce
                || (balance_is_equal(chain, *address) && chain.balance(*address) != known.balance)
                || chain.code(*address) != known.code
                || chain.storage_dump(*address) != known.storage
        };
        let differing: BTreeSet<Address> = looked_at.filter(differs).collect();
        let words = |account: &Address| format!("account {account} is not as on Nitro");
        differing.iter().map(words).collect()
    }
}
