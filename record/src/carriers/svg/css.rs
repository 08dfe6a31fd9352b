//! Comments in style sheets (CSS Syntax 3, 4.3.2), which nothing is drawn by. Quotes and addresses may have what looks like one.

use std::ops::Range;

const ADDRESS: &str = "url(";

/// What is open in a style sheet, of which parts come one after the other.
#[derive(Default)]
pub(crate) struct Css {
    open: Open,
    /// Whether the next letter is taken as it is, and whether the last one was and may be half of the end of a line.
    is_escaped: bool,
    is_half: bool,
    /// The letter before, and how much of the begin of an address stands there.
    before: Option<char>,
    address: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Comment,
    Quoted(char),
    Address,
}

fn is_end_of_line(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{c}')
}

impl Css {
    /// Where comments stand in the next part, without what begins and ends them. They are told as it is gone through, and it must be
    /// to its end: styles may be nothing but comments.
    pub(crate) fn comments(&mut self, part: &str) -> impl Iterator<Item = Range<usize>> {
        let mut chars = part.char_indices();
        let mut start = 0;
        let mut is_done = false;
        let found = std::iter::from_fn(move || {
            for (at, char) in chars.by_ref() {
                let was = self.open;
                self.take(char);
                match (was, self.open) {
                    (Open::Nothing, Open::Comment) => start = at + 1,
                    // What ends it begins one letter before.
                    (Open::Comment, Open::Nothing) => {
                        return Some(start..at.saturating_sub(1).max(start));
                    }
                    _ => {}
                }
            }
            // Its end may begin with the last letter.
            let end = part.len() - usize::from(part[start..].ends_with('*'));
            let is_open = self.open == Open::Comment && !std::mem::replace(&mut is_done, true);
            is_open.then_some(start..end)
        });
        found.filter(|range| !range.is_empty())
    }

    /// Whether a comment is open.
    pub(crate) fn is_in_comment(&self) -> bool {
        self.open == Open::Comment
    }

    fn take(&mut self, char: char) {
        let before = self.before.replace(char);
        // To XML and CSS the two that end a line in many files are one.
        let is_rest = std::mem::take(&mut self.is_half) && char == '\n';
        if std::mem::take(&mut self.is_escaped) || is_rest {
            self.is_half = char == '\r';
            self.before = None;
            return;
        }
        let is_escape = char == '\\' && self.open != Open::Comment;
        self.is_escaped = is_escape;
        match (self.open, char) {
            (Open::Comment, '/') if before == Some('*') => self.end(),
            (Open::Quoted(quote), _) if quote == char || is_end_of_line(char) => self.end(),
            (Open::Address, ')') => self.end(),
            (Open::Nothing, '*') if before == Some('/') => {
                self.open = Open::Comment;
                self.before = None;
            }
            (Open::Nothing, '"' | '\'') => self.open = Open::Quoted(char),
            (Open::Nothing, _) => self.word(char),
            _ => {}
        }
    }

    fn end(&mut self) {
        self.open = Open::Nothing;
        self.before = None;
        self.address = 0;
    }

    /// Follows the begin of an address. One in quotes is no more than these.
    fn word(&mut self, char: char) {
        if self.address == ADDRESS.len() {
            if !char.is_whitespace() {
                self.address = 0;
                self.open = if char == ')' {
                    Open::Nothing
                } else {
                    Open::Address
                };
            }
            return;
        }
        let next = ADDRESS[self.address..].chars().next();
        self.address = match next == Some(char.to_ascii_lowercase()) {
            true => self.address + 1,
            false => usize::from(char.eq_ignore_ascii_case(&'u')),
        };
    }
}
