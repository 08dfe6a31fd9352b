//! What a program shows the chain.

use anyhow::Result;
use std::ops::Range;
use stylus_chain::wasm::activate::{ENTRYPOINT, MEMORY};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Export, ExportSectionReader, Parser, Payload};

/// Drops every export but the entrypoint and the memory: the linker also shows two globals, which would keep wasm-opt
/// from dropping them, and a chain charges for each at every entry.
pub(super) fn only_what_is_called(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            module.section(&called(exports)?);
        } else if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection {
                id,
                data: section(wasm, range)?,
            });
        }
    }
    Ok(module.finish())
}

fn called(exports: ExportSectionReader<'_>) -> Result<ExportSection> {
    let mut kept = ExportSection::new();
    for export in exports {
        let Export { name, kind, index } = export?;
        if [ENTRYPOINT, MEMORY].contains(&name) {
            kept.export(name, kind.into(), index);
        }
    }
    Ok(kept)
}

/// The contents of a section.
pub(super) fn section(wasm: &[u8], range: Range<u64>) -> Result<&[u8]> {
    Ok(&wasm[usize::try_from(range.start)?..usize::try_from(range.end)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_entrypoint_and_the_memory_stay_exported() {
        let module = wat::parse_str(
            r#"(module (memory (export "memory") 1) (global (export "__heap_base") i32 (i32.const 9))
                (func (export "user_entrypoint") (export "other") (param i32) (result i32) local.get 0))"#,
        );
        let slim = only_what_is_called(&module.unwrap()).unwrap();
        wasmparser::validate(&slim).unwrap();
        let text = wasmprinter::print_bytes(&slim).unwrap();
        let exported: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("(export"))
            .collect();
        assert_eq!(
            exported,
            [
                r#"  (export "memory" (memory 0))"#,
                r#"  (export "user_entrypoint" (func 0))"#
            ]
        );
    }
}
