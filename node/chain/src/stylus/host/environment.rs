//! What a program may know of its message, transaction and block, and the pages it opens.

use super::ink::{HOSTIO, PTR};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use alloy_primitives::{Address, U256};
use revm::context_interface::{Block, ContextTr, Transaction};

impl Host<'_> {
    fn give_address(&mut self, to: u32, address: Address) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR)?;
        self.write(to, address.as_slice())?;
        Ok(Answer::Nothing)
    }

    fn give_word(&mut self, to: u32, value: U256) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR)?;
        self.write_u256(to, value)?;
        Ok(Answer::Nothing)
    }

    fn give_u64(&mut self, value: u64) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I64(value))
    }

    pub(super) fn block_basefee(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_word(to, U256::from(self.context.block().basefee()))
    }

    pub(super) fn block_coinbase(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_address(to, self.context.block().beneficiary())
    }

    pub(super) fn block_gas_limit(&mut self) -> Result<Answer, Exit> {
        self.give_u64(self.context.block().gas_limit())
    }

    pub(super) fn block_number(&mut self) -> Result<Answer, Exit> {
        self.give_u64(self.context.block().number().saturating_to())
    }

    pub(super) fn block_timestamp(&mut self) -> Result<Answer, Exit> {
        self.give_u64(self.context.block().timestamp().saturating_to())
    }

    pub(super) fn chainid(&mut self) -> Result<Answer, Exit> {
        self.give_u64(self.context.cfg.chain_id)
    }

    pub(super) fn contract_address(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_address(to, self.scope.acting)
    }

    pub(super) fn msg_sender(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_address(to, self.scope.caller)
    }

    pub(super) fn msg_value(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_word(to, self.scope.value)
    }

    pub(super) fn msg_reentrant(&mut self) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I32(self.scope.reentrant.into()))
    }

    pub(super) fn tx_gas_price(&mut self, to: u32) -> Result<Answer, Exit> {
        let base_fee = u128::from(self.context.block().basefee());
        let price = self.context.tx().effective_gas_price(base_fee);
        self.give_word(to, U256::from(price))
    }

    pub(super) fn tx_ink_price(&mut self) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I32(self.context.chain.params.ink_price))
    }

    pub(super) fn tx_origin(&mut self, to: u32) -> Result<Answer, Exit> {
        self.give_address(to, self.context.tx().caller())
    }

    pub(super) fn evm_gas_left(&mut self) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I64(self.gas_left().0))
    }

    pub(super) fn evm_ink_left(&mut self) -> Result<Answer, Exit> {
        self.buy(HOSTIO)?;
        Ok(Answer::I64(self.ink.0))
    }

    pub(super) fn pay_for_memory_grow(&mut self, pages: u32) -> Result<Answer, Exit> {
        // Nitro's host takes 16 bits of the count.
        let pages = pages as u16;
        if pages == 0 {
            self.buy(HOSTIO)?;
            return Ok(Answer::Nothing);
        }
        let session = &mut self.context.chain;
        let gas = session.pages.gas(pages, session.params.page_prices());
        session.pages.open(pages);
        self.buy_gas(gas)?;
        Ok(Answer::Nothing)
    }
}
