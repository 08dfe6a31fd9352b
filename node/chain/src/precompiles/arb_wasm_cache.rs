//! ArbWasmCache: which programs are kept ready to run (`precompiles/ArbWasmCache.go`).

use super::abi::ArbWasmCache::{self, ArbWasmCacheCalls};
use super::arb_wasm::{entry, now, typed};
use super::call::{Call, Failure, Purity};
use super::sets::{is_member, members};
use crate::arbos::layout;
use crate::arbos::programs::{ProgramError, slot};
use crate::version::{ArbOs, Feature};
use alloy_primitives::B256;
use alloy_sol_types::{SolCall, SolInterface};

pub(super) fn purity(selector: [u8; 4], arbos: ArbOs) -> Option<Purity> {
    match selector {
        ArbWasmCache::cacheCodehashCall::SELECTOR if arbos.has(Feature::CacheByAddress) => None,
        ArbWasmCache::cacheProgramCall::SELECTOR if !arbos.has(Feature::CacheByAddress) => None,
        ArbWasmCache::cacheCodehashCall::SELECTOR
        | ArbWasmCache::cacheProgramCall::SELECTOR
        | ArbWasmCache::evictCodehashCall::SELECTOR => Some(Purity::Write),
        other if ArbWasmCacheCalls::valid_selector(other) => Some(Purity::View),
        _ => None,
    }
}

pub(super) fn run(call: &mut Call<'_>, input: &[u8]) -> Result<Vec<u8>, Failure> {
    match ArbWasmCacheCalls::abi_decode(input).map_err(|_| Failure::Burnt)? {
        ArbWasmCacheCalls::isCacheManager(asked) => {
            let member = is_member(call, &layout::cache_managers(), asked.manager)?;
            Ok(ArbWasmCache::isCacheManagerCall::abi_encode_returns(
                &member,
            ))
        }
        ArbWasmCacheCalls::allCacheManagers(_) => {
            let managers = members(call, &layout::cache_managers())?;
            Ok(ArbWasmCache::allCacheManagersCall::abi_encode_returns(
                &managers,
            ))
        }
        ArbWasmCacheCalls::codehashIsCached(asked) => {
            let program = entry(call, asked.codehash)?;
            Ok(ArbWasmCache::codehashIsCachedCall::abi_encode_returns(
                &program.cached,
            ))
        }
        ArbWasmCacheCalls::cacheCodehash(asked) => set_cached(call, asked.codehash, true),
        ArbWasmCacheCalls::evictCodehash(asked) => set_cached(call, asked.codehash, false),
        ArbWasmCacheCalls::cacheProgram(asked) => {
            let code_hash = call.code_hash(asked.program)?;
            set_cached(call, code_hash, true)
        }
    }
}

fn set_cached(call: &mut Call<'_>, code_hash: B256, cached: bool) -> Result<Vec<u8>, Failure> {
    let caller = call.caller;
    let allowed = is_member(call, &layout::cache_managers(), caller)?
        || is_member(call, &layout::chain_owners(), caller)?;
    if !allowed {
        return Err(Failure::Burnt);
    }
    let params = call.params()?;
    let mut program = entry(call, code_hash)?;
    if cached {
        // a program that was never activated is one of version zero here
        program.check(now(call), &params).map_err(|error| {
            typed(&match error {
                ProgramError::NotActivated => ProgramError::NeedsUpgrade {
                    version: 0,
                    current: params.version,
                },
                other => other,
            })
        })?;
    }
    if program.cached == cached {
        return Ok(Vec::new());
    }
    call.emit(&ArbWasmCache::UpdateProgramCache {
        manager: caller,
        codehash: code_hash,
        cached,
    })?;
    call.burn(program.init.into())?;
    call.read(layout::module_hashes().slot(code_hash))?;
    program.cached = cached;
    call.write(slot(code_hash), program.to_word())?;
    Ok(Vec::new())
}
