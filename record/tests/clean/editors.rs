//! What editors and people write into an SVG: what is disclosed of it is what a clean copy has not.

use super::common::inspected;
use super::{cleaned, copy};
use record::clean::Uncleanable;

const SPACE: &str = "http://www.w3.org/2000/svg";

fn places(whole: &str) -> Vec<String> {
    let inspection = inspected("a.svg", whole.as_bytes(), &[]);
    assert_eq!(inspection.unreadable, []);
    inspection
        .discloses
        .into_iter()
        .map(|it| it.place)
        .collect()
}

fn clean(whole: &str) -> String {
    String::from_utf8(copy(whole.as_bytes())).expect("a text")
}

#[test]
fn what_editors_write_into_attributes_and_elements_is_disclosed_and_goes() {
    let drawing = |root: &str, shape: &str, told: &str| {
        format!("<svg xmlns=\"{SPACE}\"{root}><path d=\"M0 0\"{shape}/>{told}</svg>")
    };
    let inkscape = " xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"";
    let html = "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">";
    for (root, shape, told, place) in [
        (
            format!("{inkscape} inkscape:export-filename=\"C:\\Users\\duck\\a.png\"").as_str(),
            "",
            "",
            "inkscape:export-filename",
        ),
        (inkscape, " inkscape:label=\"a duck\"", "", "inkscape:label"),
        ("", " aria-label=\"a duck\"", "", "aria-label"),
        ("", " aria-braillelabel=\"a duck\"", "", "aria-braillelabel"),
        ("", " title='a duck'", "", "title"),
        (" xml:base=\"file:///home/duck/\"", "", "", "xml:base"),
        (" content=\"&lt;mxfile/&gt;\"", "", "", "content"),
        (
            " xmlns:serif=\"http://www.serif.com/\"",
            " serif:id=\"a duck\"",
            "",
            "serif:id",
        ),
        ("", "", "<i:pgf xmlns:i=\"urn:i\">a duck</i:pgf>", "i:pgf"),
        ("", "", "<note xmlns=\"urn:i\" of=\"a duck\"/>", "note"),
        (
            "",
            "",
            "<metadata><a of=\"a duck\"/></metadata>",
            "metadata",
        ),
        // A space that begins as one that is drawn.
        (
            " xmlns:x=\"http://www.w3.org/1999/xhtml-duck\"",
            " x:note=\"a duck\"",
            "",
            "x:note",
        ),
    ] {
        let whole = drawing(root, shape, told);
        let place = format!("SVG {place}");
        assert_eq!(places(&whole), [place.as_str()], "{whole}");
        let (_, gone) = cleaned(whole.as_bytes()).expect("a copy");
        assert_eq!(gone.removed, [place]);
        assert_eq!(clean(&whole), drawing("", "", ""));
    }
    let page = |told: [&str; 2]| {
        let [image, meta] = told;
        format!(
            "<svg xmlns=\"{SPACE}\">{html}<img{image} src=\"a\"/>{meta}</p></foreignObject></svg>"
        )
    };
    let whole = page([
        " alt=\"a duck\"",
        "<meta name=\"author\" content=\"a duck\"/>",
    ]);
    assert_eq!(places(&whole), ["SVG alt", "SVG meta"]);
    assert_eq!(clean(&whole), page(["", ""]));
    let whole = page([
        "",
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><annotation-xml>a duck</annotation-xml></math>",
    ]);
    assert_eq!(places(&whole), ["SVG annotation-xml"]);
}

#[test]
fn what_stands_outside_of_the_picture_is_disclosed_and_goes() {
    let drawing = format!("<svg xmlns=\"{SPACE}\"><path/></svg>");
    let told = format!("{drawing}<?note a duck?>\na duck");
    assert_eq!(
        places(&told),
        ["SVG instruction", "SVG text outside of the picture"]
    );
    assert_eq!(clean(&told), drawing);
    let drawing = |told: &str| {
        let drawn = "<text>a<tspan>b</tspan></text><a>c</a><foreignObject>d</foreignObject>";
        let bare = ["path", "switch", "set", "feBlend", "animateMotion"];
        let bare = bare.map(|name| format!("<{name}>{told}</{name}>")).concat();
        format!("<svg xmlns=\"{SPACE}\">{told}<g>{told}{bare}{drawn}</g></svg>")
    };
    for told in ["a duck", "<![CDATA[a duck]]>", "&lt;"] {
        let told = drawing(told);
        assert_eq!(
            places(&told),
            ["SVG text outside of the picture"; 1],
            "{told}"
        );
        assert_eq!(clean(&told), drawing(""));
    }
    // What is named goes with what names it.
    for (told, clean) in [
        ("<g>&a;</g>", "<g></g>"),
        ("<style>/* &a; */</style>", "<style>/**/</style>"),
    ] {
        let begin = "<!DOCTYPE svg";
        let whole = format!("{begin} [<!ENTITY a 'a duck'>]><svg xmlns=\"{SPACE}\">{told}</svg>");
        let plain = format!("{begin}><svg xmlns=\"{SPACE}\">{clean}</svg>");
        assert_eq!(self::clean(&whole), plain);
    }
    assert_eq!(clean(&drawing("\n ")), drawing("\n "));
}

#[test]
fn type_of_document_keeps_standards_and_texts_that_are_used() {
    let drawing = |kind: &str| {
        format!("<!DOCTYPE svg{kind}><svg xmlns=\"{SPACE}\"><text>&used;</text></svg>")
    };
    let standard =
        " PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"";
    let used = "<!ENTITY used \"a > coot\">";
    let clean = drawing(&format!("{standard} [{used}]"));
    assert_eq!(
        (places(&clean), self::clean(&clean)),
        (vec![], clean.clone())
    );
    for (kind, plain) in [
        (
            format!("{standard} [{used}<!ENTITY author 'a duck'>]"),
            clean.as_str(),
        ),
        (
            format!("{standard} [<?note a duck?>{used}<!-- a > duck -->]"),
            &clean,
        ),
        (
            format!(" SYSTEM 'file:///home/duck/a.dtd' [{used}]"),
            &drawing(&format!(" [{used}]")),
        ),
        (format!("{standard} [<?note a duck?>]"), &drawing(standard)),
    ] {
        let whole = drawing(&kind);
        assert_eq!(places(&whole), ["SVG DOCTYPE"], "{whole}");
        assert_eq!(self::clean(&whole), plain);
        let (_, gone) = cleaned(whole.as_bytes()).expect("a copy");
        assert_eq!(gone.removed, ["SVG DOCTYPE"]);
    }
}

#[test]
fn what_goes_leaves_its_place_where_styles_may_choose_by_it() {
    let style = "<style>path:nth-child(3) {}</style>";
    for (told, empty) in [
        ("<title id=\"a\">a <b>duck</b></title>", "<title></title>"),
        ("<desc id=\"a\"/>", "<desc/>"),
        (
            "<i:note xmlns:i=\"urn:i\" of=\"a duck\">a duck</i:note>",
            "<i:note xmlns:i=\"urn:i\"></i:note>",
        ),
    ] {
        let drawing = |told: &str| format!("<svg xmlns=\"{SPACE}\">{style}{told}<path/></svg>");
        assert_eq!(clean(&drawing(told)), drawing(empty));
        assert_eq!(places(&drawing(empty)), [""; 0]);
        // Without styles nothing is chosen.
        let plain = |told: &str| format!("<svg xmlns=\"{SPACE}\">{told}<path/></svg>");
        assert_eq!(clean(&plain(told)), plain(""));
    }
    let chosen = format!(
        "<svg xmlns=\"{SPACE}\"><style>path[ aria-label='a' ] {{}}</style><path aria-label=\"a\"/></svg>"
    );
    let refused = cleaned(chosen.as_bytes());
    assert!(
        matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("styles that choose")),
        "{refused:?}"
    );
}

#[test]
fn attributes_that_are_none_are_refused() {
    for tag in [
        "<path hidden title=\"a duck\"/>",
        "<path a=b title=\"a duck\"/>",
        "<path title=\"a duck\" hidden/>",
        "<path a = \"b\" title/>",
    ] {
        let refused = cleaned(format!("<svg xmlns=\"{SPACE}\">{tag}</svg>").as_bytes());
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{tag} {refused:?}"
        );
    }
}
