//! Which steps are recorded.

use crate::Shell;
use serde_json::{Value, json};

fn shell() -> Shell {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell
}

/// Kinds and texts of the steps in a record.
fn steps(shell: &Shell, record: &str) -> Vec<(String, Value)> {
    let text = std::fs::read(shell.path(record)).expect("a record");
    let record: Value = serde_json::from_slice(&text).expect("JSON");
    let steps = record["predicate"]["steps"]
        .as_array()
        .expect("steps")
        .iter();
    steps
        .map(|step| {
            (
                step["kind"].as_str().expect("a kind").to_owned(),
                step["content"].clone(),
            )
        })
        .collect()
}

#[test]
fn chosen_steps_are_recorded_and_the_output_always() {
    let shell = shell();
    let by_hand = |kind: &str, content: Value| (kind.to_owned(), content);
    shell.file("asked.txt", "make it green\n");
    shell.done("mint duck.png --only prompt,parameters --without 3 --without 1 --step edit=hat --step prompt=@asked.txt --yes");
    let expected = [
        by_hand("prompt", json!("photo of a duck")),
        by_hand("edit", json!("hat")),
        by_hand("prompt", json!("make it green")),
        by_hand("output", Value::Null),
    ];
    assert_eq!(steps(&shell, "duck.png.lineage.json"), expected);
}

#[test]
fn record_may_hold_the_output_alone() {
    let shell = shell();
    let minted = shell.json("mint duck.png --without 0,1,2,3 --yes");
    assert_eq!(minted["steps"], 1);
    let output = ("output".to_owned(), Value::Null);
    assert_eq!(steps(&shell, "duck.png.lineage.json"), [output]);
}

#[test]
fn numbers_are_those_that_inspect_shows() {
    let shell = shell();
    let shown = shell.done("inspect duck.png");
    assert!(
        shown.contains("\n  step 2      model: realistic_realisticVisionV20_v20"),
        "{shown}"
    );
    let shown = shell.ask("mint duck.png --without 2").shown();
    assert!(!shown.contains("model: "), "{shown}");
    let left_out = "\n  left out    2, by the numbers that `lineage inspect` shows\n";
    assert!(shown.contains(left_out), "{shown}");
    assert!(
        shown.contains("\n  step 2      parameters: Steps: 15"),
        "{shown}"
    );
    let complaint = shell.refused("mint duck.png --without 4 --yes");
    let said = "--without 4: the file tells of steps 0 to 3, as `lineage inspect` shows them";
    assert_eq!(complaint, said);
}

#[test]
fn options_that_do_not_fit_the_record_of_an_interrupted_mint_are_not_passed_over() {
    let shell = shell();
    // The chain that it was minted on is not the one that is asked now, as after a mint that was stopped before it was sent.
    shell.done("mint duck.png --only prompt --state other --yes");
    let record = std::fs::read(shell.path("duck.png.lineage.json")).expect("a record");
    let complaint = shell.refused("mint duck.png --only model --yes");
    assert!(
        complaint.contains("duck.png.lineage.json holds other steps")
            && complaint.contains("Leave these options out"),
        "{complaint}"
    );
    let shown = shell.ask("mint duck.png").shown();
    let kept = "\n  kept        the record is that of an earlier run, duck.png.lineage.json\n";
    assert!(
        shown.contains(kept) && !shown.contains("model: "),
        "{shown}"
    );
    // The same options fit it, and so do none.
    let minted = shell.json("mint duck.png --only prompt --yes");
    assert_eq!(minted["steps"], 3);
    assert_eq!(
        std::fs::read(shell.path("duck.png.lineage.json")).expect("a record"),
        record
    );
}

#[test]
fn model_file_that_would_name_another_model_than_the_record_is_not_passed_over() {
    let shell = Shell::new();
    let model = "weights ".repeat(20);
    shell.file("heron.pt", &model);
    let hash = &hex::encode(record::sha256(model.as_bytes()))[..10];
    let says = format!(
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: x, Model: heron, Model hash: {hash}"
    );
    let picture = crate::inspect::picture("parameters", &says);
    shell.file("duck.png", picture);
    shell.done("mint duck.png --state other --yes");
    assert_eq!(
        shell.refused("mint duck.png --model-file heron.pt --yes"),
        "duck.png.lineage.json holds other steps than --only, --without, --step and --model-file give now; it is from an earlier run. \
         Leave these options out to go on with it, or move it away to make a new record"
    );
    std::fs::remove_file(shell.path("duck.png.lineage.json")).expect("there");
    for state in ["third", ".lineage"] {
        shell.done(&format!(
            "mint duck.png --model-file heron.pt --state {state} --yes"
        ));
    }
}
