//! The state file: a chain and where the programs are on it.
//!
//! One file, written whole beside the old one and renamed over it, so a crash leaves one or the other. It begins with
//! eight bytes that name it, four that say which shape it has, and the SHA-256 of all that follows, so that damage is seen.

use crate::deploy::Deployment;
use crate::session::Session;
use crate::{coin, disk, file};
use alloy_primitives::{Address, B256};
use anyhow::{Context as _, Result, bail, ensure};
use record::sha256;
use std::fs::TryLockError;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use stylus_chain::chain::{Chain, Config};

const MAGIC: [u8; 8] = *b"LINEAGE\0";
/// Grows with every change of the programs' ABI too: a command cannot speak with the programs of another version.
const VERSION: u32 = 2;
/// What to do about a file that this command cannot read, though it may be whole.
const ADVICE: &str = "use the command that wrote it, or begin anew with another --state FOLDER";
const FILE: &str = "chain";
/// What the first blocks of a chain take, one second each, and some more.
const SECONDS_TO_DEPLOY: u64 = 60;

/// The folder of the state, held for one command at a time.
pub struct State {
    path: PathBuf,
    _lock: std::fs::File,
}

impl State {
    /// Opens the folder, making it if needed, and waits until no other command uses it; says so if it must.
    ///
    /// # Errors
    /// The folder cannot be made or locked.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let path = folder.join("lock");
        let unusable = || format!("cannot lock the state with {}", path.display());
        disk::leads_on(&path)?;
        disk::ordinary_or_none(&path)?;
        // Nothing of it is read or written, and a link may lead to somebody's own file.
        let mut options = std::fs::File::options();
        let options = options.create(true).truncate(false).write(true);
        let lock = options.open(&path).with_context(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let _ = writeln!(std::io::stderr(), "waiting for another lineage command");
                lock.lock().with_context(unusable)?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(unusable),
        }
        Ok(Self {
            path: folder.join(FILE),
            _lock: lock,
        })
    }

    /// Whether a chain lies in a folder. Nothing is made, and nobody waited for.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// The chain that lies there, or a new one with everything deployed. Its next block has the time it is now, unless
    /// the last one is later.
    ///
    /// # Errors
    /// The file cannot be read, is damaged, or has a shape this command does not know; or the programs in it have expired
    /// and cannot be activated again.
    pub fn load(&self, progress: &dyn Fn(&str)) -> Result<Session> {
        disk::leads_on(&self.path)?;
        // The next state would be put in the place of the link, and what it leads to would stay old.
        ensure!(
            !self.path.is_symlink(),
            "{} is a link: name the folder that it leads to as --state",
            self.name()
        );
        disk::clear_unfinished(&self.path);
        if self.path.exists() {
            file::length(&self.path)?;
        }
        let mut session = match std::fs::read(&self.path) {
            Ok(bytes) => decode(&bytes).with_context(|| format!("cannot use {}", self.name()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let session = begin(progress)?;
                self.save(&session)?;
                session
            }
            Err(error) => return Err(error).with_context(|| self.name()),
        };
        let next = now().max(session.chain.timestamp());
        session.chain.set_next_timestamp(next)?;
        session.revive()?;
        Ok(session)
    }

    /// Writes the chain as it is now.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save(&self, session: &Session) -> Result<()> {
        disk::replace(&self.path, &encode(session))
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// A new chain with everything deployed, from shortly before now.
fn begin(progress: &dyn Fn(&str)) -> Result<Session> {
    let earliest = Config::default().timestamp;
    let mut session = Session::since(
        now().saturating_sub(SECONDS_TO_DEPLOY).max(earliest),
        progress,
    )?;
    progress("an ERC-20");
    coin::deploy(&mut session)?;
    Ok(session)
}

/// The time of this machine's clock, in seconds since 1970.
fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn encode(session: &Session) -> Vec<u8> {
    let mut body = Vec::new();
    for (_, address) in session.programs.all() {
        body.extend(address);
    }
    body.extend(session.chain.encode());
    [
        &MAGIC[..],
        &VERSION.to_be_bytes(),
        sha256(&body).as_slice(),
        &body,
    ]
    .concat()
}

fn decode(bytes: &[u8]) -> Result<Session> {
    let too_short = || format!("it is too short for a state of lineage: {ADVICE}");
    let (magic, rest) = bytes.split_first_chunk().with_context(too_short)?;
    ensure!(*magic == MAGIC, "it is no state of lineage: {ADVICE}");
    let (version, rest) = rest.split_first_chunk().with_context(too_short)?;
    let version = u32::from_be_bytes(*version);
    if version != VERSION {
        bail!("its version is {version}, this command knows {VERSION}: {ADVICE}");
    }
    let (digest, mut rest) = rest.split_first_chunk().with_context(too_short)?;
    ensure!(
        sha256(rest) == B256::from(*digest),
        "it is damaged: restore a copy, or begin anew with another --state FOLDER"
    );
    let mut address = || -> Result<Address> {
        let (address, after) = rest.split_first_chunk::<20>().with_context(too_short)?;
        rest = after;
        Ok(Address::from(*address))
    };
    let programs = Deployment {
        registry: address()?,
        licensing: address()?,
        router: address()?,
        renderer: address()?,
        provenance: address()?,
    };
    let chain = Chain::decode(rest)
        .with_context(|| format!("its chain is of another version than this command: {ADVICE}"))?;
    Ok(Session { chain, programs })
}
