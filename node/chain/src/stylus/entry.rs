//! Entering a program: may it run, and what entering costs (`arbos/programs/programs.go`).

use crate::arbos::programs::{self, Program, ProgramError};
use crate::context::Context;
use crate::trace::Entry;
use alloy_primitives::B256;
use revm::context_interface::Block;

/// The program that may run under a code hash now.
pub(crate) fn runnable(context: &mut Context, code_hash: B256) -> Result<Program, ProgramError> {
    let Ok(program) = programs::program(context, code_hash);
    let program = program.ok_or(ProgramError::NotActivated)?;
    let now = context.block.timestamp().saturating_to();
    program.check(now, &context.chain.params)?;
    Ok(program)
}

/// Finds what entering costs and notes that the program runs. The pages are opened by the caller once they are paid.
pub(crate) fn price(context: &mut Context, code_hash: B256, program: &Program) -> Entry {
    let session = &mut context.chain;
    let params = &session.params;
    let used = session.arbos.block_cache()
        && session
            .recent
            .touch(code_hash, params.block_cache_size.into());
    let cached = program.cached || used;
    let (whole, when_cached) = program.entry_gas(params);
    Entry {
        code_hash,
        cached,
        entry_gas: if cached { when_cached } else { whole },
        pages: program.footprint,
        page_gas: session.pages.gas(program.footprint, params),
    }
}
