//! From a file to a token, step by step.

use alloy_primitives::U256;
use lineage::abi::provenance::IProvenance::commitCall;
use lineage::file::WorkFile;
use lineage::minting::Minting;
use lineage::record::{Record, Salts};
use lineage::session::Session;
use logic::work::WorkKind;

#[test]
fn claim_that_was_dated_before_a_stop_keeps_its_date() {
    let mut session = Session::new(&|_| ()).expect("a chain");
    let creator = session.chain.accounts()[4];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("song.txt");
    std::fs::write(&file, "a song").expect("a file");
    let record =
        Record::open_or_write(&file, &WorkFile::of(b"a song"), creator, &mut Salts::Random)
            .expect("a record");
    let provenance = session.programs.provenance;
    let commit = commitCall {
        commitment: record.commitment(),
    };
    session
        .send("commit", creator, provenance, U256::ZERO, &commit)
        .expect("committed");

    session.chain.increase_time(3_600);
    let minted = Minting {
        path: &file,
        file: &WorkFile::of(b"a song"),
        title: None,
        creator,
        to: creator,
        kind: WorkKind::Output,
        royalty: 0,
        uri: "",
        parents: Vec::new(),
        payees: Vec::new(),
        open: None,
        salts: Salts::Random,
    }
    .run(&mut session)
    .expect("minted");
    let sent: Vec<_> = minted
        .sent
        .iter()
        .map(|sent| sent.action.as_str())
        .collect();
    assert_eq!(sent, ["mint"]);
    assert_eq!(minted.process_root, record.process_root());
}
