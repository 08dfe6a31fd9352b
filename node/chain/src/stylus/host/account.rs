//! Questions about accounts.

use super::ink::{COLD_ACCOUNT, EVM_API, HOSTIO, PTR, WARM_ACCESS};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::trace::Detail;
use crate::units::Gas;
use crate::version::Feature;
use alloy_primitives::{Address, B256, Bytes};
use revm::context_interface::{ContextTr, JournalTr};

/// Gas of looking at code, beside the access (EIP-150's price of `EXTCODESIZE`).
const CODE_ACCESS: Gas = Gas(700);

impl Host<'_> {
    pub(super) fn account_balance(&mut self, address: u32, to: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2 + EVM_API)?;
        self.require_gas(COLD_ACCOUNT)?;
        let address = self.read_address(address)?;
        let Ok(account) = self.context.journal_mut().load_account(address);
        let (balance, cold) = (account.info.balance, account.is_cold);
        self.pay_for_access(address, cold, Gas::ZERO)?;
        self.write_u256(to, balance)?;
        Ok(Answer::Nothing)
    }

    pub(super) fn account_codehash(&mut self, address: u32, to: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2 + EVM_API)?;
        self.require_gas(COLD_ACCOUNT)?;
        let address = self.read_address(address)?;
        let touched = self.context.chain.touched.contains(address);
        let Ok(account) = self.context.journal_mut().load_account(address);
        let cold = account.is_cold;
        let hash = match account.info.is_empty() && !touched {
            true => B256::ZERO,
            false => account.info.code_hash,
        };
        self.pay_for_access(address, cold, Gas::ZERO)?;
        self.write(to, hash.as_slice())?;
        Ok(Answer::Nothing)
    }

    pub(super) fn account_code(
        &mut self,
        address: u32,
        from: u32,
        len: u32,
        to: u32,
    ) -> Result<Answer, Exit> {
        let code = self.code_of(address)?;
        // The whole code is paid for, whatever part of it is wanted.
        self.pay_for_write(code.len() as u64)?;
        let start = code.len().min(from as usize);
        let end = code.len().min(start.saturating_add(len as usize));
        self.write(to, &code[start..end])?;
        Ok(Answer::I32((end - start) as u32))
    }

    pub(super) fn account_code_size(&mut self, address: u32) -> Result<Answer, Exit> {
        let code = self.code_of(address)?;
        Ok(Answer::I32(code.len() as u32))
    }

    /// Code of an account; the one asked for last is known.
    fn code_of(&mut self, address: u32) -> Result<Bytes, Exit> {
        self.buy(HOSTIO + EVM_API)?;
        self.require_gas(COLD_ACCOUNT)?;
        let address = self.read_address(address)?;
        if let Some((known, code)) = &self.scope.last_code
            && *known == address
        {
            let code = code.clone();
            self.detail = Detail::Account {
                address,
                cold: None,
            };
            return Ok(code);
        }
        let Ok(code) = self.context.journal_mut().code(address);
        self.pay_for_access(address, code.is_cold, CODE_ACCESS)?;
        let arbos = self.context.chain.arbos;
        if !code.data.is_empty() || !arbos.has(Feature::EmptyCodeAskedAgain) {
            self.scope.last_code = Some((address, code.data.clone()));
        }
        Ok(code.data)
    }

    fn pay_for_access(&mut self, address: Address, cold: bool, more: Gas) -> Result<(), Exit> {
        self.detail = Detail::Account {
            address,
            cold: Some(cold),
        };
        let access = if cold { COLD_ACCOUNT } else { WARM_ACCESS };
        self.buy_gas(access + more)
    }
}
