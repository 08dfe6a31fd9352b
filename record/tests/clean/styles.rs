//! Comments in style sheets of an SVG.

use super::common::inspected;
use super::copy;

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
    ] {
        let whole = drawing(styles);
        assert_eq!(inspected("a.svg", whole.as_bytes(), &[]).discloses, []);
        assert_eq!(copy(whole.as_bytes()), whole.as_bytes(), "{styles}");
    }
}
