//! ArbWasm: the life of programs, and the parameters of Stylus (`precompiles/ArbWasm.go`).

use super::abi::ArbWasm::{self, ArbWasmCalls};
use super::activation;
use super::call::{Call, Failure, Purity};
use crate::arbos::fields::root;
use crate::arbos::params::StylusParams;
use crate::arbos::programs::{Program, ProgramError, slot};
use crate::context::Unsupported;
use crate::version::{ArbOs, Feature};
use alloy_primitives::{Address, B256};
use alloy_sol_types::{SolCall, SolInterface};
use revm::context_interface::{Block, ContextTr};

pub(super) fn purity(selector: [u8; 4], arbos: ArbOs) -> Option<Purity> {
    match selector {
        ArbWasm::activateProgramCall::SELECTOR | ArbWasm::codehashKeepaliveCall::SELECTOR => {
            Some(Purity::Payable)
        }
        ArbWasm::activationGasCall::SELECTOR if !arbos.has(Feature::ActivationGas) => None,
        other if ArbWasmCalls::valid_selector(other) => Some(Purity::View),
        _ => None,
    }
}

pub(super) fn run(call: &mut Call<'_>, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let asked = ArbWasmCalls::abi_decode(input).map_err(|_| Failure::Burnt)?;
    match asked {
        ArbWasmCalls::activateProgram(asked) => activation::activate(call, asked.program)
            .map(|done| ArbWasm::activateProgramCall::abi_encode_returns(&done)),
        ArbWasmCalls::codehashKeepalive(asked) => {
            activation::keep_alive(call, asked.codehash).map(|()| Vec::new())
        }
        ArbWasmCalls::codehashVersion(asked) => {
            let params = call.params()?;
            let program = active(call, asked.codehash, &params)?;
            Ok(ArbWasm::codehashVersionCall::abi_encode_returns(
                &program.version,
            ))
        }
        ArbWasmCalls::codehashAsmSize(asked) => {
            let params = call.params()?;
            let program = active(call, asked.codehash, &params)?;
            Ok(ArbWasm::codehashAsmSizeCall::abi_encode_returns(
                &program.asm,
            ))
        }
        ArbWasmCalls::programVersion(asked) => {
            let (program, _) = active_at(call, asked.program)?;
            Ok(ArbWasm::programVersionCall::abi_encode_returns(
                &program.version,
            ))
        }
        ArbWasmCalls::programInitGas(asked) => {
            let (program, params) = active_at(call, asked.program)?;
            let entry = program.entry_gas(&params);
            Ok(ArbWasm::programInitGasCall::abi_encode_returns(
                &ArbWasm::programInitGasReturn {
                    gas: entry.uncached.0,
                    gasWhenCached: entry.cached.0,
                },
            ))
        }
        ArbWasmCalls::programMemoryFootprint(asked) => {
            let (program, _) = active_at(call, asked.program)?;
            Ok(ArbWasm::programMemoryFootprintCall::abi_encode_returns(
                &program.footprint,
            ))
        }
        ArbWasmCalls::programTimeLeft(asked) => {
            let (program, params) = active_at(call, asked.program)?;
            let age = program.age(now(call));
            let left = params.expiry_seconds() - age;
            Ok(ArbWasm::programTimeLeftCall::abi_encode_returns(&left))
        }
        ArbWasmCalls::activationGas(_) => {
            let gas = call.number(&root::ACTIVATION_GAS)?;
            Ok(ArbWasm::activationGasCall::abi_encode_returns(&gas))
        }
        parameter => {
            let params = call.params()?;
            parameter_of(&params, call.arbos, &parameter)
        }
    }
}

/// The functions that return a parameter and read nothing else.
fn parameter_of(
    params: &StylusParams,
    arbos: ArbOs,
    asked: &ArbWasmCalls,
) -> Result<Vec<u8>, Failure> {
    Ok(match asked {
        ArbWasmCalls::stylusVersion(_) => {
            ArbWasm::stylusVersionCall::abi_encode_returns(&params.version)
        }
        ArbWasmCalls::inkPrice(_) => ArbWasm::inkPriceCall::abi_encode_returns(&params.ink_price),
        ArbWasmCalls::maxStackDepth(_) => {
            ArbWasm::maxStackDepthCall::abi_encode_returns(&params.max_stack_depth)
        }
        ArbWasmCalls::freePages(_) => {
            ArbWasm::freePagesCall::abi_encode_returns(&params.free_pages)
        }
        ArbWasmCalls::pageGas(_) => ArbWasm::pageGasCall::abi_encode_returns(&params.page_gas),
        ArbWasmCalls::pageRamp(_) => ArbWasm::pageRampCall::abi_encode_returns(&params.page_ramp),
        ArbWasmCalls::pageLimit(_) => {
            ArbWasm::pageLimitCall::abi_encode_returns(&params.page_limit)
        }
        ArbWasmCalls::minInitGas(_) if !arbos.has(Feature::MinInitGas) => {
            return Err(Failure::Plain);
        }
        ArbWasmCalls::minInitGas(_) => {
            ArbWasm::minInitGasCall::abi_encode_returns(&ArbWasm::minInitGasReturn {
                gas: params.min_init(),
                cached: params.min_cached_init(),
            })
        }
        ArbWasmCalls::initCostScalar(_) => {
            ArbWasm::initCostScalarCall::abi_encode_returns(&params.init_scalar_percent())
        }
        ArbWasmCalls::expiryDays(_) => {
            ArbWasm::expiryDaysCall::abi_encode_returns(&params.expiry_days)
        }
        ArbWasmCalls::keepaliveDays(_) => {
            ArbWasm::keepaliveDaysCall::abi_encode_returns(&params.keepalive_days)
        }
        ArbWasmCalls::blockCacheSize(_) => {
            ArbWasm::blockCacheSizeCall::abi_encode_returns(&params.block_cache_size)
        }
        other => {
            return Err(Failure::Unsupported(Unsupported::Function {
                contract: "ArbWasm",
                selector: other.selector().into(),
            }));
        }
    })
}

pub(super) fn now(call: &Call<'_>) -> u64 {
    call.context.block().timestamp().saturating_to()
}

/// The entry of a code hash, which may be expired or not yet activated.
pub(super) fn entry(call: &mut Call<'_>, code_hash: B256) -> Result<Program, Failure> {
    call.read(slot(code_hash)).map(Program::from_word)
}

/// The entry of a code hash that may run.
pub(super) fn active(
    call: &mut Call<'_>,
    code_hash: B256,
    params: &StylusParams,
) -> Result<Program, Failure> {
    let program = entry(call, code_hash)?;
    let now = now(call);
    program.check(now, params).map_err(|error| typed(&error))?;
    Ok(program)
}

fn active_at(call: &mut Call<'_>, program: Address) -> Result<(Program, StylusParams), Failure> {
    let params = call.params()?;
    let code_hash = call.code_hash(program)?;
    Ok((active(call, code_hash, &params)?, params))
}

pub(super) fn typed(error: &ProgramError) -> Failure {
    match *error {
        ProgramError::NotActivated => Failure::error(&ArbWasm::ProgramNotActivated {}),
        ProgramError::NeedsUpgrade { version, current } => {
            Failure::error(&ArbWasm::ProgramNeedsUpgrade {
                version,
                stylusVersion: current,
            })
        }
        ProgramError::Expired { age, .. } => {
            Failure::error(&ArbWasm::ProgramExpired { ageInSeconds: age })
        }
    }
}
