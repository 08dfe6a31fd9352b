//! The host calls a program may import, with their types (Stylus `hostio`; §7 of Nitro's `user-host-trait`).

use wasmparser::ValType;

/// One function of module `vm_hooks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostCall {
    /// Name of the import.
    pub name: &'static str,
    /// Parameters.
    pub params: &'static [ValType],
    /// Result, if any.
    pub results: &'static [ValType],
}

const I32: ValType = ValType::I32;
const I64: ValType = ValType::I64;

const fn call(
    name: &'static str,
    params: &'static [ValType],
    results: &'static [ValType],
) -> HostCall {
    HostCall {
        name,
        params,
        results,
    }
}

/// All 42 host calls.
pub const HOST_CALLS: [HostCall; 42] = [
    call("read_args", &[I32], &[]),
    call("write_result", &[I32, I32], &[]),
    call("exit_early", &[I32], &[]),
    call("storage_load_bytes32", &[I32, I32], &[]),
    call("storage_cache_bytes32", &[I32, I32], &[]),
    call("storage_flush_cache", &[I32], &[]),
    call("transient_load_bytes32", &[I32, I32], &[]),
    call("transient_store_bytes32", &[I32, I32], &[]),
    call("call_contract", &[I32, I32, I32, I32, I64, I32], &[I32]),
    call("delegate_call_contract", &[I32, I32, I32, I64, I32], &[I32]),
    call("static_call_contract", &[I32, I32, I32, I64, I32], &[I32]),
    call("create1", &[I32, I32, I32, I32, I32], &[]),
    call("create2", &[I32, I32, I32, I32, I32, I32], &[]),
    call("read_return_data", &[I32, I32, I32], &[I32]),
    call("return_data_size", &[], &[I32]),
    call("emit_log", &[I32, I32, I32], &[]),
    call("account_balance", &[I32, I32], &[]),
    call("account_code", &[I32, I32, I32, I32], &[I32]),
    call("account_code_size", &[I32], &[I32]),
    call("account_codehash", &[I32, I32], &[]),
    call("evm_gas_left", &[], &[I64]),
    call("evm_ink_left", &[], &[I64]),
    call("block_basefee", &[I32], &[]),
    call("block_coinbase", &[I32], &[]),
    call("block_gas_limit", &[], &[I64]),
    call("block_number", &[], &[I64]),
    call("block_timestamp", &[], &[I64]),
    call("chainid", &[], &[I64]),
    call("contract_address", &[I32], &[]),
    call("math_div", &[I32, I32], &[]),
    call("math_mod", &[I32, I32], &[]),
    call("math_pow", &[I32, I32], &[]),
    call("math_add_mod", &[I32, I32, I32], &[]),
    call("math_mul_mod", &[I32, I32, I32], &[]),
    call("msg_reentrant", &[], &[I32]),
    call("msg_sender", &[I32], &[]),
    call("msg_value", &[I32], &[]),
    call("native_keccak256", &[I32, I32, I32], &[]),
    call("tx_gas_price", &[I32], &[]),
    call("tx_ink_price", &[], &[I32]),
    call("tx_origin", &[I32], &[]),
    call("pay_for_memory_grow", &[I32], &[]),
];
