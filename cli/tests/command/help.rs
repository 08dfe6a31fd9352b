//! `--help`.

use crate::Shell;

const COMMANDS: [&str; 12] = [
    "inspect", "demo", "mint", "derive", "terms", "pay", "settle", "claim", "show", "reveal",
    "verify", "node",
];

#[test]
fn help_of_every_command_has_examples_of_it() {
    let shell = Shell::new();
    for command in COMMANDS {
        for typed in [format!("{command} --help"), format!("help {command}")] {
            let help = shell.done(&typed);
            let (_, examples) = help
                .split_once("Examples:\n")
                .unwrap_or_else(|| panic!("{typed} has no examples"));
            let mut lines = examples.lines().take_while(|line| line.starts_with("  "));
            let first = lines.next().unwrap_or_default();
            assert!(
                first.starts_with(&format!("  lineage {command}")),
                "{typed}: {first}"
            );
            assert!(lines.all(|line| line.starts_with("  lineage")), "{typed}");
        }
    }
}

#[test]
fn help_of_every_command_fits_a_hundred_columns() {
    for command in COMMANDS {
        let help = Shell::new().done(&format!("{command} --help"));
        let (_, examples) = help.split_once("Examples:\n").expect("examples");
        for line in examples.lines() {
            assert!(line.chars().count() <= 100, "{command}: {line}");
        }
    }
}

#[test]
fn help_lists_every_command_and_no_other() {
    let help = Shell::new().done("--help");
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let named = list.lines().take_while(|line| !line.is_empty());
    let named: Vec<_> = named
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(named, [&COMMANDS[..], &["help"]].concat());
}

#[test]
fn version_is_the_packages() {
    assert_eq!(
        Shell::new().done("--version"),
        format!("lineage {}\n", env!("CARGO_PKG_VERSION"))
    );
}
