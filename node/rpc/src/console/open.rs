//! Where a node's chain is.

use super::Flags;
use crate::node;
use anyhow::ensure;
use stylus_chain::store::{Memory, Store};
use stylus_store::Disk;

/// The settings of a node, and where its chain is kept: in memory, or in the folder that the flags name. Where a chain lies there,
/// its settings count.
///
/// # Errors
/// The folder cannot be used, or its chain is another than the flags ask for.
pub fn open(
    flags: &Flags,
    timestamp: Option<u64>,
) -> anyhow::Result<(node::Config, Box<dyn Store>)> {
    let mut config = flags.node();
    config.chain.timestamp = timestamp.unwrap_or(config.chain.timestamp);
    let Some(folder) = &flags.state else {
        return Ok((config, Box::<Memory>::default()));
    };
    let disk = Disk::open(folder)?;
    if let Some(kept) = disk.config()? {
        let folder = folder.display();
        let (id, arbos) = (kept.chain_id, kept.arbos.number());
        ensure!(
            flags.chain_id.is_none_or(|asked| asked == id),
            "the chain in {folder} has id {id}: leave --chain-id out, or name another folder"
        );
        ensure!(
            flags.arbos.is_none_or(|asked| asked == arbos),
            "the chain in {folder} has ArbOS {arbos}: leave --arbos out, or name another folder"
        );
        config.chain = kept;
    }
    Ok((config, Box::new(disk)))
}
