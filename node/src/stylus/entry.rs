//! Entering a program: may it run, and what entering costs (`arbos/programs/programs.go`).

use crate::arbos::params::StylusParams;
use crate::arbos::programs::{self, Program};
use crate::evm::Context;
use crate::evm::trace::Entry;
use alloy_primitives::B256;
use revm::context_interface::Block;

/// Why code that begins as a program does not run. The frame halts and its gas is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRunnable {
    /// Nobody has activated it.
    #[error("program is not activated")]
    NotActivated,
    /// It was activated under another version of Stylus.
    #[error("program was activated under Stylus version {got}, the chain has {allowed}")]
    NeedsUpgrade {
        /// Version of the activation.
        got: u16,
        /// Version of the chain.
        allowed: u16,
    },
    /// Its activation is too old.
    #[error("program was activated {got} seconds ago, at most {allowed} are allowed")]
    Expired {
        /// Age of the activation.
        got: u64,
        /// Age allowed.
        allowed: u64,
    },
}

/// Unit of the least cost of entry.
const MIN_INIT_UNIT: u64 = 128;
/// Unit of the least cost of entry of a cached program.
const MIN_CACHED_UNIT: u64 = 32;
/// Percent in a unit of the scalars.
const SCALAR_PERCENT: u64 = 2;

/// Gas of entering a program that is not cached; from Stylus version 2 the cached cost comes on top.
#[must_use]
pub fn init_gas(program: &Program, params: &StylusParams) -> u64 {
    let estimate = u64::from(program.init) * u64::from(params.init_cost_scalar) * SCALAR_PERCENT;
    u64::from(params.min_init_gas) * MIN_INIT_UNIT + estimate.div_ceil(100)
}

/// Gas of entering a cached program.
#[must_use]
pub fn cached_gas(program: &Program, params: &StylusParams) -> u64 {
    let estimate =
        u64::from(program.cached_init) * u64::from(params.cached_cost_scalar) * SCALAR_PERCENT;
    u64::from(params.min_cached_init_gas) * MIN_CACHED_UNIT + estimate.div_ceil(100)
}

/// Gas of entering a program, without its pages.
#[must_use]
pub fn entry_gas(program: &Program, cached: bool, params: &StylusParams) -> u64 {
    let when_cached = cached_gas(program, params);
    match (cached, program.version) {
        (true, _) => when_cached,
        (false, ..=1) => init_gas(program, params),
        (false, _) => init_gas(program, params).saturating_add(when_cached),
    }
}

/// The program that may run under a code hash now.
pub(crate) fn runnable(context: &mut Context, code_hash: B256) -> Result<Program, NotRunnable> {
    let Ok(program) = programs::program(context, code_hash);
    let program = program.ok_or(NotRunnable::NotActivated)?;
    let params = &context.chain.params;
    if program.version != params.version {
        return Err(NotRunnable::NeedsUpgrade {
            got: program.version,
            allowed: params.version,
        });
    }
    let now: u64 = context.block.timestamp().saturating_to();
    let got = now.saturating_sub(program.activated_at);
    let allowed = u64::from(params.expiry_days) * 24 * 60 * 60;
    if got > allowed {
        return Err(NotRunnable::Expired { got, allowed });
    }
    Ok(program)
}

/// Finds what entering costs and notes that the program runs. The pages are opened by the caller once they are paid.
pub(crate) fn price(context: &mut Context, code_hash: B256, program: &Program) -> Entry {
    let session = &mut context.chain;
    let used = session.arbos.block_cache()
        && session
            .recent
            .touch(code_hash, session.params.block_cache_size.into());
    let cached = program.cached || used;
    Entry {
        code_hash,
        cached,
        entry_gas: entry_gas(program, cached, &session.params),
        pages: program.footprint,
        page_gas: session.pages.gas(program.footprint, &session.params),
    }
}
