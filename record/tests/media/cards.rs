//! What stands before a text between lines of dashes.

use crate::common::{inspected, line, picture, read_bytes, told};
use record::{Sidecar, read_with};
use std::io::Cursor;

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
        // Nothing, and a truth.
        "---\nprompt: true\nmodel: a\n---\n",
        "---\nlicense: mit\ndatasets: false\nbase_model: ~\n---\n",
        "---\nprompt:\n---\n",
        "---\nprompt: \"\"\nmodel: Canon EOS R5\n---\n",
        "---\nprompt: {}\nmodel: Canon EOS R5\n---\n",
        "---\nprompt: [[], {}]\nmodel: Canon EOS R5\n---\n",
        "---\nprompt: [\"\", ' ']\nmodel: Canon EOS R5\n---\n",
        "---\n<<: *a\nmodel: a\n---\n",
        "---\ntitle: Herons: a study\nmodel: a\n---\n",
        "---\ntitle: Herons: a study, prompt: none\nmodel: a\n---\n",
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

#[test]
fn what_is_recognised_and_is_no_yaml_is_kept_whole_and_told() {
    for front in [
        "title: Herons: a study\nprompt: a heron\n",
        "prompt: [a heron], reeds\n",
        "prompt: @artist of herons\n",
        "prompt: \"a heron\n",
        "prompt: *other\n",
        "prompt: - a heron\n",
        "prompt: |\n    a heron\n  in reeds\n",
        "prompt: a heron # of mine\n  in reeds\n",
        "prompt: \"a heron\" in reeds\n",
        "license: mit\nbase_model: a: b\n",
        "title: Herons: a study\n\"prompt\": a heron\n",
        "title: Herons: a study\n'prompt': a heron\n",
        "title: Herons: a study\nprompt : a heron\n",
        "title: Herons: a study\n  prompt: a heron\n",
        "title: Herons: a study\n\tprompt: a heron\n",
        "title: Herons: a study\n? prompt\n: a: heron\nprompt:x\n",
        "title: Herons: a study\rprompt: a heron\r",
        "{title: [Herons, \"prompt\": a heron}\n",
        "\"license\" : mit\nbase_model : a: b\n",
    ] {
        let reading = read_bytes(format!("---\n{front}---\nwords").as_bytes());
        let all: Vec<_> = reading.found.iter().map(line).collect();
        assert_eq!(all, [format!("parameters: {front}")]);
        let [unreadable] = &reading.unreadable[..] else {
            panic!("{front}: {:?}", reading.unreadable);
        };
        assert_eq!(unreadable.field, "file front matter");
        assert!(
            unreadable.reason.starts_with("it is no YAML: "),
            "{}",
            unreadable.reason
        );
    }
}

#[test]
fn what_is_no_text_among_others_is_told() {
    for (front, read, names) in [
        (
            "license: mit\nbase_model: {a: b}\ndatasets:\n- name: a\n  type: b\n",
            &[][..],
            "base_model and datasets",
        ),
        (
            "license: mit\nbase_model: [reeds, {a: b}]\n",
            &["model: reeds"],
            "base_model",
        ),
        (
            "prompt: a heron\nmodel: [[reeds]]\n",
            &["prompt: a heron"],
            "model",
        ),
        (
            "prompt: !mine a heron\nmodel: reeds\n",
            &["model: reeds"],
            "prompt",
        ),
        (
            "model: reeds\nprompt: a heron\nmodel: {a: b}\n",
            &["prompt: a heron"],
            "model",
        ),
    ] {
        let reading = read_bytes(format!("---\n{front}---\nwords").as_bytes());
        let whole = format!("parameters: {front}");
        let all: Vec<_> = reading.found.iter().map(line).collect();
        assert_eq!(all, [read, &[whole.as_str()]].concat());
        let reasons: Vec<_> = reading
            .unreadable
            .iter()
            .map(|it| it.reason.as_str())
            .collect();
        assert_eq!(reasons, [format!("not all that {names} says is a text")]);
    }
    let many: String = (0..1_001).map(|at| format!("- reeds/{at}\n")).collect();
    let card = format!("---\nlicense: mit\ndatasets:\n{many}---\n");
    let reasons = read_bytes(card.as_bytes()).unreadable;
    assert!(
        reasons
            .iter()
            .any(|it| it.reason == "not all that datasets says is a text")
    );
    let long = format!("---\nprompt: {}\n---\n", "a".repeat(1 << 18));
    let reading = read_bytes(long.as_bytes());
    assert_eq!(told(&reading), [""; 0]);
    assert_eq!(
        reading.unreadable[0].reason,
        "it has more than 262144 bytes"
    );
}

#[test]
fn yaml_says_a_text_in_many_ways() {
    for (front, expected) in [
        (
            "prompt: !!str true\nmodel: ! 1.5\n",
            &["prompt: true", "model: 1.5"][..],
        ),
        (
            "style: &s oil\nprompt: a heron\nnegative_prompt: *s\n",
            &["prompt: a heron", "prompt role=negative: oil"],
        ),
        (
            "prompt: [a heron, a coot]\n",
            &["prompt: a heron", "prompt: a coot"],
        ),
        (
            "prompt: a heron\nmodel: [reeds, ]\n",
            &["prompt: a heron", "model: reeds"],
        ),
        ("license: mit\nbase_model:\n- reeds\n-\n", &["model: reeds"]),
        (
            "model: reeds\nprompt: a heron\nmodel: coot\n",
            &["prompt: a heron", "model: coot"],
        ),
        (
            "model: reeds\nprompt: a heron\nmodel: null\n",
            &["prompt: a heron"],
        ),
        (
            "prompt: a heron\nmodel: 2026-11-30\n",
            &["prompt: a heron", "model: 2026-11-30"],
        ),
        (
            "{prompt: a heron, model: reeds}\n",
            &["prompt: a heron", "model: reeds"],
        ),
    ] {
        for end in ["---", "..."] {
            let reading = read_bytes(format!("---\n{front}{end}\nwords").as_bytes());
            let whole = format!("parameters: {front}");
            let all: Vec<_> = reading.found.iter().map(line).collect();
            assert_eq!(all, [expected, &[whole.as_str()]].concat());
            assert_eq!(reading.unreadable, [], "{front}");
        }
    }
}

#[test]
fn settings_that_merge_others_or_are_a_list_are_kept_whole_and_told() {
    let merged = "what is merged into it by << is not read";
    for (front, read, reason) in [
        (
            "base: &b\n  prompt: a heron\n<<: *b\nmodel: reeds\n",
            &[][..],
            merged,
        ),
        (
            "base: &b\n  model: reeds\n<<: *b\nprompt: a heron\n",
            &["prompt: a heron"],
            merged,
        ),
        ("<<: {prompt: a heron}\nmodel: reeds\n", &[], merged),
        ("a: &a {b: c, 'prompt': a heron}\n<<: [*a]\n", &[], merged),
        (
            "- prompt: a heron\n- model: reeds\n",
            &[],
            "it is no list of names",
        ),
    ] {
        let reading = read_bytes(format!("---\n{front}---\nwords").as_bytes());
        let whole = format!("parameters: {front}");
        let all: Vec<_> = reading.found.iter().map(line).collect();
        assert_eq!(all, [read, &[whole.as_str()]].concat());
        let reasons: Vec<_> = reading
            .unreadable
            .iter()
            .map(|it| it.reason.as_str())
            .collect();
        assert_eq!(reasons, [reason]);
    }
}

#[test]
fn lines_may_end_as_they_do_anywhere_and_tabs_stand_behind_names() {
    for end in ["\n", "\r\n", "\r"] {
        let front = format!("prompt:\ta heron{end}model: reeds{end}");
        let reading = read_bytes(format!("---\t{end}{front}---{end}words").as_bytes());
        let all: Vec<_> = reading.found.iter().map(line).collect();
        let whole = format!("parameters: {front}");
        assert_eq!(all, ["prompt: a heron", "model: reeds", &whole], "{end:?}");
        assert_eq!(reading.unreadable, []);
    }
}

#[test]
fn settings_before_a_text_are_no_text_of_a_program_and_say_nothing_of_a_picture_beside_it() {
    let saved = "a heron\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Seed: 1";
    let post = format!("---\nprompt: a coot\nmodel: reeds\n---\nHow I made it.\n\n{saved}");
    assert_eq!(
        told(&read_bytes(post.as_bytes()))[..2],
        [
            "prompt: a coot < file front matter",
            "model: reeds < file front matter"
        ]
    );
    let beside = |text: &str| {
        let bytes = text.as_bytes();
        let name = "heron.txt";
        let reading = read_with(&mut Cursor::new(picture(&[])), &[Sidecar { name, bytes }]);
        told(&reading)
    };
    let card = "---\nlicense: mit\nbase_model: reeds\n---\n";
    assert_eq!([beside(&post), beside(card)], [[""; 0]; 2]);
    assert_eq!(beside(saved)[0], "prompt: a heron < sidecar heron.txt text");
}
