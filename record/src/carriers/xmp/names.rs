//! The names of properties.

use std::collections::HashMap;

/// The prefixes that the standards prefer, whatever prefix a packet declares (ISO 16684-1, 8; IPTC Photo Metadata 2025.1).
const KNOWN: [(&str, &str); 14] = [
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", RDF),
    ("adobe:ns:meta/", META),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://ns.adobe.com/xap/1.0/", "xmp"),
    ("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
    ("http://ns.adobe.com/xap/1.0/rights/", "xmpRights"),
    ("http://ns.adobe.com/xmp/note/", "xmpNote"),
    ("http://ns.adobe.com/exif/1.0/", "exif"),
    ("http://ns.adobe.com/tiff/1.0/", "tiff"),
    ("http://ns.adobe.com/photoshop/1.0/", "photoshop"),
    ("http://ns.adobe.com/pdf/1.3/", "pdf"),
    (
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "Iptc4xmpCore",
    ),
    ("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt"),
    ("http://ns.useplus.org/ldf/xmp/1.0/", "plus"),
];

const RDF: &str = "rdf";
const META: &str = "x";

/// Names under which programs that make pictures keep what they did, in namespaces of their own.
const OWN: [&str; 3] = ["parameters", "prompt", "workflow"];

/// Most prefixes that are remembered. Packets have some twenty.
const MOST: usize = 1_000;

/// What a name stands for.
pub(super) enum Name {
    /// A part of RDF by its name, or of what is round it.
    Frame(String),
    /// A property.
    Property(String),
}

/// The prefixes that a packet declares. One that it declares twice has its last meaning.
#[derive(Debug, Default)]
pub(super) struct Prefixes(HashMap<String, &'static str>);

impl Prefixes {
    pub(super) fn declare(&mut self, prefix: &str, uri: &str) {
        if let Some((_, known)) = KNOWN.iter().find(|(known, _)| *known == uri)
            && self.0.len() < MOST
        {
            self.0.insert(prefix.to_owned(), known);
        }
    }

    pub(super) fn name(&self, qualified: &str) -> Name {
        let (prefix, local) = qualified.split_once(':').unwrap_or(("", qualified));
        match self.0.get(prefix) {
            Some(&RDF) => Name::Frame(local.to_owned()),
            Some(&META) => Name::Frame(String::new()),
            Some(known) => Name::Property(format!("{known}:{local}")),
            // What is not declared is what it is always called.
            None if prefix == RDF => Name::Frame(local.to_owned()),
            None if ["xml", "xmlns", META].contains(&prefix) => Name::Frame(String::new()),
            None if OWN.contains(&local) => Name::Property(local.to_owned()),
            None => Name::Property(qualified.to_owned()),
        }
    }
}
