//! The state file: a chain and where the programs are on it.
//!
//! One file, written whole beside the old one and renamed over it, so a crash leaves one or the other. It begins with
//! eight bytes that name it, four that say which shape it has, and the SHA-256 of all that follows, so that damage is seen.

use crate::deploy::Deployment;
use crate::record::sha256;
use crate::session::Session;
use alloy_primitives::{Address, B256};
use anyhow::{Context as _, Result, bail, ensure};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use stylus_chain::chain::Chain;

const MAGIC: [u8; 8] = *b"LINEAGE\0";
const VERSION: u32 = 1;
const FILE: &str = "chain";

/// The folder of the state, held for one command at a time.
pub struct State {
    path: PathBuf,
    _lock: std::fs::File,
}

impl State {
    /// Opens the folder, making it if needed, and waits until no other command uses it.
    ///
    /// # Errors
    /// The folder cannot be made or locked.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let lock = std::fs::File::create(folder.join("lock"))?;
        lock.lock().context("cannot lock the state")?;
        Ok(Self {
            path: folder.join(FILE),
            _lock: lock,
        })
    }

    /// The chain that lies there, or a new one with everything deployed.
    ///
    /// # Errors
    /// The file cannot be read, is damaged, or has a shape this command does not know.
    pub fn load(&self, progress: &dyn Fn(&str)) -> Result<Session> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let session = Session::new(progress)?;
                self.save(&session)?;
                return Ok(session);
            }
            Err(error) => return Err(error).with_context(|| self.name()),
        };
        decode(&bytes).with_context(|| format!("cannot use {}", self.name()))
    }

    /// Writes the chain as it is now.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save(&self, session: &Session) -> Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)
            .with_context(|| format!("cannot write in {}", folder.display()))?;
        file.write_all(&encode(session))?;
        file.as_file().sync_all()?;
        file.persist(&self.path)
            .with_context(|| format!("cannot write {}", self.name()))?;
        Ok(())
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
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
    let (magic, rest) = bytes.split_first_chunk().context("it is too short")?;
    ensure!(*magic == MAGIC, "it is no state of lineage");
    let (version, rest) = rest.split_first_chunk().context("it is too short")?;
    let version = u32::from_be_bytes(*version);
    if version != VERSION {
        bail!(
            "its version is {version}, this command knows {VERSION}: use the command that wrote it, or another --state"
        );
    }
    let (digest, mut rest) = rest.split_first_chunk().context("it is too short")?;
    ensure!(
        sha256(rest) == B256::from(*digest),
        "it is damaged: restore a copy, or begin anew with another --state"
    );
    let mut address = || -> Result<Address> {
        let (address, after) = rest.split_first_chunk::<20>().context("it is too short")?;
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
    let chain = Chain::decode(rest)?;
    Ok(Session { chain, programs })
}
