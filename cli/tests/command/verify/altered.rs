//! Records and proofs that were altered.

use super::*;

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
