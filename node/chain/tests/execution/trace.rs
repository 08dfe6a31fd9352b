//! The record of an execution.

use super::world::{ALICE, World};
use alloy_primitives::{B256, U256};
use stylus_chain::trace::{Access, Detail, EndStatus, EventKind, FrameKind, SstoreClass};

const RELAY: &str = include_str!("relay.wat");
const PROBE: &str = include_str!("probe.wat");

fn name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Begin(_) => "begin",
        EventKind::Entry(_) => "entry",
        EventKind::SubCall(_) => "sub-call",
        EventKind::HostCall(call) => call.name,
        EventKind::End(_) => "end",
    }
}

#[test]
fn trace_has_frames_and_host_calls_in_order() {
    let mut world = World::new();
    let (relay, probe) = (world.program(RELAY), world.program(PROBE));
    let input = [
        &[0; 32],
        probe.into_word().as_slice(),
        B256::with_last_byte(5).as_slice(),
    ]
    .concat();
    let receipt = world.call(relay, &input);
    let events: Vec<_> = receipt
        .trace
        .events
        .iter()
        .map(|event| (event.depth, event.acting, name(&event.kind)))
        .collect();
    let outer =
        |names: &[&'static str]| -> Vec<_> { names.iter().map(|n| (0, relay, *n)).collect() };
    let inner =
        |names: &[&'static str]| -> Vec<_> { names.iter().map(|n| (1, probe, *n)).collect() };
    let expected = [
        outer(&["begin", "entry", "read_args", "msg_value"]),
        inner(&[
            "begin",
            "entry",
            "read_args",
            "contract_address",
            "msg_sender",
            "msg_value",
        ]),
        inner(&[
            "msg_reentrant",
            "storage_load_bytes32",
            "storage_cache_bytes32",
        ]),
        inner(&["storage_flush_cache", "emit_log", "write_result", "end"]),
        outer(&[
            "sub-call",
            "call_contract",
            "return_data_size",
            "read_return_data",
        ]),
        outer(&["write_result", "end"]),
    ]
    .concat();
    assert_eq!(events, expected);
}

#[test]
fn trace_says_what_decided_the_price() {
    let mut world = World::new();
    let probe = world.program(PROBE);
    let receipt = world.call(probe, B256::with_last_byte(5).as_slice());
    let mut details = Vec::new();
    for event in &receipt.trace.events {
        match &event.kind {
            EventKind::Begin(begin) => {
                assert_eq!(
                    (begin.kind, begin.caller, begin.program),
                    (FrameKind::Call, ALICE, true)
                );
            }
            EventKind::Entry(entry) => {
                let priced = world.chain.program_entry_gas(probe).expect("activated");
                assert_eq!((entry.cached, entry.entry_gas), (false, priced.uncached.0));
                assert_eq!((entry.pages, entry.page_gas), (1, 0));
            }
            EventKind::End(end) => assert_eq!(end.status, EndStatus::Success),
            EventKind::HostCall(call) if call.detail != Detail::None => {
                details.push(call.detail.clone());
            }
            EventKind::HostCall(_) | EventKind::SubCall(_) => {}
        }
    }
    let slot = U256::from(7);
    let [load, write, Detail::Flush { writes }, log] = &details[..] else {
        panic!("other details: {details:?}");
    };
    let (value, access) = (U256::ZERO, Access::Cold);
    assert_eq!(
        *load,
        Detail::Load {
            slot,
            value,
            access
        }
    );
    assert_eq!(
        *write,
        Detail::Write {
            slot,
            value: U256::from(5)
        }
    );
    assert_eq!(
        (writes.len(), writes[0].slot, writes[0].cold),
        (1, slot, false)
    );
    assert_eq!(
        (writes[0].class(), writes[0].gas),
        (SstoreClass::ZeroToNonzero, 20_000)
    );
    let topics = vec![B256::with_last_byte(5)];
    assert_eq!(
        *log,
        Detail::Log {
            topics,
            data_len: 0
        }
    );
}
