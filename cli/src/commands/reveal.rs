//! `lineage reveal`.

use crate::disclosed::Disclosed;
use crate::report::{plain, shortened};
use crate::{beside, clean_copy, disk, file, typed};
use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use record::{Record, RecordedStep};
use serde_json::Value;
use std::path::PathBuf;

/// Arguments of `reveal`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage reveal duck.png --step 0
  lineage reveal duck.png.lineage.json --step 1 --out negative.json

Steps are counted from 0, in the order in which `lineage inspect` names them; the last is the file
itself. A number that is too large gives the list.

Whoever gets the proof learns the step, its salt, who claims the work, its file's SHA-256 and how
many steps there are. Of the other steps it has hashes, which salts keep from being guessed.")]
pub struct Arguments {
    /// The file, whose record lies beside it, or the record
    #[arg(value_name = "FILE|RECORD")]
    pub file: PathBuf,
    /// Which step, counted from 0
    #[arg(long, value_name = "N")]
    pub step: u16,
    /// Where the proof is written; FILE.step-N.proof.json unless given
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

impl Arguments {
    /// Writes the proof.
    ///
    /// # Errors
    /// There is no record or no such step, the file is not the record's, or the disk refuses.
    pub fn run(&self) -> Result<Disclosed> {
        let (record, of) = self.record()?;
        if self.step >= record.step_count() {
            bail!("{}", no_such_step(self.step, &record));
        }
        let proof = record.reveal(self.step)?;
        let path = self.out.clone().unwrap_or_else(|| {
            let mut name = of.into_os_string();
            name.push(format!(".step-{}.proof.json", self.step));
            name.into()
        });
        let bytes = proof.to_json()?;
        // A proof that was written before is the same.
        let same = path.exists() && file::small(&path, bytes.len())? == bytes;
        if !same {
            ensure!(
                !path.exists(),
                "{} holds something else: move it away, or name another file with --out",
                path.display()
            );
            disk::add(&path, &bytes)?;
        }
        Ok(Disclosed::of(&path, proof))
    }

    /// The record, and the file it is of.
    fn record(&self) -> Result<(Record, PathBuf)> {
        let given = &self.file;
        let beside = beside::path_of(given);
        disk::leads_on(&beside)?;
        if !beside.exists() {
            let copy = clean_copy::path_of(given)?;
            ensure!(
                !beside::path_of(&copy).exists(),
                "{} was not minted itself, but its clean copy: lineage reveal {} --step {}",
                given.display(),
                typed::word(&copy),
                self.step
            );
            let record = beside::read(given).with_context(|| {
                let beside = beside.display();
                format!(
                    "there is no record {beside}: name the file that was minted, or its record where that lies elsewhere"
                )
            })?;
            return Ok((
                record,
                beside::file_of(given).unwrap_or_else(|| given.clone()),
            ));
        }
        let record = beside::read(&beside)?;
        if given.exists() {
            ensure!(
                file::hash(given)? == record.output_hash,
                "{} is not the file that {beside} is of; to reveal a step of that one, name the record: lineage reveal {} \
                 --step {}",
                given.display(),
                typed::word(&beside),
                self.step,
                beside = beside.display(),
            );
        }
        Ok((record, given.clone()))
    }
}

fn no_such_step(step: u16, record: &Record) -> String {
    let mut said = format!("there is no step {step}; the record has these:");
    for (index, step) in record.steps.iter().enumerate() {
        said.push_str(&format!("\n  {index:>3}  {}", line(step)));
    }
    said
}

fn line(step: &RecordedStep) -> String {
    let role = step.meta.get("role").and_then(Value::as_str);
    let kind = plain(role.unwrap_or(step.kind.name()));
    let text = step.content.as_deref().map(shortened);
    format!("{kind:<10}  {}", text.as_deref().unwrap_or("the file"))
}
