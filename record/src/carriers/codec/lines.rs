//! Heads of subtitles that are lines of text: what is said in them beside how subtitles look. SSA and ASS (Matroska, Codec
//! Specifications, SSA/ASS Subtitles; libass, ass.c), VobSub, and WebVTT (WebVTT, 4.1).

use std::ops::Range;

/// A line that says something.
pub(crate) struct Told<'a> {
    pub(crate) place: &'static str,
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    /// Where the line stands, without its end.
    pub(crate) range: Range<usize>,
}

/// What a script says of how it is drawn.
const OF_SCRIPT: [&str; 12] = [
    "scripttype",
    "collisions",
    "playresx",
    "playresy",
    "playdepth",
    "layoutresx",
    "layoutresy",
    "timer",
    "wrapstyle",
    "scaledborderandshadow",
    "ycbcr matrix",
    "kerning",
];
/// What styles and subtitles are made of.
const OF_STYLES: [&str; 3] = ["format", "style", "dialogue"];

/// What a head of VobSub says first that has no line on what it is, as programs leave that out (FFmpeg, matroskadec.c).
const OF_PICTURES: [&str; 4] = ["size:", "org:", "palette:", "scale:"];

/// Most lines that are told. Real heads have some.
pub(crate) const MOST: usize = 10_000;

/// The lines of a head that say something, and at most one more than are told.
pub(crate) fn told(head: &[u8]) -> Vec<Told<'_>> {
    // What is no UTF-8 is told as far as it is.
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    let begin = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    // Comments may stand before what says of which kind it is.
    let behind = |marks: &'static [char]| {
        let mut lines = lines(begin).map(|(_, line)| line.trim());
        let first = lines.find(|line| !line.is_empty() && !line.starts_with(marks));
        first.unwrap_or_default()
    };
    // Programs take them in any order.
    let section = behind(&[';', '!']);
    if section.starts_with('[') && section.ends_with(']') {
        return lines(text).filter_map(script()).take(MOST + 1).collect();
    }
    let of_pictures = behind(&['#']);
    let is_of_pictures = OF_PICTURES.iter().any(|name| of_pictures.starts_with(name));
    if begin.starts_with("# VobSub") || is_of_pictures {
        return lines(text).filter_map(vobsub).take(MOST + 1).collect();
    }
    match begin.starts_with("WEBVTT") {
        true => lines(text).filter_map(webvtt()).take(MOST + 1).collect(),
        false => Vec::new(),
    }
}

/// Lines that are not empty, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

fn told_at<'a>(
    place: &'static str,
    name: &'a str,
    text: &'a str,
    line: (usize, &str),
) -> Option<Told<'a>> {
    let (start, line) = line;
    (!text.is_empty()).then_some(Told {
        place,
        name,
        text,
        range: start..start + line.len(),
    })
}

fn script<'a>() -> impl FnMut((usize, &'a str)) -> Option<Told<'a>> {
    let mut section = String::new();
    move |found| {
        let (_, line) = found;
        let line = line.trim_matches(['\u{feff}', ' ', '\t', '\0']);
        if line.starts_with('[') && line.ends_with(']') {
            section = line.to_ascii_lowercase();
            let is_known = section == "[script info]" || is_drawn(&section);
            return match is_known {
                true => None,
                false => told_at("ASS", "section", line, found),
            };
        }
        if line.starts_with([';', '!']) {
            return told_at("ASS", "Comment", line[1..].trim_matches([':', ' ']), found);
        }
        let (name, text) = line.split_once(':').unwrap_or(("line", line));
        let small = name.trim().to_ascii_lowercase();
        let is_drawn = match section.as_str() {
            "[script info]" => OF_SCRIPT.contains(&small.as_str()),
            section => is_drawn(section) && OF_STYLES.contains(&small.as_str()),
        };
        match is_drawn {
            true => None,
            false => told_at("ASS", name.trim(), text.trim(), found)
                .or_else(|| told_at("ASS", "line", line, found)),
        }
    }
}

fn is_drawn(section: &str) -> bool {
    section == "[events]" || (section.starts_with("[v4") && section.contains("styles"))
}

fn vobsub(found: (usize, &str)) -> Option<Told<'_>> {
    let (_, line) = found;
    let text = line.strip_prefix('#')?.trim();
    // What the file is, by which programs know it.
    match text.starts_with("VobSub index file") {
        true => None,
        false => told_at("VobSub", "Comment", text, found),
    }
}

fn webvtt<'a>() -> impl FnMut((usize, &'a str)) -> Option<Told<'a>> {
    // What stands behind the first word, and blocks of notes, up to an empty line.
    let mut is_first = true;
    let mut is_told = true;
    move |(start, line)| {
        if line.trim().is_empty() {
            is_told = false;
            return None;
        }
        if std::mem::take(&mut is_first) {
            let word = line.find("WEBVTT")? + "WEBVTT".len();
            let text = &line[word..];
            return told_at("WebVTT", "header", text.trim(), (start + word, text));
        }
        is_told |= line == "NOTE" || line.starts_with("NOTE ") || line.starts_with("NOTE\t");
        // In MP4 blocks of styles may follow at once.
        is_told &= !["STYLE", "REGION"].contains(&line.trim());
        match is_told {
            true => told_at("WebVTT", "Comment", line.trim(), (start, line)),
            false => None,
        }
    }
}
