//! Where the prompts end and the settings begin.

use super::settings;
use crate::json;

const NEGATIVE: &str = "Negative prompt:";
const STEPS: &str = "Steps:";
const TEMPLATES: [&str; 2] = ["\nTemplate: ", "\nNegative Template: "];

/// Settings of which one stands beside the steps, whichever program wrote them.
const KNOWN: [&str; 14] = [
    "Steps",
    "Sampler",
    "Schedule type",
    "Scheduler",
    "CFG scale",
    "CFG Scale",
    "Distilled CFG Scale",
    "Guidance Scale",
    "Seed",
    "Size",
    "Batch",
    "Model hash",
    "Model",
    "Clip skip",
];

/// A text in its three parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    pub(super) prompt: &'a str,
    pub(super) negative: &'a str,
    /// All that follows the prompts.
    pub(super) settings: &'a str,
}

impl<'a> Text<'a> {
    /// Takes a text apart that has settings.
    pub(super) fn split(text: &'a str) -> Option<Self> {
        let text = plain(text);
        // A template may have settings of its own, which are not those of the picture.
        let at = templates(text).and_then(|end| line(&text[..end]));
        let (at, inline) = match at.or_else(|| line(text)) {
            Some(at) => (at, false),
            None => (within(text)?, true),
        };
        let (head, settings) = text.split_at(at);
        let (prompt, negative) = prompts(head, inline).unwrap_or((head, ""));
        Some(Self {
            prompt,
            negative,
            settings: settings.trim(),
        })
    }

    /// Takes a text apart that names no steps, but its negative prompt or other settings.
    pub(super) fn of_prompts(text: &'a str) -> Option<Self> {
        let text = plain(text);
        if has_steps(text) || json::parse(text).is_ok() {
            return None;
        }
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let (head, settings) = match is_stepless(&text[start..]) {
            true => text.split_at(start),
            false => (text, ""),
        };
        let (prompt, negative) = match prompts(head, false) {
            None if !settings.is_empty() => (head, ""),
            prompts => prompts?,
        };
        Some(Self {
            prompt,
            negative,
            settings,
        })
    }
}

/// Whether a line is settings without steps, as Civitai writes for models that have none (`automatic.metadata.ts`, `encode`).
fn is_stepless(line: &str) -> bool {
    if !settings::key(line).is_some_and(|key| KNOWN.contains(&key)) {
        return false;
    }
    let all = settings::Settings::read(line).0;
    all.iter()
        .filter(|(key, _)| KNOWN.contains(&key.as_str()))
        .count()
        > 1
}

/// Whether steps are named anywhere.
pub(super) fn has_steps(text: &str) -> bool {
    steps(text).next().is_some()
}

/// The text without the name that some programs put before it.
fn plain(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("parameters:").unwrap_or(text)
}

/// The start of the last line that is settings.
fn line(text: &str) -> Option<usize> {
    let mut end = text.len();
    loop {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        if is_settings(&text[start..end], text.get(end..).unwrap_or_default()) {
            return Some(start);
        }
        end = start.checked_sub(1)?;
    }
}

/// Where the templates begin that Dynamic Prompts writes behind the settings, each on lines of its own (sd-dynamic-prompts,
/// `pnginfo_saver.py`, `update_pnginfo`).
pub(super) fn templates(text: &str) -> Option<usize> {
    TEMPLATES.iter().filter_map(|name| text.find(name)).min()
}

/// Whether a line begins with a known setting, names the steps, and another known one beside them. Steps may end a line.
fn is_settings(line: &str, after: &str) -> bool {
    let line = line.trim();
    let first = settings::key(line);
    if !first.is_some_and(|key| KNOWN.contains(&key)) {
        return false;
    }
    if first == Some("Steps") {
        return follows(line, after);
    }
    steps(line).any(|at| line[..at].trim_end().ends_with(','))
}

/// Whether a number of steps is followed by a known setting.
fn follows(text: &str, after: &str) -> bool {
    let Some(rest) = number(text) else {
        return false;
    };
    let rest = match rest.trim_start().strip_prefix(',') {
        Some(rest) if rest.trim().is_empty() => after,
        Some(rest) => rest,
        None => return false,
    };
    settings::key(rest.trim_start()).is_some_and(|key| KNOWN.contains(&key))
}

/// The start of settings within a line: the last steps that another setting follows and that stand in no quoted value.
fn within(text: &str) -> Option<usize> {
    let mut starts = steps(text).filter(|at| follows(&text[*at..], ""));
    let mut start = starts.next()?;
    let mut quoted = settings::quoted(&text[start..])
        .map(|(from, to)| (start + from, start + to))
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    for at in starts {
        while quoted.next_if(|(_, to)| *to <= at).is_some() {}
        if quoted.peek().is_none_or(|(from, _)| *from >= at) {
            start = at;
        }
    }
    Some(start)
}

/// Where `Steps:` and a number stand, as a word of their own.
fn steps(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(STEPS).filter_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let apart = before.is_none_or(|char| char.is_whitespace() || ",.;)".contains(char));
        (apart && number(&text[at..]).is_some()).then_some(at)
    })
}

/// What follows `Steps:` and a number.
fn number(text: &str) -> Option<&str> {
    let value = text.strip_prefix(STEPS)?.trim_start_matches(' ');
    let rest = value.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
    (rest.len() < value.len()).then_some(rest)
}

/// The two prompts. The first line that begins with the name of the negative one counts, as it does for the web UI itself; where
/// all stands in one line, the first such words do.
fn prompts(head: &str, inline: bool) -> Option<(&str, &str)> {
    let of_line = head.match_indices(NEGATIVE).map(|(at, _)| at).find(|at| {
        let before = head[..*at].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    });
    let at = match of_line {
        Some(at) => at,
        None if inline => head.find(NEGATIVE)?,
        None => return None,
    };
    Some((&head[..at], &head[at + NEGATIVE.len()..]))
}
