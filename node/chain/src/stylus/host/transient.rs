//! Transient storage, which has no cache.

use super::ink::{EVM_API, HOSTIO, PTR, WARM_ACCESS};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use revm::context_interface::{ContextTr, JournalTr};

impl Host<'_> {
    pub(super) fn transient_load(&mut self, key: u32, to: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2 + EVM_API)?;
        self.buy_gas(WARM_ACCESS)?;
        let slot = self.read_u256(key)?;
        let acting = self.scope.acting;
        let value = self.context.journal_mut().tload(acting, slot);
        self.write_u256(to, value)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn transient_store(&mut self, key: u32, value: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2 + EVM_API)?;
        self.buy_gas(WARM_ACCESS)?;
        let slot = self.read_u256(key)?;
        let value = self.read_u256(value)?;
        self.refuse_if_static("transient storage written")?;
        let acting = self.scope.acting;
        self.context.journal_mut().tstore(acting, slot, value);
        Ok(Answer::Nothing)
    }
}
