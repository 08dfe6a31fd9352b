//! Nitro's own answers to thousands of signed transactions, replayed: tests/fixtures/nitro says where they come from.
#![allow(missing_docs)]

mod replay;
mod report;
mod scenario;

use report::Report;
use scenario::Scenario;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/nitro")
}

#[test]
fn nitros_answers_are_ours() {
    let mut texts = scenario::texts(&folder().join("programs.tar.zst"));
    texts.extend(scenario::texts(&folder().join("chain.tar.zst")));
    let reports = replayed(&texts);

    let differences: Vec<_> = reports
        .values()
        .flat_map(|report| &report.differences)
        .collect();
    assert!(
        differences.is_empty(),
        "{} differences: {:#?}",
        differences.len(),
        &differences[..20.min(differences.len())]
    );
    let table = table(&reports);
    let page = fs::read_to_string(folder().join("README.md")).expect("the page is there");
    assert!(
        page.contains(&table),
        "tests/fixtures/nitro/README.md must say:\n{table}"
    );
    let equal: usize = reports.values().map(|report| report.equal).sum();
    let slots: usize = reports.values().map(|report| report.slots).sum();
    say(&format!(
        "equal to Nitro's: {} transactions and {} slots in {} scenarios",
        grouped(equal),
        grouped(slots),
        texts.len()
    ));
    let readme = fs::read_to_string(folder().join("../../../README.md")).expect("README.md");
    assert!(
        readme.contains(&grouped(equal)),
        "README.md must say {}",
        grouped(equal)
    );
}

/// Says something at once, and not by eprintln!, which the test harness keeps to itself.
fn say(words: &str) {
    std::io::stderr()
        .write_all(format!("{words}\n").as_bytes())
        .expect("a line");
}

/// Replays all scenarios, two at a time, and adds them up by family.
fn replayed(texts: &[Vec<u8>]) -> BTreeMap<String, Report> {
    let next = AtomicUsize::new(0);
    let reports: Mutex<BTreeMap<String, Report>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(text) = texts.get(number) else { break };
                    if number.is_multiple_of(50) {
                        say(&format!(
                            "replaying Nitro's answers: {number} of {} scenarios",
                            texts.len()
                        ));
                    }
                    let scenario: Scenario = serde_json::from_slice(text).expect("a scenario");
                    let report = replay::replay(&scenario);
                    let mut reports = reports.lock().expect("no panic");
                    reports
                        .entry(scenario.family().to_owned())
                        .or_default()
                        .add(report);
                }
            });
        }
    });
    reports.into_inner().expect("no panic")
}

/// What was compared and what cannot be run, as the page beside the archives shows it.
fn table(reports: &BTreeMap<String, Report>) -> String {
    let mut table = String::from(
        "| scenarios | number | transactions equal | refused by both | blocks with equal state | slots | hashes of blocks equal | not run |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut total = Report::default();
    for (family, report) in reports {
        row(&mut table, family, report);
    }
    for report in reports.values() {
        total.scenarios += report.scenarios;
        total.equal += report.equal;
        total.refused += report.refused;
        total.blocks += report.blocks;
        total.slots += report.slots;
        total.hashes += report.hashes;
        for (what, transactions) in &report.not_run {
            total.not_run(what, *transactions);
        }
    }
    row(&mut table, "all", &total);
    table.push_str("\n| not run for want of | transactions |\n|---|---|\n");
    for (what, transactions) in &total.not_run {
        writeln!(table, "| {what} | {} |", grouped(*transactions)).expect("a line");
    }
    table
}

fn row(table: &mut String, name: &str, report: &Report) {
    let not_run = report.not_run.values().sum();
    let counts = [
        report.equal,
        report.refused,
        report.blocks,
        report.slots,
        report.hashes,
        not_run,
    ];
    let [equal, refused, blocks, slots, hashes, not_run] = counts.map(grouped);
    let scenarios = report.scenarios;
    writeln!(
        table,
        "| {name} | {scenarios} | {equal} | {refused} | {blocks} | {slots} | {hashes} | {not_run} |"
    )
    .expect("a line");
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).expect("digits"))
        .collect();
    groups.join(",")
}
