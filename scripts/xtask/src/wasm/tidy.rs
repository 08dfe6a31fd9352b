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

#[cfg(test)]
mod tests {
    use super::*;
    use stylus_chain::ArbOs;
    use stylus_chain::wasm::activate::activate;
    use wasm_encoder::DataCountSection;

    /// A program as compilers leave it: with names, a DataCount section and a data segment.
    fn raw() -> Vec<u8> {
        let module = wat::parse_str(
            r#"(module $named (memory (export "memory") 1 1) (data (i32.const 0) "x")
                (func $user (export "user_entrypoint") (param i32) (result i32) local.get 0))"#,
        );
        let module = module.unwrap();
        let mut raw = Module::new();
        for payload in Parser::new(0).parse_all(&module) {
            let payload = payload.unwrap();
            if matches!(payload, Payload::CodeSectionStart { .. }) {
                raw.section(&DataCountSection { count: 1 });
            }
            if let Some((id, range)) = payload.as_section() {
                let data = section(&module, range).unwrap();
                raw.section(&RawSection { id, data });
            }
        }
        raw.finish()
    }

    #[test]
    fn module_with_a_data_count_is_refused_raw_and_activates_tidied() {
        let raw = raw();
        assert!(activate(&raw, ArbOs::LATEST, 128).is_err());
        activate(&tidy(&raw).unwrap(), ArbOs::LATEST, 128).unwrap();
    }

    #[test]
    fn custom_sections_are_stripped() {
        let custom = |wasm: &[u8]| {
            let payloads = Parser::new(0).parse_all(wasm);
            payloads
                .filter(|payload| matches!(payload, Ok(Payload::CustomSection(_))))
                .count()
        };
        let raw = raw();
        assert_eq!(custom(&raw), 1);
        assert_eq!(custom(&tidy(&raw).unwrap()), 0);
    }

    #[test]
    fn tidying_twice_changes_nothing_more() {
        let once = tidy(&raw()).unwrap();
        assert_eq!(tidy(&once).unwrap(), once);
    }
}
