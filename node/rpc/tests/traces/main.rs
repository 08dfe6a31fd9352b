//! Nitro's own traces of thousands of transactions, made again: all equal as JSON.
#![allow(missing_docs)]

#[allow(dead_code)]
#[path = "../../../chain/tests/nitro/replay.rs"]
mod replay;
#[allow(dead_code)]
#[path = "../../../chain/tests/nitro/report.rs"]
mod report;
#[allow(dead_code)]
#[path = "../../../chain/tests/nitro/scenario.rs"]
mod scenario;

use alloy_primitives::{B256, U256, hex};
use scenario::{Block, Scenario};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use stylus_chain::Chain;
use stylus_chain::arbos::space::ARBOS_ACCOUNT;
use stylus_node::trace::{TraceOptions, Tracers, Where};

/// The traces of a scenario by one tracer: one for each transaction of each block, none for what was refused.
#[derive(Debug, Deserialize)]
struct Recorded {
    scenario: String,
    tracer: String,
    config: Option<Value>,
    traces: Vec<Vec<Option<Value>>>,
    /// The tracer with what is asked of it.
    #[serde(skip)]
    name: String,
}

/// How many traces were compared, and which are otherwise.
#[derive(Debug, Default)]
struct Compared {
    equal: usize,
    differences: Vec<String>,
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/nitro")
        .join(name)
}

fn recorded() -> BTreeMap<String, Vec<Recorded>> {
    let file = File::open(fixture("traces.tar.zst")).expect("the archive is checked in");
    let stream = ruzstd::decoding::StreamingDecoder::new(BufReader::new(file)).expect("zstd");
    let mut archive = tar::Archive::new(stream);
    let mut by_scenario: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for entry in archive.entries().expect("a tape archive") {
        let mut entry = entry.expect("a tape archive");
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path().expect("a path").into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).expect("a whole file");
        let mut traces: Recorded = serde_json::from_slice(&text).expect("traces");
        let folder = path.parent().and_then(Path::file_name).expect("a folder");
        traces.name = folder.to_str().expect("text").to_owned();
        by_scenario
            .entry(traces.scenario.clone())
            .or_default()
            .push(traces);
    }
    by_scenario
}

#[test]
fn traces_are_nitros() {
    let recorded = recorded();
    let mut texts = scenario::texts(&fixture("programs.tar.zst"));
    texts.extend(scenario::texts(&fixture("chain.tar.zst")));
    let next = AtomicUsize::new(0);
    let compared: Mutex<BTreeMap<String, Compared>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(traces) = named(text).and_then(|name| recorded.get(name)) else {
                        continue;
                    };
                    let scenario: Scenario = serde_json::from_slice(text).expect("a scenario");
                    let report = replay::replay_with(&scenario, |chain, block, at| {
                        for traces in traces {
                            let found = compare(chain, block, at, traces);
                            let mut compared = compared.lock().expect("no panic");
                            let all = compared.entry(traces.name.clone()).or_default();
                            all.equal += found.equal;
                            all.differences.extend(found.differences);
                        }
                    });
                    assert!(report.differences.is_empty(), "{:?}", report.differences);
                }
            });
        }
    });
    let compared = compared.into_inner().expect("no panic");
    let counts: Vec<_> = compared
        .iter()
        .map(|(name, found)| (name.as_str(), found.equal))
        .collect();
    let mut differences = Vec::new();
    for (name, found) in &compared {
        say(&format!(
            "{name}: {} of {} traces are Nitro's",
            found.equal,
            found.equal + found.differences.len()
        ));
        differences.extend(found.differences.iter().take(30));
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(
        counts,
        [
            ("4byteTracer", 2_025),
            ("callTracer", 2_025),
            ("callTracer-onlyTopCall", 1_081),
            ("callTracer-withLog", 1_081),
            ("erc7562Tracer", 105),
            ("flatCallTracer", 1_565),
            ("prestateTracer", 2_025),
            ("prestateTracer-diff", 2_025),
            ("structLogs", 210),
            ("stylusTracer", 1_395),
        ]
    );
    let all: usize = counts.iter().map(|(_, equal)| equal).sum();
    let page = fixture("../../../docs/node.md");
    let page = std::fs::read_to_string(page).expect("docs/node.md");
    let told = format!("All {},{:03} traces", all / 1_000, all % 1_000);
    assert!(page.contains(&told), "docs/node.md must say: {told}");
}

/// The name of a scenario, read off its text before all of it is.
fn named(text: &[u8]) -> Option<&str> {
    let start = std::str::from_utf8(&text[..text.len().min(400)]).ok()?;
    let (_, rest) = start.split_once("\"name\"")?;
    rest.split('"').nth(1)
}

/// Says something at once, and not by eprintln!, which the test harness keeps to itself.
fn say(words: &str) {
    std::io::stderr()
        .write_all(format!("{words}\n").as_bytes())
        .expect("a line");
}

/// Traces the last block's transactions again.
fn compare(chain: &Chain, block: &Block, at: usize, recorded: &Recorded) -> Compared {
    let mut found = Compared::default();
    let again = chain.again(chain.block_number()).expect("the last block");
    let hashes: Vec<_> = again.hashes().collect();
    let tracer = (recorded.tracer != "structLogs").then_some(&recorded.tracer);
    let asked = json!({
        "tracer": tracer,
        "tracerConfig": recorded.config,
        // so it was recorded
        "enableReturnData": true,
    });
    let options: TraceOptions = serde_json::from_value(asked).expect("what is asked");
    let tracers = Tracers::new(options).expect("a tracer");
    let watched = again.run(None, |index| {
        let at = Where {
            // so it was recorded
            block_hash: None,
            block_number: again.number(),
            hash: Some(hashes[index]),
            index: index as u64,
        };
        Some(tracers.tracer(at).expect("a tracer"))
    });
    let watched = match watched {
        Ok(watched) => watched,
        Err(error) => {
            let name = &recorded.scenario;
            found
                .differences
                .push(format!("{name} block {at}: {error}"));
            return found;
        }
    };
    let modules = modules(chain, block, recorded);
    let traces = &recorded.traces[at];
    let taken = block.txs.iter().zip(traces).enumerate();
    let taken: Vec<_> = taken.filter(|(_, (tx, _))| tx.refused.is_none()).collect();
    assert_eq!(taken.len() + 1, watched.len(), "transactions of the block");
    for ((index, (_, nitros)), (_, tracer)) in taken.into_iter().zip(watched.into_iter().skip(1)) {
        let ours = tracers.told(tracer);
        let ours = ours.map(|told| {
            let mut text = told.get().to_owned();
            for (ours, nitros) in &modules {
                text = text.replace(ours, nitros);
            }
            serde_json::from_str::<Value>(&text).expect("JSON")
        });
        let place = format!("{} {} {at} {index}", recorded.name, recorded.scenario);
        match (nitros, ours) {
            (Some(nitros), Ok(ours)) => {
                let mut differing = Vec::new();
                differ(nitros, &ours, String::new(), &mut differing);
                match differing.is_empty() {
                    true => found.equal += 1,
                    false => {
                        differing.truncate(6);
                        found
                            .differences
                            .push(format!("{place}: {}", differing.join("; ")));
                    }
                }
            }
            // Nitro's tracer failed on it too
            (Some(Value::String(words)), Err(error)) if *words == format!("error: {error}") => {
                found.equal += 1;
            }
            (nitros, ours) => {
                let there = nitros.is_some();
                found
                    .differences
                    .push(format!("{place}: on Nitro {there}, here {ours:?}"));
            }
        }
    }
    found
}

/// The hashes of modules that a block activated, which would need Nitro's prover: ours, with Nitro's.
fn modules(chain: &Chain, block: &Block, recorded: &Recorded) -> Vec<(String, String)> {
    let Some(arbos) = block.changes.get(&ARBOS_ACCOUNT) else {
        return Vec::new();
    };
    let mut modules = Vec::new();
    for account in chain.addresses() {
        let slot = replay::module_slot(chain.code_hash(account));
        if let Some(nitros) = arbos.storage.get(&B256::from(slot)) {
            let ours = B256::from(chain.storage(ARBOS_ACCOUNT, slot));
            if recorded.tracer == "structLogs" {
                // on the stack it is a number, without zeros in front
                let number = |hash: B256| format!("\"{:#x}\"", U256::from_be_bytes(hash.0));
                modules.push((number(ours), number(*nitros)));
            }
            modules.push((hex::encode(ours), hex::encode(nitros)));
        }
    }
    modules
}

/// Where two traces differ.
fn differ(nitros: &Value, ours: &Value, path: String, found: &mut Vec<String>) {
    match (nitros, ours) {
        (Value::Object(nitros), Value::Object(ours)) => {
            for (key, value) in nitros {
                match ours.get(key) {
                    Some(our) => differ(value, our, format!("{path}.{key}"), found),
                    None => found.push(format!(
                        "{path}.{key} is missing, on Nitro {}",
                        short(value)
                    )),
                }
            }
            for (key, value) in ours.iter().filter(|(key, _)| !nitros.contains_key(*key)) {
                found.push(format!("{path}.{key} is one more: {}", short(value)));
            }
        }
        (Value::Array(nitros), Value::Array(ours)) => {
            if nitros.len() != ours.len() {
                let (ours, nitros) = (ours.len(), nitros.len());
                found.push(format!("{path} has {ours} entries, on Nitro {nitros}"));
            }
            for (at, (nitros, ours)) in nitros.iter().zip(ours).enumerate() {
                differ(nitros, ours, format!("{path}[{at}]"), found);
            }
        }
        (nitros, ours) if nitros != ours => {
            found.push(format!(
                "{path} is {}, on Nitro {}",
                short(ours),
                short(nitros)
            ));
        }
        _ => {}
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    text.chars().take(100).collect()
}
