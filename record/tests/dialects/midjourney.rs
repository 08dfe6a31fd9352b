//! What Midjourney writes.

use crate::common::{finds, generator, program, read};
use record::Reading;

const JOB: &str = "Job ID: 1b2c3d4e-0000-1111-2222-33445566ffAA";

/// Asserts the prompt, the negatives and the model of a description.
fn says(typed: &str, found: &[(&str, &str, &str)]) {
    let text = format!("{typed} {JOB}");
    let reading = read(&[("Author", "heron"), ("Description", &text)]);
    assert_eq!(generator(&reading), "Midjourney", "{typed}");
    let rest = [
        ("parameters", text.as_str(), ""),
        ("tool", "Midjourney", ""),
    ];
    finds(&reading, &[found, &rest].concat());
}

#[test]
fn prompt_ends_where_the_parameters_begin() {
    says(
        "a heron, reeds --ar 3:2 --no mud, people --sref https://a.b/--c 5 --v 6.1",
        &[
            ("prompt", "a heron, reeds", ""),
            ("prompt", "mud, people", "negative"),
            ("model", "Midjourney v6.1", ""),
        ],
    );
    says(
        "a heron\n--niji 6",
        &[("prompt", "a heron", ""), ("model", "niji 6", "")],
    );
    says("--v 5.2", &[("model", "Midjourney v5.2", "")]);
}

#[test]
fn prompt_is_kept_as_typed() {
    let typed = "https://a.b/c--ar.png a well--known heron -- red::2 blue::-0.5 é";
    says(&format!("{typed} --s 50"), &[("prompt", typed, "")]);
    says(typed, &[("prompt", typed, "")]);
}

#[test]
fn dash_of_a_phone_begins_a_parameter_only_before_its_name() {
    says(
        "a heron —as if red —ar 3:2 —v 6",
        &[
            ("prompt", "a heron —as if red", ""),
            ("model", "Midjourney v6", ""),
        ],
    );
    says("a heron —variants", &[("prompt", "a heron —variants", "")]);
}

#[test]
fn version_that_is_not_sure_is_no_model() {
    for typed in [
        "a heron --v",
        "a heron --niji",
        "a heron --v 5 --niji 6",
        "a heron --v é",
    ] {
        says(typed, &[("prompt", "a heron", "")]);
    }
    says(
        "a heron --v 6 --v 6",
        &[("prompt", "a heron", ""), ("model", "Midjourney v6", "")],
    );
}

#[test]
fn text_that_does_not_end_with_a_job_says_nothing() {
    for text in [
        "a heron --v 6",
        "a heron --v 6 Job ID: 5",
        "a heron --v 6 Job ID: 1b2c3d4e-0000-1111-2222-33445566ffAA and more",
        "a heron Job ID: 1b2c3d4e-0000-1111-2222-33445566ffAé",
        "Job ID:",
    ] {
        assert_eq!(read(&[("Description", text)]), Reading::default(), "{text}");
    }
}

#[test]
fn many_dashes_are_no_burden() {
    let number = |at: usize| format!("--no {at} —é ");
    let typed: String = (0..100_000).map(number).collect();
    let text = format!("{typed}--v 6 {JOB}");
    let reading = read(&[("Description", &text)]);
    // A thousand that are not wanted, the model, the text, the tool: nothing behind the thousand is overlooked.
    assert_eq!(reading.found.len(), 1_003);
    assert_eq!(reading.found[1_000].content, "Midjourney v6");
    assert!(reading.unreadable.is_empty());
}

#[test]
fn a_job_is_midjourneys_where_more_than_its_id_says_so() {
    let text = format!("print of a heron {JOB}");
    let description = ("Description", text.as_str());
    let guid = "1b2c3d4e-0000-1111-2222-33445566ffAA";
    let uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    let xmp = format!(
        "<rdf:RDF><rdf:Description><Iptc4xmpExt:DigImageGUID>{guid}</Iptc4xmpExt:DigImageGUID><Iptc4xmpExt:DigitalSourceType>{uri}</Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF>"
    );
    let packet = ("XML:com.adobe.xmp", xmp.as_str());
    for (sure, more) in [(("Author", "heron"), None), (packet, Some(uri))] {
        let more = more.map(|text| ("parameters", text, ""));
        let mut steps = vec![
            ("prompt", "print of a heron", ""),
            ("parameters", &text, ""),
        ];
        steps.extend(more);
        steps.push(("tool", "Midjourney", ""));
        finds(&read(&[description, sure]), &steps);
    }
    let other = xmp.replace(guid, "another");
    let taken = xmp.replace("trainedAlgorithmicMedia", "digitalCapture");
    for unsure in [
        &[description][..],
        &[description, ("XML:com.adobe.xmp", &other)],
        &[description, ("XML:com.adobe.xmp", &taken)],
    ] {
        assert_eq!(program(&read(unsure)), None);
    }
    for unknown in ["--size A4", "--vertical 5", "—size"] {
        let text = format!("a heron {unknown} {JOB}");
        assert_eq!(read(&[("Description", &text)]), Reading::default());
    }
}
