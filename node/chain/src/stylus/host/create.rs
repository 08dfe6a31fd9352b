//! Creation of contracts (`arbos/programs/api.go`).

use super::ink::{EVM_API, HOSTIO, PTR};
use super::{Answer, Host, Pending};
use crate::stylus::exit::Exit;
use crate::trace::{FrameKind, SubCall};
use crate::units::Gas;
use alloy_primitives::{B256, Bytes, U256};
use revm::context::CreateScheme;
use revm::context_interface::{ContextTr, JournalTr};
use revm::interpreter::{CreateInputs, FrameInput};

/// Gas of a creation (geth `params/protocol_params.go`).
const CREATE: Gas = Gas(32_000);
/// Gas of hashing a word of init code for `CREATE2`.
const KECCAK_WORD: Gas = Gas(6);

impl Host<'_> {
    pub(super) fn create1(
        &mut self,
        code: u32,
        len: u32,
        value: u32,
        address_at: u32,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 3 + EVM_API)?;
        let (code, value) = self.creation(code, len, value)?;
        self.create(code, value, None, address_at, length_at)
    }

    pub(super) fn create2(
        &mut self,
        code: u32,
        len: u32,
        value: u32,
        salt: u32,
        address_at: u32,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 4 + EVM_API)?;
        let (code, value) = self.creation(code, len, value)?;
        let salt = self.read_word(salt)?;
        self.create(code, value, Some(salt), address_at, length_at)
    }

    fn creation(&mut self, code: u32, len: u32, value: u32) -> Result<(Bytes, U256), Exit> {
        self.pay_for_read(len.into())?;
        self.pay_for_read(len.into())?;
        Ok((self.read(code, len)?, self.read_u256(value)?))
    }

    fn create(
        &mut self,
        code: Bytes,
        value: U256,
        salt: Option<B256>,
        address_at: u32,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        self.refuse_if_static("a creation")?;
        let words = (code.len() as u64).div_ceil(32);
        let base = CREATE + salt.map_or(Gas::ZERO, |_| KECCAK_WORD * words);
        let Some(rest) = self.gas_left().checked_sub(base) else {
            return Err(Exit::failure(format!(
                "a creation needs {base} gas, {} are left",
                self.gas_left()
            )));
        };
        let passed = rest.0 - rest.0 / 64;
        let creator = self.scope.acting;
        let (scheme, kind) = match salt {
            None => (CreateScheme::Create, FrameKind::Create),
            Some(salt) => (
                CreateScheme::Create2 { salt: salt.into() },
                FrameKind::Create2,
            ),
        };
        let Ok(account) = self.context.journal_mut().load_account(creator);
        let nonce = account.info.nonce;
        let inputs = CreateInputs::new(creator, scheme, value, code.clone(), passed, 0);
        let pending = Box::new(Pending {
            sub: SubCall {
                kind,
                address: inputs.created_address(nonce),
                value,
                input: code,
                gas_passed: passed,
                base_cost: base.0,
                cost: 0,
                ok: false,
            },
            length_at,
            address_at: Some(address_at),
        });
        Ok(Answer::Sub(FrameInput::Create(Box::new(inputs)), pending))
    }
}
