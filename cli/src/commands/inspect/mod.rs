//! `lineage inspect`.

mod files;

use crate::model_files::{Model, ModelFiles};
use crate::report::{self, plain, shortened};
use crate::{at_once, file, steps};
use anyhow::Result;
use clap::Args;
use files::{Listed, Unfit};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use record::{Credentials, Inspection, Reading, Trust, Unreadable};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `inspect`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage inspect duck.png
  lineage inspect pictures --json
  lineage inspect pictures --no-hash

Reads files and sends nothing. Of a folder, every file in it and in its folders is read, those whose
names begin with a dot and links to folders left out.

Says what a file tells of how it was made and in which field of it, and what everybody learns who
gets the file. Steps are numbered from 0, in JSON by their place in the array; `lineage mint --without`
takes these numbers. That a file is not marked as made by AI does not mean that it was not.

discloses names every text by where it stands, whether or not a step is taken from it, and says
where the file tells of places, dates, devices and persons, also in values that are no text.

JSON: one object for one file, an array for several or for a folder. steps are what `lineage mint`
would record; each has kind, content and from, the field that says it, and where they are known role
(negative), hash and air. unreadable are fields that nobody could read, each with its reason;
discloses what stands where in the file. credentials has state (none, trusted, valid, invalid or
unchecked), the standard's codes as reasons, and changed_after_signing (metadata or content); without
--trust nobody is trusted. For a path that cannot be read there is an object of file and error, the
others are read all the same, and the exit code is 1.")]
pub struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out SHA-256 and CID, which take reading each file whole
    #[arg(long)]
    pub no_hash: bool,
    /// PEM file of certificates: Content Credentials that they or those they certify have signed are trusted
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// Files of models that the files name.
    #[command(flatten)]
    pub models: ModelFiles,
}

/// What is known of one file, or why nothing is.
#[derive(Serialize)]
#[serde(untagged)]
enum Report {
    Read(Box<Inspection>),
    Failed { file: String, error: String },
}

impl Arguments {
    /// Inspects each file and reports it at once, so that nothing is lost when the command is stopped.
    ///
    /// # Errors
    /// The report cannot be printed.
    pub fn run(&self, json: bool) -> Result<ExitCode> {
        let trust = file::trust(self.trust.as_deref())?;
        let models = self.models.read()?;
        let files = files::of(&self.paths);
        let many = files.len() != 1 || self.paths.iter().any(|path| path.is_dir());
        let bars = MultiProgress::new();
        let bar = match files.len() {
            0..20 => ProgressBar::hidden(),
            count => bars.add(ProgressBar::new(count as u64)),
        };
        let style = ProgressStyle::with_template("inspecting {bar:40} {pos} of {len}, {eta}")?;
        let bar = bar.with_style(style);
        let mut failed = 0;
        let mut before = if many { "[\n" } else { "" };
        at_once::in_order(
            &files,
            |file| {
                let report = self.report(file, &trust, &models, &bars);
                // Written out here, where every core does it.
                let written = match json {
                    true => report::json(&report),
                    false => Ok(report.to_string()),
                };
                (matches!(report, Report::Failed { .. }), written)
            },
            |(is_failure, written)| {
                failed += usize::from(is_failure);
                let written = written?;
                bars.suspend(|| match json {
                    true => report::line(&format_args!("{before}{written}")),
                    false => report::line(&written),
                })?;
                bar.inc(1);
                before = if many { ",\n" } else { "" };
                Ok(())
            },
        )?;
        if json && many {
            report::line(if files.is_empty() { "[]" } else { "]" })?;
        }
        if !json && files.is_empty() {
            report::line("there is no file to inspect")?;
        }
        Ok(match failed {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        })
    }

    fn report(
        &self,
        file: &Result<Listed, Unfit>,
        trust: &Trust,
        models: &[Model],
        bars: &MultiProgress,
    ) -> Report {
        let failed = |path: &Path, error: String| Report::Failed {
            file: path.display().to_string(),
            error,
        };
        let Listed { path, is_alone } = match file {
            Ok(file) => file,
            Err(unfit) => return failed(&unfit.path, unfit.error.clone()),
        };
        match file::inspect(path, *is_alone, trust, !self.no_hash, bars) {
            Ok(mut inspection) => {
                let mut reading = Reading::default();
                reading.found = inspection.steps;
                models.iter().for_each(|model| model.name(&mut reading));
                inspection.steps = reading.found;
                Report::Read(Box::new(inspection))
            }
            Err(error) => failed(path, format!("{error:#}")),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = match self {
            Self::Failed { file, error } => {
                return write!(f, "{}\n  error       {}", plain(file), plain(error));
            }
            Self::Read(file) => file,
        };
        write!(f, "{}", plain(&file.file))?;
        let model = || {
            let first = file.discloses.first()?.place.split(' ').next()?;
            ["safetensors", "GGUF"].into_iter().find(|it| *it == first)
        };
        // Models have no media type that is agreed on.
        let kind = file.media_type.or_else(model);
        let kind = kind.unwrap_or("of no known kind");
        write!(f, "\n  file        {} bytes, {kind}", file.bytes)?;
        if let Some(hashes) = &file.hashes {
            write!(f, "\n  SHA-256     {}", hex::encode(hashes.sha256))?;
            write!(f, "\n  CID         {}", hashes.cid)?;
        }
        let made_by = match &file.generator {
            Some(generator) => plain(&generator.to_string()),
            None if file.ai.marked => "a program that it does not name".to_owned(),
            None => "the file does not say".to_owned(),
        };
        write!(f, "\n  made by     {made_by}")?;
        for (number, step) in file.steps.iter().enumerate() {
            let line = steps::line(number, step.kind, &step.content, &step.meta);
            write!(f, "\n  {line}")?;
        }
        write_credentials(f, file)?;
        for Unreadable { field, reason } in &file.unreadable {
            write!(f, "\n  unreadable  {}: {}", plain(field), plain(reason))?;
        }
        for disclosed in &file.discloses {
            let place = plain(&disclosed.place);
            write!(f, "\n  discloses   {} in {place}", disclosed.what)?;
        }
        Ok(())
    }
}

/// What the Content Credentials are, unless there are none.
fn write_credentials(f: &mut fmt::Formatter<'_>, file: &Inspection) -> fmt::Result {
    let Credentials {
        state,
        reasons,
        changed_after_signing,
    } = &file.credentials;
    if *state == "none" {
        return Ok(());
    }
    write!(f, "\n  credentials {state}")?;
    if let Some(changed) = changed_after_signing {
        write!(f, ", {changed} changed after signing")?;
    }
    if !reasons.is_empty() {
        write!(f, ": {}", plain(&reasons.join(", ")))?;
    }
    for ingredient in &file.ingredients {
        let of = [&ingredient.relationship, &ingredient.title].map(|text| text.as_deref());
        let of: Vec<_> = of.into_iter().flatten().collect();
        write!(f, "\n  ingredient  {}", shortened(&of.join(" ")))?;
    }
    for (name, answer) in &file.training_and_mining {
        write!(f, "\n  consent     {} {}", plain(name), plain(answer))?;
    }
    Ok(())
}
