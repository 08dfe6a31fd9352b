//! SVGs in which other files stand as addresses.

use super::{cleaned, copy};
use record::clean::Uncleanable;

fn drawing(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:l=\"http://www.w3.org/1999/xlink\">{inside}<path/></svg>"
    )
}

#[test]
fn pictures_within_an_svg_are_refused_however_they_are_addressed() {
    for address in [
        "data:image/png;base64,iVBOR",
        "DATA:IMAGE/PNG;base64,iVBOR",
        "data:img/png;base64,iVBOR",
        "data:&#10;image/png;base64,iVBOR",
        "da&#x9;ta&#58;image/png;base64,iVBOR",
        " data: image/png;base64,iVBOR",
        "data:%69mage/png;base64,iVBOR",
        "data:application/octet-stream;base64,iVBOR",
        "data:;base64,iVBOR",
        "data:,a duck",
        // A picture that says to be a font.
        "data:font/woff2;base64,iVBOR",
        "data:font/woff2,d09GMg",
        "data:text/css,a",
    ] {
        for inside in [
            format!("<image l:href=\"{address}\"/>"),
            format!("<image href='{address}'/>"),
            format!("<g style=\"fill: url( '{address}' )\"/>"),
            format!("<style>g {{ fill: url({address}) }}</style>"),
            format!("<set attributeName=\"href\" values=\"#a; {address}\"/>"),
        ] {
            let refused = cleaned(drawing(&inside).as_bytes());
            assert!(
                matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("of other kinds")),
                "{inside} {refused:?}"
            );
        }
    }
    for inside in [
        "<style>g { fill: url(\\64 ata:image/png,a) }</style>",
        "<style>@import 'da<!-- -->ta:image/png,a'</style>",
        "<style><![CDATA[@import \"data:image/png,a\"]]></style>",
        "<script>draw('data:image/png,a')</script>",
    ] {
        let refused = cleaned(drawing(inside).as_bytes());
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("of other kinds")),
            "{inside} {refused:?}"
        );
    }
}

#[test]
fn pictures_that_are_addressed_by_names_of_texts_are_refused() {
    let named = |declared: &str, inside: &str| {
        let whole = format!("<!DOCTYPE svg [{declared}]>{}", drawing(inside));
        cleaned(whole.as_bytes())
    };
    for (declared, inside) in [
        (
            "<!ENTITY d \"data:&#105;mage/png,a\">",
            "<image href=\"&d;\"/>",
        ),
        ("<!ENTITY d 'da'>", "<image href=\"&d;ta:image/png,a\"/>"),
        (
            "<!ENTITY d 'da'>",
            "<style>g { fill: url(&d;ta:image/png,a) }</style>",
        ),
    ] {
        let refused = named(declared, inside);
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("of other kinds")),
            "{inside} {refused:?}"
        );
    }
    for (declared, inside) in [
        (
            "<!ENTITY d \"&e;\"><!ENTITY e \"data:a,b\">",
            "<image href=\"&d;\"/>",
        ),
        ("<!ENTITY d \"&#38;#100;ata:a,b\">", "<image href=\"&d;\"/>"),
        ("<!ENTITY d \"<image href='a'/>\">", "&d;"),
    ] {
        let refused = named(declared, inside);
        assert!(
            matches!(refused, Err(Uncleanable::Kind(why)) if why.contains("by names")),
            "{inside} {refused:?}"
        );
    }
    for declared in [
        "<!ENTITY % d 'a'>",
        "<!ATTLIST image href CDATA 'data:a,b'>",
    ] {
        let refused = named(declared, "");
        assert!(
            matches!(refused, Err(Uncleanable::Broken(_))),
            "{refused:?}"
        );
    }
}

#[test]
fn words_that_are_no_address_and_fonts_stay() {
    for inside in [
        "<text>data: 5 of 7</text>",
        "<text id=\"metadata:1\">a</text>",
        "<style>@font-face { src: url(\"data:font/woff2;charset=utf-8;base64,d09GMgABAAA\") }</style>",
        "<style>@font-face { src: url(data:application/font-woff;base64,d09GRgABAAA) }</style>",
        "<style>g { --data:1 }</style>",
        "<image href=\"#a\"/><image href=\"https://lineage.example/data:a\"/>",
    ] {
        let whole = drawing(inside);
        assert_eq!(String::from_utf8(copy(whole.as_bytes())), Ok(whole));
    }
}
