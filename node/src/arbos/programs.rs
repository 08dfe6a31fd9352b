//! The table of activated programs, kept in the storage of the ArbOS account.

use crate::evm::Context;
use alloy_primitives::{Address, B256, U256, address};
use core::convert::Infallible;
use revm::context_interface::{ContextTr, JournalTr};

/// The account whose storage is ArbOS's state.
pub const ARBOS_ACCOUNT: Address = address!("a4b05fffffffffffffffffffffffffffffffffff");

/// What ArbOS keeps of an activated program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Stylus version it was activated under.
    pub version: u16,
    /// Estimate of entering it.
    pub init: u16,
    /// Estimate of entering it when cached.
    pub cached_init: u16,
    /// Initial pages of memory.
    pub footprint: u16,
    /// Estimate of its native code, in bytes.
    pub asm: u32,
    /// Time of activation, in seconds.
    pub activated_at: u64,
    /// Whether a cache manager holds it in the cache.
    pub cached: bool,
}

/// The entry of a code hash, if it was ever activated.
///
/// # Errors
/// Never: the state is in memory.
pub fn program(context: &mut Context, code_hash: B256) -> Result<Option<Program>, Infallible> {
    let journal = context.journal_mut();
    journal.load_account(ARBOS_ACCOUNT)?;
    let word = journal.sload(ARBOS_ACCOUNT, code_hash.into())?.data;
    let field = |bit: usize, mask: u64| (word >> bit).to::<U256>().as_limbs()[0] & mask;
    Ok((!word.is_zero()).then(|| Program {
        version: field(0, 0xffff) as u16,
        init: field(16, 0xffff) as u16,
        cached_init: field(32, 0xffff) as u16,
        footprint: field(48, 0xffff) as u16,
        asm: field(64, 0xffff_ffff) as u32,
        activated_at: field(96, u64::MAX),
        cached: field(160, 1) == 1,
    }))
}

/// Writes the entry of a code hash.
///
/// # Errors
/// Never: the state is in memory.
pub fn set_program(
    context: &mut Context,
    code_hash: B256,
    program: Program,
) -> Result<(), Infallible> {
    let mut word = U256::from(program.version);
    word |= U256::from(program.init) << 16;
    word |= U256::from(program.cached_init) << 32;
    word |= U256::from(program.footprint) << 48;
    word |= U256::from(program.asm) << 64;
    word |= U256::from(program.activated_at) << 96;
    word |= U256::from(u8::from(program.cached)) << 160;
    let journal = context.journal_mut();
    journal.load_account(ARBOS_ACCOUNT)?;
    journal.touch_account(ARBOS_ACCOUNT);
    journal.sstore(ARBOS_ACCOUNT, code_hash.into(), word)?;
    Ok(())
}
