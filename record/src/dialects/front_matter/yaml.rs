//! The settings before a text: YAML (1.2.2), of which names with a text or a list of texts are read. Whatever is more than that is
//! passed over and not guessed, and what is no YAML says nothing.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Names that are read. Cards have some ten.
const MOST: usize = 200;
/// Items of a list that are read.
const MOST_ITEMS: usize = 1_000;

/// Names with their texts, of which a list has several.
#[derive(Default)]
pub(super) struct Settings(Vec<(String, Vec<String>)>);

/// A value, with what stands in it passed over where that is no text.
enum Value {
    Text(String),
    List(Vec<String>),
    Other,
}

impl Settings {
    pub(super) fn read(text: &str) -> Self {
        Events(Parser::new_from_str(text))
            .settings()
            .unwrap_or_default()
    }

    /// The texts of a name, the last where it is there twice as YAML forbids.
    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, texts)| texts.as_slice())
    }
}

/// What the parser tells one after the other; [`None`] where it is no YAML.
struct Events<'a>(Parser<'a, saphyr_parser::StrInput<'a>>);

impl<'a> Events<'a> {
    fn next(&mut self) -> Option<Event<'a>> {
        let (event, _) = self.0.next_event()?.ok()?;
        Some(event)
    }

    fn settings(&mut self) -> Option<Settings> {
        let mut all = Vec::new();
        loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::MappingStart(..) => break,
                _ => return None,
            }
        }
        loop {
            let name = self.next()?;
            if name == Event::MappingEnd {
                break;
            }
            let name = self.value(name)?;
            let value = self.next()?;
            let value = self.value(value)?;
            let texts = match value {
                Value::Text(text) => vec![text],
                Value::List(texts) => texts,
                Value::Other => continue,
            };
            if let Value::Text(name) = name
                && all.len() < MOST
            {
                all.push((name, texts));
            }
        }
        // What follows must be YAML as well, or this was none.
        match (self.next()?, self.next()?) {
            (Event::DocumentEnd, Event::StreamEnd) => Some(Settings(all)),
            _ => None,
        }
    }

    /// The value that begins so, to its end.
    fn value(&mut self, begins: Event<'a>) -> Option<Value> {
        if let Event::SequenceStart(..) = begins {
            return self.list();
        }
        self.pass(&begins)?;
        Some(text(begins).map_or(Value::Other, Value::Text))
    }

    fn list(&mut self) -> Option<Value> {
        let (mut texts, mut are_all) = (Vec::new(), true);
        loop {
            let item = self.next()?;
            if item == Event::SequenceEnd {
                break;
            }
            self.pass(&item)?;
            match text(item) {
                Some(text) if texts.len() < MOST_ITEMS => texts.push(text),
                Some(_) => {}
                None => are_all = false,
            }
        }
        Some(match are_all && !texts.is_empty() {
            true => Value::List(texts),
            false => Value::Other,
        })
    }

    /// Goes on to the end of the value that begins so.
    fn pass(&mut self, begins: &Event<'a>) -> Option<()> {
        let mut depth = usize::from(opens(begins));
        while depth > 0 {
            let event = self.next()?;
            depth += usize::from(opens(&event));
            depth -= usize::from(matches!(event, Event::SequenceEnd | Event::MappingEnd));
        }
        Some(())
    }
}

fn opens(event: &Event) -> bool {
    matches!(event, Event::SequenceStart(..) | Event::MappingStart(..))
}

/// One text. Truths and nothing are none (YAML 1.2.2, 10.3.2), and neither is what is marked as of another kind.
fn text(event: Event) -> Option<String> {
    let Event::Scalar(text, style, _, None) = event else {
        return None;
    };
    let other = ["", "~", "null", "true", "false"];
    let is_other = style == ScalarStyle::Plain && other.contains(&&*text.to_ascii_lowercase());
    (!is_other).then(|| text.trim_end().to_owned())
}
