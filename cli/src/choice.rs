//! Which of a file's steps are recorded, and which others.

use crate::file;
use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use logic::step::StepKind;
use record::{Found, Reading};
use serde_json::Map;
use std::io::Read as _;
use std::path::Path;

/// What `from` says of a step that was typed.
const BY_HAND: &str = "added by hand";
/// Most bytes of a step that is read from a file.
const MOST: u64 = 4 << 20;

/// The options that choose steps.
#[derive(Clone, Debug, Default, Args)]
pub struct Choice {
    /// Record steps of these kinds alone: --only prompt,model
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub only: Vec<StepKind>,
    /// Leave out a step of the file, by its number as inspect shows it: --without 2,3
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub without: Vec<usize>,
    /// Record one step more, from a text or a file: --step 'edit=colours by hand', --step prompt=@asked.txt
    #[arg(long = "step", value_name = "KIND=TEXT|@FILE", value_parser = step)]
    pub steps: Vec<Typed>,
}

/// A step as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    kind: StepKind,
    text: String,
}

impl Choice {
    /// Whether all steps of the file are recorded, and no other.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.only.is_empty() && self.without.is_empty() && self.steps.is_empty()
    }

    /// Leaves the steps that were chosen, in their order, and adds those that were typed. Returns the numbers of those that are left out.
    ///
    /// # Errors
    /// There is no step of a number, or a file that a step is in cannot be read.
    pub fn apply(&self, reading: &mut Reading) -> Result<Vec<usize>> {
        let count = reading.found.len();
        if let Some(number) = self.without.iter().find(|number| **number >= count) {
            match count {
                0 => bail!("--without {number}: the file tells of no steps"),
                _ => bail!(
                    "--without {number}: the file tells of steps 0 to {}, as `lineage inspect` shows them",
                    count - 1
                ),
            }
        }
        let is_left_out = |number: usize, found: &Found| {
            self.without.contains(&number)
                || !(self.only.is_empty() || self.only.contains(&found.kind))
        };
        let (mut left_out, mut number) = (Vec::new(), 0);
        reading.found.retain(|found| {
            let leave = is_left_out(number, found);
            if leave {
                left_out.push(number);
            }
            number += 1;
            !leave
        });
        for typed in &self.steps {
            reading.found.push(typed.found()?);
        }
        Ok(left_out)
    }
}

impl Typed {
    fn found(&self) -> Result<Found> {
        let content = match self.text.strip_prefix('@') {
            Some(path) => read(Path::new(path))?,
            None => self.text.clone(),
        };
        Ok(Found {
            kind: self.kind,
            content,
            meta: Map::new(),
            from: BY_HAND.to_owned(),
        })
    }
}

/// The text of a file, as it is but for the end of its last line, which editors add.
fn read(path: &Path) -> Result<String> {
    let unreadable = || format!("cannot read the step in {}", path.display());
    let file = file::opened(path)?;
    let mut bytes = Vec::new();
    file.take(MOST + 1)
        .read_to_end(&mut bytes)
        .with_context(unreadable)?;
    ensure!(
        bytes.len() as u64 <= MOST,
        "{} has more than {MOST} bytes, which is too much for a step",
        path.display()
    );
    let text = String::from_utf8(bytes).ok();
    let mut text = text.with_context(|| format!("{} is no text in UTF-8", path.display()))?;
    if text.ends_with('\n') {
        text.truncate(text.len() - 1 - usize::from(text.ends_with("\r\n")));
    }
    ensure!(!text.is_empty(), "{} is empty", path.display());
    Ok(text)
}

fn kind(text: &str) -> Result<StepKind, String> {
    let kind = StepKind::ALL.into_iter().find(|kind| kind.name() == text);
    kind.ok_or_else(|| {
        "write prompt, model, dataset, parameters, tool, edit, output or other".to_owned()
    })
}

fn step(text: &str) -> Result<Typed> {
    let (name, text) = text
        .split_once('=')
        .context("write KIND=TEXT or KIND=@FILE, as in prompt=@asked.txt")?;
    let kind = kind(name).map_err(anyhow::Error::msg)?;
    ensure!(
        kind != StepKind::Output,
        "the output is the file itself, and always recorded"
    );
    ensure!(
        !text.is_empty() && text != "@",
        "behind = stands the text of the step, or @ and a file"
    );
    Ok(Typed {
        kind,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading {
        let found = |kind, content: &str| Found {
            kind,
            content: content.to_owned(),
            meta: Map::new(),
            from: "PNG tEXt parameters".to_owned(),
        };
        let mut reading = Reading::default();
        reading.found.extend([
            found(StepKind::Prompt, "a duck"),
            found(StepKind::Prompt, "no swan"),
            found(StepKind::Model, "reeds"),
            found(StepKind::Parameters, "Steps: 3"),
        ]);
        reading
    }

    fn chosen(choice: &Choice) -> (Vec<String>, Vec<usize>) {
        let mut reading = reading();
        let left_out = choice.apply(&mut reading).expect("steps");
        let contents = reading.found.into_iter().map(|found| found.content);
        (contents.collect(), left_out)
    }

    #[test]
    fn numbers_are_those_of_the_file_whatever_else_is_left_out() {
        let choice = Choice {
            only: vec![StepKind::Prompt, StepKind::Parameters],
            without: vec![0, 2],
            steps: vec![
                step("edit=a hat").expect("a step"),
                step("prompt=a=b").expect("a step"),
            ],
        };
        let expected = ["no swan", "Steps: 3", "a hat", "a=b"].map(str::to_owned);
        assert_eq!(chosen(&choice), (expected.to_vec(), vec![0, 2]));
        assert!(chosen(&Choice::default()).1.is_empty());
    }

    #[test]
    fn step_that_is_not_there_is_refused_with_those_that_are() {
        let choice = Choice {
            without: vec![4],
            ..Choice::default()
        };
        let error = choice.apply(&mut reading()).expect_err("refused");
        let said = "--without 4: the file tells of steps 0 to 3, as `lineage inspect` shows them";
        assert_eq!(error.to_string(), said);
        let error = choice.apply(&mut Reading::default()).expect_err("refused");
        assert_eq!(error.to_string(), "--without 4: the file tells of no steps");
    }

    #[test]
    fn text_of_a_file_is_taken_without_the_end_of_its_last_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("asked.txt");
        let typed = step(&format!("prompt=@{}", path.display())).expect("a step");
        for (written, expected) in [
            ("a\n\n duck \n", Some("a\n\n duck ")),
            ("a duck\r\n", Some("a duck")),
            ("a duck", Some("a duck")),
            ("\n", None),
            ("", None),
        ] {
            std::fs::write(&path, written).expect("written");
            let found = typed.found().ok();
            let text = found.as_ref().map(|found| found.content.as_str());
            assert_eq!(text, expected, "{written:?}");
        }
        std::fs::write(&path, [0xff]).expect("written");
        let error = typed.found().expect_err("refused").to_string();
        assert!(error.ends_with("asked.txt is no text in UTF-8"), "{error}");
    }

    #[test]
    fn what_is_no_step_is_refused() {
        for text in ["prompt", "poem=a", "output=a", "prompt=", "prompt=@"] {
            assert!(step(text).is_err(), "{text}");
        }
    }
}
