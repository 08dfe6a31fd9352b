//! What came of a vector beside what was recorded.

use crate::replay::Replayed;
use crate::vector::{self, Log, Run, Slots, SubCall};
use alloy_primitives::{Bytes, keccak256};
use core::fmt::Debug;
use revm::context_interface::ContextTr;
use stylus_chain::trace::{self, EndStatus, EventKind, FrameKind, Halt};
use stylus_chain::version::ArbOs;
use stylus_chain::wasm::activate::{Activation, Refusal, entry_gas};

type Differences = Vec<String>;

fn same<T: PartialEq + Debug>(what: &str, got: T, expected: T, differences: &mut Differences) {
    if got != expected {
        differences.push(format!("{what}: got {got:?}, expected {expected:?}"));
    }
}

/// The result of activation.
pub(crate) fn activation(
    got: &Result<Activation, Refusal>,
    arbos: ArbOs,
    expected: &vector::Activation,
    differences: &mut Differences,
) {
    match (got, expected) {
        (Err(refusal), vector::Activation::Refused { error_contains, .. }) => {
            if !refusal.to_string().contains(error_contains) {
                differences.push(format!(
                    "activation: got «{refusal}», expected «{error_contains}»"
                ));
            }
        }
        (Err(refusal), vector::Activation::Accepted(_)) => {
            differences.push(format!("activation: got «{refusal}», expected no refusal"));
        }
        (Ok(_), vector::Activation::Refused { error, .. }) => {
            differences.push(format!("activation: accepted, expected «{error}»"));
        }
        (Ok(activation), vector::Activation::Accepted(expected)) => {
            let estimates = &activation.estimates;
            let entry = entry_gas(estimates, arbos);
            for (key, got, expected) in [
                ("init", u64::from(estimates.init), expected.init),
                (
                    "cached_init",
                    u64::from(estimates.cached_init),
                    expected.cached_init,
                ),
                ("init_gas", entry.uncached.0, expected.init_gas),
                ("cached_gas", entry.cached.0, expected.cached_gas),
                (
                    "footprint",
                    u64::from(estimates.footprint),
                    expected.footprint,
                ),
                (
                    "asm_estimate",
                    u64::from(estimates.asm),
                    expected.asm_estimate,
                ),
                (
                    "activation_gas",
                    estimates.activation_gas,
                    expected.activation_gas,
                ),
            ] {
                same(key, got, expected, differences);
            }
        }
    }
}

/// The result of a call.
pub(crate) fn run(got: &Replayed, expected: &Run, cached: bool, differences: &mut Differences) {
    let (total, seen) = match cached {
        true => (expected.total_gas_cached, &expected.evm_status_cached),
        false => (expected.total_gas_uncached, &expected.evm_status_uncached),
    };
    let status = seen.as_ref().unwrap_or(&expected.status);
    same("status", status_of(got), status.as_str(), differences);
    same("total gas", got.end.gas_used, total, differences);
    let ink = got.end.ink_used.unwrap_or_default();
    same("ink_used", ink, expected.ink_used, differences);
    host_calls(got, expected, differences);
    if seen.is_none() {
        output(&got.end.output, expected, differences);
        state(got, expected, differences);
    }
}

fn status_of(got: &Replayed) -> &'static str {
    match &got.end.status {
        EndStatus::Success => "success",
        EndStatus::Revert => "revert",
        EndStatus::Failure(_) => "failure",
        EndStatus::Halt(Halt::OutOfInk) => "out_of_ink",
        EndStatus::Halt(Halt::OutOfStack) => "out_of_stack",
        EndStatus::Halt(_) => "out_of_gas",
    }
}

fn output(got: &Bytes, expected: &Run, differences: &mut Differences) {
    if expected.output_keccak256.is_some() {
        let got_len = Some(got.len() as u64);
        same("output_len", got_len, expected.output_len, differences);
        let got_hash = Some(keccak256(got));
        let hash = expected.output_keccak256;
        same("output_keccak256", got_hash, hash, differences);
    } else {
        same("output", Some(got), expected.output.as_ref(), differences);
    }
}

fn host_calls(got: &Replayed, expected: &Run, differences: &mut Differences) {
    let (mut names, mut inks, mut subs) = (Vec::new(), Vec::new(), Vec::new());
    for event in &got.events {
        match event {
            EventKind::HostCall(call) => {
                names.push(call.name);
                inks.push(call.ink);
            }
            EventKind::SubCall(sub) => subs.push(sub_call(sub)),
            _ => {}
        }
    }
    let recorded = expected.host_calls.iter().map(String::as_str).collect();
    same("host_calls", names, recorded, differences);
    same("host_ink", &inks, &expected.host_ink, differences);
    same("sub_calls", &subs, &expected.sub_calls, differences);
}

/// A call as vectors tell of it.
fn sub_call(got: &trace::SubCall) -> SubCall {
    let kind = match got.kind {
        FrameKind::Call => "call",
        FrameKind::CallCode => "callcode",
        FrameKind::DelegateCall => "delegatecall",
        FrameKind::StaticCall => "staticcall",
        FrameKind::Create => "create1",
        FrameKind::Create2 => "create2",
    };
    SubCall {
        kind: kind.to_owned(),
        address: got.address,
        value: got.value,
        input: got.input.clone(),
        gas_passed: got.gas_passed,
        base_cost: got.base_cost,
        cost: got.cost,
        ok: got.ok,
    }
}

fn state(got: &Replayed, expected: &Run, differences: &mut Differences) {
    let journal = got.context.journal();
    let stored = got.context.db().writes().accounts.get(&got.contract);
    let stored = stored.into_iter().flat_map(|account| &account.slots);
    let mut after: Slots = stored.map(|(slot, value)| (*slot, *value)).collect();
    // What the journal holds comes after what the database does, and so counts.
    let changed = journal.state.get(&got.contract);
    let changed = changed.into_iter().flat_map(|account| &account.storage);
    after.extend(changed.map(|(slot, value)| (*slot, value.present_value)));
    let recorded = &expected.storage_after;
    same(
        "storage_after",
        nonzero(&after),
        nonzero(recorded),
        differences,
    );
    if let Some(recorded) = &expected.transient_after {
        let transient = journal.transient_storage.get(&got.contract);
        let transient = transient.into_iter().flatten();
        let transient: Slots = transient.map(|(slot, value)| (*slot, *value)).collect();
        same(
            "transient_after",
            nonzero(&transient),
            nonzero(recorded),
            differences,
        );
    }
    same("refund", got.refund, expected.refund, differences);
    let logs: Vec<Log> = journal
        .logs
        .iter()
        .map(|log| Log {
            topics: log.topics().to_vec(),
            data: log.data.data.clone(),
        })
        .collect();
    same("logs", &logs, &expected.logs, differences);
}

fn nonzero(slots: &Slots) -> Slots {
    let nonzero = slots.iter().filter(|(_, value)| !value.is_zero());
    nonzero.map(|(slot, value)| (*slot, *value)).collect()
}
