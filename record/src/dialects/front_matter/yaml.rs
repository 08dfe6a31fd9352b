//! The plain part of YAML that people write (YAML 1.2.2): names on lines of their own, each with a text or a list of texts. Whatever is
//! more than that is passed over and not guessed.

/// Names that are read. Cards have some ten.
const MOST: usize = 200;
/// Items of a list that are read.
const MOST_ITEMS: usize = 1_000;

/// Names with their texts, of which a list has several.
pub(super) struct Settings(Vec<(String, Vec<String>)>);

impl Settings {
    pub(super) fn read(text: &str) -> Self {
        let mut all = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if all.len() == MOST {
                break;
            }
            let Some((name, value)) = named(line) else {
                continue;
            };
            // What belongs to it is further in, or is a list.
            let mut inner = Vec::new();
            while let Some(line) = lines.next_if(|line| is_inner(line)) {
                inner.push(line);
            }
            if let Some(texts) = texts(value, &inner) {
                all.push((name.to_owned(), texts));
            }
        }
        Self(all)
    }

    /// The texts of a name, the last where it is there twice as YAML forbids.
    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, texts)| texts.as_slice())
    }
}

/// A name at the start of a line, and what follows it.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_apart && !name.is_empty() && name.chars().all(is_name) && !name.starts_with('-'))
        .then(|| (name, value.trim()))
}

fn is_inner(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t']) || line == "-" || line.starts_with("- ")
}

/// The texts of a value, or nothing where it is no text and no list of these.
fn texts(value: &str, inner: &[&str]) -> Option<Vec<String>> {
    let lines = || {
        inner
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
    };
    match value.as_bytes().first() {
        Some(b'|' | b'>') => block(value, inner).map(|text| vec![text]),
        Some(b'[') => {
            let items = value.strip_prefix('[')?.strip_suffix(']')?;
            let items = items
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            items.take(MOST_ITEMS).map(scalar).collect()
        }
        Some(b'"' | b'\'') => lines()
            .next()
            .is_none()
            .then(|| scalar(value))
            .flatten()
            .map(|text| vec![text]),
        Some(_) => {
            // A text may go on in the lines below.
            let mut text = scalar(value)?;
            for line in lines() {
                text.push(' ');
                text.push_str(line);
            }
            Some(vec![text])
        }
        None => {
            let items = lines()
                .take(MOST_ITEMS)
                .map(|line| scalar(line.strip_prefix("- ")?));
            let items: Option<Vec<_>> = items.collect();
            items.filter(|items| !items.is_empty())
        }
    }
}

/// One text: quoted, or as it is. Comments are none of it, and neither are objects, links and nothing.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok(),
        b'\'' => {
            let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
            let is_whole = !inner.replace("''", "").contains('\'');
            is_whole.then(|| inner.replace("''", "'"))
        }
        b'{' | b'[' | b'&' | b'*' | b'!' | b'#' | b'%' | b'@' | b'`' => None,
        _ => {
            let text = text.split(" #").next()?.trim();
            let is_object = text.contains(": ") || text.ends_with(':');
            let is_nothing = matches!(text, "~" | "null" | "Null" | "NULL");
            (!is_object && !is_nothing).then(|| text.to_owned())
        }
    }
}

/// A text of several lines: kept (`|`), or as one paragraph (`>`), without what all of them stand in.
fn block(mark: &str, lines: &[&str]) -> Option<String> {
    let is_kept = mark.starts_with('|');
    // How far it stands in is as the first line says, unless the mark has a number.
    if mark[1..].chars().any(|char| !matches!(char, '-' | '+')) {
        return None;
    }
    let first = lines.iter().find(|line| !line.trim().is_empty())?;
    let depth = first.len() - first.trim_start_matches(' ').len();
    let lines = lines
        .iter()
        .map(|line| line.get(depth..).unwrap_or_default());
    let joined = lines
        .collect::<Vec<_>>()
        .join(if is_kept { "\n" } else { " " });
    Some(joined.trim_end().to_owned())
}
