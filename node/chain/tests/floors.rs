//! The floors of the chain: a module imports only what stands on its own floor or on one below.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. Modules that are named together stand on one floor and do not import each other, but on
/// the ground.
const FLOORS: [&[&str]; 13] = [
    &[
        "version",
        "dev_accounts",
        "trace",
        "units",
        "predeploys",
        "config",
        "watch",
    ],
    &["block"],
    &["store", "wasm"],
    &["trie"],
    &["arbos"],
    &["context"],
    &["telling"],
    &["precompiles", "stylus"],
    &["evm"],
    &["genesis"],
    &["chain"],
    &["deploy"],
    &["lib"],
];

#[test]
fn module_imports_nothing_from_a_floor_above_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    for file in files(&root) {
        let path = file.strip_prefix(&root).expect("below the root");
        let module = path.iter().next().and_then(|name| name.to_str());
        let module = module.expect("a name").trim_end_matches(".rs");
        let text = fs::read_to_string(&file).expect("a readable file");
        for imported in imports(&text) {
            if !stands_below(&imported, module) {
                upward.push(format!("{} imports {imported}", path.display()));
            }
        }
    }
    assert_eq!(upward, [""; 0]);
}

#[test]
fn imports_are_found_in_each_form_they_are_written_in() {
    let text = "use crate::evm::{self, Machine};
        pub use crate::trace::Trace;
        use crate::{arbos, wasm::code};
        fn f() { crate::genesis::state(); }
        // crate::chain is only told of";
    assert_eq!(imports(text), ["evm", "trace", "arbos", "wasm", "genesis"]);
}

#[test]
fn floor_above_and_module_beside_are_not_below() {
    assert!(stands_below("trace", "wasm") && stands_below("stylus", "stylus"));
    assert!(stands_below("version", "config"));
    for (imported, importer) in [("context", "arbos"), ("stylus", "precompiles")] {
        assert!(!stands_below(imported, importer), "{importer}");
    }
}

/// Whether what is imported stands below the importer, or is itself; the ground is one floor in itself.
fn stands_below(imported: &str, importer: &str) -> bool {
    let (below, own) = (floor(imported), floor(importer));
    imported == importer || below < own || (own == 0 && below == 0)
}

fn floor(module: &str) -> usize {
    let floor = FLOORS.iter().position(|floor| floor.contains(&module));
    floor.unwrap_or_else(|| panic!("{module} has no floor: give it one"))
}

/// The modules of this crate that a text names after `crate::`, comments aside.
fn imports(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(list) => found.extend(top_level(list)),
        }
    }
    found
}

/// The first names in a list of imports, those in inner lists left out.
fn top_level(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = 0;
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.push(name(list[start..at].trim()));
                start = at + 1;
                if sign == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name(text: &str) -> String {
    let ends = |sign: char| !sign.is_alphanumeric() && sign != '_';
    text.split(ends).next().unwrap_or_default().to_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
