//! The `lineage` command as a library: what it reads, what it deploys, what it does.

pub mod cid;
pub mod record;
pub mod source;
