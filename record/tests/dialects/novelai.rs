//! What NovelAI writes.

use crate::common::{finds, generator, read};
use record::Reading;

const COMMENT: &str = r#"{"prompt": "two birds", "uc": "blurry", "request_type": "PromptGenerateRequest", "signed_hash": "x",
  "v4_prompt": {"caption": {"base_caption": "two birds", "char_captions": [
    {"char_caption": "heron", "centers": [{"x": 0.3, "y": 0.5}]}, {"char_caption": "", "centers": []}]}, "use_coords": true},
  "v4_negative_prompt": {"caption": {"base_caption": "blurry", "char_captions": [
    {"char_caption": "", "centers": []}, {"char_caption": "legs", "centers": []}]}}}"#;
const FOUND: [(&str, &str, &str); 7] = [
    ("prompt", "two birds", ""),
    ("prompt", "heron", ""),
    ("prompt", "blurry", "negative"),
    ("prompt", "legs", "negative"),
    ("model", "NovelAI Diffusion V4.5 4BDE2A90", "4BDE2A90"),
    ("parameters", COMMENT, ""),
    ("tool", "NovelAI", ""),
];
const SOURCE: (&str, &str) = ("Source", "NovelAI Diffusion V4.5 4BDE2A90");
const SOFTWARE: (&str, &str) = ("Software", "NovelAI");

#[test]
fn each_character_has_its_prompts_and_empty_ones_are_none() {
    let description = ("Description", "two birds");
    let reading = read(&[description, SOFTWARE, SOURCE, ("Comment", COMMENT)]);
    assert_eq!(generator(&reading), "NovelAI");
    finds(&reading, &FOUND);
    assert_eq!(reading.found[0].from, "PNG iTXt Description");
}

#[test]
fn prompt_is_in_the_settings_where_there_is_no_description() {
    finds(&read(&[SOFTWARE, SOURCE, ("Comment", COMMENT)]), &FOUND);
}

#[test]
fn one_object_in_a_user_comment_holds_all() {
    let all = format!(
        r#"{{"Comment": {}, "Description": "\u0000\u0000tw\u00c3 birds", "Software": "NovelAI", "Source": "{}"}}"#,
        COMMENT_AS_TEXT, SOURCE.1
    );
    let reading = read(&[
        ("UserComment", &all),
        ("ImageDescription", "two birds"),
        SOFTWARE,
    ]);
    finds(
        &reading,
        &[
            ("prompt", "two birds", ""),
            ("prompt", "blurry", "negative"),
            ("model", SOURCE.1, "4BDE2A90"),
            ("parameters", &all, ""),
            ("tool", "NovelAI", ""),
        ],
    );
}

const COMMENT_AS_TEXT: &str = r#""{\"prompt\": \"two birds\", \"uc\": \"blurry\"}""#;

#[test]
fn settings_that_break_off_are_kept_and_told() {
    let reading = read(&[
        SOFTWARE,
        ("Description", "two birds"),
        ("Comment", "{\"uc\": \"blu"),
    ]);
    finds(
        &reading,
        &[
            ("prompt", "two birds", ""),
            ("parameters", "{\"uc\": \"blu", ""),
            ("tool", "NovelAI", ""),
        ],
    );
    assert_eq!(reading.unreadable.len(), 1);
    let all = r#"{"Software": "NovelAI", "Comment": "{\"uc\": \"blu"}"#;
    let reading = read(&[("UserComment", all)]);
    finds(
        &reading,
        &[("parameters", all, ""), ("tool", "NovelAI", "")],
    );
    assert_eq!(reading.unreadable.len(), 1);
}

#[test]
fn tool_that_takes_no_prompt_gives_none() {
    let comment = r#"{"prompt": "", "req_type": "bg-removal", "width": 8, "height": 8}"#;
    finds(
        &read(&[SOFTWARE, ("Comment", comment)]),
        &[("parameters", comment, ""), ("tool", "NovelAI", "")],
    );
}

#[test]
fn other_software_is_not_novelai() {
    let reading = read(&[
        ("Software", "NovelAI Viewer"),
        ("Source", "NovelAI"),
        ("Comment", COMMENT),
    ]);
    assert_eq!(reading, Reading::default());
}

#[test]
fn zero_bytes_around_a_description_are_no_part_of_the_prompt() {
    let all = r#"{"Software": "NovelAI", "Comment": "{\"uc\": \"blurry\"}"}"#;
    let expected = [
        ("prompt", "two birds", ""),
        ("prompt", "blurry", "negative"),
        ("parameters", all, ""),
        ("tool", "NovelAI", ""),
    ];
    let reading = read(&[
        ("UserComment", all),
        ("ImageDescription", "\0\0\0\0two birds\0"),
    ]);
    finds(&reading, &expected);
}

#[test]
fn settings_alone_are_known_by_their_signature() {
    let signature = format!("{}+/==", "Ab1".repeat(28));
    let text = format!(
        r#"{{"prompt": "two birds", "uc": "blurry", "request_type": "PromptGenerateRequest", "signed_hash": "{signature}"}}"#
    );
    let reading = read(&[("Comment", &text), ("Description", "a note")]);
    assert_eq!(generator(&reading), "NovelAI");
    finds(
        &reading,
        &[
            ("prompt", "two birds", ""),
            ("prompt", "blurry", "negative"),
            ("parameters", &text, ""),
            ("tool", "NovelAI", ""),
        ],
    );
    for other in [
        text.replace("uc", "u"),
        text.replace("request_type", "type"),
        text.replace("Ab1", "Ab"),
        text.replace("Ab1", "Ab!"),
        text.replace('}', ""),
    ] {
        assert_eq!(read(&[("Comment", &other)]), Reading::default());
    }
}
