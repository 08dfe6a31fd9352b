//! The question before a mint, and what is shown with it.

use crate::{Shell, text};
use serde_json::json;

/// A folder with a picture that holds its prompts.
fn shell() -> Shell {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell
}

#[test]
fn record_and_what_the_file_discloses_are_shown_before_the_question() {
    let shell = shell();
    let asked = shell.ask("mint duck.png --title Duck");
    let parameters = "Steps: 15, Sampler: UniPC, CFG scale: 5, Seed: 235284042, Size: 512x400, Model hash: c0d1994c73, Mod…";
    let from = "(PNG tEXt parameters)";
    let expected = format!(
        "\
duck.png is to be minted as \"Duck\" by alice
  kind        output
  SHA-256     7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306
  step 0      prompt: photo of a duck {from}
  step 1      negative: monochrome {from}
  step 2      model: realistic_realisticVisionV20_v20 (hash c0d1994c73) {from}
  step 3      parameters: {parameters} {from}
  step 4      output: the file itself
  in all      5 steps, by a program that the file does not name, source trainedAlgorithmicMedia
  royalty     5% of each later sale, which marketplaces are asked to pay
  terms       closed: nobody may derive from it before `lineage terms` opens it
  link        ipfs://bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday; it leads nowhere until the file is added to IPFS: see --pin and --car
  private     texts and salts stay in duck.png.lineage.json; the chain gets hashes of them

Who gets duck.png learns, private or not:
  prompt, model, parameters in PNG tEXt parameters: photo of a duck Negative prompt: monochrome Steps: 15, Sampler: UniPC, CFG scale: 5, Seed: 235284042…
Prompts are in the file itself: use --strip to publish a copy without them

Mint this? [y/N] "
    );
    assert_eq!(asked.shown(), expected);
    let (output, _) = asked.answer("y\n");
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output.stdout).starts_with("work 1: \"Duck\" by alice\n"));
}

#[test]
fn nothing_is_written_or_sent_where_the_answer_is_no() {
    let shell = shell();
    for answer in ["\n", "n\n", "yess\n", "\u{4}"] {
        let asked = shell.ask("mint duck.png --strip --car duck.car");
        let (output, shown) = asked.answer(answer);
        assert_eq!(output.status.code(), Some(1), "{answer:?}");
        assert_eq!(text(&output.stdout), "");
        assert!(
            shown.ends_with("error: not minted: nothing was written or sent\n"),
            "{shown}"
        );
        assert_eq!(shell.names(), ["duck.png"], "{answer:?}");
    }
}

#[test]
fn nothing_is_left_of_a_mint_that_is_stopped_at_its_question() {
    let shell = shell();
    let original = std::fs::read(shell.path("duck.png")).expect("a file");
    shell.ask("mint duck.png --strip --car duck.car").kill();
    assert_eq!(shell.names(), ["duck.png"]);
    assert_eq!(
        std::fs::read(shell.path("duck.png")).expect("a file"),
        original
    );
}

#[test]
fn scripts_say_yes_or_nothing_is_sent() {
    let shell = shell();
    let end = "look at what `lineage inspect duck.png` shows, then add --yes; nothing was written or sent";
    for typed in ["mint duck.png", "derive duck.png --parent 1"] {
        let complaint = shell.refused(typed);
        assert_eq!(complaint, format!("there is no terminal to ask on: {end}"));
        let output = shell.run(&format!("{typed} --json"));
        assert_eq!(output.status.code(), Some(1));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(
            told,
            json!({ "error": format!("--json asks no question: {end}") })
        );
    }
    assert_eq!(shell.names(), ["duck.png"]);
}

#[test]
fn share_that_rises_while_the_question_stands_is_not_agreed_to() {
    let shell = shell();
    shell.file("root.txt", "a poem");
    shell.done("mint root.txt --open 5% --yes");
    let asked = shell.ask("derive duck.png --parent 1");
    assert!(asked.shown().contains("gets 5%"), "{}", asked.shown());
    shell.done("terms 1 --open 60%");
    let (output, shown) = asked.answer("y\n");
    assert_eq!(output.status.code(), Some(1));
    let told = "the least share of a parent has changed since it was shown: type this again to see the new one; nothing was sent\n";
    assert!(shown.ends_with(told), "{shown}");
    assert!(!shell.path("duck.png.lineage.json").exists());
}

#[test]
fn terms_that_change_while_the_question_stands_are_not_agreed_to() {
    let shell = shell();
    shell.file("root.txt", "a poem");
    shell.done("mint root.txt --open 5% --yes");
    let asked = shell.ask("derive duck.png --parent 1:20%");
    shell.done("terms 1 --open 5% --licence-uri https://a.b/licence");
    let (output, shown) = asked.answer("y\n");
    assert_eq!(output.status.code(), Some(1));
    let told = "the terms of a parent have changed since they were shown: look at them with `lineage show`, and type this again; nothing was sent\n";
    assert!(shown.ends_with(told), "{shown}");
    assert!(!shell.path("duck.png.lineage.json").exists());
}

#[test]
fn mint_that_would_be_refused_is_refused_before_the_question() {
    let shell = shell();
    let shown = shell.ask("derive duck.png --parent 1").shown();
    assert_eq!(
        shown,
        "error: there is no work 1: no chain lies in .lineage yet\n"
    );
    assert_eq!(shell.names(), ["duck.png"]);
    shell.file("root.txt", "a poem");
    shell.done("mint root.txt --yes");
    let asked = shell.ask("derive duck.png --parent 1:5%");
    assert!(
        asked.shown().contains("ParentClosed { work: 1 }"),
        "{}",
        asked.shown()
    );
    assert!(!shell.path("duck.png.lineage.json").exists());
}

#[test]
fn model_that_is_a_work_here_is_proposed_as_a_parent() {
    let shell = Shell::new();
    shell.file("heron.bin", "a model");
    shell.file("duck.txt", "a duck");
    shell.done("mint heron.bin --kind model --open 10% --yes");
    let minted = shell.json("show 1")["works"][0]["output_hash"].clone();
    let hash = minted.as_str().expect("a hash").trim_start_matches("0x");
    let says = format!(
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: x, Model: heron, Model hash: {hash}"
    );
    std::fs::write(
        shell.path("duck.png"),
        crate::inspect::picture("parameters", &says),
    )
    .expect("written");
    let proposal = "\n\nPossible parents:\n  model heron is work 1 here: lineage derive duck.png --parent 1\n\nMint this? [y/N] ";
    let shown = shell.ask("mint duck.png").shown();
    assert!(shown.ends_with(proposal), "{shown}");
    let shown = shell.ask("derive duck.png --parent 1").shown();
    assert!(!shown.contains("Possible parents"), "{shown}");
    let parent = "\n  parent      work 1 \"heron\" by alice gets 10% of what this one earns (terms version 1)\n";
    assert!(shown.contains(parent), "{shown}");
}

#[test]
fn ingredients_of_a_signed_file_are_named_as_possible_parents() {
    let shell = shell();
    let picture = std::fs::read(shell.path("duck.png")).expect("a picture");
    let definition = json!({
        "claim_generator_info": [{ "name": "Painter", "version": "2.0" }],
        "ingredients": [
            { "title": "sketch", "format": "image/png", "relationship": "inputTo" },
            { "title": "a \u{1b}swan", "format": "image/png", "relationship": "inputTo" },
        ],
    });
    let signed = crate::signed::signed(picture, &definition);
    std::fs::write(shell.path("signed.png"), signed).expect("written");
    let shown = shell.ask("mint signed.png").shown();
    let told = "\n\nPossible parents:\n  by its Content Credentials it was made of: sketch, a \\u{1b}swan\n\nMint this? [y/N] ";
    assert!(shown.ends_with(told), "{shown}");
}

#[test]
fn model_whose_file_is_at_hand_is_named_by_its_whole_hash() {
    let shell = Shell::new();
    let model = "weights ".repeat(20);
    shell.file("heron.pt", &model);
    shell.file("reeds.pt", "others");
    let whole = hex::encode(record::sha256(model.as_bytes()));
    let says = format!(
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: x, Model: heron, Model hash: {}",
        &whole[..10]
    );
    std::fs::write(
        shell.path("duck.png"),
        crate::inspect::picture("parameters", &says),
    )
    .expect("written");
    let told = shell.json("inspect duck.png --model-file heron.pt --model-file reeds.pt");
    assert_eq!(told["steps"][2]["hash"], whole);
    shell.done("mint heron.pt --kind model --open 10% --yes");
    let shown = shell.ask("mint duck.png --model-file heron.pt").shown();
    assert!(
        shown.contains("model heron is work 1 here: lineage derive duck.png --parent 1"),
        "{shown}"
    );
    let complaint = shell.refused("mint duck.png --model-file reeds.pt --yes");
    let said = "duck.png names no model that is reeds.pt, by its name or one of its hashes: take the file that was used, or leave --model-file out";
    assert_eq!(complaint, said);
    std::fs::create_dir(shell.path("other")).expect("a folder");
    shell.file("other/heron.pt", "others");
    let complaint = shell.refused("mint duck.png --model-file other/heron.pt --yes");
    assert!(
        complaint.contains("by a hash that is none of that file's"),
        "{complaint}"
    );
    assert!(!shell.path("duck.png.lineage.json").exists());
}

#[test]
fn words_of_a_file_move_no_cursor_before_the_question() {
    let shell = Shell::new();
    let says =
        "a \u{1b}[2Jduck\u{202e}\nNegative prompt: b\u{7}\nSteps: 20, Sampler: x, Model: m\u{1b}c";
    std::fs::write(
        shell.path("duck.png"),
        crate::inspect::picture("parameters", says),
    )
    .expect("written");
    let shown = shell.ask("mint duck.png").shown();
    let moves = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!shown.chars().any(moves), "{shown:?}");
    assert!(
        shown.contains("step 0      prompt: a \\u{1b}[2Jduck\\u{202e}"),
        "{shown}"
    );
}

#[test]
fn file_that_changes_at_the_question_is_not_minted() {
    let shell = shell();
    let asked = shell.ask("mint duck.png");
    shell.file("duck.png", "another duck");
    let (output, shown) = asked.answer("y\n");
    assert_eq!(output.status.code(), Some(1));
    let said =
        "error: duck.png changed since it was read: type this again; nothing was written or sent\n";
    assert!(shown.ends_with(said), "{shown}");
    assert_eq!(shell.names(), ["duck.png"]);
}

#[test]
fn change_at_the_question_is_noticed_whatever_the_length_and_the_time_are_set_to() {
    let shell = shell();
    let path = shell.path("duck.png");
    let mut bytes = std::fs::read(&path).expect("a file");
    let time = std::fs::metadata(&path).and_then(|known| known.modified());
    let time = time.expect("a time");
    *bytes.last_mut().expect("a byte") ^= 1;
    let set_back = |path: &std::path::Path| {
        let file = std::fs::File::options().write(true).open(path);
        file.and_then(|file| file.set_modified(time)).expect("set");
    };
    let written_over = || {
        shell.file("duck.png", &bytes);
        set_back(&path);
    };
    let put_in_its_place = || {
        shell.file("other.png", &bytes);
        set_back(&shell.path("other.png"));
        std::fs::rename(shell.path("other.png"), &path).expect("renamed");
    };
    for change in [&written_over as &dyn Fn(), &put_in_its_place] {
        let asked = shell.ask("mint duck.png");
        change();
        let (output, shown) = asked.answer("y\n");
        assert_eq!(output.status.code(), Some(1));
        let said = "error: duck.png changed since it was read: type this again; nothing was written or sent\n";
        assert!(shown.ends_with(said), "{shown}");
        assert_eq!(shell.names(), ["duck.png"]);
    }
}

#[test]
fn name_of_a_file_can_be_typed_as_it_is_told() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "a duck.png");
    shell.picture("automatic1111_cropped.png", "-d.png");
    for (name, word) in [("a duck.png", "'a duck.png'"), ("-d.png", "./-d.png")] {
        let mut command = shell.command("mint --");
        let output = command.arg(name).output().expect("it starts");
        assert_eq!(
            text(&output.stderr),
            format!(
                "error: there is no terminal to ask on: look at what `lineage inspect {word}` shows, then add --yes; nothing was written or sent\n"
            )
        );
    }
}

#[test]
fn link_elsewhere_is_not_said_to_lead_to_the_node() {
    let shell = shell();
    for (options, said) in [
        (
            "--pin http://127.0.0.1:1",
            "nobody checks that the file is there, though it is uploaded to http://127.0.0.1:1 first",
        ),
        ("--car duck.car", "nobody checks that the file is there"),
    ] {
        let asked = shell.ask(&format!("mint duck.png --uri https://a.b/c {options}"));
        let line = format!("\n  link        https://a.b/c; {said}\n");
        assert!(asked.shown().contains(&line), "{}", asked.shown());
    }
}

#[test]
fn kept_record_that_is_gone_at_the_question_is_written_again() {
    let shell = shell();
    for (typed, name) in [
        ("mint duck.png", "duck.png.lineage.json"),
        (
            "mint duck.png --strip --from bob",
            "duck.clean.png.lineage.json",
        ),
    ] {
        shell.done(&format!("{typed} --yes --state elsewhere"));
        let record = std::fs::read(shell.path(name)).expect("a record");
        let asked = shell.ask(typed);
        std::fs::remove_file(shell.path(name)).expect("removed");
        let (output, shown) = asked.answer("y\n");
        assert!(output.status.success(), "{shown}");
        assert_eq!(std::fs::read(shell.path(name)).expect("a record"), record);
    }
}

#[test]
fn record_that_is_exchanged_at_the_question_is_not_minted() {
    for typed in ["mint duck.png", "mint duck.png --car duck.car"] {
        let shell = shell();
        shell.done("mint duck.png --yes --state first");
        let record = shell.path("duck.png.lineage.json");
        let other = shell.path("other.json");
        std::fs::rename(&record, &other).expect("renamed");
        shell.done("mint duck.png --yes --state second");
        let asked = shell.ask(typed);
        std::fs::copy(&other, &record).expect("copied");
        let (output, shown) = asked.answer("y\n");
        assert_eq!(output.status.code(), Some(1), "{shown}");
        let said = "error: duck.png.lineage.json changed since it was read: type this again; nothing was sent\n";
        assert!(shown.ends_with(said), "{shown}");
        assert!(!shell.path("duck.car").exists());
    }
}
