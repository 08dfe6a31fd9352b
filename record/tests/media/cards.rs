//! What stands before a text between lines of dashes.

use crate::common::{inspected, line, read_bytes, told};

#[test]
fn card_of_a_model_says_its_bases_and_its_data() {
    let card = "---\nlicense: mit # free\nbase_model:\n- reeds/duck-7b\n- 'reeds/coot'\ndatasets: [pond-songs, \"reeds/herons\"]\n\
        tags:\n  - birds\nbase_model_relation: merge\nmodel-index:\n- name: heron\n  results: []\n---\n# Heron\n\nbase_model: prose\n";
    let bytes = card.as_bytes();
    let reading = read_bytes(bytes);
    let (_, front) = card.split_once("---\n").expect("a start");
    let (front, _) = front.split_once("---\n").expect("an end");
    let all: Vec<_> = reading.found.iter().map(line).collect();
    assert_eq!(
        all,
        [
            "model: reeds/duck-7b",
            "model: reeds/coot",
            "dataset: pond-songs",
            "dataset: reeds/herons",
            &format!("parameters: {front}"),
        ]
    );
    assert_eq!(reading.found[0].from, "file front matter");
    assert_eq!((reading.source_type, reading.unreadable.len()), (None, 0));
    assert!(!inspected("README.md", bytes, &[]).ai.marked);
    let windows = card.replace('\n', "\r\n");
    assert_eq!(
        told(&read_bytes(windows.as_bytes()))[..4],
        told(&reading)[..4]
    );
}

#[test]
fn prompt_before_a_text_is_read_with_what_stands_beside_it() {
    let text = "---\nprompt: >-\n  a heron\n  in reeds\nnegative_prompt: \"blurry \\u00e9\"\nmodel: 'duck''s own'\nseed: 5\n---\n";
    assert_eq!(
        told(&read_bytes(text.as_bytes()))[..3],
        [
            "prompt: a heron in reeds < file front matter",
            "prompt role=negative: blurry \u{e9} < file front matter",
            "model: duck's own < file front matter",
        ]
    );
    for (value, expected) in [
        ("|\n  a heron\n    in reeds", "a heron\n  in reeds"),
        ("a heron\n  in reeds", "a heron in reeds"),
        ("a heron # of mine", "a heron"),
        ("a#heron", "a#heron"),
        ("a heron\n  # of mine", "a heron"),
        ("a heron\n\n  in reeds", "a heron\nin reeds"),
        ("a heron\t# of mine\n# and yours", "a heron"),
        (">\n  a heron\n\n  in reeds", "a heron\nin reeds"),
        (
            ">\n  a heron\n   - of mine\n  in reeds",
            "a heron\n - of mine\nin reeds",
        ),
        ("| # as it is\n  a heron\n  # of mine", "a heron\n# of mine"),
        ("\"a heron\" # of mine", "a heron"),
        ("\"a heron # of\n  mine\"", "a heron # of mine"),
        ("'a heron\n\n  it''s'", "a heron\nit's"),
    ] {
        let text = format!("---\nprompt: {value}\n---\nwords");
        assert_eq!(read_bytes(text.as_bytes()).found[0].content, expected);
    }
}

#[test]
fn comments_and_lists_over_several_lines_are_no_end_of_what_a_card_says() {
    for value in [
        "\n# the first\n- reeds/duck\n\n# the other\n- \"reeds/coot\" # too",
        " # two\n  # of them\n  - reeds/duck # the first\n  - reeds/coot",
        " [reeds/duck, 'reeds/coot'] # two",
        " [\n  reeds/duck,\n  # the other\n  \"reeds/coot\",\n]",
    ] {
        let card = format!("---\nlicense: mit\nbase_model:{value}\n---\n# Heron\n");
        assert_eq!(
            told(&read_bytes(card.as_bytes()))[..2],
            [
                "model: reeds/duck < file front matter",
                "model: reeds/coot < file front matter",
            ],
            "{card}"
        );
    }
}

#[test]
fn what_is_for_other_things_says_nothing_of_how_a_text_was_made() {
    for text in [
        // A prompt that waits to be run, and a photograph.
        "---\nmodel: gpt-4o\ntools: [search]\n---\nWrite a poem.",
        "---\nmodel: X100\ndate: 2026-11-30\n---\n",
        // A card of a Space uses its models.
        "---\nsdk: gradio\nlicense: mit\nbase_model: reeds/duck\ndatasets: [a]\n---\n",
        "---\nlicense: mit\n---\n",
        // Neither texts nor lists of them.
        "---\nlicense: mit\nbase_model: {a: b}\ndatasets:\n- name: a\n  type: b\n---\n",
        "---\nprompt: *other\n---\n",
        "---\nlicense: mit\ndatasets: false\nbase_model: [reeds, {a: b}]\n---\n",
        "---\nprompt: - a heron\n---\n",
        "---\nprompt: |\n    a heron\n  in reeds\n---\n",
        "---\nprompt: a heron # of mine\n  in reeds\n---\n",
        "---\nprompt: \"a heron\" in reeds\n---\n",
        "---\nprompt:\n---\n",
        // No end, or none where it should be.
        "---\nprompt: a heron\n",
        "words\n---\nprompt: a heron\n---\n",
        "--- prompt: a heron\n---\n",
    ] {
        let reading = read_bytes(text.as_bytes());
        assert_eq!(told(&reading), [""; 0], "{text}");
        assert_eq!(reading.unreadable, [], "{text}");
    }
}
