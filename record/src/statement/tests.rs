use super::*;
use crate::Salts;
use crate::cid::Hasher;
use crate::reading::Reading;
use alloy_primitives::Address;

fn whole() -> Value {
    let mut reading = Reading::default();
    let field = crate::field::Field {
        place: "PNG tEXt".into(),
        name: "parameters".to_owned(),
        text: "a duck".to_owned(),
    };
    reading.negative("rain", &field);
    let mut hasher = Hasher::default();
    hasher.update(b"the file");
    let record = Record::new(
        "duck.png".to_owned(),
        &hasher.finish(),
        &reading,
        Address::repeat_byte(1),
        &mut Salts::Repeatable(0),
    );
    let statement = record.and_then(|record| record.to_statement());
    serde_json::from_slice(&statement.expect("a statement")).expect("JSON")
}

fn against(text: &str) -> String {
    let read = Record::from_statement(text.as_bytes());
    format!("{:#}", read.expect_err("it is refused"))
}

/// Each of these would be seen in the record by one who reads it, and no hash is of it.
#[test]
fn what_no_hash_vouches_for_is_refused() {
    let output = "/predicate/steps/1";
    for (within, member, wrong, place) in [
        ("", "signed", json!(true), "signed"),
        ("/predicate", "note", json!(null), "predicate/note"),
        ("/predicate", "generator", json!(7), "predicate/generator"),
        (
            "/predicate/steps/0",
            "by",
            json!("bob"),
            "predicate/steps/0/by",
        ),
        (
            output,
            "content",
            json!(["a duck"]),
            "predicate/steps/1/content",
        ),
        (output, "content", json!(7), "predicate/steps/1/content"),
        (output, "meta", json!("by hand"), "predicate/steps/1/meta"),
        (output, "meta", json!(null), "predicate/steps/1/meta"),
        (
            "/subject/0",
            "digest",
            json!({ "sha256": whole()["subject"][0]["digest"]["sha256"], "md5": "0" }),
            "subject/0/digest/md5",
        ),
        (
            "",
            "subject",
            json!([whole()["subject"][0], { "name": "swan.png" }]),
            "subject/1",
        ),
    ] {
        let mut altered = whole();
        altered.pointer_mut(within).expect("a value")[member] = wrong;
        assert_eq!(
            against(&altered.to_string()),
            format!("its {place} is not what a record has there")
        );
    }
    for within in [output, "/predicate"] {
        let mut altered = whole();
        let members = altered.pointer_mut(within).and_then(Value::as_object_mut);
        let member = if within == output {
            "content"
        } else {
            "generator"
        };
        members
            .expect("an object")
            .remove(member)
            .expect("a member");
        assert_eq!(
            against(&altered.to_string()),
            format!(
                "its {}/{member} is not what a record has there",
                &within[1..]
            )
        );
    }
}

#[test]
fn member_that_stands_twice_is_refused() {
    let text = whole().to_string();
    for (before, twice) in [
        (
            "{\"content\":\"rain\"",
            "{\"content\":\"sun\",\"content\":\"rain\"",
        ),
        (
            "{\"content\":\"rain\"",
            "{\"c\\u006fntent\":\"sun\",\"content\":\"rain\"",
        ),
        ("{\"role\"", "{\"role\":\"style\",\"role\""),
    ] {
        assert!(text.contains(before), "{text}");
        let altered = text.replacen(before, twice, 1);
        assert_eq!(against(&altered), "a member stands in it twice");
    }
}

/// The hash of the file stands in no leaf but that of the output: without it, a record would be one of whatever file it names.
#[test]
fn record_whose_last_step_is_not_the_file_is_refused() {
    let read = |value: &Value| Record::from_statement(value.to_string().as_bytes());
    let record = read(&whole()).expect("a record");
    let says = |steps: Vec<RecordedStep>| {
        let record = Record {
            steps,
            ..record.clone()
        };
        against(&encode(&record).to_string())
    };
    let [prompt, output] = [0, 1].map(|at| record.steps[at].clone());
    let mut other = output.clone();
    other.kind = StepKind::Prompt;
    for steps in [
        vec![],
        vec![prompt.clone()],
        vec![output, prompt.clone()],
        vec![prompt, other],
    ] {
        assert_eq!(says(steps), "its last step is not the file");
    }
}

/// People print JSON as they like to read it: neither spaces nor order say anything.
#[test]
fn record_may_be_laid_out_otherwise() {
    let pretty = serde_json::to_string_pretty(&whole()).expect("JSON");
    let record = Record::from_statement(pretty.as_bytes()).expect("a record");
    assert_eq!(encode(&record), whole());
}
