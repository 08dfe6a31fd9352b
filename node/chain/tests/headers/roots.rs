use crate::recorded::{Block, Scenario, texts};
use crate::scenario::Account;
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Log, keccak256};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use stylus_chain::chain::SignedTransaction;
use stylus_chain::chain::header::{Contents, HashedReceipt, HeaderInfo, header};
use stylus_chain::chain::start::StartTx;
use stylus_chain::store;
use stylus_chain::trie::{StateTrie, TrieChange};

const CHAIN_ID: u64 = 412_346;

/// A state that follows what blocks change.
#[derive(Default)]
struct Followed {
    trie: StateTrie,
    infos: BTreeMap<Address, store::Account>,
}

impl Followed {
    fn apply(&mut self, changes: &BTreeMap<Address, Account>) {
        for (address, account) in changes {
            let info = self.infos.entry(*address).or_default();
            info.nonce = account.nonce.unwrap_or(info.nonce);
            info.balance = account.balance.unwrap_or(info.balance);
            info.code_hash = account.code.as_ref().map_or(info.code_hash, keccak256);
            let storage = account.storage.iter();
            let change = TrieChange {
                account: Some(*info),
                cleared: false,
                storage: storage
                    .map(|(slot, value)| ((*slot).into(), (*value).into()))
                    .collect(),
            };
            self.trie.change(*address, change);
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    scenarios: usize,
    blocks: usize,
    /// Roots of the state, those of genesis too.
    state_roots: usize,
    /// Hashes of blocks, those of genesis too: each stands for a whole header.
    hashes: usize,
    transactions: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.scenarios += other.scenarios;
        self.blocks += other.blocks;
        self.state_roots += other.state_roots;
        self.hashes += other.hashes;
        self.transactions += other.transactions;
    }
}

#[test]
fn headers_roots_and_hashes_of_nitros_blocks_follow_from_what_is_in_them() {
    let (next, counts) = (AtomicUsize::new(0), Mutex::<Counts>::default());
    let texts = texts();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let scenario = serde_json::from_slice(text).expect("a scenario");
                    let followed = follow(&scenario);
                    counts.lock().expect("no panic").add(&followed);
                }
            });
        }
    });
    let counts = counts.into_inner().expect("no panic");
    println!("{counts:?}");
    assert_eq!(
        counts,
        Counts {
            scenarios: 411,
            blocks: 10_884,
            state_roots: 11_295,
            hashes: 11_295,
            transactions: 31_401,
        }
    );
}

fn follow(scenario: &Scenario) -> Counts {
    let mut counts = Counts {
        scenarios: 1,
        ..Counts::default()
    };
    let name = &scenario.name;
    let mut state = Followed::default();
    state.apply(&scenario.genesis.state);
    let recorded = Header::from(&scenario.genesis.header);
    let genesis = header(&Contents {
        parent_hash: B256::ZERO,
        number: 0,
        timestamp: 0,
        base_fee: 100_000_000,
        beneficiary: Address::ZERO,
        state_root: state.trie.root(),
        info: HeaderInfo {
            send_root: B256::ZERO,
            send_count: 0,
            l1_block: 0,
            arbos: scenario.arbos,
            collects_tips: false,
        },
        transactions: &[],
        receipts: &[],
    });
    assert_eq!(genesis, recorded, "{name}, genesis");
    assert_eq!(genesis.hash_slow(), scenario.genesis.hash);
    counts.state_roots += 1;
    counts.hashes += 1;
    let mut parent = genesis;
    for block in &scenario.blocks {
        state.apply(&block.changes);
        parent = rebuilt(scenario, block, &parent, state.trie.root());
        counts.blocks += 1;
        counts.state_roots += 1;
        counts.hashes += 1;
        counts.transactions += block.txs.len();
    }
    counts
}

/// A block's header, from its contents and the header before; compared with Nitro's.
fn rebuilt(scenario: &Scenario, block: &Block, parent: &Header, state_root: B256) -> Header {
    let at = format!("{} block {}", scenario.name, parent.number + 1);
    let recorded = Header::from(&block.header);
    // a block is never earlier than the one before, whatever the clock says
    let timestamp = block.time.max(parent.timestamp);
    let start = StartTx {
        chain_id: CHAIN_ID,
        l1_base_fee: scenario.l1_base_fee,
        l1_block: block.l1_block,
        number: parent.number + 1,
        time_passed: timestamp - parent.timestamp,
    };
    assert_eq!(start.encoded(), block.start_tx, "{at}");
    assert_eq!(StartTx::receipt().encoded(), block.start_receipt, "{at}");
    let types: Vec<u8> = block.txs.iter().map(|tx| decoded(tx, &at)).collect();
    let logs: Vec<Vec<Log>> = block
        .txs
        .iter()
        .map(|tx| tx.logs.iter().map(Log::from).collect())
        .collect();
    let mut transactions = vec![start.encoded()];
    let mut receipts = vec![StartTx::receipt()];
    for ((tx, tx_type), logs) in block.txs.iter().zip(types).zip(&logs) {
        if tx.refused.is_none() {
            transactions.push(tx.raw.clone());
            receipts.push(HashedReceipt {
                tx_type,
                success: tx.status == 1,
                cumulative_gas_used: tx.cumulative_gas_used,
                logs,
            });
        }
    }
    let header = header(&Contents {
        parent_hash: parent.hash_slow(),
        number: parent.number + 1,
        timestamp,
        base_fee: recorded.base_fee_per_gas.expect("a base fee"),
        beneficiary: recorded.beneficiary,
        state_root,
        // what ArbOS says comes from its state, which is not run here
        info: HeaderInfo::of(&recorded).expect("Arbitrum's header"),
        transactions: &transactions,
        receipts: &receipts,
    });
    assert_eq!(header, recorded, "{at}");
    assert_eq!(header.hash_slow(), block.hash, "{at}");
    header
}

/// The type of a transaction, whose hash and sender are as recorded.
fn decoded(tx: &crate::recorded::Tx, at: &str) -> u8 {
    let transaction = SignedTransaction::decode(&tx.raw).expect("a signed transaction");
    assert_eq!(transaction.hash(), tx.hash, "{at}");
    assert_eq!(transaction.from(), tx.from, "{at}");
    assert_eq!(transaction.encoded(), tx.raw, "{at}");
    transaction.tx_type()
}
