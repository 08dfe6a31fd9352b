//! The archive of a file that IPFS takes (CARv1).

use crate::{disk, file};
use anyhow::{Context as _, Result, ensure};
use cid::Cid;
use record::cid::car;
use std::io::Write;
use std::path::Path;

/// Writes the archive of a file whose identifier is known, whole or not at all. Where it lies already it is left as it is.
///
/// # Errors
/// Another file lies there, the file cannot be read or has changed, or the disk refuses.
pub(crate) fn write(file: &Path, root: &Cid, to: &Path) -> Result<()> {
    disk::add_or_keep(to, file, |archive| {
        write_to(file, root, archive).with_context(|| format!("cannot write {}", to.display()))
    })
}

/// Whether an archive can lie there, beside the other files that are to be written.
///
/// # Errors
/// There is no such folder, or another file is to lie there.
pub(crate) fn check(to: &Path, others: &[&Path]) -> Result<()> {
    disk::has_folder(to)?;
    ensure!(
        !others.contains(&to),
        "{} is a file of this mint itself: name another one for the archive",
        to.display()
    );
    Ok(())
}

/// Writes the archive piece by piece.
///
/// # Errors
/// The file cannot be read or has changed, or the archive cannot be written.
pub(crate) fn write_to(path: &Path, root: &Cid, mut archive: &mut dyn Write) -> Result<()> {
    let written = car::write(&mut file::opened(path)?, &mut archive)?;
    ensure!(
        written == *root,
        "{} changed while it was read: type this again",
        path.display()
    );
    Ok(())
}
