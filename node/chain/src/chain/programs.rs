//! Programs, as the chain's owner and its tools see them.

use super::Chain;
use crate::arbos::fields::{Field, root};
use crate::arbos::params::StylusParams;
use crate::arbos::programs::{self, Program, ProgramError};
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::wasm::activate::EntryGas;
use alloy_primitives::{Address, U256};

/// Over a store in memory, which cannot fail.
impl Chain {
    /// The prices and limits of Stylus.
    #[must_use]
    pub fn params(&self) -> StylusParams {
        StylusParams::from_word(self.figure(&root::STYLUS_PARAMS), self.config.arbos)
    }

    /// A figure that ArbOS keeps.
    pub(super) fn figure(&self, field: &Field) -> U256 {
        self.storage(ARBOS_ACCOUNT, **field)
    }

    /// What ArbOS keeps of the program at an address.
    ///
    /// # Errors
    /// A [`ProgramError`] if it cannot run at the chain's time.
    pub fn program(&self, account: Address) -> Result<Program, ProgramError> {
        let word = self.storage(ARBOS_ACCOUNT, programs::slot(self.code_hash(account)));
        let program = Program::from_word(word);
        program.check(self.next.timestamp, &self.params())?;
        Ok(program)
    }

    /// Gas of entering the program at an address, without memory, none if it cannot run.
    #[must_use]
    pub fn program_entry_gas(&self, account: Address) -> Option<EntryGas> {
        let program = self.program(account).ok()?;
        Some(program.entry_gas(&self.params()))
    }

    /// Puts all programs with the code of this one in the cache, or takes them out, as a cache manager does through
    /// ArbWasmCache, but outside of any transaction. Returns whether the program can run: one that cannot is left alone.
    pub fn cache_program(&mut self, account: Address, cached: bool) -> bool {
        let Ok(mut program) = self.program(account) else {
            return false;
        };
        program.cached = cached;
        let slot = programs::slot(self.code_hash(account));
        self.set_storage(ARBOS_ACCOUNT, slot, program.to_word());
        true
    }
}
