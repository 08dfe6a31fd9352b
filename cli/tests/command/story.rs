//! From a file to money in the hand.

use crate::{Shell, text};
use serde_json::{Value, json};

/// Wei as they stand in a report.
fn wei(value: &Value) -> u128 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("an amount as a string")
}

#[test]
fn income_of_a_derived_work_reaches_its_parent_to_the_wei() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell.picture("fooocus1_cropped.png", "swan.png");

    let minted = shell.json("mint duck.png --title Duck --open 10% --from alice --yes");
    assert_eq!(
        (&minted["work"], &minted["title"], &minted["steps"]),
        (&json!(1), &json!("Duck"), &json!(5))
    );
    assert_eq!(
        minted["generator"],
        json!(null),
        "many programs write such a text"
    );
    let actions: Vec<_> = minted["sent"]
        .as_array()
        .expect("transactions")
        .iter()
        .map(|sent| &sent["action"])
        .collect();
    assert_eq!(actions, ["commit", "mint", "set terms"]);

    let derived = shell.json("derive swan.png --parent 1:20% --from bob --yes");
    assert_eq!(
        (&derived["work"], &derived["title"]),
        (&json!(2), &json!("swan"))
    );
    assert_eq!(derived["parents"], json!([{ "work": 1, "share": 2_000 }]));

    let amount = 1_234_567_890_123_456_789_u128;
    let paid = shell.json(&format!("pay 2 {amount} --ref invoice-17 --from carol"));
    assert_eq!(wei(&paid["amount"]), amount);
    assert!(
        paid["reference"]
            .as_str()
            .expect("a word")
            .starts_with("0x696e766f6963652d3137")
    );

    let settled = shell.json("settle");
    assert_eq!(
        (&settled["settled"], &settled["swept"]),
        (&json!(1), &json!([]))
    );
    // Each has its own floor of the whole, so a wei may be left over until the work earns more.
    let (share, kept) = (amount / 5, amount * 4 / 5);
    assert_eq!(wei(&shell.json("claim --from alice")["amount"]), share);
    assert_eq!(wei(&shell.json("claim --from bob")["amount"]), kept);
    let again = shell.json("claim --from bob");
    assert_eq!((wei(&again["amount"]), &again["sent"]), (0, &json!([])));

    let shown = shell.json("show 2");
    let work = &shown["works"][0];
    assert_eq!(
        (
            wei(&work["received"]),
            wei(&work["settled"]),
            wei(&work["at_inbox"])
        ),
        (amount, amount, 0)
    );
    assert_eq!(work["source_type"], "trainedAlgorithmicMedia");
    assert_eq!(work["parents"], json!([{ "of": "1", "share": 2_000 }]));
    assert_eq!(work["output_hash"], derived["output_hash"]);
    assert_eq!(
        shell.json("show")["works"].as_array().expect("works").len(),
        2
    );
    assert_eq!(shell.json("show swan.png"), shown);
}

#[test]
fn claim_settles_what_lies_in_a_descendant() {
    let shell = Shell::new();
    shell.file("root.txt", "a poem");
    shell.file("child.txt", "a poem in another tongue");
    shell.done("mint root.txt --open 50% --yes");
    // Without a share the parent gets the least it asks for.
    shell.done("derive child.txt --parent 1 --from bob --yes");
    shell.done("pay 2 1001");
    let left = text(&shell.run("claim --to alice --from judy").stdout);
    assert!(left.contains("to take all: --least 1"), "{left}");
    let claimed = shell.json("claim --to alice --from judy --least 1");
    assert_eq!(wei(&claimed["amount"]), 500);
    let actions: Vec<_> = claimed["sent"]
        .as_array()
        .expect("transactions")
        .iter()
        .map(|sent| &sent["action"])
        .collect();
    assert_eq!(actions, ["settle", "claim"]);
}

#[test]
fn payees_divide_what_a_work_keeps() {
    let shell = Shell::new();
    shell.file("model.bin", [0, 1, 2, 3]);
    shell.done(
        "mint model.bin --kind model --royalty 7.5% --to dave --payee alice:60% --payee bob:40% --yes",
    );
    let shown = shell.json("show 1");
    let work = &shown["works"][0];
    assert_eq!(
        (&work["kind"], &work["royalty"], &work["source_type"]),
        (&json!("model"), &json!(750), &json!(""))
    );
    assert_ne!(work["owner"], work["creator"]);
    shell.done("pay 1 1001wei");
    assert_eq!(wei(&shell.json("claim --from alice")["amount"]), 600);
    assert_eq!(wei(&shell.json("claim --from bob")["amount"]), 400);
}

#[test]
fn terms_open_and_close_a_work() {
    let shell = Shell::new();
    shell.file("root.txt", "a poem");
    shell.file("licence.txt", "Do as you like.");
    shell.done("mint root.txt --from bob --yes");
    assert_eq!(shell.json("show 1")["works"][0]["open"], json!(null));
    let set = shell
        .json("terms 1 --open 12.5% --expires 1893456000 --licence-file licence.txt --from bob");
    assert_eq!(
        (&set["version"], &set["open"], &set["expires"]),
        (&json!(1), &json!(1_250), &json!(1_893_456_000))
    );
    // sha256sum of the text
    let digest = "0x48b609610be4ce97bcb54b0fa828a211ebc1b80610cccc21a1f3cef2186539dd";
    assert_eq!(set["licence_hash"], digest);
    assert_eq!(shell.json("show 1")["works"][0]["open"], json!(1_250));
    let said = shell.done("terms 1 --open 12.5% --expires 2030-01-01T00:00:00Z --from bob");
    assert!(
        said.contains("at least 12.5% until 2030-01-01T00:00:00Z (terms version 2)"),
        "{said}"
    );
    assert_eq!(
        shell.json("show 1")["works"][0]["expires"],
        json!(1_893_456_000)
    );
    assert!(
        shell
            .done("show 1")
            .contains("open from 12.5% until 2030-01-01T00:00:00Z")
    );
    shell.done("terms 1 --close --from bob");
    let shown = shell.json("show 1");
    assert_eq!(
        (
            &shown["works"][0]["open"],
            &shown["works"][0]["terms_version"]
        ),
        (&json!(null), &json!(3))
    );
}

#[test]
fn terms_limit_the_number_of_children() {
    let shell = Shell::new();
    shell.file("root.txt", "a poem");
    shell.done("mint root.txt --from bob --yes");
    let said = shell.done("terms 1 --open 10% --children 1 --from bob");
    assert!(
        said.contains("at least 10%, to 1 child (terms version 1)"),
        "{said}"
    );
    let said = shell.done("terms 1 --open 10% --children 2 --from bob");
    assert!(said.contains("to 2 children (terms version 2)"), "{said}");
    shell.file("leaf.txt", "a verse");
    shell.done("derive leaf.txt --parent 1 --from carol --yes");
    assert!(
        shell
            .done("show 1")
            .contains("open from 10%, 1 of 2 children")
    );
    let shown = shell.json("show 1");
    assert_eq!(
        (
            &shown["works"][0]["children"],
            &shown["works"][0]["admitted"]
        ),
        (&json!(2), &json!(1))
    );
    // New terms without a number admit any.
    shell.done("terms 1 --open 10% --from bob");
    assert_eq!(shell.json("show 1")["works"][0]["children"], json!(null));
}

#[cfg(unix)]
#[test]
fn file_name_that_is_no_text_is_minted_and_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let shell = Shell::new();
    let name = OsStr::from_bytes(b"po\xffem.txt");
    std::fs::write(shell.path(".").join(name), "a poem").expect("a file");
    for typed in ["mint --json --yes", "show --json", "show"] {
        let output = shell.command(typed).arg(name).output().expect("it starts");
        assert!(output.status.success(), "lineage {typed}: {output:?}");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(said.contains("po\u{fffd}em"), "lineage {typed}: {said}");
    }
}

#[test]
fn people_read_names_and_ether() {
    let shell = Shell::new();
    shell.file("root.txt", "a poem");
    let said = shell.done("mint root.txt --title Poem --yes");
    assert!(said.starts_with("work 1: \"Poem\" by alice\n"), "{said}");
    assert!(
        said.contains("root.txt.lineage.json (private: keep it)"),
        "{said}"
    );
    assert!(
        shell
            .done("pay 1 0.5eth")
            .starts_with("paid work 1: 500000000000000000 wei\n")
    );
    assert!(shell.done("claim").starts_with("alice received 0.5 ETH\n"));
    assert!(
        shell
            .done("settle")
            .starts_with("nothing to sweep or settle")
    );
    let said = shell.done("show 1");
    assert!(
        said.contains("received 0.5 ETH") && said.contains("creator   alice"),
        "{said}"
    );
    assert!(
        Shell::new()
            .done("show")
            .starts_with("no works yet; mint one with: lineage mint FILE")
    );
}
