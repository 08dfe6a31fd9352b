//! What Stability Matrix writes.

use crate::common::{finds, generator, read};

#[test]
fn prompts_and_model_are_given_once() {
    let text = r#"{"PositivePrompt": "a heron", "NegativePrompt": "mud", "ModelName": "heron", "ModelHash": "00ff"}"#;
    let plain =
        "a heron\nNegative prompt: mud\nSteps: 20, Sampler: Euler, Model hash: 00ff, Model: heron";
    let project = r#"{"ProjectType": "TextToImage"}"#;
    let reading = read(&[
        ("parameters", plain),
        ("parameters-json", text),
        ("smproj", project),
    ]);
    assert_eq!(generator(&reading), "Stability Matrix");
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("prompt", "mud", "negative"),
            ("model", "heron", "00ff"),
            ("parameters", text, ""),
            ("parameters", project, ""),
            (
                "parameters",
                "Steps: 20, Sampler: Euler, Model hash: 00ff, Model: heron",
                "",
            ),
            ("tool", "Stability Matrix", ""),
        ],
    );
}

#[test]
fn settings_that_break_off_are_kept_and_told() {
    let reading = read(&[("parameters-json", "{")]);
    finds(
        &reading,
        &[("parameters", "{", ""), ("tool", "Stability Matrix", "")],
    );
    assert_eq!(reading.unreadable.len(), 1);
}
