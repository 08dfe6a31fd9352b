//! What came of a vector beside what was recorded.

use crate::VectorsError;
use crate::json::Json;
use crate::replay::Replayed;
use alloy_primitives::{B256, Bytes, U256, hex, keccak256};
use core::fmt::Debug;
use revm::context_interface::ContextTr;
use std::collections::BTreeMap;
use stylus_chain::trace::{EndStatus, EventKind, FrameKind, HostCall, SubCall};
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
    expected: &Json<'_>,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    match got {
        Err(refusal) => {
            let part = expected.optional("error_contains");
            let part = part.map_or(Ok("no refusal"), |part| part.as_text())?;
            if !refusal.0.contains(part) {
                differences.push(format!("activation: got «{refusal}», expected «{part}»"));
            }
        }
        Ok(_) if !expected.at("ok").as_bool()? => {
            let error = expected.text("error")?;
            differences.push(format!("activation: accepted, expected «{error}»"));
        }
        Ok(activation) => {
            let estimates = &activation.estimates;
            let entry = entry_gas(estimates, arbos);
            for (key, got) in [
                ("init", u64::from(estimates.init)),
                ("cached_init", u64::from(estimates.cached_init)),
                ("init_gas", entry.uncached.0),
                ("cached_gas", entry.cached.0),
                ("footprint", u64::from(estimates.footprint)),
                ("asm_estimate", u64::from(estimates.asm)),
                ("activation_gas", estimates.activation_gas),
            ] {
                same(key, got, expected.u64(key)?, differences);
            }
        }
    }
    Ok(())
}

/// The result of a call.
pub(crate) fn run(
    got: &Replayed,
    expected: &Json<'_>,
    cached: bool,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    let (total, seen) = match cached {
        true => ("total_gas_cached", "evm_status_cached"),
        false => ("total_gas_uncached", "evm_status_uncached"),
    };
    let seen = expected.optional(seen);
    let status = seen
        .as_ref()
        .map_or_else(|| expected.text("status"), Json::as_text)?;
    same("status", status_of(got), status, differences);
    same(total, got.end.gas_used, expected.u64(total)?, differences);
    let ink = got.end.ink_used.unwrap_or_default();
    same("ink_used", ink, expected.u64("ink_used")?, differences);
    host_calls(got, expected, differences)?;
    if seen.is_none() {
        output(&got.end.output, expected, differences)?;
        state(got, expected, differences)?;
    }
    Ok(())
}

fn status_of(got: &Replayed) -> &'static str {
    match &got.end.status {
        EndStatus::Success => "success",
        EndStatus::Revert => "revert",
        EndStatus::Failure(_) => "failure",
        EndStatus::Halt(reason) if reason == "out of ink" => "out_of_ink",
        EndStatus::Halt(reason) if reason == "out of stack" => "out_of_stack",
        EndStatus::Halt(_) => "out_of_gas",
    }
}

fn output(
    got: &Bytes,
    expected: &Json<'_>,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    if let Some(hash) = expected.optional("output_keccak256") {
        let len = expected.u64("output_len")?;
        same("output_len", got.len() as u64, len, differences);
        same(
            "output_keccak256",
            keccak256(got),
            hash.as_b256()?,
            differences,
        );
    } else {
        same(
            "output",
            got,
            &expected.at("output").as_bytes()?,
            differences,
        );
    }
    Ok(())
}

fn host_calls(
    got: &Replayed,
    expected: &Json<'_>,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    let calls: Vec<&HostCall> = got
        .events
        .iter()
        .filter_map(|event| match event {
            EventKind::HostCall(call) => Some(call),
            _ => None,
        })
        .collect();
    let names = expected.list("host_calls")?;
    let inks = expected.list("host_ink")?;
    let recorded = names.iter().zip(&inks);
    let recorded = recorded
        .map(|(name, ink)| Ok((name.as_text()?, ink.as_u64()?)))
        .collect::<Result<Vec<_>, VectorsError>>()?;
    let made = calls.iter().map(|call| (call.name, call.ink)).collect();
    same("host calls", made, recorded, differences);
    let subs: Vec<&SubCall> = got
        .events
        .iter()
        .filter_map(|event| match event {
            EventKind::SubCall(sub) => Some(sub),
            _ => None,
        })
        .collect();
    let recorded = expected.list("sub_calls")?;
    same(
        "number of sub_calls",
        subs.len(),
        recorded.len(),
        differences,
    );
    for (sub, recorded) in subs.into_iter().zip(&recorded) {
        sub_call(sub, recorded, differences)?;
    }
    Ok(())
}

fn sub_call(
    got: &SubCall,
    expected: &Json<'_>,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    let kind = match got.kind {
        FrameKind::Call => "call",
        FrameKind::CallCode => "callcode",
        FrameKind::DelegateCall => "delegatecall",
        FrameKind::StaticCall => "staticcall",
        FrameKind::Create => "create1",
        FrameKind::Create2 => "create2",
    };
    same("kind", kind, expected.text("kind")?, differences);
    let address = expected.at("address").as_address()?;
    same("address", got.address, address, differences);
    same(
        "value",
        got.value,
        expected.at("value").as_u256()?,
        differences,
    );
    same(
        "input",
        &got.input,
        &expected.at("input").as_bytes()?,
        differences,
    );
    same(
        "gas_passed",
        got.gas_passed,
        expected.u64("gas_passed")?,
        differences,
    );
    same(
        "base_cost",
        got.base_cost,
        expected.u64("base_cost")?,
        differences,
    );
    same("cost", got.cost, expected.u64("cost")?, differences);
    same("ok", got.ok, expected.at("ok").as_bool()?, differences);
    Ok(())
}

fn state(
    got: &Replayed,
    expected: &Json<'_>,
    differences: &mut Differences,
) -> Result<(), VectorsError> {
    let contract = got.contract();
    let journal = got.context.journal();
    let nonzero = |slots: Vec<(U256, U256)>| -> BTreeMap<U256, U256> {
        let nonzero = |(_, value): &(U256, U256)| !value.is_zero();
        slots.into_iter().filter(nonzero).collect()
    };
    let account = journal.state.get(&contract);
    let mut slots = got
        .context
        .db()
        .cache
        .accounts
        .get(&contract)
        .map(|account| {
            account
                .storage
                .iter()
                .map(|(k, v)| (*k, *v))
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    // What the journal holds comes after what the database does, and so counts.
    let changed = account.into_iter().flat_map(|account| &account.storage);
    slots.extend(changed.map(|(slot, value)| (*slot, value.present_value)));
    let slots: BTreeMap<_, _> = slots.into_iter().collect();
    let after = nonzero(slots.into_iter().collect());
    let recorded = nonzero(expected.slots("storage_after")?);
    same("storage_after", after, recorded, differences);
    let transient = journal.transient_storage.get(&contract);
    let transient = transient.into_iter().flatten();
    let transient = nonzero(transient.map(|(slot, value)| (*slot, *value)).collect());
    if expected.optional("transient_after").is_some() {
        let recorded = nonzero(expected.slots("transient_after")?);
        same("transient_after", transient, recorded, differences);
    }
    let refund = got.outcome.result.gas.refunded();
    same(
        "refund",
        refund,
        expected.at("refund").as_i64()?,
        differences,
    );
    let logs: Vec<(Vec<B256>, String)> = journal
        .logs
        .iter()
        .map(|log| (log.topics().to_vec(), hex::encode_prefixed(&log.data.data)))
        .collect();
    let mut recorded = Vec::new();
    for log in expected.list("logs")? {
        let topics = log.list("topics")?;
        let topics = topics
            .iter()
            .map(Json::as_b256)
            .collect::<Result<Vec<_>, _>>()?;
        recorded.push((topics, log.text("data")?.to_owned()));
    }
    same("logs", logs, recorded, differences);
    Ok(())
}
