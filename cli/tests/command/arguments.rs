//! The arguments of a mint, all of which the question shows.

use crate::Shell;
use clap::CommandFactory as _;
use lineage::args::Arguments;
use serde_json::json;

/// Every argument of `derive`, how it is typed, and what of the question shows it. `mint` has all of them but the parents.
const ARGUMENTS: [(&str, &str, &str); 18] = [
    (
        "file",
        "duck.png",
        "duck.clean.png is to be minted as \"Swan\"",
    ),
    ("title", "--title Swan", " as \"Swan\" by "),
    ("from", "--from bob", " by bob\n"),
    ("to", "--to carol", "\n  to          carol\n"),
    ("kind", "--kind style", "\n  kind        style\n"),
    (
        "royalty",
        "--royalty 7.5%",
        "\n  royalty     7.5% of each later sale, which marketplaces are asked to pay\n",
    ),
    (
        "uri",
        "--uri https://a.b/c",
        "\n  link        https://a.b/c; nobody checks that the file is there, ",
    ),
    (
        "payees",
        "--payee bob:60% --payee carol:40%",
        "\n  payee       bob gets 60% of what it keeps\n  payee       carol gets 40% of what it keeps\n",
    ),
    (
        "open",
        "--open 12%",
        "\n  terms       open: anyone may derive from it who gives it 12% or more\n",
    ),
    // There is no question with it.
    ("yes", "", ""),
    (
        "strip",
        "--strip",
        "\nduck.clean.png is the clean copy to publish; gone from it: ",
    ),
    (
        "strip_credentials",
        "--strip-credentials",
        "\nWho gets it no longer learns: prompt, model, parameters, tool, Content Credentials\n",
    ),
    (
        "model_files",
        "--model-file heron.pt",
        " model: heron (hash 241513ebedc61903801bd53e142c3525a6da49cadd131bebd8af6dea9b831cf6) (",
    ),
    (
        "only",
        "--only prompt,model",
        "\n  left out    1, 3, 4, by the numbers that `lineage inspect` shows\n",
    ),
    ("without", "--without 1", "\n  left out    1, 3, 4, by "),
    (
        "steps",
        "--step edit=hat",
        "\n  step 2      edit: hat (added by hand)\n",
    ),
    (
        "car",
        "--car duck.car",
        "\n  archive     duck.car is written\n",
    ),
    (
        "pin",
        "--pin http://127.0.0.1:1",
        " though it is uploaded to http://127.0.0.1:1 first\n",
    ),
];
const PARENTS: (&str, &str, &str) = (
    "parents",
    "--parent 1:20%",
    "\n  parent      work 1 \"root\" by alice gets 20% of what this one earns (terms version 1)\n",
);

#[test]
fn every_argument_of_a_mint_is_shown_with_its_question() {
    let all: Vec<_> = ARGUMENTS.into_iter().chain([PARENTS]).collect();
    for (command, known) in [("mint", &ARGUMENTS[..]), ("derive", &all)] {
        let arguments = Arguments::command();
        let arguments = arguments
            .find_subcommand(command)
            .expect("a command")
            .get_arguments()
            .map(|argument| argument.get_id().to_string());
        let mut arguments: Vec<_> = arguments.collect();
        let mut known: Vec<_> = known.iter().map(|(name, ..)| name.to_string()).collect();
        arguments.sort();
        known.sort();
        assert_eq!(arguments, known, "{command}");
    }
    let shell = Shell::new();
    shell.file("root.txt", "a poem");
    shell.done("mint root.txt --open 5% --yes");
    let model = "weights ".repeat(20);
    shell.file("heron.pt", &model);
    let hash = hex::encode(record::sha256(model.as_bytes()));
    let says = format!(
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: x, Model: heron, Model hash: {}",
        &hash[..10]
    );
    let picture = crate::inspect::picture("parameters", &says);
    let definition = json!({ "claim_generator_info": [{ "name": "Painter" }] });
    let signed = crate::signed::signed(picture, &definition);
    shell.file("duck.png", signed);
    let typed: Vec<_> = all.iter().map(|(_, typed, _)| *typed).collect();
    let shown = shell.ask(&format!("derive {}", typed.join(" "))).shown();
    for (name, _, part) in all {
        assert!(shown.contains(part), "{name}: {shown}");
    }
    // Of the steps that the file tells of, in their order.
    let steps = "\n  step 0      prompt: a duck (";
    assert!(shown.contains(steps), "{shown}");
}
