//! What is shown before a mint: the record to be, where its link will lead, and what everybody learns who gets the file.

use crate::clean_copy::CleanCopy;
use crate::minting::{Draft, Minting};
use crate::report::{plain, shortened};
use crate::{account, beside, share, steps};
use logic::source_type::SourceType;
use logic::step::StepKind;
use record::{Inspection, Unreadable};
use std::fmt;
use std::path::Path;

/// Steps that are shown; `inspect` shows all.
const STEPS: usize = 60;
/// Fields that are shown of those that the file discloses, and of those that cannot be read.
const FIELDS: usize = 40;

/// What there is to show.
pub(crate) struct Preview<'a> {
    /// The file as it was typed.
    pub(crate) original: &'a Path,
    /// What is known of it.
    pub(crate) inspection: &'a Inspection,
    /// The clean copy that is to be minted in its place.
    pub(crate) copy: Option<&'a CleanCopy>,
    /// What is to be minted.
    pub(crate) minting: &'a Minting<'a>,
    /// Its record.
    pub(crate) draft: &'a Draft,
    /// Numbers of the file's steps that are left out.
    pub(crate) left_out: &'a [usize],
    /// Parents by what they are called, where that is known.
    pub(crate) parents: &'a [String],
    /// Works that may be parents, and are not named.
    pub(crate) proposed: &'a [String],
    /// Where the archive of the file is to lie, if one was asked for.
    pub(crate) archive: Option<&'a Path>,
    /// Where the link leads, and who is to have the file for that.
    pub(crate) link: String,
    /// What is done to the file so that the link leads somewhere.
    pub(crate) reachable: String,
}

impl fmt::Display for Preview<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { minting, draft, .. } = self;
        let name = plain(&minting.path.display().to_string());
        let creator = account::name(minting.creator);
        writeln!(
            f,
            "{name} is to be minted as {:?} by {creator}",
            draft.title
        )?;
        if minting.to != minting.creator {
            writeln!(f, "  to          {}", account::name(minting.to))?;
        }
        writeln!(f, "  kind        {}", minting.kind.name())?;
        writeln!(f, "  SHA-256     {}", hex::encode(draft.record.output_hash))?;
        self.write_steps(f)?;
        for parent in self.parents {
            writeln!(f, "  parent      {parent}")?;
        }
        for payee in &minting.payees {
            let who = account::name(payee.account);
            let percent = share::percent(payee.share);
            writeln!(f, "  payee       {who} gets {percent} of what it keeps")?;
        }
        self.write_terms(f)?;
        writeln!(
            f,
            "  link        {}; {}",
            plain(&self.link),
            plain(&self.reachable)
        )?;
        if let Some(archive) = self.archive {
            let archive = plain(&archive.display().to_string());
            writeln!(f, "  archive     {archive} is written")?;
        }
        let record = beside::path_of(minting.path);
        let record = plain(&record.display().to_string());
        write!(
            f,
            "  private     texts and salts stay in {record}; the chain gets hashes of them"
        )?;
        self.write_disclosed(f)?;
        self.write_unreadable(f)?;
        self.write_possible_parents(f)
    }
}

impl Preview<'_> {
    /// What is asked of buyers, and of those who derive from the work.
    fn write_terms(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let royalty = share::percent(self.minting.royalty);
        writeln!(
            f,
            "  royalty     {royalty} of each later sale, which marketplaces are asked to pay"
        )?;
        match self.minting.open.map(share::percent) {
            Some(least) => writeln!(
                f,
                "  terms       open: anyone may derive from it who gives it {least} or more"
            ),
            None => writeln!(
                f,
                "  terms       closed: nobody may derive from it before `lineage terms` opens it"
            ),
        }
    }

    fn write_steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = &self.draft.record;
        let found = &self.minting.file.reading.found;
        // A record from before may have other steps than the file.
        let from = |number: usize| {
            let from = found
                .get(number)
                .filter(|_| self.draft.agrees_with(found))?;
            Some(format!(" ({})", plain(&from.from)))
        };
        for (number, step) in record.steps.iter().enumerate() {
            if number == STEPS {
                let left = record.steps.len() - STEPS;
                writeln!(f, "  …           and {left} more")?;
                break;
            }
            let line = match &step.content {
                None => steps::line(number, StepKind::Output, "the file itself", &step.meta),
                Some(content) => steps::line(number, step.kind, content, &step.meta),
            };
            writeln!(f, "  {line}{}", from(number).unwrap_or_default())?;
        }
        let count = record.step_count();
        write!(
            f,
            "  in all      {count} step{}",
            if count == 1 { "" } else { "s" }
        )?;
        match &record.generator {
            Some(generator) => write!(f, ", made by {}", plain(generator))?,
            None => write!(f, ", by a program that the file does not name")?,
        }
        let source_type = self.minting.file.reading.source_type;
        let source_type = source_type.unwrap_or(SourceType::Unstated).name();
        writeln!(
            f,
            ", source {}",
            if source_type.is_empty() {
                "not stated"
            } else {
                source_type
            }
        )?;
        if self.draft.is_kept {
            let kept = beside::path_of(self.minting.path);
            let kept = plain(&kept.display().to_string());
            writeln!(
                f,
                "  kept        the record is that of an earlier run, {kept}"
            )?;
        }
        if !self.left_out.is_empty() {
            let left_out: Vec<_> = self.left_out.iter().map(ToString::to_string).collect();
            let left_out = left_out.join(", ");
            writeln!(
                f,
                "  left out    {left_out}, by the numbers that `lineage inspect` shows"
            )?;
        }
        Ok(())
    }

    fn write_disclosed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let original = plain(&self.original.display().to_string());
        if let Some(copy) = self.copy {
            let path = plain(&copy.path.display().to_string());
            write!(f, "\n\n{path} is the clean copy to publish")?;
            let removed: Vec<_> = copy
                .removed
                .iter()
                .take(FIELDS)
                .map(|it| plain(it))
                .collect();
            match removed.is_empty() {
                true => write!(f, "; {original} had nothing to take out")?,
                false => write!(f, "; gone from it: {}", removed.join(", "))?,
            }
            return self.write_untold(f);
        }
        let discloses = &self.inspection.discloses;
        if discloses.is_empty() {
            return write!(f, "\n\nNo text that {original} discloses was found");
        }
        write!(f, "\n\nWho gets {original} learns, private or not:")?;
        for disclosed in discloses.iter().take(FIELDS) {
            let beginnings = self.inspection.beginnings.iter();
            let mut beginnings = beginnings.filter(|(place, _)| *place == disclosed.place);
            let place = plain(&disclosed.place);
            write!(f, "\n  {} in {place}", disclosed.what)?;
            if let Some((_, beginning)) = beginnings.next() {
                write!(f, ": {}", shortened(beginning))?;
            }
        }
        if discloses.len() > FIELDS {
            write!(f, "\n  … and {} more", discloses.len() - FIELDS)?;
        }
        let has_prompts = discloses.iter().any(|it| it.what.contains("prompt"));
        let (what, it) = match has_prompts {
            true => ("Prompts are", "them"),
            false => ("This is", "it"),
        };
        write!(
            f,
            "\n{what} in the file itself: use --strip to publish a copy without {it}"
        )
    }

    /// What everybody would have learnt from the original.
    fn write_untold(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut untold: Vec<&str> = Vec::new();
        let told = self.inspection.discloses.iter();
        for what in told.flat_map(|disclosed| disclosed.what.split(", ")) {
            if !untold.contains(&what) {
                untold.push(what);
            }
        }
        if self.inspection.credentials.state != "none" {
            untold.push("Content Credentials");
        }
        if !untold.is_empty() {
            write!(f, "\nWho gets it no longer learns: {}", untold.join(", "))?;
        }
        Ok(())
    }

    fn write_unreadable(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unreadable = &self.inspection.unreadable;
        if !unreadable.is_empty() {
            write!(f, "\n\nWhat is there and could not be read:")?;
        }
        for Unreadable { field, reason } in unreadable.iter().take(FIELDS) {
            write!(f, "\n  {}: {}", plain(field), plain(reason))?;
        }
        Ok(())
    }

    fn write_possible_parents(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = self.inspection.ingredients.iter();
        let titles: Vec<_> = titles
            .filter_map(|it| it.title.as_deref())
            .map(shortened)
            .collect();
        if !titles.is_empty() || !self.proposed.is_empty() {
            write!(f, "\n\nPossible parents:")?;
        }
        if !titles.is_empty() {
            let titles = titles.join(", ");
            write!(f, "\n  by its Content Credentials it was made of: {titles}")?;
        }
        for proposed in self.proposed {
            write!(f, "\n  {proposed}")?;
        }
        Ok(())
    }
}
