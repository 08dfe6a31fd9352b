//! The settings before a text: YAML (1.2.2), of which names with a text or a list of texts are read. Whatever is more than that is
//! not guessed.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, Tag};
use std::collections::HashMap;

/// Items of a list that are read.
const MOST_ITEMS: usize = 1_000;
/// Bytes of texts that are said again by a name, since a short one can say a long text very often.
const MOST_AGAIN: usize = 1 << 18;

/// Names with what is said of them, in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Settings(Vec<(String, Value)>);

/// What is said of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// Its text, or the texts of its list.
    pub(super) texts: Vec<String>,
    /// Whether there is more that is not read: objects, other lists, or more items than are read.
    pub(super) is_more: bool,
}

impl Settings {
    /// Reads what stands before a text; of what is no YAML, why.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let read = Events::of(text).settings();
        // The parser takes no tab behind a name, which YAML does (6.1 and 6.2).
        let read = read.or_else(|error| match spaced(text) {
            Some(spaced) => Events::of(&spaced).settings(),
            None => Err(error),
        });
        read.map_err(|error| error.map_or_else(|| "it is no list of names".to_owned(), told))
    }

    /// What is said of a name, the last where it is there twice as YAML forbids.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }
}

/// The text with a space in the place of each tab behind a name that begins a line. [`None`] where there is none.
fn spaced(text: &str) -> Option<String> {
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    let mut spaced = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\r']) {
        let value = line.trim_start_matches(is_of_name);
        let tabs = value.strip_prefix(':').filter(|_| value.len() < line.len());
        let tabs = tabs.map_or(0, |it| it.len() - it.trim_start_matches('\t').len());
        let name = line.len() - value.len() + tabs.min(1);
        spaced.push_str(&line[..name]);
        spaced.extend(std::iter::repeat_n(' ', tabs));
        spaced.push_str(&line[name + tabs..]);
    }
    (spaced != text).then_some(spaced)
}

fn told(error: ScanError) -> String {
    let line = error.marker().line();
    format!("it is no YAML: {} in its line {line}", error.info())
}

/// What the parser tells one after the other.
struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// Texts that were given a name to be said again by.
    anchors: HashMap<usize, String>,
    /// Bytes of those that were said again.
    again: usize,
}

/// Where it is no YAML, why; or else it is none of a form that is read.
type Outcome<T> = Result<T, Option<ScanError>>;

impl<'a> Events<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            anchors: HashMap::new(),
            again: 0,
        }
    }

    fn next(&mut self) -> Outcome<Event<'a>> {
        let (event, _) = self.parser.next_event().ok_or(None)??;
        Ok(event)
    }

    fn settings(&mut self) -> Outcome<Settings> {
        let mut all = Vec::new();
        loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::MappingStart(..) => break,
                _ => return Err(None),
            }
        }
        loop {
            let name = self.next()?;
            if name == Event::MappingEnd {
                break;
            }
            let mut name = self.value(name)?;
            let value = self.next()?;
            let value = self.value(value)?;
            all.extend(name.texts.pop().map(|name| (name, value)));
        }
        // What follows must be YAML as well, or this was none.
        match (self.next()?, self.next()?) {
            (Event::DocumentEnd, Event::StreamEnd) => Ok(Settings(all)),
            _ => Err(None),
        }
    }

    /// The value that begins so, to its end.
    fn value(&mut self, begins: Event<'a>) -> Outcome<Value> {
        let mut value = Value::default();
        if !matches!(begins, Event::SequenceStart(..)) {
            self.add(begins, &mut value)?;
            return Ok(value);
        }
        loop {
            let item = self.next()?;
            if item == Event::SequenceEnd {
                return Ok(value);
            }
            self.add(item, &mut value)?;
        }
    }

    /// Adds the text that begins so, or tells that there is another thing, of which nothing is taken.
    fn add(&mut self, begins: Event<'a>, value: &mut Value) -> Outcome<()> {
        let text = match begins {
            Event::Alias(id) => {
                let text = self.anchors.get(&id);
                self.again += text.map_or(0, String::len);
                text.filter(|_| self.again <= MOST_AGAIN).cloned()
            }
            Event::Scalar(text, style, id, tag) => {
                let text = text.trim_end();
                if is_nothing(text, style, tag.as_deref()) {
                    return Ok(());
                }
                let text = tag.is_none_or(|tag| is_text(&tag)).then(|| text.to_owned());
                if let Some(text) = text.as_ref().filter(|_| id > 0) {
                    self.anchors.insert(id, text.clone());
                }
                text
            }
            _ if self.pass(&begins)? => return Ok(()),
            _ => None,
        };
        match text.filter(|_| value.texts.len() < MOST_ITEMS) {
            Some(text) => value.texts.push(text),
            None => value.is_more = true,
        }
        Ok(())
    }

    /// Goes on to the end of the value that begins so. Whether it is an object or a list of nothing.
    fn pass(&mut self, begins: &Event<'a>) -> Outcome<bool> {
        let mut depth = usize::from(opens(begins));
        let mut events = 0;
        while depth > 0 {
            let event = self.next()?;
            events += 1;
            depth += usize::from(opens(&event));
            depth -= usize::from(matches!(event, Event::SequenceEnd | Event::MappingEnd));
        }
        Ok(events == 1)
    }
}

fn opens(event: &Event) -> bool {
    matches!(event, Event::SequenceStart(..) | Event::MappingStart(..))
}

/// Whether it says nothing that is read: nothing, or a truth (YAML 1.2.2, 10.3.2).
fn is_nothing(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let small = text.to_ascii_lowercase();
    let nothing = ["", "~", "null", "true", "false"];
    style == ScalarStyle::Plain && tag.is_none() && nothing.contains(&small.as_str())
}

/// Whether what is marked is marked as a text.
fn is_text(tag: &Tag) -> bool {
    tag.suffix == "!" || (tag.is_yaml_core_schema() && tag.suffix == "str")
}
