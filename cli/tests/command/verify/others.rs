//! Records and proofs of other works and other people.

use super::*;

#[test]
fn another_record_of_the_same_file_is_not_the_works() {
    let shell = proven();
    fs::rename(shell.path("duck.png.lineage.json"), shell.path("old.json")).expect("moved");
    let file = WorkFile::read(&shell.path("duck.png")).expect("a file");
    let alice = account::parse("alice").expect("a name");
    let path = shell.path("duck.png");
    let record = beside::open_or_write(&path, &file, alice, &mut Salts::Random).expect("a record");
    let root = shell.json("show 1")["works"][0]["process_root"].clone();
    let root = root.as_str().expect("a root");
    fails(
        &shell,
        "duck.png --record duck.png.lineage.json",
        &[
            "file true: it is the file that the record names",
            CHAIN,
            &format!(
                "record false: it is not what work 1 was minted with: the chain has 5 steps under {root}, and it gives 5 under {}",
                record.process_root()
            ),
        ],
    );
    shell.done("reveal duck.png --step 0");
    let file = "file true: it is the file that a proof names";
    let reason =
        format!("proof false: its root is not that of work 1, which has 5 steps under {root}");
    fails(
        &shell,
        "duck.png --proof duck.png.step-0.proof.json",
        &[file, CHAIN, &reason],
    );
    let typed = "duck.png --record old.json --proof duck.png.step-0.proof.json --offline";
    let (told, _) = verdict(&shell, typed);
    assert_eq!(
        checks(&told)[3],
        "proof false: its processRoot is not that of the record"
    );
}

#[test]
fn proof_of_another_work_is_told() {
    let shell = proven();
    shell.picture("fooocus1_cropped.png", "swan.png");
    shell.done("mint swan.png --from bob --yes");
    let other = format!("proof false: it is of another file, whose SHA-256 is {DUCK}");
    fails(
        &shell,
        "swan.png --proof duck.png.step-1.proof.json",
        &["chain true: it is the file of work 2", &other],
    );
}

#[test]
fn copied_root_proves_nothing_for_the_copier() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    let path = shell.path("duck.png");
    let file = WorkFile::read(&path).expect("a file");
    let [alice, bob] = ["alice", "bob"].map(|name| account::parse(name).expect("a name"));
    let record = beside::open_or_write(&path, &file, alice, &mut Salts::Random).expect("a record");
    copy(&shell, &record, "bob");
    shell.done("reveal duck.png --step 0");
    let typed = "duck.png --proof duck.png.step-0.proof.json";
    let file = "file true: it is the file that a proof names";
    let stranger = "its creator alice has minted no such file; of a root that another minted it proves nothing";
    fails(
        &shell,
        typed,
        &[file, CHAIN, &format!("proof false: {stranger}")],
    );
    let with_record = "duck.png --record duck.png.lineage.json";
    let named = "file true: it is the file that the record names";
    fails(
        &shell,
        with_record,
        &[named, CHAIN, &format!("record false: {stranger}")],
    );

    // Once she has minted, it is her work that it proves, though his claim is earlier.
    shell.done("mint duck.png --yes");
    let chain = "chain true: 2 works claim it, work 1 as the earliest";
    let told = holds(
        &shell,
        typed,
        &[file, chain, "proof true: it proves step 0 of 5 of work 2"],
    );
    let creators: Vec<_> = told["claims"].as_array().expect("claims").iter().collect();
    assert_eq!(creators[0]["creator"], json!(bob.to_checksum(None)));
    assert_eq!(creators[1]["creator"], json!(alice.to_checksum(None)));
    assert_eq!(creators[1]["final_from"], Value::Null);

    let text = fs::read(shell.path("duck.png.step-0.proof.json")).expect("a proof");
    let mut proof = StepProof::from_json(&text).expect("a proof");
    proof.creator = bob;
    shell.file("duck.png.step-0.proof.json", proof.to_json().expect("JSON"));
    let reason = "proof false: its leaf is not that of its creator, stepCount, index, kind, contentHash, metaHash and salt: one of \
                  these is not what was committed to";
    fails(&shell, typed, &[chain, reason]);
}

/// Mints the file of a record with its root, as someone else.
fn copy(shell: &Shell, record: &Record, who: &str) {
    mint(shell, record, record.process_root(), who);
}

/// Mints the file of a record with a root of one's own.
fn mint(shell: &Shell, record: &Record, process_root: B256, who: &str) {
    let who = account::parse(who).expect("a name");
    let state = State::open(&shell.path(".lineage")).expect("a folder");
    let mut session = state.load(&|_| ()).expect("a chain");
    let request = MintRequest {
        to: who,
        outputHash: record.output_hash,
        processRoot: process_root,
        stepCount: record.step_count(),
        title: "mine".to_owned(),
        payees: Vec::new(),
        ..MintRequest::default()
    };
    let provenance = session.programs.provenance;
    session
        .send("mint", who, provenance, U256::ZERO, &mintCall { request })
        .expect("minted");
    state.save(&session).expect("saved");
}

/// A root may hold two leaves of one index, and each has a proof that holds by itself.
#[test]
fn two_steps_in_one_place_do_not_hold_together() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    let path = shell.path("duck.png");
    let file = WorkFile::read(&path).expect("a file");
    let alice = account::parse("alice").expect("a name");
    let record = beside::open_or_write(&path, &file, alice, &mut Salts::Random).expect("a record");
    let mut other = record.reveal(0).expect("a step");
    other.step.content = Some("photo of a fox".to_owned());
    other.step.content_hash = sha256(b"photo of a fox");
    let mut other_record = record.clone();
    other_record.steps[0] = other.step.clone();
    other.leaf = other_record.leaf(0).expect("a leaf");
    let keccak = |bytes: &[u8]| alloy_primitives::keccak256(bytes).0;
    let mut leaves: Vec<[u8; 32]> = (0..5)
        .filter_map(|at| record.leaf(at))
        .map(Into::into)
        .collect();
    leaves.push(other.leaf.0);
    let tree = logic::merkle::Tree::new(keccak, &leaves).expect("a tree");
    for (name, mut proof) in [
        ("duck.json", record.reveal(0).expect("a step")),
        ("fox.json", other),
    ] {
        let siblings = tree.proof(&proof.leaf.0).expect("a leaf of it");
        proof.proof = siblings.into_iter().map(Into::into).collect();
        proof.process_root = tree.root().into();
        shell.file(name, proof.to_json().expect("JSON"));
    }
    mint(&shell, &record, tree.root().into(), "alice");

    let file = "file true: it is the file that a proof names";
    let proof = "proof true: it proves step 0 of 5 of work 1";
    for name in ["duck.json", "fox.json"] {
        holds(
            &shell,
            &format!("duck.png --proof {name}"),
            &[file, CHAIN, proof],
        );
    }
    let twice = "duck.png --proof duck.json --proof duck.json";
    holds(&shell, twice, &[file, CHAIN, proof, proof]);
    fails(
        &shell,
        "duck.png --proof duck.json --proof fox.json",
        &[
            file,
            CHAIN,
            proof,
            "proof false: step 0 is another one in duck.json, under the same root: its creator has committed to both, and which was \
             meant nobody can tell",
        ],
    );
}
