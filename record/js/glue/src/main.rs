//! `glue MODULE FOLDER`: the JavaScript that speaks with a module of wasm-bindgen, for the web and for node.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    ensure!(arguments.len() == 2, "write: glue MODULE FOLDER");
    let (module, folder) = (Path::new(&arguments[0]), Path::new(&arguments[1]));
    for target in ["web", "node"] {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(module).out_name("lineage_record");
        match target {
            "web" => bindgen.web(true),
            _ => bindgen.nodejs(true),
        }
        .with_context(|| format!("no JavaScript for {target}"))?
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder.join(target))?;
    }
    Ok(())
}
