//! Comments in style sheets of an SVG.

use super::common::inspected;
use super::{cleaned, copy};
use record::clean::Uncleanable;

fn drawing(styles: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><style>{styles}</style><path/></svg>")
}

#[test]
fn comments_in_styles_are_disclosed_and_become_empty() {
    for (told, clean) in [
        ("/* a duck */path{}/*duck*/", "/**/path{}/**/"),
        (
            "<![CDATA[/* a > duck **/path{}]]>",
            "<![CDATA[/**/path{}]]>",
        ),
        ("/* a &amp; duck */g{}", "/**/g{}"),
        ("/* a *<![CDATA[/g{}/*duck*/]]>", "/**<![CDATA[/g{}/**/]]>"),
        ("a{b:url( a )}/*duck*/", "a{b:url( a )}/**/"),
        ("a{b:url('/*')}/*duck*/'/*'", "a{b:url('/*')}/**/'/*'"),
        ("a{b:url()}/*duck*/", "a{b:url()}/**/"),
        ("a{b:'\\'/*'}/*duck*/", "a{b:'\\'/*'}/**/"),
        ("a{b:'\r/*duck*/'}", "a{b:'\r/**/'}"),
        ("a{b:'c\\\r\n'}/*duck*/", "a{b:'c\\\r\n'}/**/"),
        ("/*/ duck */g{}", "/**/g{}"),
        ("/* duck", "/*"),
    ] {
        let inspection = inspected("a.svg", drawing(told).as_bytes(), &[]);
        let places: Vec<_> = inspection.discloses.iter().map(|it| &*it.place).collect();
        assert_eq!(places, ["SVG comment in styles"], "{told}");
        let copy = copy(drawing(told).as_bytes());
        assert_eq!(String::from_utf8(copy).expect("a text"), drawing(clean));
    }
}

#[test]
fn what_is_no_comment_of_styles_stays() {
    for styles in [
        "a{b:url(/*a*/)}",
        "a{b:URL( c/*d*/e )}",
        "a{b:\"/* a */\"}",
        "a{b:\\/* a */}",
        "a / * b * / c",
        "/**/a{}",
        "<![CDATA[a > b{}]]>",
        "a{b:'c\\\r\n/*d*/'}",
        "a{b:'c\\\r/*d*/'}",
    ] {
        let whole = drawing(styles);
        assert_eq!(inspected("a.svg", whole.as_bytes(), &[]).discloses, []);
        assert_eq!(copy(whole.as_bytes()), whole.as_bytes(), "{styles}");
    }
}

#[test]
fn comments_that_names_and_numbers_may_end_are_refused() {
    for (entity, styles) in [
        ("*/ a{} /*", "/* a &e; b */"),
        ("*", "/* a &e;/ b{}"),
        ("", "/* a &#42;/ b{}"),
    ] {
        let whole = format!(
            "<!DOCTYPE svg [<!ENTITY e \"{entity}\">]>{}",
            drawing(styles)
        );
        let refused = cleaned(whole.as_bytes());
        assert!(
            matches!(refused, Err(Uncleanable::Kind(words)) if words.contains("star")),
            "{styles} {refused:?}"
        );
    }
}
