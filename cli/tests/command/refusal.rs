//! Errors: what went wrong, what to do next, and exit code 1.

use crate::prepared::Prepared;
use crate::{Shell, text};

/// A folder with one open work of Alice's and one closed one of Bob's.
fn shell() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.file("open.txt", "open");
        shell.file("closed.txt", "closed");
        shell.file("new.txt", "new");
        shell.done("mint open.txt --open 10% --yes");
        shell.done("mint closed.txt --from bob --yes");
    })
}

fn assert_refused(shell: &Shell, typed: &str, error: &str, advice: &str) {
    let complaint = shell.refused(typed);
    assert!(complaint.contains(error), "lineage {typed}: {complaint}");
    assert!(complaint.contains(advice), "lineage {typed}: {complaint}");
}

#[test]
fn refusals_of_the_chain_say_what_to_do() {
    let shell = shell();
    let cases = [
        (
            "derive new.txt --parent 2:50% --yes",
            "ParentClosed { work: 2 }",
            "lineage terms WORK --open",
        ),
        (
            "derive new.txt --parent 1:9.99% --yes",
            "ShareTooSmall { work: 1, got: 999, min: 1000 }",
            "--parent WORK:SHARE",
        ),
        (
            "derive new.txt --parent 9:10% --yes",
            "UnknownWork { work: 9 }",
            "lineage show",
        ),
        ("pay 9 1", "UnknownWork { work: 9 }", "lineage show"),
        ("settle 1 9", "UnknownWork { work: 9 }", "lineage show"),
        ("show 9", "UnknownWork { work: 9 }", "lineage show"),
        ("pay 1 0", "the amount", "above zero"),
        ("terms 2 --open 1% --from alice", "NotLicensor", "--from"),
        (
            "mint new.txt --royalty 50.01% --yes",
            "RoyaltyTooLarge { got: 5001, max: 5000 }",
            "at most 50%",
        ),
        (
            "terms 99 --close",
            "UnknownWork { work: 99 }",
            "lineage show",
        ),
        (
            "derive new.txt --parent 0:1% --yes",
            "UnknownWork { work: 0 }",
            "lineage show",
        ),
        (
            "mint new.txt --to 0x0000000000000000000000000000000000000000 --yes",
            "ERC721InvalidReceiver",
            "--to",
        ),
        (
            "mint new.txt --payee 0x0000000000000000000000000000000000000000:100% --yes",
            "PayeeRefused",
            "--payee",
        ),
        (
            "mint new.txt --payee alice:0% --payee bob:100% --yes",
            "PayeeShareZero { index: 0 }",
            "above 0%",
        ),
        (
            "mint new.txt --payee bob:99% --yes",
            "PayeeSharesMismatch { got: 9900, expected: 10000 }",
            "100%",
        ),
    ];
    for (typed, error, advice) in cases {
        assert_refused(&shell, typed, error, advice);
    }
    let uri = format!("terms 1 --open 1% --licence-uri {}", "x".repeat(600));
    assert_refused(
        &shell,
        &uri,
        "LicenceURITooLong { got: 600",
        "--licence-uri",
    );
    let payees = " --payee alice:1%".repeat(40);
    assert_refused(
        &shell,
        &format!("mint new.txt{payees} --yes"),
        "TooManyPayees { got: 40",
        "max",
    );
    // What was refused left no work behind.
    assert_eq!(
        shell.json("show")["works"].as_array().expect("works").len(),
        2
    );
}

#[test]
fn expired_offer_says_how_to_renew_it() {
    let shell = shell();
    let minted = shell.json("show 2")["works"][0]["minted_at"].as_u64();
    let expiry = minted.expect("seconds") + 20;
    shell.done(&format!("terms 1 --open 10% --expires {expiry}"));
    // Every block is at least a second later than the one before.
    for _ in 0..20 {
        shell.done("pay 1 1");
    }
    assert_refused(
        &shell,
        "derive new.txt --parent 1 --yes",
        &format!("OfferExpired {{ work: 1, expiry: {expiry} }}"),
        "lineage terms WORK --open SHARE --expires TIME --from LICENSOR",
    );
    let again = format!("terms 1 --open 10% --expires {expiry}");
    assert_refused(&shell, &again, "has run out", "later --expires");
    let long_ago = "terms 1 --open 10% --expires 0";
    assert_refused(&shell, long_ago, "until 1970-01-01T00:00:00Z", "it is 20");
}

#[test]
fn exhausted_terms_say_how_to_renew_them() {
    let shell = shell();
    shell.done("terms 1 --open 10% --children 1");
    shell.file("more.txt", "another verse");
    shell.done("derive more.txt --parent 1 --yes");
    assert_refused(
        &shell,
        "derive new.txt --parent 1 --yes",
        "ChildrenExhausted { work: 1, max: 1 }",
        "lineage terms WORK --open SHARE --children N --from LICENSOR",
    );
}

#[test]
fn files_that_cannot_be_minted_are_named() {
    let shell = shell();
    shell.file("empty.txt", "");
    assert_refused(
        &shell,
        "mint nothing.png --yes",
        "cannot read nothing.png",
        "No such file",
    );
    assert_refused(&shell, "mint empty.txt --yes", "empty.txt", "empty");
    for other in [".lineage", "/dev/zero"] {
        for typed in [
            format!("mint {other} --yes"),
            format!("terms 1 --close --licence-file {other}"),
        ] {
            assert_refused(&shell, &typed, other, "no ordinary file");
        }
    }
    assert_refused(
        &shell,
        "show nothing.png",
        "\"nothing.png\" is neither a work id nor a file",
        "No such file",
    );
    assert_refused(
        &shell,
        "show new.txt",
        "nobody has claimed new.txt",
        "lineage mint new.txt",
    );
    assert_refused(
        &shell,
        "mint open.txt --yes",
        "alice has minted this file as work 1",
        "lineage show 1",
    );
    let long = format!("mint new.txt --title {} --yes", "x".repeat(65));
    assert_refused(&shell, &long, "the title has 65 bytes", "at most 64");
    assert_refused(
        &shell,
        "derive new.txt --parent 1:10% --parent 1:20% --yes",
        "each parent once",
        "",
    );
}

#[test]
fn arguments_that_make_no_sense_end_with_code_2() {
    let shell = Shell::new();
    for typed in [
        "",
        "frobnicate",
        "mint",
        "derive new.txt --yes",
        "derive new.txt --parent one --yes",
        "derive new.txt --parent 1:120% --yes",
        "mint new.txt --royalty 5 --yes",
        "mint new.txt --kind poem --yes",
        "mint new.txt --uri ipfs://bafy --yes",
        "mint new.txt --payee alice --yes",
        "claim --from nobody",
        "claim --asset alice",
        "pay 1 five",
        "pay 1 1.5",
        "pay 1 1 --ref a-reference-of-more-than-thirty-two-bytes",
        "terms 1",
        "terms 1 --open 1% --close",
        "terms 1 --close --expires 7",
        "terms 1 --close --children 7",
        "terms 1 --open 1% --children 0",
        "terms 1 --open 1% --expires tomorrow",
    ] {
        let output = shell.run(typed);
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(2), ""),
            "lineage {typed}"
        );
        let complaint = text(&output.stderr);
        assert!(
            complaint.contains("Usage:") || complaint.contains("--help"),
            "lineage {typed}: {complaint}"
        );
    }
    // Nothing was begun for any of them.
    assert!(!shell.path(".lineage").exists());
}

#[test]
fn nobody_sends_for_a_contract_or_a_stranger() {
    let shell = shell();
    shell.done("pay 1 1eth");
    let work = shell.json("show 1")["works"][0].clone();
    let inbox = work["inbox"].as_str().expect("an address");
    for who in [inbox, "0x00000000000000000000000000000000DeaDBeef"] {
        for typed in [
            "pay 1 1",
            "settle",
            "claim",
            "mint new.txt --yes",
            "derive new.txt --parent 1 --yes",
            "terms 1 --close",
        ] {
            let output = shell.run(&format!("{typed} --from {who}"));
            assert_eq!(output.status.code(), Some(2), "lineage {typed}");
            let complaint = text(&output.stderr);
            assert!(
                complaint.contains("can send here: take one of alice, bob"),
                "{complaint}"
            );
        }
    }
    // An address of theirs is as good as the name, and anyone may be paid.
    shell.done("mint new.txt --from 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266 --yes");
    shell.done("claim --to 0x00000000000000000000000000000000DeaDBeef");
}

#[test]
fn error_as_json_is_one_object() {
    let shell = shell();
    let output = shell.run("show 9 --json");
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(1), "")
    );
    let object: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one JSON object");
    let error = object["error"].as_str().expect("an error");
    assert!(
        error.contains("UnknownWork { work: 9 }") && error.contains("lineage show"),
        "{error}"
    );
}

#[test]
fn refused_mint_leaves_no_record() {
    let shell = Shell::new();
    shell.file("a.txt", "a poem");
    shell.file("b.txt", "another");
    shell.done("mint a.txt --yes");
    let complaint = shell.refused("derive b.txt --parent 1:10% --yes");
    assert!(
        complaint.contains("ParentClosed { work: 1 }"),
        "{complaint}"
    );
    assert_eq!(
        shell.names(),
        [".lineage", "a.txt", "a.txt.lineage.json", "b.txt"]
    );
}

#[test]
fn record_that_gives_the_file_another_address_is_refused() {
    let shell = shell();
    shell.done("mint new.txt --yes --state elsewhere");
    let record = shell.path("new.txt.lineage.json");
    let written = std::fs::read_to_string(&record).expect("a record");
    let own = "bafkrei";
    let at = written.find(own).expect("an address");
    let mut altered = written.clone();
    altered.replace_range(
        at..at + 59,
        "bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday",
    );
    std::fs::write(&record, &altered).expect("written");
    for typed in ["mint new.txt --yes", "mint new.txt --car new.car --yes"] {
        let expected = format!(
            "new.txt.lineage.json was altered: it gives the file the identifier \
             bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday, and its own is {}. \
             Put the record back as it was, or move it away to make a new one",
            &written[at..at + 59]
        );
        assert_eq!(shell.refused(typed), expected);
    }
}
