//! What everybody learns who gets a file.

use crate::credentials;
use crate::field::{Carried, Field};
use crate::reading::Reading;
use serde::Serialize;
use std::collections::HashMap;

/// Something that the file discloses. What it says is not told here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// What it is: the kinds of steps that stand in it, and `location`, `date`, `device` or `person` where its name says so; or
    /// else `text`.
    pub what: String,
    /// The field, such as `PNG tEXt parameters`.
    #[serde(rename = "where")]
    pub place: String,
}

pub(crate) const LOCATION: &str = "location";
pub(crate) const DATE: &str = "date";
pub(crate) const DEVICE: &str = "device";
const PERSON: &str = "person";

/// Names of fields by their last word in small letters (EXIF 3.0; IPTC Photo Metadata 2025.1; IPTC-IIM; xiph.org, v-comment; RFC
/// 9559, 6; ISO 32000-2, 14.3.3; PNG, 11.3.3.2), and what they tell of.
const NAMES: [(&str, &[&str]); 4] = [
    (
        LOCATION,
        &[
            "city",
            "contentlocationcode",
            "contentlocationname",
            "country",
            "country-code",
            "countrycode",
            "countryname",
            "coverage",
            "geotag",
            "iso6709",
            "location",
            "loci",
            "province-state",
            "provincestate",
            "recording_location",
            "shotlocation",
            "state",
            "sub-location",
            "sublocation",
            "worldregion",
            "\u{a9}xyz",
        ],
    ),
    (
        DATE,
        &[
            "createdate",
            "creation time",
            "creation_time",
            "creationdate",
            "date",
            "date_encoded",
            "date_recorded",
            "date_released",
            "date_tagged",
            "dateacquired",
            "datecreated",
            "datetime",
            "datetimedigitized",
            "datetimeoriginal",
            "digitalcreationdate",
            "digitalcreationtime",
            "firstphotodate",
            "gpsdatestamp",
            "gpstimestamp",
            "lastphotodate",
            "metadatadate",
            "moddate",
            "modifydate",
            "previewdatetime",
            "releasedate",
            "releasetime",
            "shotdate",
            "timecreated",
            "when",
            "year",
        ],
    ),
    (
        DEVICE,
        &[
            "bodyserialnumber",
            "cameramodel",
            "cameraserialnumber",
            "hostcomputer",
            "lens",
            "lensid",
            "lensmake",
            "lensmodel",
            "lensserialnumber",
            "serialnumber",
            "uniquecameramodel",
        ],
    ),
    (
        PERSON,
        &[
            "aipromptwritername",
            "album_artist",
            "albumartist",
            "aocreator",
            "artist",
            "attributionname",
            "author",
            "authorsposition",
            "by-line",
            "by-linetitle",
            "cameraownername",
            "captionwriter",
            "composer",
            "contact",
            "contributor",
            "copyright",
            "copyrightnotice",
            "copyrightownername",
            "credit",
            "director",
            "directorphotography",
            "encoded_by",
            "imagecreatorname",
            "imageeditor",
            "imagesuppliername",
            "licensoremail",
            "licensorname",
            "owner",
            "ownername",
            "people",
            "performer",
            "persondisplayname",
            "personinimage",
            "personname",
            "photographer",
            "publisher",
            "rights",
            "writer",
            "writer-editor",
            "xpauthor",
        ],
    ),
];

/// Properties of XMP whatever stands in which tells of the same.
const GROUPS: [(&str, &str); 4] = [
    ("locationcreated", LOCATION),
    ("locationshown", LOCATION),
    ("creatorcontactinfo", PERSON),
    // Faces that programs found, by their names (MWG, Guidelines for Handling Image Metadata 2.0, 5.9).
    ("mwg-rs:regions", PERSON),
];

/// The same for the frames of ID3 (id3v2.4.0-frames, 4.2; id3v2-00, 4.2).
const FRAMES: [(&str, &[&str]); 2] = [
    (
        DATE,
        &[
            "TDAT", "TDEN", "TDOR", "TDRC", "TDRL", "TDTG", "TIME", "TORY", "TRDA", "TYER", "TDA",
            "TIM", "TOR", "TRD", "TYE",
        ],
    ),
    (
        PERSON,
        &[
            "IPLS", "IPL", "POPM", "POP", "TIPL", "TMCL", "TCOM", "TCOP", "TENC", "TEXT", "TOLY",
            "TOPE", "TOWN", "TPE1", "TPE2", "TPE3", "TPE4", "TCM", "TCR", "TEN", "TXT", "TOL",
            "TOA", "TP1", "TP2", "TP3", "TP4",
        ],
    ),
];

/// What a field tells of by its name. A wrong guess loses nobody anything: who gets the file learns the text either way.
pub(crate) fn told(field: &Field) -> Option<&'static str> {
    if field.place == "ID3" {
        let is_in = |(_, frames): &&(&str, &[&str])| frames.contains(&&*field.name);
        return FRAMES.iter().find(is_in).map(|(what, _)| *what);
    }
    let name = field.name.to_ascii_lowercase();
    let is_xmp = field.place == "XMP";
    let grouped = GROUPS
        .iter()
        .find(|(group, _)| is_xmp && name.contains(group));
    if let Some((_, what)) = grouped {
        return Some(what);
    }
    let last = name.rsplit(['/', ':', '.']).next().unwrap_or_default();
    let known = NAMES.iter().find(|(_, names)| names.contains(&last));
    let of_camera =
        || field.place == "EXIF" || name.starts_with("tiff:") || field.place.ends_with("quicktime");
    match (known, last) {
        (Some((what, _)), _) => Some(what),
        // Models of AI are called so elsewhere, and in a PDF the creator is a program.
        (None, "make" | "model") if of_camera() => Some(DEVICE),
        (None, "creator") if is_xmp => Some(PERSON),
        _ if last.starts_with("gps") => Some(LOCATION),
        // As Apple's keys name what they tell of a place: `location.name` (QuickTime, Metadata, Metadata Keys).
        _ if name.split(['/', ':', '.']).any(|word| word == "location") => Some(LOCATION),
        // As ImageMagick names them: `date:create`.
        _ if name.starts_with("date:") => Some(DATE),
        _ => None,
    }
}

/// All that a file discloses: its texts in the order in which they stand, then values that are no text, then what its credentials
/// say.
pub(crate) fn of(carried: &Carried, reading: &Reading) -> Vec<Disclosure> {
    let mut kinds: HashMap<&str, Vec<&str>> = HashMap::new();
    for found in &reading.found {
        let kinds = kinds.entry(&found.from).or_default();
        if !kinds.contains(&found.kind.name()) {
            kinds.push(found.kind.name());
        }
    }
    let mut all = Vec::new();
    for field in carried.fields.0.iter().filter(|field| !field.is_beside()) {
        let place = field.to_string();
        let of_steps = kinds.get(place.as_str()).into_iter().flatten().copied();
        let what: Vec<_> = of_steps.chain(told(field)).collect();
        let what = match what.is_empty() {
            true => "text".to_owned(),
            false => what.join(", "),
        };
        all.push(Disclosure { what, place });
    }
    all.extend(carried.values.iter().cloned());
    // What credentials say stands in no field.
    let signed = reading.found.iter().map(|found| &found.from);
    for place in signed.filter(|place| place.starts_with(credentials::PLACE)) {
        if !all.iter().any(|one| one.place == *place) {
            all.push(Disclosure {
                what: kinds[place.as_str()].join(", "),
                place: place.clone(),
            });
        }
    }
    all
}
