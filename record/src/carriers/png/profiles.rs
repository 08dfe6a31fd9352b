//! Texts of a PNG that hold metadata of other kinds: XMP, and what ImageMagick wrote before PNG had a place for EXIF.

use super::super::{as_written, exif, iptc, xmp};
use super::{divided, unpacked};
use crate::field::Carried;

/// The keyword of XMP (XMP 3, 1.1.5).
const XMP: &str = "XML:com.adobe.xmp";
/// The keyword of a profile, with its kind.
const RAW: &str = "Raw profile type ";

/// Adds a text, or what stands in it.
pub(super) fn push(place: &'static str, keyword: String, text: String, carried: &mut Carried) {
    if keyword == XMP {
        return xmp::read(text.as_bytes(), carried);
    }
    let kind = keyword.strip_prefix(RAW).map(str::to_ascii_lowercase);
    let read = match kind.as_deref() {
        Some("exif" | "app1") => app1,
        Some("xmp") => packet,
        Some("iptc" | "8bim") => resources,
        // Colours say nothing of how a picture was made.
        Some("icc" | "icm") => return,
        _ => return carried.push(place, keyword, text),
    };
    match profile(&text) {
        Some(data) => read(data, carried),
        None => carried.fail(place, &keyword, "it is not the profile that it says to be"),
    }
}

/// The data of a profile: its kind, its length, and its bytes in hex, each on lines of their own.
fn profile(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.trim_start().split_once('\n')?;
    let (length, digits) = rest.trim_start().split_once('\n')?;
    let length: usize = length.trim().parse().ok()?;
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    let data = hex::decode(digits).ok()?;
    (data.len() == length).then_some(data)
}

/// What would be in a JPEG's segment: EXIF or XMP.
fn app1(data: Vec<u8>, carried: &mut Carried) {
    match data.strip_prefix(xmp::SEGMENT) {
        Some(packet) => xmp::read(packet, carried),
        None => exif::read(data, carried),
    }
}

fn packet(data: Vec<u8>, carried: &mut Carried) {
    xmp::read(&data, carried);
}

fn resources(data: Vec<u8>, carried: &mut Carried) {
    match data.starts_with(b"8BIM") {
        true => iptc::resources(&data, carried),
        false => iptc::records(&data, carried),
    }
}

/// The kinds of profiles that hold EXIF.
const OF_EXIF: [&str; 2] = ["exif", "app1"];
/// What EXIF begins with in a profile, and how many of its bytes stand on a line.
const HEAD: &[u8] = b"Exif\0\0";
const LINE: usize = 36;

/// The data of a text (tEXt) whose EXIF says how the picture is turned, as this text (tEXt or zTXt) does, and nothing else.
pub(crate) fn turned(kind: &[u8; 4], data: &[u8]) -> Option<Vec<u8>> {
    let (keyword, text) = divided(data)?;
    let profile_of = as_written(keyword);
    let profile_of = profile_of.strip_prefix(RAW)?.to_ascii_lowercase();
    if !OF_EXIF.contains(&profile_of.as_str()) {
        return None;
    }
    let text = match (kind, text) {
        (b"tEXt", text) => text.to_vec(),
        (_, [0, packed @ ..]) => unpacked(packed).ok()?,
        _ => return None,
    };
    let kept = exif::minimal(profile(&as_written(&text))?, false)?;
    let kept = [HEAD, &kept].concat();
    let mut text = format!("{RAW}exif\0\nexif\n{:8}\n", kept.len());
    for line in kept.chunks(LINE) {
        text.push_str(&hex::encode(line));
        text.push('\n');
    }
    Some(text.into_bytes())
}
