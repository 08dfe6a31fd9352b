//! Calls of other contracts (`arbos/programs/api.go`).

use super::ink::{COLD_ACCOUNT, EVM_API, HOSTIO, PTR, WARM_ACCESS};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::trace::{Event, EventKind, FrameKind, SubCall};
use crate::units::Gas;
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::bytecode::Bytecode;
use revm::context_interface::{ContextTr, JournalTr};
use revm::database_interface::Database;
use revm::interpreter::{CallInput, CallInputs, CallScheme, CallValue, FrameInput};

/// Gas of sending value (geth `params/protocol_params.go`, also those below).
const VALUE_TRANSFER: Gas = Gas(9_000);
/// Gas of sending value to an account that does not exist.
const NEW_ACCOUNT: Gas = Gas(25_000);
/// Gas that a callee gets with value.
const STIPEND: u64 = 2_300;

/// A call or creation under way: what is done with its result.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(super) sub: SubCall,
    /// Where the length of the returned data goes.
    pub(super) length_at: u32,
    /// Where the address of the created contract goes.
    pub(super) address_at: Option<u32>,
}

impl Pending {
    /// The call or creation.
    pub(crate) const fn sub(&self) -> &SubCall {
        &self.sub
    }
}

/// How a sub-frame ended.
#[derive(Clone, Debug)]
pub(crate) struct SubResult {
    pub(crate) ok: bool,
    pub(crate) gas_left: Gas,
    pub(crate) refund: i64,
    pub(crate) output: Bytes,
}

/// Status that programs see of a failed call, whatever the failure.
const FAILED: u32 = 2;

/// What a call needs beside its pointers.
struct Message {
    scheme: CallScheme,
    address: Address,
    input: Bytes,
    value: U256,
    gas: u64,
    length_at: u32,
}

impl Host<'_> {
    pub(super) fn call(
        &mut self,
        address: u32,
        data: u32,
        len: u32,
        value: u32,
        gas: u64,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        let message = self.message(
            CallScheme::Call,
            address,
            (data, len),
            Some(value),
            gas,
            length_at,
        )?;
        self.send(message)
    }

    pub(super) fn delegate_call(
        &mut self,
        address: u32,
        data: u32,
        len: u32,
        gas: u64,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        let message = self.message(
            CallScheme::DelegateCall,
            address,
            (data, len),
            None,
            gas,
            length_at,
        )?;
        self.send(message)
    }

    pub(super) fn static_call(
        &mut self,
        address: u32,
        data: u32,
        len: u32,
        gas: u64,
        length_at: u32,
    ) -> Result<Answer, Exit> {
        let message = self.message(
            CallScheme::StaticCall,
            address,
            (data, len),
            None,
            gas,
            length_at,
        )?;
        self.send(message)
    }

    fn message(
        &mut self,
        scheme: CallScheme,
        address: u32,
        (data, len): (u32, u32),
        value: Option<u32>,
        gas: u64,
        length_at: u32,
    ) -> Result<Message, Exit> {
        self.buy(HOSTIO + PTR * 3 + EVM_API)?;
        self.pay_for_read(len.into())?;
        self.pay_for_read(len.into())?;
        Ok(Message {
            scheme,
            address: self.read_address(address)?,
            input: self.read(data, len)?,
            value: value.map_or(Ok(U256::ZERO), |at| self.read_u256(at))?,
            gas,
            length_at,
        })
    }

    fn send(&mut self, message: Message) -> Result<Answer, Exit> {
        let left = self.gas_left();
        if self.scope.is_static && !message.value.is_zero() {
            return self.failed(Gas::ZERO, message.length_at);
        }
        if left < WARM_ACCESS {
            // too little to look at the account, which stays cold
            return self.failed(left, message.length_at);
        }
        let (base, code) = self.call_base(message.address, message.value);
        let Some(rest) = left.checked_sub(base) else {
            return self.failed(left, message.length_at);
        };
        let most = u128::from(rest.0) * 63 / 64;
        let mut passed = message.gas.min(most as u64);
        if !message.value.is_zero() {
            passed += STIPEND;
        }
        let (caller, target, value, kind) = match message.scheme {
            CallScheme::DelegateCall => (
                self.scope.caller,
                self.scope.acting,
                CallValue::Apparent(self.scope.value),
                FrameKind::DelegateCall,
            ),
            scheme => (
                self.scope.acting,
                message.address,
                CallValue::Transfer(message.value),
                match scheme {
                    CallScheme::StaticCall => FrameKind::StaticCall,
                    _ => FrameKind::Call,
                },
            ),
        };
        let pending = Box::new(Pending {
            sub: SubCall {
                kind,
                address: message.address,
                value: message.value,
                input: message.input.clone(),
                gas_passed: passed,
                base_cost: base.0,
                cost: 0,
                ok: false,
            },
            length_at: message.length_at,
            address_at: None,
        });
        let inputs = Box::new(CallInputs {
            input: CallInput::Bytes(message.input),
            return_memory_offset: 0..0,
            gas_limit: passed,
            reservoir: 0,
            bytecode_address: message.address,
            known_bytecode: code,
            target_address: target,
            caller,
            value,
            scheme: message.scheme,
            is_static: self.scope.is_static || message.scheme == CallScheme::StaticCall,
            charged_new_account_state_gas: false,
        });
        Ok(Answer::Sub(FrameInput::Call(inputs), pending))
    }

    /// Gas of the call itself, and the code it runs (geth `core/vm/operations_acl_arbitrum.go`). A delegation
    /// (EIP-7702) is followed without a charge and without warming the account.
    fn call_base(&mut self, address: Address, value: U256) -> (Gas, (B256, Bytecode)) {
        let journal = self.context.journal_mut();
        let Ok(account) = journal.load_account_with_code(address);
        let mut gas = if account.is_cold {
            COLD_ACCOUNT
        } else {
            WARM_ACCESS
        };
        if !value.is_zero() {
            gas += VALUE_TRANSFER;
            if account.info.is_empty() {
                gas += NEW_ACCOUNT;
            }
        }
        let mut code = (
            account.info.code_hash(),
            account.info.code.clone().unwrap_or_default(),
        );
        if let Some(delegate) = code.1.eip7702_address() {
            code = self.code_without_access(delegate);
        }
        (gas, code)
    }

    /// Code of an account that does not count as accessed by this.
    fn code_without_access(&mut self, address: Address) -> (B256, Bytecode) {
        let (state, accounts) = self.context.journal_mut().db_and_state_mut();
        let info = match accounts.get(&address) {
            Some(account) => account.info.clone(),
            None => {
                let Ok(info) = state.basic(address);
                info.unwrap_or_default()
            }
        };
        let code = info
            .code
            .map_or_else(|| state.code_by_hash(info.code_hash), Ok);
        let Ok(code) = code;
        (info.code_hash, code)
    }

    /// A call that got no frame.
    fn failed(&mut self, gas: Gas, length_at: u32) -> Result<Answer, Exit> {
        self.scope.return_data = Bytes::new();
        self.buy_gas(gas)?;
        self.write_u32(length_at, 0)?;
        Ok(Answer::I32(FAILED))
    }

    /// Takes what a sub-frame cost and gives the program its result.
    pub(crate) fn finish(
        &mut self,
        mut pending: Pending,
        result: SubResult,
    ) -> Result<Answer, Exit> {
        let passed = Gas(pending.sub.gas_passed);
        let cost = Gas(pending.sub.base_cost) + passed.saturating_sub(result.gas_left);
        pending.sub.cost = cost.0;
        pending.sub.ok = result.ok;
        if result.ok {
            self.scope.refund += result.refund;
        }
        self.scope.return_data = result.output;
        let created = pending.sub.address;
        self.context.chain.note(Event {
            depth: self.scope.depth,
            acting: self.scope.acting,
            kind: EventKind::SubCall(pending.sub),
        });
        self.buy_gas(cost)?;
        self.write_u32(pending.length_at, self.scope.return_data.len() as u32)?;
        match pending.address_at {
            None => Ok(Answer::I32(if result.ok { 0 } else { FAILED })),
            Some(at) => {
                let address = if result.ok { created } else { Address::ZERO };
                self.write(at, address.as_slice())?;
                Ok(Answer::Nothing)
            }
        }
    }
}
