//! The 42 host calls: what a program may ask, what it pays for it, and the answer (`crates/wasm-libraries/user-host-trait`).
//!
//! The order within each call is Nitro's: what was charged before a failure stays charged.

mod account;
mod call;
mod create;
mod environment;
mod ink;
mod log;
mod math;
mod memory;
mod output;
mod storage;
mod transient;

pub(crate) use call::{Pending, SubResult};

use super::run::Scope;
use crate::context::Context;
use crate::trace::Detail;
use revm::interpreter::FrameInput;

/// A program that waits for an answer, and everything the answer may touch.
pub(crate) struct Host<'a> {
    pub(crate) context: &'a mut Context,
    pub(crate) memory: &'a mut [u8],
    pub(crate) scope: &'a mut Scope,
    /// Ink left.
    pub(crate) ink: u64,
    /// What the trace is told beside the name and the price.
    pub(crate) detail: Detail,
}

/// How a host call goes on.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The program goes on.
    Nothing,
    /// The program goes on with a 32-bit result.
    I32(u32),
    /// The program goes on with a 64-bit result.
    I64(u64),
    /// Another frame runs first; the call is finished by [`Host::finish`].
    Sub(FrameInput),
}

/// Why a host call ends the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The program wants to end with this status.
    Exit(u32),
    /// The ink left does not pay for it.
    OutOfInk,
    /// The call is not possible so.
    Failure(String),
}

impl Stop {
    fn failure(reason: impl Into<String>) -> Self {
        Self::Failure(reason.into())
    }
}

impl Host<'_> {
    fn refuse_if_static(&self, what: &str) -> Result<(), Stop> {
        match self.scope.is_static {
            true => Err(Stop::failure(format!("{what} in a static call"))),
            false => Ok(()),
        }
    }
}

/// What a host call yields.
pub(crate) type Answered = Result<Answer, Stop>;

/// Arguments of a host call, 32-bit ones zero-extended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Args(pub(crate) [u64; 6]);

impl Args {
    /// A pointer, a length or another 32-bit number.
    fn u32(&self, at: usize) -> u32 {
        self.0[at] as u32
    }

    fn u64(&self, at: usize) -> u64 {
        self.0[at]
    }
}

/// The code behind a host call.
pub(crate) type HostFunction = fn(&mut Host<'_>, Args) -> Answered;

/// The host call of a name.
pub(crate) fn function(name: &str) -> Option<HostFunction> {
    Some(match name {
        "read_args" => |h, a| h.read_args(a.u32(0)),
        "write_result" => |h, a| h.write_result(a.u32(0), a.u32(1)),
        "exit_early" => |_, a| Err(Stop::Exit(a.u32(0))),
        "read_return_data" => |h, a| h.read_return_data(a.u32(0), a.u32(1), a.u32(2)),
        "return_data_size" => |h, _| h.return_data_size(),

        "storage_load_bytes32" => |h, a| h.storage_load(a.u32(0), a.u32(1)),
        "storage_cache_bytes32" => |h, a| h.storage_cache(a.u32(0), a.u32(1)),
        "storage_flush_cache" => |h, a| h.storage_flush(a.u32(0) != 0),
        "transient_load_bytes32" => |h, a| h.transient_load(a.u32(0), a.u32(1)),
        "transient_store_bytes32" => |h, a| h.transient_store(a.u32(0), a.u32(1)),
        "emit_log" => |h, a| h.emit_log(a.u32(0), a.u32(1), a.u32(2)),

        "call_contract" => {
            |h, a| h.call(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u64(4), a.u32(5))
        }
        "delegate_call_contract" => {
            |h, a| h.delegate_call(a.u32(0), a.u32(1), a.u32(2), a.u64(3), a.u32(4))
        }
        "static_call_contract" => {
            |h, a| h.static_call(a.u32(0), a.u32(1), a.u32(2), a.u64(3), a.u32(4))
        }
        "create1" => |h, a| h.create1(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u32(4)),
        "create2" => |h, a| h.create2(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u32(4), a.u32(5)),

        "account_balance" => |h, a| h.account_balance(a.u32(0), a.u32(1)),
        "account_code" => |h, a| h.account_code(a.u32(0), a.u32(1), a.u32(2), a.u32(3)),
        "account_code_size" => |h, a| h.account_code_size(a.u32(0)),
        "account_codehash" => |h, a| h.account_codehash(a.u32(0), a.u32(1)),

        "evm_gas_left" => |h, _| h.evm_gas_left(),
        "evm_ink_left" => |h, _| h.evm_ink_left(),
        "block_basefee" => |h, a| h.block_basefee(a.u32(0)),
        "block_coinbase" => |h, a| h.block_coinbase(a.u32(0)),
        "block_gas_limit" => |h, _| h.block_gas_limit(),
        "block_number" => |h, _| h.block_number(),
        "block_timestamp" => |h, _| h.block_timestamp(),
        "chainid" => |h, _| h.chainid(),
        "contract_address" => |h, a| h.contract_address(a.u32(0)),
        "msg_reentrant" => |h, _| h.msg_reentrant(),
        "msg_sender" => |h, a| h.msg_sender(a.u32(0)),
        "msg_value" => |h, a| h.msg_value(a.u32(0)),
        "tx_gas_price" => |h, a| h.tx_gas_price(a.u32(0)),
        "tx_ink_price" => |h, _| h.tx_ink_price(),
        "tx_origin" => |h, a| h.tx_origin(a.u32(0)),
        "pay_for_memory_grow" => |h, a| h.pay_for_memory_grow(a.u32(0)),

        "math_div" => |h, a| h.math_div(a.u32(0), a.u32(1)),
        "math_mod" => |h, a| h.math_mod(a.u32(0), a.u32(1)),
        "math_pow" => |h, a| h.math_pow(a.u32(0), a.u32(1)),
        "math_add_mod" => |h, a| h.math_add_mod(a.u32(0), a.u32(1), a.u32(2)),
        "math_mul_mod" => |h, a| h.math_mul_mod(a.u32(0), a.u32(1), a.u32(2)),
        "native_keccak256" => |h, a| h.native_keccak256(a.u32(0), a.u32(1), a.u32(2)),
        _ => return None,
    })
}
