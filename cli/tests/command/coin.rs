//! Payments in an ERC-20.

use crate::Shell;
use crate::prepared::Prepared;
use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::{SolCall as _, sol};
use lineage::state::State;
use serde_json::json;
use stylus_chain::chain::Transaction;

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

/// The ERC-20 that `show` names.
fn coin(shell: &Shell) -> String {
    let coin = shell.json("show")["coin"].clone();
    coin.as_str().expect("an address").to_owned()
}

fn actions(report: &serde_json::Value) -> Vec<&str> {
    let sent = report["sent"].as_array().expect("transactions");
    sent.iter()
        .filter_map(|sent| sent["action"].as_str())
        .collect()
}

#[test]
fn coins_paid_to_a_derived_work_reach_everyone_to_the_unit() {
    let shell = shell();
    let coin = coin(&shell);
    assert!(shell.done("show").ends_with(&format!("--asset {coin}\n")));
    let paid = shell.json(&format!("pay 2 1000003 --asset {coin} --from carol"));
    assert_eq!(actions(&paid), ["approve", "pay"]);
    assert_eq!(paid["asset"], coin.as_str());
    let said = shell.done(&format!("show 2 --asset {coin}"));
    assert!(said.contains("received 1000003, settled 0, at the inbox 0 of 0x"));
    assert_eq!(shell.json("show 2")["works"][0]["received"], "0");
    let settled = shell.json(&format!("settle --asset {coin}"));
    assert_eq!(actions(&settled), ["settle"]);
    for (who, amount) in [("alice", "200000"), ("bob", "800002")] {
        let said = shell.json(&format!("claim --asset {coin} --from {who}"));
        assert_eq!(said["amount"], amount, "{who}");
    }
    // Not a wei of it is ETH.
    assert_eq!(shell.json("claim --from bob")["amount"], "0");
    let said = shell.done(&format!("claim --asset {coin} --from bob"));
    assert_eq!(said, format!("nothing is due to bob in {coin}\n"));
}

#[test]
fn examples_of_the_help_that_name_a_coin_can_be_typed() {
    let shell = shell();
    for command in ["pay", "settle", "claim", "show"] {
        let help = shell.done(&format!("{command} --help"));
        let example = help
            .lines()
            .find_map(|line| {
                line.strip_prefix("  lineage ")
                    .filter(|typed| typed.contains("--asset"))
            })
            .expect("an example");
        shell.done(example);
    }
    let coin = coin(&shell);
    assert_eq!(
        shell.json(&format!("claim --asset {coin} --from bob"))["amount"],
        "800000"
    );
}

#[test]
fn coin_that_answers_nothing_can_be_paid_with() {
    let shell = shell();
    let coin: Address = coin(&shell).parse().expect("an address");
    // Does as the coin does, by DELEGATECALL, and returns nothing unless asked for a balance.
    let code = [
        &hex!("603d8060095f395ff3")[..],
        &hex!("365f5f375f5f365f73"),
        coin.as_slice(),
        &hex!("5af43d5f5f3e6029573d5ffd5b5f3560e01c6370a0823114603957005b3d5ff3"),
    ]
    .concat();
    let state = State::open(&shell.path(".lineage")).expect("nobody else is here");
    let mut session = state.load(&|_| ()).expect("a state");
    let dave = session.chain.accounts()[3];
    let created = session.chain.send(Transaction::create(dave, code));
    let silent = created.expect("sent").contract_address.expect("created");
    let mint = mintCall {
        to: dave,
        amount: U256::from(10),
    };
    let mint = Transaction::call(dave, silent, mint.abi_encode());
    session.transact("mint coins", mint).expect("minted");
    state.save(&session).expect("saved");
    drop(state);

    shell.done(&format!("pay 2 10 --asset {silent}"));
    let claimed = shell.json(&format!("claim --asset {silent} --from alice"));
    assert_eq!(claimed["amount"], "2");
}

#[test]
fn payment_that_cannot_succeed_sends_nothing() {
    let shell = shell();
    let coin = coin(&shell);
    let inbox = shell.json("show 1")["works"][0]["inbox"].clone();
    let inbox = inbox.as_str().expect("an address");
    let nobody = "0x00000000000000000000000000000000DeaDBeef";
    let before = std::fs::read(shell.path(".lineage/chain")).expect("a state");
    let show = "lineage show";
    let cases = [
        (
            format!("pay 1 1 --asset {nobody}"),
            "no contract at 0x",
            show,
        ),
        (
            format!("settle --asset {nobody}"),
            "no contract at 0x",
            show,
        ),
        (format!("claim --asset {nobody}"), "no contract at 0x", show),
        (format!("show --asset {nobody}"), "no contract at 0x", show),
        (
            format!("pay 1 1 --asset {inbox}"),
            "no contract at 0x",
            show,
        ),
        (
            "pay 1 1 --asset 0xcEcba2F1DC234f70Dd89F2041029807F8D03A990".to_owned(),
            "is no ERC-20",
            show,
        ),
        (
            format!("pay 1 1000000000001 --asset {coin}"),
            "dave has 1000000000000 of 0x",
            "this pays 1000000000001",
        ),
        (format!("pay 9 1 --asset {coin}"), "UnknownWork", show),
        (format!("pay 1 0 --asset {coin}"), "above zero", ""),
        (
            "pay 1 10001eth".to_owned(),
            "dave has 10000.0 ETH",
            "10001.0 ETH",
        ),
        (
            "pay 1 10000eth".to_owned(),
            "dave has 10000.0 ETH",
            "10000.0032 ETH",
        ),
        (
            "pay 1 340282366920938463463374607431768211456".to_owned(),
            "at most 340282366920938463463374607431768211455",
            "fit in a ledger",
        ),
    ];
    for (typed, error, advice) in cases {
        let complaint = shell.refused(&typed);
        assert!(
            complaint.contains(error) && complaint.contains(advice),
            "lineage {typed}: {complaint}"
        );
    }
    let after = std::fs::read(shell.path(".lineage/chain")).expect("a state");
    assert!(before == after);
    assert_eq!(shell.json("show 1")["works"][0]["received"], json!("0"));
}
