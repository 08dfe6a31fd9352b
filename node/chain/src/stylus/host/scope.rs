//! What the host knows and keeps of one call of a program.

use crate::stylus::storage::StorageCache;
use alloy_primitives::{Address, Bytes, U256};

/// What a call of a program knows and keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Depth of its frame.
    pub(crate) depth: usize,
    /// The account it acts for.
    pub(crate) acting: Address,
    pub(crate) caller: Address,
    pub(crate) value: U256,
    pub(crate) input: Bytes,
    pub(crate) is_static: bool,
    pub(crate) reentrant: bool,
    pub(crate) storage: StorageCache,
    /// The code that was asked for last.
    pub(crate) last_code: Option<(Address, Bytes)>,
    /// What the last sub-call returned.
    pub(crate) return_data: Bytes,
    pub(crate) output: Bytes,
    /// Change of the refund counter.
    pub(crate) refund: i64,
}
