//! SVGs: what is drawn by the spaces of names, and what is said in attributes.

use super::{cleaned, copy};
use record::clean::Uncleanable;

const SPACE: &str = "http://www.w3.org/2000/svg";

fn clean(whole: &str) -> String {
    String::from_utf8(copy(whole.as_bytes())).expect("a text")
}

#[test]
fn elements_go_by_their_space_of_names_and_not_by_their_prefix() {
    let drawing = |told: &str| {
        format!(
            "<svg xmlns='{SPACE}' xmlns:a=\"{SPACE}\"><path d=\"M0 0\"/>{told}<a:g><path/></a:g>\
             <foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject></svg>"
        )
    };
    for told in [
        "<note xmlns=\"urn:editor\">a duck<path/></note>",
        "<note xmlns=\"urn:editor\"/>",
        "<RDF xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><Description about=\"a duck\"/></RDF>",
        "<none xmlns=\"\">a duck</none>",
        "<svg:note xmlns:svg=\"urn:editor\">a duck</svg:note>",
        "<a:note xmlns:a=\"urn:editor\"><b xmlns:a=\"urn:other\"/></a:note>",
    ] {
        assert_eq!(clean(&drawing(told)), drawing(""), "{told}");
    }
    // What is drawn stands in no other, since that goes as a whole.
    let within = format!("<note xmlns=\"urn:editor\"><g xmlns=\"{SPACE}\">a duck</g></note>");
    assert_eq!(clean(&drawing(&within)), drawing(""));
    let other = cleaned(b"<svg xmlns=\"urn:editor\"><path/></svg>");
    assert!(matches!(other, Err(Uncleanable::Broken(_))), "{other:?}");
    let many = (0..300).map(|at| format!(" xmlns:a{at}=\"{SPACE}\""));
    let many = cleaned(format!("<svg{}/>", many.collect::<String>()).as_bytes());
    assert!(matches!(many, Err(Uncleanable::Broken(_))), "{many:?}");
}

#[test]
fn labels_titles_and_bases_go() {
    let drawing = |said: [&str; 3]| {
        let [root, group, link] = said;
        format!(
            "<svg xmlns=\"{SPACE}\" xmlns:l=\"http://www.w3.org/1999/xlink\"{root}><style title=\"a\">g {{}}</style>\
             <g aria-hidden=\"true\" id=\"b\"{group}><a l:href=\"#b\"{link}/></g></svg>"
        )
    };
    let said = drawing([
        " aria-label=\"a duck\" xml:base='file:///home/duck/'",
        " title=\"a duck\" aria-description=\"a > duck\" aria-roledescription=\"a duck\"",
        " l:title=\"a duck\"",
    ]);
    assert_eq!(clean(&said), drawing([""; 3]));
    let (_, gone) = cleaned(said.as_bytes()).expect("a copy");
    assert_eq!(
        gone.removed,
        [
            "SVG aria-label",
            "SVG xml:base",
            "SVG title",
            "SVG aria-description",
            "SVG aria-roledescription",
            "SVG l:title"
        ]
    );
}

#[test]
fn svg_is_cleaned_by_whatever_prefix() {
    let drawing =
        |told: &str| format!("<s:svg xmlns:s=\"{SPACE}\"{told}<s:path d=\"M0 0\"/></s:svg>");
    let told = " content=\"&lt;mxfile/&gt;\"><s:title>a duck</s:title><!-- a duck -->";
    assert_eq!(clean(&drawing(told)), drawing(">"));
    let (_, gone) = cleaned(drawing(told).as_bytes()).expect("a copy");
    assert_eq!(gone.removed, ["SVG title", "SVG Comment", "SVG content"]);
}

#[test]
fn svg_of_letters_of_two_bytes_stays_so() {
    let drawing = |told: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><svg xmlns=\"{SPACE}\">{told}<text>\u{1f986} é</text></svg>"
        )
    };
    let little = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
    };
    let big = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<_>>()
    };
    let told = "<title>\u{1f986} a duck</title>";
    for mark in ["\u{feff}", ""] {
        let (whole, plain) = (drawing(told), drawing(""));
        let [whole, plain] = [whole, plain].map(|text| format!("{mark}{text}"));
        for (whole, plain) in [(little(&whole), little(&plain)), (big(&whole), big(&plain))] {
            let (_, gone) = cleaned(&whole).expect("a copy");
            assert_eq!(
                (copy(&whole), gone.removed),
                (plain, vec!["SVG title".to_owned()])
            );
        }
    }
    let mut half = little(&format!("\u{feff}{}", drawing("")));
    half.push(0);
    let refused = cleaned(&half);
    assert!(
        matches!(refused, Err(Uncleanable::Broken(_))),
        "{refused:?}"
    );
}
