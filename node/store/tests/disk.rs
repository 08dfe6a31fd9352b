//! The store on disk: the same as full copies of the state, also when it is opened anew.

#[path = "../../chain/tests/store/copies.rs"]
mod copies;

use alloy_primitives::{Address, U256};
use copies::{acts, same_as_full_copies};
use proptest::prelude::*;
use redb::{Database, TableDefinition};
use std::fs;
use std::path::Path;
use stylus_chain::chain::{ResumeError, StateRoot};
use stylus_chain::store::{Memory, State, Store, StoreError};
use stylus_chain::{Chain, Config, DEV_ACCOUNTS, Transaction};
use stylus_store::{Disk, OpenError};

/// Opens a folder that can be opened.
fn open(folder: &Path) -> Disk {
    Disk::open(folder).expect("a folder of a chain")
}

proptest! {
    // each turn is synced to the disk
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn store_on_disk_is_as_full_copies_are(acts in acts()) {
        let place = tempfile::tempdir().expect("a folder");
        let mut disk = open(place.path());
        disk.restart(Memory::default(), &Config::default()).expect("the disk works");
        let again = |disk: Disk| {
            drop(disk);
            open(place.path())
        };
        same_as_full_copies(disk, acts, true, again)?;
    }

    #[test]
    fn store_on_disk_takes_over_what_one_in_memory_holds(acts in acts(), others in acts()) {
        let place = tempfile::tempdir().expect("a folder");
        let mut disk = open(place.path());
        disk.restart(Memory::default(), &Config::default()).expect("the disk works");
        let mut take_over = |memory: Memory| {
            disk.restart(memory.clone(), &Config::default()).expect("the disk works");
            prop_assert_eq!(disk.revision(), Store::revision(&memory));
            prop_assert_eq!(disk.pending(), memory.pending());
            prop_assert_eq!(disk.last_block(), memory.last_block());
            for number in 0..memory.blocks().len() as u64 {
                prop_assert_eq!(disk.block(number), Store::block(&memory, number));
                prop_assert_eq!(disk.changes(number), memory.changes(number));
                prop_assert_eq!(disk.revision_after(number), memory.revision_after(number));
            }
            Ok(())
        };
        for acts in [acts, others] {
            let mut last = Ok(());
            same_as_full_copies(Memory::default(), acts, false, |memory| {
                last = take_over(memory.clone());
                memory
            })?;
            last?;
        }
    }
}

const ALICE: Address = DEV_ACCOUNTS[0];
const BOB: Address = DEV_ACCOUNTS[1];

fn pay(chain: &mut Chain<impl Store>, wei: u64) {
    let paid = chain.send(Transaction::transfer(ALICE, BOB, U256::from(wei)));
    paid.expect("a valid transaction");
}

/// A chain in a folder, beside the same one in memory.
fn twins(folder: &Path) -> (Chain<Disk>, Chain) {
    let memory = Chain::default();
    let disk = memory.clone().moved_to(open(folder));
    (disk.expect("the disk works"), memory)
}

fn resumed(folder: &Path) -> Chain<Disk> {
    Chain::resume(open(folder)).expect("a whole chain")
}

#[test]
fn chain_goes_on_where_it_was_when_its_folder_is_opened_again() {
    let place = tempfile::tempdir().expect("a folder");
    let (mut chain, mut twin) = twins(place.path());
    for wei in 0..5 {
        pay(&mut chain, wei);
        pay(&mut twin, wei);
        // what is set by hand after a block belongs to the next one
        let set = |state: &mut State| state.edit(BOB, |bob| bob.nonce = wei);
        chain.edit(set).expect("the disk works");
        twin.edit(set).expect("memory does not fail");
        drop(chain);
        chain = resumed(place.path());
        assert_eq!(chain.last(), twin.last());
        assert_eq!(chain.config(), twin.config());
        assert_eq!(chain.timestamp(), twin.timestamp());
        assert_eq!(chain.l1_block(), twin.l1_block());
        assert_eq!(chain.state_root().root(), twin.state_root().root());
        assert!(chain.dump() == twin.dump(), "block {wei}");
        for number in 0..=wei {
            let root = |root: StateRoot| root.root();
            assert_eq!(
                chain.state_root_at(number).map(root),
                twin.state_root_at(number).map(root)
            );
        }
    }
    let gone = chain.take_back(3).expect("the disk works");
    assert_eq!(Ok(gone), twin.take_back(3));
    drop(chain);
    assert_eq!(resumed(place.path()).last(), twin.last());
}

#[test]
fn chain_that_was_brought_as_bytes_goes_on_in_its_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let mut brought = Chain::default();
    (0..3).for_each(|wei| pay(&mut brought, wei));
    brought.set_balance(BOB, U256::from(5));
    let brought = Chain::decode(&brought.encode()).expect("a chain");
    let (mut chain, _) = twins(place.path());
    chain.replace_with(brought.clone()).expect("the disk works");
    drop(chain);
    let mut chain = resumed(place.path());
    assert_eq!(chain.last(), brought.last());
    assert_eq!(chain.state_root().root(), brought.state_root().root());
    pay(&mut chain, 9);
    drop(chain);
    let chain = resumed(place.path());
    assert_eq!(chain.block_number(), 4);
    let kept = chain.at(2).map(drop);
    assert_eq!(kept, Err(StoreError::NotKept { block: 2, first: 3 }));
}

#[test]
fn folder_is_one_process_s_at_a_time_and_says_whose() {
    let place = tempfile::tempdir().expect("a folder");
    let disk = open(place.path());
    let words = Disk::open(place.path())
        .expect_err("it is in use")
        .to_string();
    let holder = format!(" is in use by process {}: ", std::process::id());
    assert!(words.contains(&holder), "{words}");
    drop(disk);
    open(place.path());
}

#[test]
fn folder_of_a_later_version_is_refused_and_left_as_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    let (chain, _) = twins(place.path());
    drop(chain);
    let path = place.path().join("chain.redb");
    let database = Database::open(&path).expect("a database");
    let writing = database.begin_write().expect("it works");
    let numbers = TableDefinition::<&str, u64>::new("numbers");
    let mut table = writing.open_table(numbers).expect("a table");
    table.insert("form", 2).expect("it works");
    drop(table);
    writing.commit().expect("it works");
    drop(database);
    let refused = Disk::open(place.path()).expect_err("it is of a later version");
    assert!(
        matches!(
            refused,
            OpenError::Newer {
                got: 2,
                known: 1,
                ..
            }
        ),
        "{refused}"
    );
    assert!(Database::open(&path).is_ok());
}

#[test]
fn file_that_is_no_database_is_refused_and_left_as_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("chain.redb");
    fs::write(&path, b"somebody's own").expect("a file");
    let refused = Disk::open(place.path()).expect_err("it is no database");
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused}");
    assert_eq!(fs::read(&path).expect("a file"), b"somebody's own");
}

#[test]
fn state_that_the_last_block_did_not_leave_is_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let (mut chain, _) = twins(place.path());
    pay(&mut chain, 1);
    drop(chain);
    let database = Database::open(place.path().join("chain.redb")).expect("a database");
    let writing = database.begin_write().expect("it works");
    let accounts = TableDefinition::<&[u8; 20], &[u8; 72]>::new("accounts");
    let mut table = writing.open_table(accounts).expect("a table");
    table.insert(&BOB.0.0, &[1; 72]).expect("it works");
    drop(table);
    writing.commit().expect("it works");
    drop(database);
    let refused = Chain::resume(open(place.path())).expect_err("it is damaged");
    assert!(
        matches!(refused, ResumeError::Damaged { block: 1, .. }),
        "{refused}"
    );
}

#[test]
fn folder_without_a_chain_has_none_to_go_on_with() {
    let place = tempfile::tempdir().expect("a folder");
    let nothing = Chain::resume(open(place.path())).expect_err("there is none");
    assert_eq!(nothing, ResumeError::Nothing);
}

#[test]
fn lock_that_is_somebody_s_own_is_left_as_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    let lock = place.path().join("chain.lock");
    fs::write(&lock, "a shopping list").expect("a file");
    let refused = Disk::open(place.path())
        .expect_err("it is another's")
        .to_string();
    assert!(
        refused.ends_with("it is another program's: move it away"),
        "{refused}"
    );
    assert_eq!(fs::read(&lock).expect("a file"), b"a shopping list");
    let own = place.path().join("own");
    fs::rename(&lock, &own).expect("it moves");
    fs::write(&own, "").expect("a file");
    std::os::unix::fs::symlink(&own, &lock).expect("a link");
    let refused = Disk::open(place.path())
        .expect_err("it is a link")
        .to_string();
    assert!(refused.ends_with("it is a link: move it away"), "{refused}");
    assert_eq!(fs::read(&own).expect("a file"), b"");
}

/// Reads all that a chain in a folder has, and goes on with it, as far as it lets itself.
fn use_all(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut chain = Chain::resume(Disk::open(folder)?)?;
    for number in 0..=chain.block_number() {
        chain.changes(number)?;
        let at = chain.at(number)?;
        for account in DEV_ACCOUNTS {
            at.balance(account)?;
            at.code(account)?;
        }
    }
    chain.dump()?;
    chain.send(Transaction::transfer(ALICE, BOB, U256::from(1)))?;
    chain.take_back(2)?;
    Ok(())
}

#[test]
fn file_that_is_damaged_anywhere_gives_an_error_or_what_was_there_and_no_panic() {
    let place = tempfile::tempdir().expect("a folder");
    let (mut chain, _) = twins(place.path());
    (0..3).for_each(|wei| pay(&mut chain, wei));
    drop(chain);
    let path = place.path().join("chain.redb");
    let whole = fs::read(&path).expect("a file");
    let mut errors = 0;
    // somewhere in each page, and the beginnings of pages, where their kinds are
    for page in 0..whole.len() / 4096 {
        for (at, length) in [(0, 1), (0, 64), (2, 4000)] {
            let mut damaged = whole.clone();
            for byte in &mut damaged[page * 4096 + at..][..length] {
                *byte ^= 0x5a;
            }
            fs::write(&path, damaged).expect("a file");
            errors += usize::from(use_all(place.path()).is_err());
        }
    }
    assert!(errors > 10, "{errors}");
    fs::write(&path, whole).expect("a file");
    use_all(place.path()).expect("it is whole again");
}
