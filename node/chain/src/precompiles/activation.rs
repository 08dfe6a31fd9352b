//! Activation and renewal of programs, and what they pay (`precompiles/ArbWasm.go`, `arbos/programs/programs.go`).

use super::abi::ArbWasm;
use super::arb_wasm::{active, entry, now};
use super::call::{Call, Failure};
use crate::arbos::fields::root;
use crate::arbos::programs::{Program, slot};
use crate::arbos::space::{self, Journal};
use crate::arbos::{layout, pricer};
use crate::context::{NotActivated, Unsupported};
use crate::version::Feature;
use crate::wasm::activate;
use crate::wasm::code::{self, CodeError};
use alloy_primitives::{Address, B256, U256, keccak256};
use revm::context_interface::{ContextTr, JournalTr};
use revm::state::Account;

/// Gas with which every activation begins.
const FIXED: u64 = 1_659_168;

/// Activates the program at an address: checks it, keeps its estimates, and takes the data fee.
pub(super) fn activate(
    call: &mut Call<'_>,
    program: Address,
) -> Result<ArbWasm::activateProgramReturn, Failure> {
    if call.arbos.has(Feature::ActivationGas) {
        // the gas that a chain's owner may add
        let added = call.number(&root::ACTIVATION_GAS)?;
        call.burn(added)?;
    }
    call.burn(FIXED)?;
    let journal = call.context.journal_mut();
    let (code, code_hash) = space::code(journal, program);
    let state = journal.evm_state();
    if state.get(&program).is_some_and(Account::is_selfdestructed) {
        return Err(Failure::Plain);
    }

    let params = call.params()?;
    let before = entry(call, code_hash)?;
    let now = now(call);
    if before.version == params.version && !before.expired(now, &params) {
        return Err(Failure::error(&ArbWasm::ProgramUpToDate {}));
    }
    let wasm = wasm_of(call, &code, params.max_wasm_size)?;
    let pages = params
        .page_limit
        .saturating_sub(call.context.chain.pages.open);
    let activation = activate::activate(&wasm, call.arbos, pages)
        .map_err(|refusal| Failure::Refused(refusal.into()))?;
    let estimates = activation.estimates;
    if call.burn(estimates.activation_gas).is_err() {
        return Err(Failure::Refused(NotActivated::OutOfGas {
            left: call.gas_left(),
            needed: estimates.activation_gas,
        }));
    }

    let module_slot = layout::module_hashes().slot(code_hash);
    if before.cached {
        // Nitro reads the hash of the module that leaves its cache
        call.read(module_slot)?;
    }
    let module_hash = keccak256(&activation.module);
    call.write(module_slot, module_hash.into())?;
    let data_fee = price(call, estimates.asm, now)?;
    let entry = Program {
        version: params.version,
        init: estimates.init,
        cached_init: estimates.cached_init,
        footprint: estimates.footprint,
        asm: Program::whole_kilobytes(estimates.asm),
        activated_at: Program::whole_hours(now),
        cached: before.cached,
    };
    call.write(slot(code_hash), entry.to_word())?;
    pay(call, data_fee)?;
    call.emit(&ArbWasm::ProgramActivated {
        codehash: code_hash,
        moduleHash: module_hash,
        program,
        dataFee: data_fee,
        version: params.version,
    })?;
    Ok(ArbWasm::activateProgramReturn {
        version: params.version,
        dataFee: data_fee,
    })
}

/// Lets an active program live for another term, for the data fee.
pub(super) fn keep_alive(call: &mut Call<'_>, code_hash: B256) -> Result<(), Failure> {
    let params = call.params()?;
    let mut program = active(call, code_hash, &params)?;
    let now = now(call);
    let age = program.age(now);
    if age < params.keepalive_seconds() {
        return Err(Failure::error(&ArbWasm::ProgramKeepaliveTooSoon {
            ageInSeconds: age,
        }));
    }
    let data_fee = price(call, program.asm, now)?;
    program.activated_at = Program::whole_hours(now);
    call.write(slot(code_hash), program.to_word())?;
    pay(call, data_fee)?;
    call.emit(&ArbWasm::ProgramLifetimeExtended {
        codehash: code_hash,
        dataFee: data_fee,
    })
}

fn wasm_of(call: &mut Call<'_>, code: &[u8], max_wasm_size: u32) -> Result<Vec<u8>, Failure> {
    let fragments = call.arbos.has(Feature::Fragments);
    if code.is_empty() {
        return Err(Failure::error(&ArbWasm::ProgramNotWasm {}));
    }
    if fragments && code::is_fragment(code) {
        return Err(Failure::Unsupported(Unsupported::ActivatedFragments));
    }
    code::decompress(code, max_wasm_size).map_err(|error| match error {
        CodeError::NotProgram(_) if fragments => Failure::error(&ArbWasm::ProgramNotWasm {}),
        CodeError::StylusDictionary => Failure::Unsupported(Unsupported::Dictionary),
        error => {
            // the chain tells that it reverts, and nothing else
            call.context.chain.refusal = Some(error.into());
            Failure::Plain
        }
    })
}

/// What so many bytes of native code cost now; counts them as demand.
fn price(call: &mut Call<'_>, asm: u32, now: u64) -> Result<U256, Failure> {
    let space = layout::data_pricer();
    for key in pricer::READS {
        call.burn_read(space.slot_at(key))?;
    }
    let (demand, fee) = pricer::take(call.context.journal_mut(), asm, now);
    call.write(space.slot_at(pricer::DEMAND), demand)?;
    call.write(space.slot_at(pricer::LAST_UPDATE), U256::from(now))?;
    Ok(fee)
}

/// Takes the data fee out of the value sent, and gives the rest back.
fn pay(call: &mut Call<'_>, data_fee: U256) -> Result<(), Failure> {
    let Some(rest) = call.value.checked_sub(data_fee) else {
        return Err(Failure::error(&ArbWasm::ProgramInsufficientValue {
            have: call.value,
            want: data_fee,
        }));
    };
    let network = call.read(*root::NETWORK_FEE_ACCOUNT)?;
    let network = Address::from_word(network.into());
    let (address, caller) = (call.address, call.caller);
    for (to, amount) in [(network, data_fee), (caller, rest)] {
        call.tell_transfer(address, to, amount);
        let journal = call.context.journal_mut();
        let transfer = |journal: &mut Journal| journal.transfer(address, to, amount);
        let Ok(missing) = space::without_access(journal, to, transfer);
        if missing.is_some() {
            return Err(Failure::Plain);
        }
    }
    Ok(())
}
