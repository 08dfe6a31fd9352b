//! What in an SVG is not drawn and tells something. The reader discloses it, and a clean copy has none of it.

use super::spaces::{Spaces, attributes, declared};

/// Elements that are not drawn (SVG 2, 5.7 and 5.8; HTML, 4.2.5; MathML Core, 3.5).
pub(crate) const ELEMENTS: [&str; 6] = [
    "title",
    "desc",
    "metadata",
    "meta",
    "annotation",
    "annotation-xml",
];
/// Attributes that say something to people (WAI-ARIA 1.3, 6.7; HTML, 4.8.4; MathML 3, 2.2), or where the file once stood (XML Base).
const SAID: [&str; 10] = [
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-braillelabel",
    "aria-brailleroledescription",
    "aria-valuetext",
    "aria-placeholder",
    "alt",
    "alttext",
    "xml:base",
];
/// The attribute of a name (XLink 1.1, 5.1.6), which elements of styles are chosen by.
const TITLE: &str = "title";
pub(crate) const STYLE: &str = "style";
const STYLES: [&str; 2] = [STYLE, "link"];
/// The attribute in which diagrams.net keeps the whole diagram, its program and dates.
const DIAGRAM: &str = "content";
/// The element of Content Credentials (C2PA 2.3, Embedding manifests into SVG).
pub(crate) const CREDENTIALS: &str = "c2pa:manifest";

/// Elements in which no letters are drawn (SVG 2, 5, 9 and 13): they hold others, or are a shape.
const WITHOUT_LETTERS: [&str; 34] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "marker",
    "clipPath",
    "mask",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "image",
    "use",
    "view",
    "switch",
    "animate",
    "animateMotion",
    "animateTransform",
    "set",
    "mpath",
    "discard",
    "cursor",
    "hatch",
    "hatchpath",
    "mesh",
    "font-face",
];
/// What the names of effects in a filter begin with (Filter Effects 1, 9).
const EFFECT: &str = "fe";

/// Whether letters that stand in an element itself are not drawn.
pub(crate) fn is_without_letters(name: &str) -> bool {
    let name = local(name);
    let is_effect = |rest: &str| rest.starts_with(|char: char| char.is_ascii_uppercase());
    WITHOUT_LETTERS.contains(&name) || name.strip_prefix(EFFECT).is_some_and(is_effect)
}

/// The instruction that names a style sheet, which is drawn by.
pub(crate) const SHEET: &str = "xml-stylesheet";

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// What an element is called that is not drawn: those that are read by their own names, others by their names in the file.
pub(crate) fn element<'a>(name: &'a str, spaces: &Spaces) -> Option<&'a str> {
    let own = local(name);
    if ELEMENTS.contains(&own) {
        return Some(own);
    }
    (name == CREDENTIALS || !spaces.is_drawn(name)).then_some(name)
}

/// Whether an attribute of an element tells something that is not drawn.
pub(crate) fn attribute(name: &str, element: &str, spaces: &Spaces) -> bool {
    let of_editor = name.contains(':') && !spaces.is_drawn(name);
    let element = local(element);
    of_editor
        || SAID.contains(&name)
        || (local(name) == TITLE && !STYLES.contains(&element))
        || (name == DIAGRAM && element == "svg")
}

/// Whether a tag has more than declarations of spaces of names.
pub(crate) fn says_more(tag: &str) -> bool {
    attributes(tag).any(|(_, name, _)| declared(name).is_none())
}
