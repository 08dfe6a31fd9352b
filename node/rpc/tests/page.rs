//! docs/node.md says what there is: each method and each flag.

use clap::CommandFactory;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use stylus_node::api::Api;
use stylus_node::console::Flags;
use stylus_node::node::Node;

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/node.md");
    std::fs::read_to_string(path).expect("the page")
}

/// What stands under a heading.
fn section(page: &str, heading: &str) -> String {
    let after = page
        .split_once(&format!("\n## {heading}\n"))
        .expect("the heading")
        .1;
    let end = after.find("\n## ").unwrap_or(after.len());
    after[..end].to_owned()
}

#[test]
fn the_page_names_every_method_and_no_other() {
    let api = Api::new(Arc::new(Node::default()));
    let mut by_space: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in api.names() {
        let space = name.split('_').next().expect("a namespace");
        by_space.entry(space).or_default().push(name);
    }
    let mut table = String::from("| namespace | methods |\n|---|---|\n");
    for (space, names) in by_space {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        writeln!(table, "| {space} | {} |", names.join(", ")).expect("text");
    }
    let section = section(&page(), "Methods");
    assert!(section.contains(&table), "docs/node.md must say:\n{table}");
}

#[test]
fn the_page_names_every_flag_and_no_other() {
    let mut table = String::from("| flag | what it does |\n|---|---|\n");
    for flag in Flags::command().get_arguments() {
        let name = flag.get_long().expect("a long name");
        let help = flag.get_help().expect("a help text");
        writeln!(table, "| `--{name}` | {help} |").expect("text");
    }
    let section = section(&page(), "Flags");
    assert!(section.contains(&table), "docs/node.md must say:\n{table}");
}
