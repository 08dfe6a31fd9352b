//! The tests that the docs name exist.

use lineage_tests::root::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Names of functions in the .rs files of a folder and below.
fn functions(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            functions(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("the source can be read");
            let declared = source.lines().filter_map(|line| {
                let rest = line.trim_start().strip_prefix("fn ")?;
                Some(rest.split_once('(')?.0.to_owned())
            });
            into.extend(declared);
        }
    }
}

fn all_functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in [
        "tests/tests",
        "tests/oracle/tests",
        "contracts/logic/tests",
        "cli/tests",
        "record/tests",
        "record/src",
    ] {
        functions(&root().join(folder), &mut names);
    }
    names
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).expect("the page can be read")
}

/// What stands in backticks and has the form of a test's name: words joined by two underscores or more.
fn named(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2).filter(|code| {
        let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        code.bytes().all(word) && code.matches('_').count() >= 2
    })
}

#[test]
fn tests_that_the_docs_name_exist() {
    let functions = all_functions();
    for name in ["findings.md", "invariants.md", "promises.md"] {
        let page = page(name);
        let missing: Vec<_> = named(&page)
            .filter(|test| !functions.contains(*test))
            .collect();
        assert!(missing.is_empty(), "docs/{name} names {missing:?}");
    }
    assert!(named(&page("findings.md")).count() > 50);
}

#[test]
fn every_regression_is_among_the_findings() {
    let page = page("findings.md");
    let regressions = all_functions().into_iter().filter(|name| {
        let number = name.strip_prefix('r').and_then(|rest| rest.split_once('_'));
        number.is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    });
    let missing: Vec<_> = regressions
        .filter(|test| !named(&page).any(|name| name == test))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/findings.md does not name {missing:?}"
    );
}

#[test]
fn every_invariant_has_its_tests() {
    let functions = all_functions();
    let page = page("invariants.md");
    let ids: Vec<u32> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| i")?.split_once(" |")?.0.parse().ok())
        .collect();
    assert_eq!(ids, (1..=7).collect::<Vec<_>>());
    for id in ids {
        let held = |name: &String| {
            let name = name.strip_prefix("prop_").unwrap_or(name);
            name.starts_with(&format!("i{id}_"))
        };
        assert!(functions.iter().any(held), "no test holds i{id}");
    }
}
