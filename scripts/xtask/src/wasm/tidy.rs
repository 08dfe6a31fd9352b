//! What activation refuses or charges for without need is taken out.

use super::exports::section;
use anyhow::{Context, Result};
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

/// Takes a module through text and back, which shortens the over-long table index of `call_indirect` and drops the
/// DataCount section, and then strips the custom sections.
pub(super) fn tidy(wasm: &[u8]) -> Result<Vec<u8>> {
    let text = wasmprinter::print_bytes(wasm).context("printing the module as text")?;
    let module = wat::parse_str(&text).context("reading the module's text")?;
    without_custom_sections(&module)
}

fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = section(wasm, range)?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
