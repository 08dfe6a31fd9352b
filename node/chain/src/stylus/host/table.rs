//! Which code is behind which host call.

use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::wasm::activate::HOST_CALLS;
use crate::wasm::guest::Args;

/// The code behind a host call.
pub(crate) type HostFunction = fn(&mut Host<'_>, Args) -> Result<Answer, Exit>;

/// The code of every host call, each at its place in [`HOST_CALLS`].
pub(crate) static FUNCTIONS: [(&str, HostFunction); HOST_CALLS.len()] = [
    ("read_args", |h, a| h.read_args(a.u32(0))),
    ("write_result", |h, a| h.write_result(a.u32(0), a.u32(1))),
    ("exit_early", |_, a| Err(Exit::Returned(a.u32(0)))),
    ("storage_load_bytes32", |h, a| {
        h.storage_load(a.u32(0), a.u32(1))
    }),
    ("storage_cache_bytes32", |h, a| {
        h.storage_cache(a.u32(0), a.u32(1))
    }),
    ("storage_flush_cache", |h, a| h.storage_flush(a.u32(0) != 0)),
    ("transient_load_bytes32", |h, a| {
        h.transient_load(a.u32(0), a.u32(1))
    }),
    ("transient_store_bytes32", |h, a| {
        h.transient_store(a.u32(0), a.u32(1))
    }),
    ("call_contract", |h, a| {
        h.call(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u64(4), a.u32(5))
    }),
    ("delegate_call_contract", |h, a| {
        h.delegate_call(a.u32(0), a.u32(1), a.u32(2), a.u64(3), a.u32(4))
    }),
    ("static_call_contract", |h, a| {
        h.static_call(a.u32(0), a.u32(1), a.u32(2), a.u64(3), a.u32(4))
    }),
    ("create1", |h, a| {
        h.create1(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u32(4))
    }),
    ("create2", |h, a| {
        h.create2(a.u32(0), a.u32(1), a.u32(2), a.u32(3), a.u32(4), a.u32(5))
    }),
    ("read_return_data", |h, a| {
        h.read_return_data(a.u32(0), a.u32(1), a.u32(2))
    }),
    ("return_data_size", |h, _| h.return_data_size()),
    ("emit_log", |h, a| h.emit_log(a.u32(0), a.u32(1), a.u32(2))),
    ("account_balance", |h, a| {
        h.account_balance(a.u32(0), a.u32(1))
    }),
    ("account_code", |h, a| {
        h.account_code(a.u32(0), a.u32(1), a.u32(2), a.u32(3))
    }),
    ("account_code_size", |h, a| h.account_code_size(a.u32(0))),
    ("account_codehash", |h, a| {
        h.account_codehash(a.u32(0), a.u32(1))
    }),
    ("evm_gas_left", |h, _| h.evm_gas_left()),
    ("evm_ink_left", |h, _| h.evm_ink_left()),
    ("block_basefee", |h, a| h.block_basefee(a.u32(0))),
    ("block_coinbase", |h, a| h.block_coinbase(a.u32(0))),
    ("block_gas_limit", |h, _| h.block_gas_limit()),
    ("block_number", |h, _| h.block_number()),
    ("block_timestamp", |h, _| h.block_timestamp()),
    ("chainid", |h, _| h.chainid()),
    ("contract_address", |h, a| h.contract_address(a.u32(0))),
    ("math_div", |h, a| h.math_div(a.u32(0), a.u32(1))),
    ("math_mod", |h, a| h.math_mod(a.u32(0), a.u32(1))),
    ("math_pow", |h, a| h.math_pow(a.u32(0), a.u32(1))),
    ("math_add_mod", |h, a| {
        h.math_add_mod(a.u32(0), a.u32(1), a.u32(2))
    }),
    ("math_mul_mod", |h, a| {
        h.math_mul_mod(a.u32(0), a.u32(1), a.u32(2))
    }),
    ("msg_reentrant", |h, _| h.msg_reentrant()),
    ("msg_sender", |h, a| h.msg_sender(a.u32(0))),
    ("msg_value", |h, a| h.msg_value(a.u32(0))),
    ("native_keccak256", |h, a| {
        h.native_keccak256(a.u32(0), a.u32(1), a.u32(2))
    }),
    ("tx_gas_price", |h, a| h.tx_gas_price(a.u32(0))),
    ("tx_ink_price", |h, _| h.tx_ink_price()),
    ("tx_origin", |h, a| h.tx_origin(a.u32(0))),
    ("pay_for_memory_grow", |h, a| {
        h.pay_for_memory_grow(a.u32(0))
    }),
];

/// Compared when this is compiled.
const _: () = {
    let mut at = 0;
    while at < HOST_CALLS.len() {
        let (here, there) = (FUNCTIONS[at].0.as_bytes(), HOST_CALLS[at].name.as_bytes());
        assert!(here.len() == there.len(), "a host call is out of its place");
        let mut byte = 0;
        while byte < here.len() {
            assert!(here[byte] == there[byte], "a host call is out of its place");
            byte += 1;
        }
        at += 1;
    }
};
