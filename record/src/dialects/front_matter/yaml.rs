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
            let is_inner = |line: &&str| match value.starts_with(['|', '>']) {
                true => is_further_in(line),
                false if value.starts_with('[') && line.starts_with(']') => true,
                false => is_further_in(line) || is_item(line) || is_comment(line),
            };
            let mut inner = Vec::new();
            while let Some(line) = lines.next_if(is_inner) {
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
        // A comment is no value.
        .map(|(name, value)| (name, if is_comment(value) { "" } else { value }))
}

fn is_further_in(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t'])
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The texts of a value, or nothing where it is no text and no list of these.
fn texts(value: &str, inner: &[&str]) -> Option<Vec<String>> {
    let whole = || std::iter::once(value).chain(inner.iter().map(|line| line.trim()));
    let told = || inner.iter().filter(|line| !is_comment(line));
    match value.as_bytes().first() {
        Some(b'|' | b'>') => block(value, inner).map(|text| vec![text]),
        Some(b'[') => {
            let mut text = value.to_owned();
            for line in told() {
                text.push('\n');
                text.push_str(line.trim());
            }
            list(&text)
        }
        // In quotes, a cross is a letter.
        Some(b'"' | b'\'') => scalar(&folded(whole())).map(|text| vec![text]),
        Some(_) => {
            // A text may go on in the lines below, but not behind a comment.
            let last = inner
                .iter()
                .rposition(|line| !line.trim().is_empty() && !is_comment(line));
            let lines = last.map_or(&[][..], |last| &inner[..=last]);
            let mut all = std::iter::once(&value).chain(lines).rev().skip(1);
            if all.any(|line| is_comment(line) || comment(line).is_some()) {
                return None;
            }
            scalar(&folded(whole().take(lines.len() + 1))).map(|text| vec![text])
        }
        None => {
            let items = told()
                .map(|line| line.trim())
                .filter(|line| !line.is_empty());
            let items = items
                .take(MOST_ITEMS)
                .map(|line| scalar(line.strip_prefix("- ")?));
            let items: Option<Vec<_>> = items.collect();
            items.filter(|items| !items.is_empty())
        }
    }
}

/// Lines as one paragraph: what stands further in keeps its lines, and an empty line is the end of one (YAML 1.2.2, 6.5).
fn folded<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let (mut empty, mut was_kept) = (0, false);
    for line in lines {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        let is_kept = line.starts_with([' ', '\t']);
        let ends = empty + usize::from(is_kept || was_kept);
        match (text.is_empty(), ends) {
            (true, _) => {}
            (false, 0) => text.push(' '),
            (false, ends) => text.extend(std::iter::repeat_n('\n', ends)),
        }
        text.push_str(line);
        (empty, was_kept) = (0, is_kept);
    }
    text
}

/// Texts between brackets, apart by commas.
fn list(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix('[')?.trim_start();
    let mut items = Vec::new();
    while !rest.starts_with(']') {
        let (item, after) = match rest.starts_with(['"', '\'']) {
            true => quoted(rest)?,
            false => {
                let (item, after) = rest.split_at(rest.find([',', ']'])?);
                let is_one = !item.trim().contains('\n') && comment(item).is_none();
                (is_one.then(|| scalar(item))??, after)
            }
        };
        if items.len() < MOST_ITEMS {
            items.push(item);
        }
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(after) => after.trim_start(),
            None => after,
        };
        if rest == after && !rest.starts_with(']') {
            return None;
        }
    }
    is_end(&rest[1..]).then_some(items)
}

/// Where a comment begins.
fn comment(text: &str) -> Option<usize> {
    let mut crosses = text.match_indices('#').map(|(at, _)| at);
    crosses.find(|at| text[..*at].ends_with([' ', '\t', '\n']))
}

/// Whether nothing but a comment follows.
fn is_end(rest: &str) -> bool {
    rest.trim().is_empty() || comment(rest).is_some_and(|at| rest[..at].trim().is_empty())
}

/// The text in quotes with which this begins, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mark = text.chars().next()?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        let is_double = mark == '\'' && chars.peek().is_some_and(|(_, next)| *next == mark);
        if (char == '\\' && mark == '"') || (char == mark && is_double) {
            chars.next();
        } else if char == mark {
            let (inner, rest) = (&text[1..at], &text[at + 1..]);
            let plain = match mark {
                '"' => serde_json::from_str(&text[..=at].replace('\n', "\\n")).ok()?,
                _ => inner.replace("''", "'"),
            };
            return Some((plain, rest));
        }
    }
    None
}

/// One text: quoted, or as it is. Comments are none of it, and neither are objects, links, truths and nothing.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    match text.as_bytes().first()? {
        b'"' | b'\'' => {
            let (text, rest) = quoted(text)?;
            is_end(rest).then_some(text)
        }
        b'{' | b'[' | b'&' | b'*' | b'!' | b'#' | b'%' | b'@' | b'`' => None,
        _ => {
            let text = text[..comment(text).unwrap_or(text.len())].trim();
            let is_object = text.contains(": ") || text.ends_with(':');
            let small = text.to_ascii_lowercase();
            let is_text = !matches!(small.as_str(), "~" | "null" | "true" | "false");
            (!is_object && !is_item(text) && is_text).then(|| text.to_owned())
        }
    }
}

/// A text of several lines: kept (`|`), or as one paragraph (`>`), without what all of them stand in.
fn block(mark: &str, lines: &[&str]) -> Option<String> {
    let is_kept = mark.starts_with('|');
    // How far it stands in is as the first line says, unless the mark has a number.
    let rest = mark[1..].trim_start_matches(['-', '+']);
    if !is_end(rest) {
        return None;
    }
    let first = lines.iter().find(|line| !line.trim().is_empty())?;
    let depth = first.len() - first.trim_start_matches(' ').len();
    let (within, rest): (Vec<_>, Vec<_>) = lines
        .iter()
        .map(|line| line.split_at_checked(depth).unwrap_or((line, "")))
        .unzip();
    // A line that stands less far in is none of it.
    if within.iter().any(|start| !start.trim().is_empty()) {
        return None;
    }
    let text = match is_kept {
        true => rest.join("\n"),
        false => folded(rest.into_iter()),
    };
    Some(text.trim_end().to_owned())
}
