//! From a file to a token, step by step.

use alloy_primitives::U256;
use lineage::abi::provenance::IProvenance::{commitCall, recordCall};
use lineage::beside;
use lineage::file::WorkFile;
use lineage::minting::{Minted, Minting};
use lineage::session::Session;
use logic::priority;
use logic::work::WorkKind;
use record::{Record, Salts};
use std::path::{Path, PathBuf};

/// A file, its creator, and a commitment to it that no mint has followed.
fn interrupted(session: &mut Session, folder: &Path) -> (PathBuf, Record) {
    let creator = session.chain.accounts()[4];
    let file = folder.join("song.txt");
    std::fs::write(&file, "a song").expect("a file");
    let record =
        beside::open_or_write(&file, &WorkFile::of(b"a song"), creator, &mut Salts::Random)
            .expect("a record");
    let provenance = session.programs.provenance;
    let commit = commitCall {
        commitment: record.commitment(),
    };
    session
        .send("commit", creator, provenance, U256::ZERO, &commit)
        .expect("committed");
    (file, record)
}

/// Mints it; answers what was sent for that.
fn mint(session: &mut Session, file: &Path) -> (Minted, Vec<String>) {
    let creator = session.chain.accounts()[4];
    let minted = Minting {
        path: file,
        file: &WorkFile::of(b"a song"),
        title: None,
        creator,
        to: creator,
        kind: WorkKind::Output,
        royalty: 0,
        uri: None,
        parents: Vec::new(),
        payees: Vec::new(),
        open: None,
        salts: Salts::Random,
    }
    .run(session)
    .expect("minted");
    let sent = minted.sent.iter().map(|sent| sent.action.clone()).collect();
    (minted, sent)
}

fn claimed_at(session: &Session, work: u64) -> u64 {
    let call = recordCall {
        tokenId: U256::from(work),
    };
    let record = session.view(session.programs.provenance, &call);
    record.expect("a record").claimedAt
}

#[test]
fn claim_that_was_dated_before_a_stop_keeps_its_date() {
    let mut session = Session::new(&|_| ()).expect("a chain");
    let folder = tempfile::tempdir().expect("a folder");
    let committed = session.chain.timestamp();
    let (file, record) = interrupted(&mut session, folder.path());
    // The last second in which the commitment dates a mint.
    let last = committed + priority::COMMITMENT_LIFE;
    session.chain.set_next_timestamp(last).expect("to come");
    let (minted, sent) = mint(&mut session, &file);
    assert_eq!(sent, ["mint"]);
    assert_eq!(minted.process_root, record.process_root());
    assert_eq!(claimed_at(&session, minted.work), committed);
}

#[test]
fn claim_that_was_dated_too_long_ago_is_dated_anew() {
    let mut session = Session::new(&|_| ()).expect("a chain");
    let folder = tempfile::tempdir().expect("a folder");
    let committed = session.chain.timestamp();
    let (file, record) = interrupted(&mut session, folder.path());
    let anew = committed + priority::COMMITMENT_LIFE + 1;
    session.chain.set_next_timestamp(anew).expect("to come");
    let (minted, sent) = mint(&mut session, &file);
    assert_eq!(sent, ["commit", "mint"]);
    assert_eq!(minted.process_root, record.process_root());
    assert_eq!(claimed_at(&session, minted.work), anew);
}
