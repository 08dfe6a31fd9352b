//! Executions recorded with Nitro's own engine, replayed through the chain's frames.

use alloy_primitives::{B256, hex};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use vectors::{Report, VectorsError};

#[test]
fn vectors_agree_to_the_unit_of_ink() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let reports = vectors::run(&folder).expect("the vectors are checked in");
    let failed: Vec<String> = reports
        .iter()
        .filter(|report| !report.differences.is_empty())
        .map(ToString::to_string)
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let runs: usize = reports.iter().map(|report| report.runs).sum();
    assert_eq!((reports.len(), runs), (97, 274));
}

#[test]
fn program_that_assembles_to_other_bytes_is_named() {
    let reports = changed("bytes", |vector| {
        vector.remove("wasm");
        vector["runs"] = json!([]);
        vector["wasm_bytes"] = 3.into();
    });

    let reports = reports.expect("readable vectors");

    assert_eq!(reports[0].differences, ["wasm_bytes 188, expected 3"]);
}

#[test]
fn gas_of_pages_beyond_all_numbers_is_all_the_gas_there_is() {
    let reports = changed("pages", |vector| {
        for run in vector["runs"].as_array_mut().expect("runs") {
            run["entry_page_gas"] = u64::MAX.into();
        }
    });

    let reports = reports.expect("readable vectors");

    // what ink is left is worth no more gas than there can be ink for, and so only the gas of the whole call differs
    let gas_alone = |difference: &String| difference.contains("total gas");
    let differences = &reports[0].differences;
    assert_eq!(differences.len(), 2 * reports[0].runs);
    assert!(differences.iter().all(gas_alone), "{differences:#?}");
}

#[test]
fn vector_sets_who_acts_and_a_time_at_the_end_of_all_times() {
    let folder = own_folder("environment");
    let program = r#"(module
        (import "vm_hooks" "write_result" (func $write (param i32 i32)))
        (import "vm_hooks" "contract_address" (func $contract (param i32)))
        (import "vm_hooks" "tx_origin" (func $origin (param i32)))
        (import "vm_hooks" "block_coinbase" (func $coinbase (param i32)))
        (import "vm_hooks" "block_timestamp" (func $time (result i64)))
        (import "vm_hooks" "block_number" (func $number (result i64)))
        (memory (export "memory") 1 1)
        (func (export "user_entrypoint") (param i32) (result i32)
            (call $contract (i32.const 0))
            (call $origin (i32.const 20))
            (call $coinbase (i32.const 40))
            (i64.store (i32.const 60) (call $time))
            (i64.store (i32.const 68) (call $number))
            (call $write (i32.const 0) (i32.const 76))
            (i32.const 0)))"#;
    std::fs::write(folder.join("told.wat"), program).expect("a file");
    let last = u64::MAX.to_le_bytes();
    let output = [
        [1; 20].as_slice(),
        &[2; 20],
        &[3; 20],
        &last,
        &(u64::MAX - 1).to_le_bytes(),
    ];
    let run = json!({
        "calldata": "0x", "value": "0x0", "sender": hex::encode_prefixed([2; 20]), "gas_limit": 1_000_000,
        "entry_page_gas": 0, "static": false, "reentrant": 0, "storage_before": {}, "storage_after": {},
        "environment": {
            "contract": hex::encode_prefixed([1; 20]), "origin": hex::encode_prefixed([2; 20]),
            "coinbase": hex::encode_prefixed([3; 20]), "block_timestamp": u64::MAX,
            "block_number": u64::MAX - 1,
        },
        "status": "success", "output": hex::encode_prefixed(output.concat()), "ink_used": 0,
        "total_gas_uncached": 0, "total_gas_cached": 0, "host_calls": [], "host_ink": [], "logs": [], "refund": 0,
    });
    let vector = json!([{
        "name": "told", "arbos": 61, "wat": "told.wat", "wasm_bytes": 0, "wasm_keccak256": B256::ZERO,
        "activation": { "error": "", "error_contains": "" }, "runs": [run],
    }]);
    std::fs::write(folder.join("vectors.json"), vector.to_string()).expect("a file");

    let reports = vectors::run(&folder).expect("readable vectors");

    let differences = &reports[0].differences;
    let of = |what: &str| {
        differences
            .iter()
            .any(|difference| difference.contains(what))
    };
    assert!(of("ink_used") && of("total gas"), "{differences:#?}");
    assert!(!of("output") && !of("status"), "{differences:#?}");
}

#[test]
fn vector_without_a_field_is_named_with_the_field() {
    let reports = changed("field", |vector| {
        vector.remove("wasm_bytes");
    });

    let error = reports.expect_err("a field is missing").to_string();

    assert_eq!(
        error,
        "vector ops_consts_locals: missing field `wasm_bytes`"
    );
}

/// The reports on the first vector once it is changed.
fn changed(
    folder: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) -> Result<Vec<Report>, VectorsError> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let text = std::fs::read_to_string(fixtures.join("vectors.json")).expect("the file is there");
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let mut vector = vectors.into_iter().next().expect("a vector");
    let fields = vector.as_object_mut().expect("an object");
    change(fields);
    let name = fields["wat"].as_str().expect("text");
    let folder = own_folder(folder);
    std::fs::copy(fixtures.join(name), folder.join(name)).expect("a copy");
    let list = Value::from(vec![vector]).to_string();
    std::fs::write(folder.join("vectors.json"), list).expect("a file");
    vectors::run(&folder)
}

fn own_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("vectors")
        .join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
