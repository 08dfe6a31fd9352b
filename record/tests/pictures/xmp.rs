//! XMP in every kind of file, and what IPTC's properties say.

use super::common::{program, steps};
use super::jpeg::jpeg;
use super::{SAID, TEXT, fixture, inspect, places, read, unreadable};

const NAMESPACES: &str = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
    xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:own='urn:own'";

fn with(packet: &str) -> Vec<u8> {
    let segment = [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat();
    jpeg(&[(0xe1, &segment)])
}

/// A packet with these properties.
fn of(properties: &str) -> Vec<u8> {
    with(&format!(
        "<x:xmpmeta><rdf:RDF {NAMESPACES}><rdf:Description>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ))
}

const SOURCE: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

#[test]
fn properties_of_iptc_are_read_in_every_carrier() {
    for kind in ["jpg", "webp", "avif", "png"] {
        let bytes = fixture(&format!("pictures/iptc.{kind}"));
        let reading = read(&bytes);
        let expected = [
            "prompt: a heron & reeds",
            &format!("parameters: {SOURCE}"),
            "tool: Reed Painter 2",
        ];
        assert_eq!(steps(&reading), expected, "{kind}");
        assert_eq!(program(&reading).as_deref(), Some("Reed Painter 2"));
        assert_eq!(unreadable(&reading), [""; 0]);
        assert_eq!(
            places(&bytes),
            [
                "XMP Iptc4xmpExt:DigitalSourceType",
                "XMP Iptc4xmpExt:AIPromptInformation",
                "XMP Iptc4xmpExt:AISystemUsed",
                "XMP Iptc4xmpExt:AISystemVersionUsed",
                "XMP Iptc4xmpExt:AIPromptWriterName",
                "XMP dc:subject",
                "XMP dc:subject",
            ]
        );
        let ai = inspect(&bytes).ai;
        assert_eq!((ai.marked, ai.by), (true, vec!["metadata", "xmp"]));
        assert_eq!(ai.source_type.as_deref(), Some(SOURCE));
    }
}

#[test]
fn only_source_types_that_mean_ai_mark_a_picture() {
    for (name, marked) in [
        ("trainedAlgorithmicMedia", true),
        ("compositeWithTrainedAlgorithmicMedia", true),
        ("compositeSynthetic", true),
        ("algorithmicMedia", false),
        ("algorithmicallyEnhanced", false),
        ("digitalCapture", false),
        ("humanEdits", false),
    ] {
        let uri = format!("http://cv.iptc.org/newscodes/digitalsourcetype/{name}");
        let bytes = of(&format!("<i:DigitalSourceType rdf:resource='{uri}'/>"));
        let inspection = inspect(&bytes);
        let by: &[&str] = if marked { &["xmp"] } else { &[] };
        assert_eq!(
            (inspection.ai.marked, &inspection.ai.by[..]),
            (marked, by),
            "{name}"
        );
        assert_eq!(inspection.ai.source_type, Some(uri.clone()));
        let said = steps(&read(&bytes));
        let expected = marked.then(|| format!("parameters: {uri}"));
        assert_eq!(said, expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn text_is_read_from_elements_lists_and_attributes() {
    let text = TEXT.replace('\n', "&#xA;");
    for properties in [
        format!("<dc:description>{TEXT}</dc:description>"),
        format!("<dc:description><![CDATA[{TEXT}]]></dc:description>"),
        format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{text}</rdf:li></rdf:Alt></dc:description>"
        ),
        format!("<rdf:Description dc:description='{text}'/>"),
        format!("<own:parameters>{TEXT}</own:parameters>"),
        format!("<p:parameters>{TEXT}</p:parameters>"),
    ] {
        assert_eq!(steps(&read(&of(&properties))), SAID, "{properties}");
    }
}

#[test]
fn property_within_another_is_named_by_both() {
    let bytes = of(
        "<i:A><rdf:Seq><rdf:li rdf:parseType='Resource'><i:B own:c='1'>b</i:B></rdf:li></rdf:Seq></i:A>",
    );
    assert_eq!(
        places(&bytes),
        [
            "XMP Iptc4xmpExt:A/Iptc4xmpExt:B/own:c",
            "XMP Iptc4xmpExt:A/Iptc4xmpExt:B"
        ]
    );
}

#[test]
fn entities_are_not_replaced() {
    let bomb = "<!DOCTYPE x [<!ENTITY a 'boom'><!ENTITY b SYSTEM 'file:///etc/hostname'>]>";
    let packet = format!(
        "{bomb}<rdf:RDF {NAMESPACES}><i:AIPromptInformation>&a; &b; &lt;&#233;</i:AIPromptInformation></rdf:RDF>"
    );
    assert_eq!(steps(&read(&with(&packet))), ["prompt: &a; &b; <é"]);
}

#[test]
fn what_stands_outside_of_rdf_is_no_property() {
    let bytes = with("<x:xmpmeta x:xmptk='k'><a b='c'>d</a></x:xmpmeta>");
    assert_eq!(places(&bytes), [""; 0]);
}

#[test]
fn what_stands_before_a_break_is_read_and_the_break_told() {
    let packet =
        "<rdf:RDF><Iptc4xmpExt:AIPromptInformation>a heron</Iptc4xmpExt:AIPromptInformation><dc:ti";
    let reading = read(&with(packet));
    assert_eq!(steps(&reading), ["prompt: a heron"]);
    assert_eq!(reading.unreadable.len(), 1);
    assert_eq!(reading.unreadable[0].field, "XMP packet");
}

#[test]
fn properties_without_number_are_left_out_and_told() {
    let reading = read(&fixture_of_many());
    assert_eq!(reading.unreadable.len(), 1);
    assert_eq!(places(&fixture_of_many()).len(), 2_000);
}

fn fixture_of_many() -> Vec<u8> {
    of(&"<dc:a>b</dc:a>".repeat(3_000))
}

#[test]
fn of_alternatives_in_languages_one_is_read_and_the_others_are_disclosed() {
    let item =
        |language: &str, text: &str| format!("<rdf:li xml:lang='{language}'>{text}</rdf:li>");
    let settings = "Steps: 20, Sampler: Euler, Model: reeds";
    let [own, other] = ["a heron\nNegative prompt: blurry", "ein Reiher"]
        .map(|text| format!("{text}\n{settings}"));
    for (items, expected) in [
        ([item("x-default", &own), item("de", &other)], ["", "[de]"]),
        ([item("en", &own), item("de", &other)], ["", "[de]"]),
        ([item("de", &other), item("x-default", &own)], ["[de]", ""]),
        ([item("x-default", " "), item("en", &own)], ["", ""]),
    ] {
        let bytes = of(&format!(
            "<dc:description><rdf:Alt>{}</rdf:Alt></dc:description><dc:title>a</dc:title>",
            items.concat()
        ));
        assert_eq!(steps(&read(&bytes)), SAID, "{items:?}");
        let mut names: Vec<_> = expected
            .map(|name| format!("XMP dc:description{name}"))
            .to_vec();
        names.push("XMP dc:title".to_owned());
        // One that says nothing is no field.
        names.dedup();
        assert_eq!(places(&bytes), names);
    }
    // Lists that are no alternatives keep all.
    let bag = "<dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:subject>";
    let alt = "<dc:rights><rdf:Alt><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Alt></dc:rights>";
    assert_eq!(
        places(&of(&[bag, alt, bag].concat())),
        [
            "XMP dc:subject",
            "XMP dc:subject",
            "XMP dc:rights",
            "XMP dc:rights[2]",
            "XMP dc:subject",
            "XMP dc:subject",
        ]
    );
}
