//! What a program must have, and its limits.

use super::Binary;
use crate::wasm::activate::refusal::{Counted, Refusal, at_most};
use crate::wasm::activate::{ENTRYPOINT, HOST_CALLS, MEMORY};
use crate::wasm::meter::{self, Signatures};
use std::collections::HashMap;
use wasmparser::{ExternalKind, FuncType, ValType};

/// Opcodes a function may have once instrumented.
pub(in crate::wasm::activate) const MAX_OPCODES: u64 = 65_536;
pub(super) const MAX_IMPORTS: u64 = 513;
const MAX_FUNCTIONS: u64 = 4_096;
const MAX_GLOBALS: u64 = 32_768;
const MAX_EXPORTS: u64 = 1_024;
const MAX_SEGMENTS: u64 = 128;
const MAX_LOCALS: u64 = 348;
const MAX_TABLE_ENTRIES: u64 = 4_096;
const MAX_NAME: usize = 512;
const MAX_PAGES: u64 = 128;
const RESERVED: &str = "stylus";

impl Binary<'_> {
    /// One host call is imported under one type of the type section, even if another is equal.
    pub(in crate::wasm::activate) fn check_imports(&self) -> Result<(), Refusal> {
        let mut types = HashMap::new();
        for &(module, name, ty) in &self.imports {
            if *types.entry((module, name)).or_insert(ty) != ty {
                return Err(Refusal::InconsistentImport {
                    module: module.into(),
                    name: name.into(),
                });
            }
        }
        Ok(())
    }

    /// Names that are reserved or would shadow an import, and the entry point.
    pub(in crate::wasm::activate) fn check_exports(&self) -> Result<(), Refusal> {
        for (name, _, _) in &self.exports {
            // the part after the last `__` is what a linked export is known by
            let known_as = name.rsplit("__").next().unwrap_or(name);
            if known_as.starts_with(RESERVED) {
                return Err(Refusal::ReservedExport(known_as.into()));
            }
            if self.imports.iter().any(|import| import.1 == known_as) {
                return Err(Refusal::ExportedImport(known_as.into()));
            }
        }
        if let Some((_, name, _)) = self
            .imports
            .iter()
            .find(|import| import.1.starts_with(RESERVED))
        {
            return Err(Refusal::ReservedImport((*name).into()));
        }
        let Some(entry) = self.export(ENTRYPOINT, ExternalKind::Func) else {
            return Err(Refusal::NoEntrypoint);
        };
        let ty = self
            .type_of(entry)
            .cloned()
            .unwrap_or_else(|| FuncType::new([], []));
        if ty.params() != [ValType::I32] || ty.results() != [ValType::I32] {
            return Err(Refusal::EntrypointType(lambda(&ty)));
        }
        Ok(())
    }

    /// Checks the one memory and returns its initial pages.
    pub(in crate::wasm::activate) fn check_memory(&self, page_limit: u16) -> Result<u16, Refusal> {
        let [(initial, maximum)] = self.memories[..] else {
            return Err(Refusal::NoMemory);
        };
        if self.export(MEMORY, ExternalKind::Memory).is_none() {
            return Err(Refusal::HiddenMemory);
        }
        if initial > MAX_PAGES {
            return Err(Refusal::MemoryBound {
                got: initial,
                max: MAX_PAGES,
            });
        }
        if initial > u64::from(page_limit) {
            return Err(Refusal::MemoryLimit {
                got: initial,
                max: page_limit,
            });
        }
        if maximum != Some(initial) && self.import_index("pay_for_memory_grow").is_none() {
            return Err(Refusal::UnpaidGrowth);
        }
        Ok(initial as u16)
    }

    /// Counts that Nitro bounds.
    pub(in crate::wasm::activate) fn check_limits(&self) -> Result<(), Refusal> {
        let kept = self
            .exports
            .iter()
            .filter(|(name, _, _)| [ENTRYPOINT, MEMORY].contains(name))
            .count();
        at_most(Counted::Exports, kept as u64, MAX_EXPORTS)?;
        at_most(Counted::Datas, self.data_segments, MAX_SEGMENTS)?;
        at_most(Counted::Elements, self.element_segments, MAX_SEGMENTS)?;
        at_most(Counted::Functions, self.bodies.len() as u64, MAX_FUNCTIONS)?;
        at_most(Counted::Globals, u64::from(self.globals), MAX_GLOBALS)?;
        for body in &self.bodies {
            at_most(Counted::Locals, u64::from(body.declared_locals), MAX_LOCALS)?;
        }
        at_most(
            Counted::TableEntries,
            self.tables.iter().sum(),
            MAX_TABLE_ENTRIES,
        )?;
        at_most(
            Counted::ElementEntries,
            self.element_span,
            MAX_TABLE_ENTRIES,
        )?;
        if self.name.len() > MAX_NAME {
            return Err(Refusal::NameTooLong {
                got: self.name.len(),
                max: MAX_NAME,
            });
        }
        Ok(())
    }

    /// Segments that do not fit.
    pub(in crate::wasm::activate) fn check_segments(&self, pages: u16) -> Result<(), Refusal> {
        self.placed
            .iter()
            .try_for_each(|segment| segment.check(pages.into(), &self.tables))
    }

    /// What Nitro finds only when it compiles: imports that do not exist and float arithmetic.
    pub(in crate::wasm::activate) fn check_compiling(&self) -> Result<(), Refusal> {
        for (module, name, ty) in &self.imports {
            let known = HOST_CALLS
                .iter()
                .find(|call| *module == "vm_hooks" && call.name == *name);
            let Some(known) = known else {
                return Err(Refusal::NoSuchImport {
                    module: (*module).into(),
                    name: (*name).into(),
                });
            };
            let ty = self.types.get(*ty as usize);
            if ty.is_none_or(|ty| ty.params() != known.params || ty.results() != known.results) {
                return Err(Refusal::ImportType((*name).into()));
            }
        }
        let floats = self
            .bodies
            .iter()
            .flat_map(|body| &body.ops)
            .find(|op| meter::is_float_arithmetic(op));
        if let Some(op) = floats {
            return Err(Refusal::Float(format!("{op:?}")));
        }
        Ok(())
    }
}

fn lambda(ty: &FuncType) -> String {
    let list = |types: &[ValType]| {
        types
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match ty.results() {
        [] => format!("λ({})", list(ty.params())),
        results => format!("λ({}) -> {}", list(ty.params()), list(results)),
    }
}
