//! `lineage verify`.

use crate::reveal::minted;
use crate::{Shell, text};
use alloy_primitives::{B256, U256};
use lineage::abi::provenance::IProvenance::{MintRequest, mintCall};
use lineage::file::WorkFile;
use lineage::{account, beside, state::State};
use record::{Record, Salts, StepProof, sha256};
use serde_json::{Value, json};
use std::fs;

/// The verdict, and the code with which the command ends.
fn verdict(shell: &Shell, typed: &str) -> (Value, Option<i32>) {
    let output = shell.run(&format!("verify {typed} --json"));
    let said = text(&output.stdout);
    let verdict = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{typed}: {output:?}"));
    (verdict, output.status.code())
}

/// The checks on lines: what, whether it holds, why.
fn checks(verdict: &Value) -> Vec<String> {
    let checks = verdict["checks"].as_array().expect("checks").iter();
    let line = |check: &Value| {
        let [of, reason] = ["of", "reason"].map(|key| check[key].as_str().expect("a text"));
        format!("{of} {}: {reason}", check["holds"])
    };
    checks.map(line).collect()
}

/// Asserts that the file does not hold, and that these are all checks.
fn fails(shell: &Shell, typed: &str, expected: &[&str]) {
    let (verdict, code) = verdict(shell, typed);
    assert_eq!(checks(&verdict), expected, "{typed}");
    assert_eq!(
        (&verdict["holds"], code),
        (&json!(false), Some(2)),
        "{typed}"
    );
}

/// Asserts that it holds, and that these are all checks.
fn holds(shell: &Shell, typed: &str, expected: &[&str]) -> Value {
    let (verdict, code) = verdict(shell, typed);
    assert_eq!(checks(&verdict), expected, "{typed}");
    assert_eq!(
        (&verdict["holds"], code),
        (&json!(true), Some(0)),
        "{typed}"
    );
    verdict
}

const ALL: &str = "duck.png --record duck.png.lineage.json --proof duck.png.step-1.proof.json";
const DUCK: &str = "7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306";
const CHAIN: &str = "chain true: it is the file of work 1";
const RECORD: &str = "record true: its 5 steps give the root of work 1";
const PROOF: &str = "proof true: it proves step 1 of 5 of work 1";

/// A minted picture, a proof of its second step, and its record.
fn proven() -> Shell {
    let shell = minted();
    shell.done("reveal duck.png --step 1");
    shell
}

/// Writes a JSON file again with something else in it.
fn alter(shell: &Shell, name: &str, change: impl FnOnce(&mut Value)) {
    let text = fs::read(shell.path(name)).expect("a file");
    let mut value = serde_json::from_slice(&text).expect("JSON");
    change(&mut value);
    shell.file(name, value.to_string());
}

#[test]
fn minted_file_holds_with_its_record_and_its_proofs() {
    let shell = proven();
    let file = "file true: it is the file that the record names";
    let told = holds(&shell, ALL, &[file, CHAIN, RECORD, PROOF]);
    let work = &shell.json("show 1")["works"][0];
    assert_eq!(
        told["claims"],
        json!([{
            "work": 1,
            "title": "duck",
            "creator": work["creator"],
            "owner": work["owner"],
            "claimed_at": work["claimed_at"],
            "minted_at": work["minted_at"],
            "process_root": work["process_root"],
            "steps": 5,
            "earliest": true,
            "final_from": work["claimed_at"].as_u64().expect("a time") + 259_200,
        }])
    );
    assert_eq!(
        told["steps"],
        json!([shell.json("reveal duck.png --step 1")])
    );
    assert_eq!(told["ai"], json!({ "marked": true, "by": ["metadata"] }));
    assert_eq!(told["output_hash"], work["output_hash"]);
    let time = |key: &str| lineage::report::time(work[key].as_u64().expect("a time"));
    assert_eq!(
        shell.done(&format!("verify {ALL}")),
        format!(
            "duck.png: all that was checked holds\n\
             \x20 holds  file        it is the file that the record names\n\
             \x20 holds  chain       it is the file of work 1\n\
             \x20 holds  record      duck.png.lineage.json: its 5 steps give the root of work 1\n\
             \x20 holds  proof       duck.png.step-1.proof.json: it proves step 1 of 5 of work 1\n\
             \x20 claim  work 1 \"duck\" by alice, the earliest claim: since {} (dated by a commitment), minted {}, final from \
             {}\n\
             \x20 step   1 prompt: monochrome (role negative)\n\
             \x20 AI     marked as made by AI, by its metadata\n",
            time("claimed_at"),
            time("minted_at"),
            lineage::report::time(work["claimed_at"].as_u64().expect("a time") + 259_200)
        )
    );
    holds(&shell, "duck.png", &[CHAIN]);
}

#[test]
fn without_a_chain_the_rest_is_checked() {
    let shell = proven();
    let file = "file true: it is the file that the record names";
    let record = "record true: its 5 steps give its root";
    let proof = "proof true: it proves step 1 of 5 of the record";
    let chain = "chain null: not checked on a chain: --offline was given";
    let told = holds(
        &shell,
        &format!("{ALL} --offline"),
        &[file, chain, record, proof],
    );
    assert_eq!(told["claims"], Value::Null);
    fs::remove_dir_all(shell.path(".lineage")).expect("removed");
    let chain = "chain null: not checked on a chain: there is none in .lineage";
    holds(&shell, ALL, &[file, chain, record, proof]);
    let alone = "duck.png --proof duck.png.step-1.proof.json";
    let proof = "proof true: it proves step 1 of 5 under its root; only a chain or the record can say that the root is of this file";
    let file = "file true: it is the file that a proof names";
    holds(&shell, alone, &[file, chain, proof]);
    assert_eq!(
        shell.refused("verify duck.png"),
        "there is nothing to check duck.png against: name its record or a proof, or with --state the folder of the chain that it \
         was minted on"
    );
    assert!(!shell.path(".lineage").exists());
}

#[test]
fn copy_with_one_other_byte_is_not_the_minted_file() {
    let shell = proven();
    let mut bytes = fs::read(shell.path("duck.png")).expect("a file");
    *bytes.last_mut().expect("a byte") ^= 1;
    shell.file("copy.png", &bytes);
    let file = |who: &str| {
        format!(
            "file false: this is not the minted file, whose SHA-256 is {DUCK} as {who} says: a copy saved anew has other bytes"
        )
    };
    let chain = "chain false: nobody has claimed a file of these bytes there: this is not a minted file of that chain, and a copy \
                 saved anew has other bytes";
    let other = format!("false: it is of another file, whose SHA-256 is {DUCK}");
    fails(&shell, "copy.png", &[chain]);
    fails(
        &shell,
        "copy.png --record duck.png.lineage.json",
        &[&file("the record"), chain, &format!("record {other}")],
    );
    fails(
        &shell,
        "copy.png --proof duck.png.step-1.proof.json --offline",
        &[
            &file("a proof"),
            "chain null: not checked on a chain: --offline was given",
            &format!("proof {other}"),
        ],
    );
}

#[test]
fn record_that_was_altered_fails_where_it_does_not_fit() {
    let shell = proven();
    let whole = fs::read(shell.path("duck.png.lineage.json")).expect("a record");
    let typed = "duck.png --record duck.png.lineage.json";
    let zero = json!(B256::ZERO);
    type Change = (&'static str, Value, &'static str);
    let changes: [Change; 8] = [
        (
            "/predicate/steps/1/content",
            json!("sun"),
            "the text of step 1 is not the one hashed",
        ),
        (
            "/predicate/steps/1/meta/role",
            json!("style"),
            "the particulars of step 1 are not those hashed",
        ),
        (
            "/predicate/steps/1/salt",
            zero.clone(),
            "its steps do not give its processRoot",
        ),
        (
            "/predicate/processRoot",
            zero.clone(),
            "its steps do not give its processRoot",
        ),
        (
            "/predicate/creator",
            json!("alice"),
            "its creator is no address: odd number of digits",
        ),
        // Each of these would be read as part of the record, and no hash is of it.
        (
            "/predicate/steps/4/meta",
            json!("by hand"),
            "its predicate/steps/4/meta is not what a record has there",
        ),
        (
            "/predicate/steps/4/content",
            json!(["a fox"]),
            "its predicate/steps/4/content is not what a record has there",
        ),
        (
            "/predicateType",
            json!("other"),
            "its predicate is \"other\", known is urn:lineage:provenance:v1",
        ),
    ];
    for (place, wrong, reason) in changes {
        shell.file("duck.png.lineage.json", &whole);
        alter(&shell, "duck.png.lineage.json", |record| {
            *record.pointer_mut(place).expect("a member") = wrong;
        });
        fails(&shell, typed, &[CHAIN, &format!("record false: {reason}")]);
    }
    // No leaf commits to the address: the file itself tells.
    shell.file("duck.png.lineage.json", &whole);
    let other = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    alter(&shell, "duck.png.lineage.json", |record| {
        record["subject"][0]["uri"] = json!(format!("ipfs://{other}"));
    });
    let file = "file true: it is the file that the record names";
    let reason = format!("record false: its address in IPFS, {other}, is that of another file");
    fails(&shell, typed, &[file, CHAIN, &reason]);
    shell.file("duck.png.lineage.json", "a poem");
    let reason = "record false: it is not JSON: expected value at line 1 column 1";
    fails(&shell, typed, &[CHAIN, reason]);
}

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
fn proof_with_any_member_altered_fails() {
    let shell = proven();
    let whole = fs::read(shell.path("duck.png.step-1.proof.json")).expect("a proof");
    let value: Value = serde_json::from_slice(&whole).expect("JSON");
    for (member, kept) in value.as_object().expect("an object") {
        let wrong = match (member.as_str(), kept) {
            ("creator", _) => json!(account::parse("bob").expect("a name")),
            ("kind", _) => json!("model"),
            (_, Value::String(text)) if text.starts_with("0x") => json!(B256::repeat_byte(1)),
            (_, Value::String(_)) => json!("other"),
            (_, Value::Number(_)) => json!(3),
            (_, Value::Array(all)) => json!(all[1..]),
            _ => json!({}),
        };
        alter(&shell, "duck.png.step-1.proof.json", |proof| {
            proof[member] = wrong
        });
        let typed = "duck.png --proof duck.png.step-1.proof.json";
        let (told, code) = verdict(&shell, typed);
        let last = checks(&told).pop().expect("a check");
        assert!(last.starts_with("proof false: "), "{member}: {last}");
        assert_eq!((code, &told["steps"]), (Some(2), &json!([])), "{member}");
        shell.file("duck.png.step-1.proof.json", &whole);
    }
    // Which file it is of stands in no leaf: that the chain has no such claim says it.
    alter(&shell, "duck.png.step-1.proof.json", |proof| {
        proof["outputHash"] = json!(sha256(b"poem"));
    });
    fails(
        &shell,
        "duck.png --proof duck.png.step-1.proof.json",
        &[
            CHAIN,
            &format!(
                "proof false: it is of another file, whose SHA-256 is {:x}",
                sha256(b"poem")
            ),
        ],
    );
    shell.file("poem.txt", "poem");
    shell.done("mint poem.txt --yes");
    let root = shell.json("show 2")["works"][0]["process_root"].clone();
    let root = root.as_str().expect("a root");
    fails(
        &shell,
        "poem.txt --proof duck.png.step-1.proof.json",
        &[
            "file true: it is the file that a proof names",
            "chain true: it is the file of work 2",
            &format!("proof false: its root is not that of work 2, which has 1 steps under {root}"),
        ],
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

/// A title may look like the rest of the line.
#[test]
fn title_does_not_speak_for_the_verdict() {
    let shell = minted();
    shell.file("swan.txt", "a swan");
    let typed = [
        "mint",
        "--yes",
        "swan.txt",
        "--title",
        "swan\" by bob, the earliest claim: \"",
    ];
    let done = shell.command("").args(typed).output().expect("it runs");
    assert!(done.status.success(), "{done:?}");
    let said = shell.done("verify swan.txt");
    let line = "\n  claim  work 2 \"swan\\\" by bob, the earliest claim: \\\"\" by alice, the earliest claim: since ";
    assert!(said.contains(line), "{said}");
}

#[test]
fn credentials_that_do_not_hold_fail_though_the_file_is_the_minted_one() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "plain.png");
    let plain = fs::read(shell.path("plain.png")).expect("a picture");
    let definition = json!({
        "claim_generator_info": [{ "name": "Painter", "version": "2.0" }],
        "assertions": [{ "label": "c2pa.actions.v2", "data": { "actions": [{
            "action": "c2pa.created",
            "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        }] } }],
    });
    let builder = c2pa::Builder::from_context(c2pa::Context::new());
    let mut builder = builder
        .with_definition(definition.to_string())
        .expect("a definition");
    let mut signed = std::io::Cursor::new(Vec::new());
    let signer = c2pa::EphemeralSigner::new("lineage.test").expect("a signer");
    builder
        .sign(
            &signer,
            "image/png",
            &mut std::io::Cursor::new(plain),
            &mut signed,
        )
        .expect("signed");
    let mut bytes = signed.into_inner();
    shell.file("duck.png", &bytes);
    shell.done("mint duck.png --yes");
    let valid = "credentials true: they hold, and nobody here knows the signer";
    holds(&shell, "duck.png", &[CHAIN, valid]);

    // The last byte is one of the checksum at its end.
    *bytes.last_mut().expect("a byte") ^= 1;
    shell.file("swan.png", &bytes);
    shell.done("mint swan.png --yes");
    let (told, code) = verdict(&shell, "swan.png");
    let lines = checks(&told);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "chain true: it is the file of work 2");
    assert!(
        lines[1].starts_with("credentials false: they do not hold: content changed after signing: assertion.dataHash.mismatch"),
        "{lines:?}"
    );
    assert_eq!(
        (code, &told["credentials"]["state"]),
        (Some(2), &json!("invalid"))
    );
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let shell = proven();
    for (typed, says) in [
        ("verify gone.png", "cannot read gone.png"),
        ("verify duck.png --proof gone.json", "cannot read gone.json"),
        (
            "verify duck.png --record gone.json",
            "cannot read gone.json",
        ),
        (
            "verify duck.png --trust gone.pem",
            "cannot take the certificates of gone.pem",
        ),
    ] {
        assert!(shell.refused(typed).starts_with(says), "{typed}");
    }
}

#[test]
fn record_and_proof_in_each_others_place_are_told() {
    let shell = proven();
    for (typed, said) in [
        (
            "duck.png --proof duck.png.lineage.json",
            "proof false: it is a record: name it with --record",
        ),
        (
            "duck.png --record duck.png.step-1.proof.json",
            "record false: it is a proof of one step: name it with --proof",
        ),
    ] {
        fails(&shell, typed, &[CHAIN, said]);
    }
}
