//! What is left of income, what fails, and how the command ends then.

use crate::prepared::Prepared;
use crate::{Shell, text};
use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::sol;
use lineage::session::Session;
use lineage::state::State;
use serde_json::{Value, json};

sol! {
    function mint(address to, uint256 amount) external;
}

/// A folder with a work of Alice's and one of Bob's that owes it a fifth.
fn shell() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.file("root.txt", "a poem");
        shell.file("child.txt", "a poem in another tongue");
        shell.done("mint root.txt --open 20% --yes");
        shell.done("derive child.txt --parent 1 --from bob --yes");
    })
}

/// Does something on the chain of the folder that no command does.
fn change(shell: &Shell, act: impl FnOnce(&mut Session)) {
    let state = State::open(&shell.path(".lineage")).expect("nobody else is here");
    let mut session = state.load(&|_| ()).expect("a state");
    act(&mut session);
    state.save(&session).expect("saved");
}

fn address(value: &Value) -> Address {
    let text = value.as_str().expect("an address");
    text.parse().expect("an address")
}

fn inbox(shell: &Shell, work: u64) -> Address {
    address(&shell.json(&format!("show {work}"))["works"][0]["inbox"])
}

fn actions(report: &Value) -> Vec<&str> {
    let sent = report["sent"].as_array().expect("transactions");
    sent.iter()
        .filter_map(|sent| sent["action"].as_str())
        .collect()
}

/// What a claim prints, and complains of, that pays nothing because something failed.
fn unpaid(shell: &Shell, typed: &str) -> (String, String) {
    let output = shell.run(typed);
    assert_eq!(output.status.code(), Some(1), "lineage {typed}");
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn dust_is_left_and_told_and_taken_on_demand() {
    let shell = shell();
    let inbox = inbox(&shell, 1);
    change(&shell, |session| {
        session.chain.set_balance(inbox, U256::from(1_000));
    });
    shell.done("pay 1 1eth");
    let left = json!([{
        "place": "inbox", "work": 1, "amount": "1000", "why": "not worth its gas",
    }]);
    let settled = shell.json("settle");
    assert_eq!((&settled["skipped"], &settled["sent"]), (&left, &json!([])));
    let told =
        "left 1 sum of 0.000000000000001 ETH in all, not worth its gas; to take all: --least 1";
    let said = shell.done("settle");
    assert!(
        said.starts_with("nothing was swept or settled\n") && said.contains(told),
        "{said}"
    );

    let claimed = shell.json("claim");
    assert_eq!(claimed["amount"], "1000000000000000000");
    assert_eq!(
        (&claimed["skipped"], actions(&claimed)),
        (&left, vec!["claim"])
    );
    let said = shell.done("claim");
    assert!(
        said.starts_with("alice received 0.0 ETH\n") && said.contains(told),
        "{said}"
    );

    let claimed = shell.json("claim --least 1");
    assert_eq!(claimed["amount"], "1000");
    assert_eq!(actions(&claimed), ["sweep", "claim"]);
    assert_eq!(claimed["swept"], json!([{ "work": 1, "amount": "1000" }]));
    assert_eq!(claimed["skipped"], json!([]));
}

#[test]
fn least_leaves_what_is_less() {
    let shell = shell();
    shell.done("pay 2 1eth");
    let claimed = shell.json("claim --least 0.2000001eth");
    assert_eq!(
        (&claimed["amount"], &claimed["sent"]),
        (&json!("0"), &json!([]))
    );
    assert_eq!(claimed["skipped"][0]["place"], "ledger");
    assert_eq!(claimed["skipped"][0]["why"], "less than --least");
    let claimed = shell.json("claim --least 0.2eth");
    assert_eq!(claimed["amount"], "200000000000000000");
}

#[test]
fn coin_that_does_not_move_fails_what_it_must_and_no_more() {
    let shell = shell();
    let coin = address(&shell.json("show")["coin"]);
    let inbox = inbox(&shell, 1);
    shell.done(&format!("pay 2 1000 --asset {coin}"));
    // Reverts when it is told to transfer; else it does as the coin does, by DELEGATECALL.
    let there = Address::repeat_byte(0x77);
    let frozen = [
        &hex!("5f3560e01c63a9059cbb14603b57365f5f375f5f365f73")[..],
        there.as_slice(),
        &hex!("5af43d5f5f3e6037573d5ffd5b3d5ff35b5f5ffd"),
    ]
    .concat();
    let mut code = Vec::new();
    change(&shell, |session| {
        let mint = mintCall {
            to: inbox,
            amount: U256::from(500),
        };
        let alice = session.chain.accounts()[0];
        let minted = session.send("mint coins", alice, coin, U256::ZERO, &mint);
        minted.expect("anyone may");
        code = session.chain.code(coin).to_vec();
        session.chain.set_code(there, code.clone());
        session.chain.set_code(coin, frozen);
    });

    // Whoever settles is told, and can do nothing about it: that is no error.
    let settled = shell.json(&format!("settle --asset {coin}"));
    let failed = json!([{
        "place": "inbox", "work": 1,
        "reason": format!("SweepFailed {{ work: 1, asset: {coin:?} }}"),
    }]);
    assert_eq!(
        (&settled["settled"], &settled["failed"]),
        (&json!(1), &failed)
    );
    let said = shell.done(&format!("settle --asset {coin}"));
    assert!(
        said.contains("failed: the inbox of work 1 cannot be swept: SweepFailed"),
        "{said}"
    );
    // Who claims gets nothing.
    let (said, complained) = unpaid(&shell, &format!("claim --asset {coin}"));
    assert_eq!(complained, "error: alice could be paid nothing\n");
    for part in [
        "alice could be paid nothing\n",
        "SweepFailed",
        "AssetCallFailed",
    ] {
        assert!(said.contains(part), "{said}");
    }

    change(&shell, |session| session.chain.set_code(coin, code));
    assert_eq!(
        shell.json(&format!("claim --asset {coin}"))["amount"],
        "700"
    );
}

#[test]
fn claim_that_pays_nothing_reports_what_it_did() {
    let shell = shell();
    let coin = address(&shell.json("show")["coin"]);
    shell.done(&format!("pay 2 1000 --asset {coin}"));
    // Reverts when it is told to transfer.
    let there = Address::repeat_byte(0x77);
    let frozen = [
        &hex!("5f3560e01c63a9059cbb14603b57365f5f375f5f365f73")[..],
        there.as_slice(),
        &hex!("5af43d5f5f3e6037573d5ffd5b3d5ff35b5f5ffd"),
    ]
    .concat();
    change(&shell, |session| {
        let code = session.chain.code(coin).to_vec();
        session.chain.set_code(there, code);
        session.chain.set_code(coin, frozen);
    });
    // The settlement goes through, and is told, though the payout does not.
    let (said, complained) = unpaid(&shell, &format!("claim --asset {coin} --json"));
    let report: Value = serde_json::from_str(&said).expect("one JSON object");
    assert_eq!(
        (&report["amount"], actions(&report)),
        (&json!("0"), vec!["settle"])
    );
    assert_eq!(report["settled"], 1);
    assert_eq!(report["failed"][0]["place"], "payee");
    assert_eq!(complained, "");

    shell.done(&format!("pay 2 1000 --asset {coin}"));
    let (said, complained) = unpaid(&shell, &format!("claim --asset {coin}"));
    assert!(
        said.contains("failed: work 1 cannot pay") && said.contains("sent: settle "),
        "{said}"
    );
    assert_eq!(complained, "error: alice could be paid nothing\n");
}

#[test]
fn claim_of_nothing_says_where_something_is_due() {
    let shell = shell();
    assert_eq!(
        shell.done("claim").trim_end(),
        "nothing is due to alice in ETH"
    );
    let coin = shell.json("show")["coin"]
        .as_str()
        .expect("an address")
        .to_owned();
    shell.done(&format!("pay 2 1000 --asset {coin}"));
    assert_eq!(
        shell.done("claim").trim_end(),
        format!("nothing is due to alice in ETH; try --asset {coin}")
    );
    let said = shell.done("settle");
    assert_eq!(said.trim_end(), "nothing to sweep or settle");
    let said = shell.done(&format!("settle --asset {coin}"));
    assert!(
        said.starts_with("passed on the income of 1 work\n"),
        "{said}"
    );
    shell.done(&format!("claim --asset {coin}"));
    assert_eq!(
        shell.done(&format!("claim --asset {coin}")).trim_end(),
        format!("nothing is due to alice in {coin}")
    );
}
