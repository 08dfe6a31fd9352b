//! From a file to a token: the record beside it, the commitment, the mint, the terms.

use crate::abi::licensing::ILicensing::termsOfCall;
use crate::abi::provenance::IProvenance::{
    MintRequest, Parent, Payee, commitCall, commitmentTimeCall, mintCall, tokenByCall,
};
use crate::abi::router::IRouter::inboxCall;
use crate::file::WorkFile;
use crate::offer::Offer;
use crate::report::{Sent, checksummed, gas_line, plain};
use crate::session::Session;
use crate::uri::FileUri;
use crate::{account, beside, share};
use alloy_primitives::{Address, B256, U256};
use anyhow::{Context as _, Result, bail};
use logic::priority;
use logic::source_type::SourceType;
use logic::work::WorkKind;
use record::{Found, Record, RecordedStep, Salts};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// Most bytes of a title, as `IProvenance.sol` has it.
const MAX_TITLE: usize = logic::title::MAX_LEN;

/// What is to be minted.
pub struct Minting<'a> {
    /// Where the file lies.
    pub path: &'a Path,
    /// What is known of it.
    pub file: &'a WorkFile,
    /// Title; the file's name where there is none.
    pub title: Option<&'a str>,
    /// Who creates the work and sends the transactions.
    pub creator: Address,
    /// Who receives the token.
    pub to: Address,
    /// What the work is.
    pub kind: WorkKind,
    /// ERC-2981 rate in basis points.
    pub royalty: u16,
    /// Where the file can be had; under its own identifier at IPFS where there is none.
    pub uri: Option<&'a FileUri>,
    /// The works it derives from.
    pub parents: Vec<Edge>,
    /// Who receives what it keeps; the creator where empty.
    pub payees: Vec<Payee>,
    /// Least share for children, in basis points; closed where there is none.
    pub open: Option<u16>,
    /// Where the salts of a new record come from.
    pub salts: Salts,
}

/// A parent of a minted work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// Its work id.
    pub work: u64,
    /// Its share in basis points.
    pub share: u16,
}

/// A minted work.
#[derive(Clone, Debug, Serialize)]
pub struct Minted {
    /// Its id, also that of the token.
    pub work: u64,
    /// Its title.
    pub title: String,
    /// Its creator.
    #[serde(serialize_with = "address")]
    pub creator: Address,
    /// SHA-256 of the file.
    pub output_hash: B256,
    /// Root of the steps.
    pub process_root: B256,
    /// How many steps.
    pub steps: u16,
    /// The program that made the file, where the file says so.
    pub generator: Option<String>,
    /// The works it derives from.
    pub parents: Vec<Edge>,
    /// Receiver of its royalties.
    #[serde(serialize_with = "address")]
    pub inbox: Address,
    /// Where the private half of the record lies; in JSON with U+FFFD for what is no text.
    #[serde(serialize_with = "path")]
    pub record: PathBuf,
    /// Where the clean copy lies that was minted in place of the file, if one was asked for.
    #[serde(serialize_with = "path_if_any")]
    pub clean_copy: Option<PathBuf>,
    /// Where the archive of the file lies for IPFS, if one was asked for.
    #[serde(serialize_with = "path_if_any")]
    pub archive: Option<PathBuf>,
    /// The node or service that has the file, if it was brought to one.
    pub pinned_at: Option<String>,
    /// The transactions.
    pub sent: Vec<Sent>,
}

fn address<S: serde::Serializer>(address: &Address, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&checksummed(*address))
}

fn path<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// A work before it is minted: nothing of it is written or sent.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Its record.
    pub record: Record,
    /// Whether the record lies beside the file already, from a run that was interrupted.
    pub is_kept: bool,
}

fn path_if_any<S: serde::Serializer>(
    path: &Option<PathBuf>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let path = path.as_ref().map(|path| path.display().to_string());
    path.serialize(serializer)
}

impl Draft {
    /// Whether its record has exactly these steps, and the output.
    #[must_use]
    pub fn agrees_with(&self, found: &[Found]) -> bool {
        let Some((_, steps)) = self.record.steps.split_last() else {
            return false;
        };
        let is_same = |step: &RecordedStep, found: &Found| {
            let content = step.content.as_ref();
            (step.kind, content, &step.meta) == (found.kind, Some(&found.content), &found.meta)
        };
        steps.len() == found.len()
            && steps
                .iter()
                .zip(found)
                .all(|(step, found)| is_same(step, found))
    }
}

impl Minting<'_> {
    /// The work as it would be minted, by the record that lies beside the file or a new one.
    ///
    /// # Errors
    /// The title is too long, there are too many steps, or beside the file lies the record of another claim.
    pub fn draft(&mut self) -> Result<Draft> {
        let title = self.title()?;
        let kept = beside::find(self.path, &self.file.hashes, self.creator)?;
        let is_kept = kept.is_some();
        let record = match kept {
            Some(record) => record,
            None => beside::new(self.path, self.file, self.creator, &mut self.salts)?,
        };
        Ok(Draft {
            title,
            record,
            is_kept,
        })
    }

    /// Tries the mint out and sends nothing.
    ///
    /// # Errors
    /// The file has been minted by this creator, another record lies beside it by now, or the chain refuses.
    pub fn check(&self, session: &mut Session, draft: &Draft) -> Result<()> {
        beside::holds(self.path, &draft.record, &self.file.hashes)?;
        self.checked(session, draft).map(drop)
    }

    fn checked(&self, session: &mut Session, draft: &Draft) -> Result<MintRequest> {
        let provenance = session.programs.provenance;
        let minted = tokenByCall {
            creator: self.creator,
            outputHash: draft.record.output_hash,
        };
        let minted = session.view(provenance, &minted)?;
        if !minted.is_zero() {
            bail!(
                "{} has minted this file as work {minted}; see it with: lineage show {minted}",
                account::name(self.creator)
            );
        }
        let request = self.request(session, &draft.record, &draft.title)?;
        // Tried out undated, so that nothing is sent for a mint that would be refused.
        let mut undated = request.clone();
        undated.salt = B256::ZERO;
        session.simulate(self.creator, provenance, &mintCall { request: undated })?;
        Ok(request)
    }

    /// Writes the record beside the file, dates the claim, mints, and opens the work if asked to.
    ///
    /// A run that stopped half way can be repeated: the record that is there is used again, and so is the commitment for
    /// as long as it dates a mint, which is 3 days; after them it is made anew.
    ///
    /// # Errors
    /// As [`Self::draft`] and [`Self::send`].
    pub fn run(mut self, session: &mut Session) -> Result<Minted> {
        let draft = self.draft()?;
        self.send(session, draft)
    }

    /// As [`Self::run`], of a draft.
    ///
    /// # Errors
    /// The record cannot be written or another one lies there by now, the file has been minted by this creator, or the chain refuses.
    pub fn send(self, session: &mut Session, draft: Draft) -> Result<Minted> {
        let request = self.checked(session, &draft)?;
        // One that lay there may be gone by now, and without its salts the work is of no use.
        if !beside::holds(self.path, &draft.record, &self.file.hashes)? {
            beside::write(self.path, &draft.record)?;
        }
        let Draft { title, record, .. } = draft;
        let provenance = session.programs.provenance;
        let mut sent = Vec::new();
        let commitment = record.commitment();
        let committed = session.view(provenance, &commitmentTimeCall { commitment })?;
        if !priority::stands(committed, session.chain.timestamp()) {
            let call = commitCall { commitment };
            let (_, done) = session.send("commit", self.creator, provenance, U256::ZERO, &call)?;
            sent.push(done);
        }
        let mint = mintCall { request };
        let (token, done) = session.send("mint", self.creator, provenance, U256::ZERO, &mint)?;
        sent.push(done);
        let work = u64::try_from(token).context("the token id is no work id")?;
        if let Some(least) = self.open {
            let offer = Offer {
                open: Some(least),
                ..Offer::default()
            };
            sent.push(offer.set(session, self.creator, work)?.1);
        }
        let inbox = session.view(session.programs.router, &inboxCall { id: work })?;
        Ok(Minted {
            work,
            title,
            creator: self.creator,
            output_hash: record.output_hash,
            process_root: record.process_root(),
            steps: record.step_count(),
            generator: record.generator,
            parents: self.parents,
            inbox,
            record: beside::path_of(self.path),
            clean_copy: None,
            archive: None,
            pinned_at: None,
            sent,
        })
    }

    /// What the contract is asked, under the terms the parents have now.
    fn request(&self, session: &Session, record: &Record, title: &str) -> Result<MintRequest> {
        let source_type = self.file.reading.source_type;
        let source_type = source_type.unwrap_or(SourceType::Unstated);
        let uri = match self.uri {
            Some(uri) => uri.clone(),
            None => FileUri::of_file(&record.cid)?,
        };
        Ok(MintRequest {
            to: self.to,
            outputHash: record.output_hash,
            processRoot: record.process_root(),
            stepCount: record.step_count(),
            kind: self.kind as u8,
            royalty: self.royalty,
            sourceType: source_type as u8,
            title: title.to_owned(),
            uri: uri.as_bytes().to_vec().into(),
            salt: record.claim_salt,
            parents: accepted(session, &self.parents)?,
            payees: self.payees.clone(),
        })
    }

    fn title(&self) -> Result<String> {
        if let Some(title) = self.title {
            if title.len() > MAX_TITLE {
                bail!(
                    "the title has {} bytes, at most {MAX_TITLE} fit",
                    title.len()
                );
            }
            return Ok(title.to_owned());
        }
        title_of(self.path)
    }
}

/// The title that a file gives: its name without the ending, as far as it fits.
///
/// # Errors
/// The path names no file.
pub(crate) fn title_of(path: &Path) -> Result<String> {
    let stem = path.file_stem().context("the path names no file")?;
    let stem = stem.to_string_lossy();
    let mut end = stem.len().min(MAX_TITLE);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    Ok(stem[..end].to_owned())
}

/// The parents in ascending order, each under the terms it has now.
fn accepted(session: &Session, edges: &[Edge]) -> Result<Vec<Parent>> {
    let mut parents = Vec::new();
    for edge in edges {
        let terms = termsOfCall {
            router: session.programs.router,
            work: edge.work,
        };
        parents.push(Parent {
            work: edge.work,
            share: edge.share,
            version: session.view(session.programs.licensing, &terms)?.version,
            cover: logic::terms::COVER_OPEN,
        });
    }
    parents.sort_by_key(|parent| parent.work);
    Ok(parents)
}

impl fmt::Display for Minted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "work {}: {:?} by {}",
            self.work,
            self.title,
            account::name(self.creator)
        )?;
        for parent in &self.parents {
            let percent = share::percent(parent.share);
            writeln!(
                f,
                "  derives from work {}, which gets {percent}",
                parent.work
            )?;
        }
        let generator = self.generator.as_deref().map(plain);
        let said = match (generator, self.steps) {
            (Some(generator), _) => generator,
            (None, 0..=1) => "the file says nothing".to_owned(),
            (None, _) => "by a program that the file does not name".to_owned(),
        };
        writeln!(f, "  steps     {} ({said})", self.steps)?;
        writeln!(f, "  SHA-256   {}", hex::encode(self.output_hash))?;
        writeln!(f, "  inbox     {}", checksummed(self.inbox))?;
        writeln!(
            f,
            "  record    {} (private: keep it)",
            self.record.display()
        )?;
        if let Some(copy) = &self.clean_copy {
            let copy = plain(&copy.display().to_string());
            writeln!(f, "  publish   {copy}, the clean copy")?;
        }
        if let Some(archive) = &self.archive {
            let archive = plain(&archive.display().to_string());
            writeln!(f, "  archive   {archive}")?;
        }
        if let Some(at) = &self.pinned_at {
            writeln!(f, "  pinned at {}", plain(at))?;
        }
        write!(f, "  {}", gas_line(&self.sent))
    }
}
