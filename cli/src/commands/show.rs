//! `lineage show`.

use crate::abi::licensing::ILicensing::{childrenOfCall, termsOfCall};
use crate::abi::provenance::IProvenance::{ownerOfCall, recordCall, tokenOfCall};
use crate::abi::router::IRouter::{inboxCall, ledgerCall, parentsCall, payeesCall, workCall};
use crate::file::WorkFile;
use crate::income::{held, works};
use crate::report::{self, time};
use crate::session::Session;
use crate::{account, amount, asset, coin, share, typed};
use alloy_primitives::{Address, B256, U256};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use comfy_table::{Table, presets};
use logic::source_type::SourceType;
use logic::work::WorkKind;
use serde::{Serialize, Serializer};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// Arguments of `show`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage show
  lineage show 1
  lineage show duck.png
  lineage show 2 --asset 0xE8eEE3DB50cc313e435721DD64BD7952a5C8E02F
  lineage show 1 --json")]
pub struct Arguments {
    /// A work id, or a file whose earliest claim is wanted; all works unless given
    pub what: Option<OsString>,
    /// The ERC-20 in which income is shown; ETH unless given
    #[arg(long, value_name = "ADDRESS", value_parser = asset::parse, default_value_t = Address::ZERO, hide_default_value = true)]
    pub asset: Address,
}

/// Who shares in a work's income.
#[derive(Clone, Copy, Debug)]
pub enum Party {
    /// A parent, by its work id.
    Parent(u64),
    /// A payee.
    Payee(Address),
}

impl Serialize for Party {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Parent(work) => to.collect_str(work),
            Self::Payee(account) => report::address(account, to),
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parent(work) => write!(f, "{work}"),
            Self::Payee(account) => f.write_str(&account::name(*account)),
        }
    }
}

/// A share of a work's income.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The parent's work id, or the payee.
    pub of: Party,
    /// Basis points: of everything for a parent, of what is kept for a payee.
    pub share: u16,
}

/// What the chain knows of a work.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
    /// Its id.
    pub work: u64,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: &'static str,
    /// Who created it.
    #[serde(serialize_with = "report::address")]
    pub creator: Address,
    /// Who owns the token.
    #[serde(serialize_with = "report::address")]
    pub owner: Address,
    /// SHA-256 of the file.
    pub output_hash: B256,
    /// Root of the steps.
    pub process_root: B256,
    /// How many steps.
    pub steps: u16,
    /// Where the content comes from, as the IPTC names it.
    pub source_type: &'static str,
    /// When the claim dates from, unix seconds.
    pub claimed_at: u64,
    /// When it was minted, unix seconds.
    pub minted_at: u64,
    /// The earliest claim on the file in this collection, which may be another work.
    pub earliest_claim: u64,
    /// ERC-2981 rate in basis points.
    pub royalty: u16,
    /// Least share of a child, in basis points; none where the work is closed.
    pub open: Option<u16>,
    /// Last second of its offer to children, unix seconds; none where it does not run out.
    pub expires: Option<u64>,
    /// How many children its terms admit; none where any number.
    pub children: Option<u32>,
    /// How many they have admitted, where their number is limited.
    pub admitted: u32,
    /// Version of its terms.
    pub terms_version: u32,
    /// The works it derives from.
    pub parents: Vec<Part>,
    /// Who divides what it keeps.
    pub payees: Vec<Part>,
    /// Receiver of royalties.
    #[serde(serialize_with = "report::address")]
    pub inbox: Address,
    /// The asset that the following amounts are of, in its smallest unit; zero for ETH.
    #[serde(serialize_with = "report::address")]
    pub asset: Address,
    /// What lies at the inbox, not yet swept; none where the asset does not say.
    #[serde(serialize_with = "report::decimal_if_any")]
    pub at_inbox: Option<U256>,
    /// What it has received in its lifetime.
    #[serde(serialize_with = "report::decimal")]
    pub received: U256,
    /// What of that its parents have been credited from.
    #[serde(serialize_with = "report::decimal")]
    pub settled: U256,
}

/// The works that were asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// One, or all.
    pub works: Vec<Work>,
    /// An ERC-20 to try payments with, of which every development account has some.
    #[serde(serialize_with = "report::address_if_any")]
    pub coin: Option<Address>,
    #[serde(skip)]
    whole: bool,
}

/// What is to be shown.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// All works.
    All,
    /// The work with this id.
    Work(u64),
    /// The earliest claim on a file.
    File {
        /// Where it lies.
        path: PathBuf,
        /// Its SHA-256.
        output_hash: B256,
    },
}

impl Arguments {
    /// Reads what is wanted.
    ///
    /// # Errors
    /// It is neither a work id nor a file that can be read.
    pub fn wanted(&self) -> Result<Wanted> {
        let Some(what) = &self.what else {
            return Ok(Wanted::All);
        };
        if let Some(work) = what.to_str().and_then(|text| text.parse().ok()) {
            return Ok(Wanted::Work(work));
        }
        let path = PathBuf::from(what);
        let file = WorkFile::read(&path)
            .with_context(|| format!("{path:?} is neither a work id nor a file"))?;
        Ok(Wanted::File {
            path,
            output_hash: file.hashes.sha256,
        })
    }
}

/// Looks.
///
/// # Errors
/// No such work or asset, or nobody has claimed the file.
pub fn look(session: &Session, wanted: &Wanted, asset: Address) -> Result<Report> {
    asset::check(session, asset)?;
    let work = match wanted {
        Wanted::All => {
            let works = works(session)?.map(|work| read(session, work, asset));
            let works = works.collect::<Result<_>>()?;
            return Ok(Report {
                works,
                coin: coin::of(session)?,
                whole: true,
            });
        }
        Wanted::Work(work) => *work,
        Wanted::File { path, output_hash } => of_file(session, path, *output_hash)?,
    };
    Ok(Report {
        works: vec![read(session, work, asset)?],
        coin: coin::of(session)?,
        whole: false,
    })
}

fn of_file(session: &Session, path: &Path, output_hash: B256) -> Result<u64> {
    let call = tokenOfCall {
        outputHash: output_hash,
    };
    let token = session.view(session.programs.provenance, &call)?;
    if token.is_zero() {
        bail!(
            "nobody has claimed {}; mint it with: lineage mint {}",
            path.display(),
            typed::word(path)
        );
    }
    Ok(u64::try_from(token)?)
}

fn read(session: &Session, work: u64, asset: Address) -> Result<Work> {
    let programs = session.programs;
    let head = session.view(programs.router, &workCall { id: work })?;
    let token_id = U256::from(work);
    let record = session.view(programs.provenance, &recordCall { tokenId: token_id })?;
    let owner = session.view(programs.provenance, &ownerOfCall { tokenId: token_id })?;
    let output_hash = record.outputHash;
    let earliest = session.view(
        programs.provenance,
        &tokenOfCall {
            outputHash: output_hash,
        },
    )?;
    let terms = session.view(
        programs.licensing,
        &termsOfCall {
            router: programs.router,
            work,
        },
    )?;
    let admitted = childrenOfCall {
        router: programs.router,
        work,
    };
    let admitted = session.view(programs.licensing, &admitted)?;
    let ledger = ledgerCall {
        id: work,
        epoch: head.epoch,
        asset,
    };
    let ledger = session.view(programs.router, &ledger)?;
    let parents = session.view(programs.router, &parentsCall { id: work })?;
    let payees = session.view(programs.router, &payeesCall { id: work })?;
    let inbox = session.view(programs.router, &inboxCall { id: work })?;
    Ok(Work {
        work,
        title: record.title,
        kind: WorkKind::from_code(record.kind).map_or("unknown", WorkKind::name),
        creator: record.creator,
        owner,
        output_hash,
        process_root: record.processRoot,
        steps: record.stepCount,
        source_type: SourceType::from_code(record.sourceType).map_or("unknown", SourceType::name),
        claimed_at: record.claimedAt,
        minted_at: record.mintedAt,
        earliest_claim: u64::try_from(earliest)?,
        royalty: record.royalty,
        open: (terms.terms.mode == 1).then_some(terms.terms.minShare),
        expires: terms.terms.expires.then_some(terms.terms.expiry),
        children: (terms.terms.children != 0).then_some(terms.terms.children),
        admitted,
        terms_version: terms.version,
        parents: parents
            .iter()
            .map(|parent| Part {
                of: Party::Parent(parent.work),
                share: parent.share,
            })
            .collect(),
        payees: payees
            .iter()
            .map(|payee| Part {
                of: Party::Payee(payee.account),
                share: payee.share,
            })
            .collect(),
        asset,
        at_inbox: held(session, inbox, asset).ok(),
        inbox,
        received: U256::from(ledger.received),
        settled: U256::from(ledger.settled),
    })
}

impl Work {
    /// ETH, or the smallest unit of another asset.
    fn amount(&self, amount: U256) -> String {
        match self.asset.is_zero() {
            true => amount::ether(amount),
            false => amount.to_string(),
        }
    }
}

fn terms(work: &Work) -> String {
    let Some(least) = work.open else {
        return "closed".to_owned();
    };
    let count = work
        .children
        .map(|most| format!(", {} of {most} children", work.admitted));
    let until = work.expires.map(|last| format!(" until {}", time(last)));
    format!(
        "open from {}{}{}",
        share::percent(least),
        count.unwrap_or_default(),
        until.unwrap_or_default()
    )
}

impl Report {
    fn write_coin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.coin {
            Some(coin) => write!(f, "\nto try an ERC-20, pay with: --asset {coin}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.whole {
            let whole: Vec<_> = self.works.iter().map(ToString::to_string).collect();
            return write!(f, "{}", whole.join("\n"));
        }
        if self.works.is_empty() {
            write!(f, "no works yet; mint one with: lineage mint FILE")?;
            return self.write_coin(f);
        }
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        table.set_header(["work", "title", "creator", "parents", "terms", "received"]);
        for work in &self.works {
            let parents: Vec<_> = work
                .parents
                .iter()
                .map(|part| part.of.to_string())
                .collect();
            table.add_row([
                work.work.to_string(),
                work.title.clone(),
                account::name(work.creator),
                parents.join(", "),
                terms(work),
                work.amount(work.received),
            ]);
        }
        write!(f, "{table}")?;
        self.write_coin(f)
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "work {}: {:?}, {}", self.work, self.title, self.kind)?;
        writeln!(f, "  creator   {}", account::name(self.creator))?;
        writeln!(f, "  owner     {}", account::name(self.owner))?;
        writeln!(f, "  SHA-256   {}", hex::encode(self.output_hash))?;
        writeln!(f, "  steps     {} under {}", self.steps, self.process_root)?;
        if !self.source_type.is_empty() {
            writeln!(f, "  source    {}", self.source_type)?;
        }
        let first = match self.earliest_claim == self.work {
            true => "the earliest in this collection".to_owned(),
            false => format!("work {} claims the same file earlier", self.earliest_claim),
        };
        writeln!(
            f,
            "  claimed   {} ({first}), minted {}",
            time(self.claimed_at),
            time(self.minted_at)
        )?;
        writeln!(
            f,
            "  terms     {} (version {})",
            terms(self),
            self.terms_version
        )?;
        for part in &self.parents {
            writeln!(
                f,
                "  parent    work {} gets {}",
                part.of,
                share::percent(part.share)
            )?;
        }
        for part in &self.payees {
            let percent = share::percent(part.share);
            writeln!(f, "  payee     {} gets {percent} of the rest", part.of)?;
        }
        writeln!(
            f,
            "  royalty   {} of sales to {}",
            share::percent(self.royalty),
            self.inbox
        )?;
        write!(
            f,
            "  income    received {}, settled {}, at the inbox {}",
            self.amount(self.received),
            self.amount(self.settled),
            self.at_inbox
                .map_or_else(|| "unreadable".into(), |held| self.amount(held))
        )?;
        match self.asset.is_zero() {
            true => Ok(()),
            false => write!(f, " of {}", self.asset),
        }
    }
}
