//! `lineage verify`.

use crate::state::State;
use crate::verdict::{Evidence, Verdict, Witness};
use crate::{args, beside, file};
use anyhow::{Result, anyhow, ensure};
use clap::Args;
use indicatif::MultiProgress;
use record::{MAX_PROOF, StepProof};
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage verify duck.png
  lineage verify duck.png --proof duck.png.step-0.proof.json
  lineage verify duck.png --record duck.png.lineage.json --offline

Looks whether the file is a minted one: its SHA-256 is on the chain, or in the record or the proofs.
A copy saved anew has other bytes and is not. Tells every claim on the file and since when; whether a
record is whole and that of a work; which step a proof shows, and of which work; and whether Content
Credentials in the file hold. It changes nothing. Without a chain in the state folder, or with
--offline, the rest is checked all the same.

A claim tells who says that a file is theirs, and since when; not who made it. Claims can be dated
before a mint for 3 days, so that which is the earliest is final after that.

Ends with 0 if all that was checked holds, with 2 if something does not, with 1 if nothing could be
checked. Where the command line cannot be read, it ends with 2 and prints nothing but the usage.")]
pub struct Arguments {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A proof of a step; may be given several times
    #[arg(long = "proof", value_name = "PATH")]
    pub proofs: Vec<PathBuf>,
    /// The record, which its creator keeps
    #[arg(long, value_name = "PATH")]
    pub record: Option<PathBuf>,
    /// Ask no chain
    #[arg(long)]
    pub offline: bool,
    /// PEM file of certificates: Content Credentials that they or those they certify have signed are trusted
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
}

impl Arguments {
    /// Looks.
    ///
    /// # Errors
    /// A file cannot be read, the state cannot be used, or there is nothing to check the file against.
    pub fn run(&self, arguments: &args::Arguments) -> Result<Verdict> {
        let evidence = self.evidence()?;
        let state = arguments.folder();
        let (offline, there) = (self.offline, State::is_in(state));
        ensure!(
            (!offline && there) || self.record.is_some() || !self.proofs.is_empty(),
            "there is nothing to check {} against: name its record or a proof, or with --state the folder of the chain that it was \
             minted on",
            self.file.display()
        );
        if offline || !there {
            let why = match offline {
                true => "--offline was given".to_owned(),
                false => format!("there is none in {}", state.display()),
            };
            return Ok(Verdict::without_chain(evidence, &why));
        }
        super::act(arguments, |session| Verdict::on_chain(evidence, session))
    }

    fn evidence(&self) -> Result<Evidence> {
        let trust = file::trust(self.trust.as_deref())?;
        let mut proofs = Vec::new();
        for path in &self.proofs {
            let text = file::small(path, MAX_PROOF)?;
            let proof = StepProof::from_json(&text);
            proofs.push(Witness {
                path: path.clone(),
                says: match beside::of(&text) {
                    Ok(_) => Err(anyhow!("it is a record: name it with --record")),
                    Err(_) => proof.and_then(|proof| proof.check().map(|()| proof)),
                },
            });
        }
        let read = |path: &PathBuf| {
            let text = file::small(path, beside::MOST)?;
            let says = match StepProof::from_json(&text) {
                Ok(_) => Err(anyhow!("it is a proof of one step: name it with --proof")),
                Err(_) => beside::of(&text),
            };
            let path = path.clone();
            anyhow::Ok(Witness { path, says })
        };
        Ok(Evidence {
            record: self.record.as_ref().map(read).transpose()?,
            proofs,
            // The longest at last, since a name may be wrong.
            file: file::inspect(&self.file, false, &trust, true, &MultiProgress::new())?,
        })
    }
}
