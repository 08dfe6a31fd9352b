//! What people and programs wrote beside the pictures of a HEIF: properties that no reader of pictures needs, names of items, and where
//! the file once stood.

use super::{each, inner};
use crate::disclosures::DATE;

/// Properties that make a picture (ISO 23008-12, 6.5; ISO/IEC 14496-12, 12.1; AV1 Image File Format, 2.2 and 2.3; ISO/IEC 23001-17, 5
/// and 6), and those of its codecs. What is of none of these goes.
const OF_PICTURES: [&[u8; 4]; 62] = [
    b"ispe", b"pixi", b"colr", b"pasp", b"clap", b"irot", b"imir", b"iscl", b"rloc", b"auxC",
    b"rref", b"wipe", b"lsel", b"tols", b"oinf", b"lhvC", b"hvcC", b"avcC", b"vvcC", b"vvnC",
    b"evcC", b"av1C", b"jpgC", b"j2kH", b"jxlC", b"mskC", b"a1op", b"a1lx", b"clli", b"mdcv",
    b"cclv", b"amve", b"ndwt", b"reve", b"vexu", b"cmin", b"cmex", b"subs", b"cmpd", b"uncC",
    b"cmpC", b"icef", b"cpal", b"splz", b"cpat", b"snuc", b"sbpm", b"cloc", b"disp", b"fpac",
    b"cvlC", b"prdi", b"scrl", b"sato", b"tlsl", b"tilC", b"ster", b"hinf", b"nclx", b"sLTM",
    b"free", b"skip",
];
/// Properties of times (ISO 23008-12, 6.5.21 and 6.5.22).
const OF_TIMES: [&[u8; 4]; 2] = [b"crtt", b"mdft"];
/// Names of items that encoders give to each of a kind (libavif, write.c).
const NAMES: [&[u8]; 6] = [b"", b"Color", b"Alpha", b"Exif", b"XMP", b"GMap"];

/// Something that was written beside the pictures.
pub(crate) struct Told<'a> {
    pub(crate) name: [u8; 4],
    pub(crate) kind: Kind,
    /// What stands in it.
    pub(crate) data: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A box that says nothing of a picture.
    Box,
    /// The name of an item, on which other texts follow or none.
    Name { is_last: bool },
    /// A place of the file, after flags of four bytes.
    Place,
}

impl Told<'_> {
    /// What it is called and what it tells of.
    pub(crate) fn says(&self) -> (String, &'static str) {
        let name = match self.kind {
            Kind::Name { .. } => "item name".to_owned(),
            _ => {
                let name = String::from_utf8_lossy(&self.name);
                name.trim().to_owned()
            }
        };
        let what = if OF_TIMES.contains(&&self.name) {
            DATE
        } else {
            "text"
        };
        (name, what)
    }
}

/// All that is told so in the boxes of a description.
pub(crate) fn told(boxes: &[u8]) -> Vec<Told<'_>> {
    let mut all = Vec::new();
    for (name, data) in each(inner(boxes, b"iprp").unwrap_or_default()) {
        match &name {
            b"ipco" => {
                let properties = each(data).filter(|(name, _)| !OF_PICTURES.contains(&name));
                all.extend(properties.map(|(name, data)| Told {
                    name,
                    kind: Kind::Box,
                    data,
                }));
            }
            b"ipma" | b"free" | b"skip" => {}
            _ => all.push(Told {
                name,
                kind: Kind::Box,
                data,
            }),
        }
    }
    let infos = inner(boxes, b"iinf").unwrap_or_default();
    let infos = match infos.first() {
        Some(0) => infos.get(6..),
        _ => infos.get(8..),
    };
    let infos = each(infos.unwrap_or_default()).filter(|(name, _)| name == b"infe");
    all.extend(infos.filter_map(|(name, info)| item_name(name, info)));
    let places = inner(boxes, b"dinf").and_then(|data| inner(data, b"dref")?.get(8..));
    for (name, data) in each(places.unwrap_or_default()) {
        if data.len() > 4 && data[4..].iter().any(|byte| *byte != 0) {
            all.push(Told {
                name,
                kind: Kind::Place,
                data,
            });
        }
    }
    all
}

/// The name of an item (ISO/IEC 14496-12, 8.11.6.2), unless all of its kind have it.
fn item_name(name: [u8; 4], info: &[u8]) -> Option<Told<'_>> {
    let (start, kind) = match info.first()? {
        0 | 1 => (8, None),
        2 => (12, info.get(8..12)),
        _ => (14, info.get(10..14)),
    };
    let rest = info.get(start..)?;
    let data = rest.split(|byte| *byte == 0).next()?;
    let is_blank = data.iter().all(|byte| *byte == b' ');
    let is_last = kind.is_some_and(|kind| kind != b"mime" && kind != b"uri ");
    (!is_blank && !NAMES.contains(&data)).then_some(Told {
        name,
        kind: Kind::Name { is_last },
        data,
    })
}
