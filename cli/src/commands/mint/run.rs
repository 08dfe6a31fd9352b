//! How `mint` and `derive` go: read, show, ask, write, upload, send.

use super::Common;
use crate::abi::licensing::ILicensing::termsOfCall;
use crate::abi::provenance::IProvenance::{recordCall, tokenOfCall};
use crate::args::Arguments;
use crate::clean_copy::CleanCopy;
use crate::commands::act;
use crate::commands::derive::Parent;
use crate::file::{self, WorkFile};
use crate::minting::{Draft, Edge, Minting, title_of};
use crate::preview::Preview;
use crate::report::{self, shortened};
use crate::session::Session;
use crate::state::State;
use crate::uri::FileUri;
use crate::{account, archive, ask, beside, share, typed};
use alloy_primitives::{B256, U256};
use anyhow::{Result, bail, ensure};
use indicatif::MultiProgress;
use logic::step::StepKind;
use record::{Inspection, Salts, Trust};
use std::process::ExitCode;

/// What was shown of the parents.
struct Shown {
    /// Their shares.
    edges: Vec<Edge>,
    /// The versions of their terms, in the same order.
    versions: Vec<u32>,
}

/// The parents with their shares, which are still those that were shown, if any were, under the same terms: a licensor may have
/// changed them since.
fn agreed(parents: &[Parent], shown: Option<&Shown>, session: &Session) -> Result<Vec<Edge>> {
    let edges = Parent::edges(parents, session)?;
    if let Some(shown) = shown {
        ensure!(
            shown.edges == edges,
            "the least share of a parent has changed since it was shown: type this again to see the new one; nothing was sent"
        );
        ensure!(
            shown.versions == versions(&edges, session)?,
            "the terms of a parent have changed since they were shown: look at them with `lineage show`, and type this again; \
             nothing was sent"
        );
    }
    Ok(edges)
}

/// The versions of the terms of these works.
fn versions(edges: &[Edge], session: &Session) -> Result<Vec<u32>> {
    let version = |edge: &Edge| {
        let terms = termsOfCall {
            router: session.programs.router,
            work: edge.work,
        };
        let terms = session.view(session.programs.licensing, &terms)?;
        Ok(terms.version)
    };
    edges.iter().map(version).collect()
}

/// What the chain knows of a work that is not minted yet.
#[derive(Default)]
struct Seen {
    /// Its parents, as people are told of them.
    parents: Vec<String>,
    /// The versions of their terms.
    versions: Vec<u32>,
    /// Works that may be its parents.
    proposed: Vec<String>,
}

impl Common {
    /// Mints the file as a work with these parents, once its creator has said yes. The state is not held while somebody thinks, or
    /// while a file is uploaded.
    ///
    /// # Errors
    /// Nobody can be asked, the answer is no, the chain or who is to pin the file refuses, or something cannot be read or written.
    pub(in crate::commands) fn run(
        &self,
        arguments: &Arguments,
        parents: &[Parent],
    ) -> Result<ExitCode> {
        self.may_go_on(arguments.json)?;
        let stamp = file::stamp(&self.file)?;
        let mut file = WorkFile::read(&self.file)?;
        for model in self.models.read()? {
            model.must_name(&self.file, &mut file.reading)?;
        }
        let left_out = self.choice.apply(&mut file.reading)?;
        let copy = self
            .strip
            .then(|| CleanCopy::plan(&self.file, self.strip_credentials));
        let copy = copy.transpose()?;
        if let Some(copy) = &copy {
            file.hashes = copy.hashes;
        }
        // The copy is called as the original is.
        let title = match (&self.title, &copy) {
            (None, Some(_)) => Some(title_of(&self.file)?),
            (title, _) => title.clone(),
        };
        let mut minting = self.minting(&file, copy.as_ref(), title.as_deref());
        let draft = minting.draft()?;
        ensure!(
            !draft.is_kept
                || (self.choice.is_empty() && self.models.model_files.is_empty())
                || draft.agrees_with(&file.reading.found),
            "{} holds other steps than --only, --without, --step and --model-file give now; it is from an earlier run. \
             Leave these options out to go on with it, or move it away to make a new record",
            beside::path_of(minting.path).display()
        );
        self.can_lead(&draft)?;
        if let Some(car) = &self.car {
            let record = beside::path_of(minting.path);
            archive::check(car, &[&self.file, minting.path, &record])?;
        }
        let mut shown = None;
        if !self.yes {
            let inspection = self.inspection()?;
            let seen = match State::is_in(arguments.folder()) {
                true => self.look(arguments, &mut minting, parents, &draft, &inspection)?,
                // Nothing is begun yet, a chain neither.
                false => match parents.first() {
                    Some(Parent { work, .. }) => bail!(
                        "there is no work {work}: no chain lies in {} yet",
                        arguments.folder().display()
                    ),
                    None => Seen::default(),
                },
            };
            let preview = Preview {
                original: &self.file,
                inspection: &inspection,
                copy: copy.as_ref(),
                minting: &minting,
                draft: &draft,
                left_out: &left_out,
                parents: &seen.parents,
                proposed: &seen.proposed,
                archive: self.car.as_deref(),
                link: self.link(&draft)?,
                reachable: self.reachable(&draft)?,
            };
            if !ask::ask(&preview, "Mint this?")? {
                bail!("not minted: nothing was written or sent");
            }
            shown = Some(Shown {
                edges: minting.parents.clone(),
                versions: seen.versions,
            });
        }
        ensure!(
            file::stamp(&self.file)? == stamp,
            "{} changed since it was read: type this again; nothing was written or sent",
            self.file.display()
        );
        if copy.is_some() || self.car.is_some() || self.pin.is_some() {
            // Nothing is written or uploaded for a mint that would be refused.
            act(arguments, |session| {
                minting.parents = agreed(parents, shown.as_ref(), session)?;
                minting.check(session, &draft)
            })?;
        }
        if let Some(copy) = &copy {
            copy.write()?;
        }
        if let Some(car) = &self.car {
            archive::write(minting.path, &draft.record.cid, car)?;
        }
        if let Some(place) = &self.pin {
            place.pin(minting.path, &draft.record.cid, &draft.title)?;
        }
        let mut minted = act(arguments, |session| {
            minting.parents = agreed(parents, shown.as_ref(), session)?;
            minting.send(session, draft)
        })?;
        minted.clean_copy = copy.map(|copy| copy.path);
        minted.archive = self.car.clone();
        minted.pinned_at = self.pin.as_ref().map(ToString::to_string);
        report::print(&minted, arguments.json)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Whether somebody can be asked, or need not be.
    fn may_go_on(&self, json: bool) -> Result<()> {
        let file = typed::word(&self.file);
        if self.yes {
            return Ok(());
        }
        if json {
            bail!(
                "--json asks no question: look at what `lineage inspect {file}` shows, then add --yes; nothing was written or sent"
            );
        }
        ensure!(
            ask::is_possible(),
            "there is no terminal to ask on: look at what `lineage inspect {file}` shows, then add --yes; nothing was written or sent"
        );
        Ok(())
    }

    fn minting<'a>(
        &'a self,
        file: &'a WorkFile,
        copy: Option<&'a CleanCopy>,
        title: Option<&'a str>,
    ) -> Minting<'a> {
        Minting {
            path: copy.map_or(&self.file, |copy| &copy.path),
            file,
            title,
            creator: self.from,
            to: self.to.unwrap_or(self.from),
            kind: self.kind,
            royalty: self.royalty,
            uri: self.uri.as_ref(),
            parents: Vec::new(),
            payees: self.payees.clone(),
            open: self.open,
            salts: Salts::Random,
        }
    }

    /// Tries the mint out, and looks for its parents and for works that may be.
    fn look(
        &self,
        arguments: &Arguments,
        minting: &mut Minting,
        parents: &[Parent],
        draft: &Draft,
        inspection: &Inspection,
    ) -> Result<Seen> {
        act(arguments, |session| {
            minting.parents = Parent::edges(parents, session)?;
            minting.check(session, draft)?;
            let file = typed::word(&self.file);
            let works = proposed(session, minting, inspection)?.into_iter();
            let say = |(what, work)| {
                format!("{what} is work {work} here: lineage derive {file} --parent {work}")
            };
            let versions = versions(&minting.parents, session)?;
            Ok(Seen {
                parents: named(session, minting, &versions)?,
                versions,
                proposed: works.map(say).collect(),
            })
        })
    }

    fn inspection(&self) -> Result<Inspection> {
        file::inspect(
            &self.file,
            false,
            &Trust::default(),
            false,
            &MultiProgress::new(),
        )
    }

    fn link(&self, draft: &Draft) -> Result<String> {
        Ok(match &self.uri {
            Some(uri) => uri.to_string(),
            None => format!("ipfs://{}", draft.record.cid),
        })
    }

    /// Whether the link can lead to the file: an address that tells the hash of what is there must tell the file's.
    fn can_lead(&self, draft: &Draft) -> Result<()> {
        let digest = self.uri.as_ref().and_then(FileUri::digest);
        ensure!(
            digest.is_none_or(|digest| digest == draft.record.output_hash),
            "--uri is the CID of another file than the one that is minted: leave it out, and its own is recorded, {}",
            draft.record.cid
        );
        Ok(())
    }

    /// What is done so that the link leads somewhere.
    fn reachable(&self, draft: &Draft) -> Result<String> {
        let is_own = match &self.uri {
            None => true,
            Some(uri) => *uri == FileUri::of_file(&draft.record.cid)? || uri.digest().is_some(),
        };
        let elsewhere = "nobody checks that the file is there";
        Ok(match (&self.pin, &self.car) {
            (Some(place), _) if is_own => place.intent(),
            (Some(place), _) => format!("{elsewhere}, though {}", place.intent()),
            (None, Some(car)) if is_own => {
                format!("it leads there once {} is imported", car.display())
            }
            (None, None) if is_own => {
                "it leads nowhere until the file is added to IPFS: see --pin and --car".to_owned()
            }
            (None, _) => elsewhere.to_owned(),
        })
    }
}

fn named(session: &Session, minting: &Minting, versions: &[u32]) -> Result<Vec<String>> {
    let mut named = Vec::new();
    for (parent, version) in minting.parents.iter().zip(versions) {
        let token_id = U256::from(parent.work);
        let record = session.view(
            session.programs.provenance,
            &recordCall { tokenId: token_id },
        )?;
        named.push(format!(
            "work {} {:?} by {} gets {} of what this one earns (terms version {version})",
            parent.work,
            record.title,
            account::name(record.creator),
            share::percent(parent.share)
        ));
    }
    Ok(named)
}

/// Models and ingredients whose whole SHA-256 is that of a work here.
fn proposed(
    session: &Session,
    minting: &Minting,
    inspection: &Inspection,
) -> Result<Vec<(String, U256)>> {
    let steps = minting.file.reading.found.iter();
    let models = steps.filter(|step| step.kind == StepKind::Model);
    let models = models.filter_map(|step| {
        let hash = step.meta.get("hash")?.as_str()?;
        Some(("model", step.content.as_str(), hash))
    });
    let ingredients = inspection.ingredients.iter().filter_map(|ingredient| {
        let title = ingredient.title.as_deref().unwrap_or("of no name");
        Some(("ingredient", title, ingredient.sha256.as_deref()?))
    });
    let (mut proposed, mut known) = (Vec::new(), Vec::new());
    for (what, name, hash) in models.chain(ingredients) {
        let hash: Option<B256> = Some(hash)
            .filter(|hash| hash.len() == 64)
            .and_then(|hash| hash.parse().ok());
        let Some(output_hash) = hash else { continue };
        if known.contains(&output_hash) {
            continue;
        }
        known.push(output_hash);
        let call = tokenOfCall {
            outputHash: output_hash,
        };
        let work = session.view(session.programs.provenance, &call)?;
        let is_parent = minting
            .parents
            .iter()
            .any(|parent| U256::from(parent.work) == work);
        if !work.is_zero() && !is_parent {
            proposed.push((format!("{what} {}", shortened(name)), work));
        }
    }
    Ok(proposed)
}
