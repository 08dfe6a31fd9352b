//! Entering a program: may it run, and what entering costs (`arbos/programs/programs.go`).

use super::run::ProgramCall;
use crate::arbos::layout;
use crate::arbos::programs::{self, Program, ProgramError};
use crate::context::Context;
use crate::telling::{Telling, reads};
use crate::trace::{Entry, Event, EventKind, Halt};
use crate::units::Gas;
use crate::version::Feature;
use alloy_primitives::B256;
use revm::context_interface::{Block, ContextTr};

/// What a program that is entered begins with.
pub(crate) struct Entered {
    /// Gas left for it.
    pub(crate) gas: Gas,
    /// Pages of memory to be opened.
    pub(crate) pages: u16,
}

/// Checks whether a program may run and takes the price of its entry.
///
/// # Errors
/// [`Halt::Barred`] or [`Halt::UnpaidEntry`] if the program may not run, or the call does not pay for the entry.
pub(crate) fn enter(context: &mut Context, call: &ProgramCall<'_>) -> Result<Entered, Halt> {
    if context.is_watched() {
        context.tell_arbos(programs::slot(call.code_hash));
    }
    let program = runnable(context, call.code_hash)?;
    if context.is_watched() {
        context.tell_arbos(layout::module_hashes().slot(call.code_hash));
        reads::number(context, call.scope.depth + 1);
    }
    let entry = price(context, call.code_hash, &program);
    let cost = Gas(entry.entry_gas) + Gas(entry.page_gas);
    let Some(gas) = call.gas.checked_sub(cost) else {
        let given = call.gas;
        return Err(Halt::UnpaidEntry { cost, given });
    };
    context.chain.note(Event {
        depth: call.scope.depth,
        acting: call.scope.acting,
        kind: EventKind::Entry(entry),
    });
    let pages = entry.pages;
    Ok(Entered { gas, pages })
}

/// The program that may run under a code hash now.
fn runnable(context: &mut Context, code_hash: B256) -> Result<Program, ProgramError> {
    let program = programs::entry(context.journal_mut(), code_hash);
    let now = context.block.timestamp().saturating_to();
    if context.chain.checks_activation {
        program.check(now, &context.chain.params)?;
    }
    Ok(program)
}

/// Finds what entering costs and notes that the program runs. The pages are opened by the caller once they are paid.
fn price(context: &mut Context, code_hash: B256, program: &Program) -> Entry {
    let session = &mut context.chain;
    let params = &session.params;
    let used = session.arbos.has(Feature::BlockCache)
        && session
            .recent
            .touch(code_hash, params.block_cache_size.into());
    let cached = program.cached || used;
    Entry {
        code_hash,
        cached,
        entry_gas: program.entry_gas(params).when(cached).0,
        pages: program.footprint,
        page_gas: session.pages.gas(program.footprint, params.page_prices()).0,
    }
}
