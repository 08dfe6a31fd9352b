//! What a program must have, and its limits.

use super::Binary;
use crate::wasm::activate::{ENTRYPOINT, HOST_CALLS, MEMORY, Refusal};
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

pub(super) fn at_most(what: &str, got: u64, max: u64) -> Result<(), Refusal> {
    if got > max {
        return Err(Refusal::new(format!("too many wasm {what}: {got} > {max}")));
    }
    Ok(())
}

impl Binary<'_> {
    /// One host call is imported under one type of the type section, even if another is equal.
    pub(in crate::wasm::activate) fn check_imports(&self) -> Result<(), Refusal> {
        let mut types = HashMap::new();
        for &(module, name, ty) in &self.imports {
            if *types.entry((module, name)).or_insert(ty) != ty {
                return Err(Refusal::new(format!(
                    "inconsistent imports for {module} {name:?}"
                )));
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
                return Err(Refusal::new(format!(
                    "binary exports reserved symbol {known_as}"
                )));
            }
            if self.imports.iter().any(|import| import.1 == known_as) {
                return Err(Refusal::new(format!(
                    "binary exports an import with the same name {known_as}"
                )));
            }
        }
        if let Some((_, name, _)) = self
            .imports
            .iter()
            .find(|import| import.1.starts_with(RESERVED))
        {
            return Err(Refusal::new(format!(
                "binary imports reserved symbol {name}"
            )));
        }
        let Some(entry) = self.export(ENTRYPOINT, ExternalKind::Func) else {
            return Err(Refusal::new(format!(
                "missing export with name {ENTRYPOINT}"
            )));
        };
        let ty = self
            .type_of(entry)
            .cloned()
            .unwrap_or_else(|| FuncType::new([], []));
        if ty.params() != [ValType::I32] || ty.results() != [ValType::I32] {
            return Err(Refusal::new(format!(
                "wrong type for {ENTRYPOINT}: {}",
                lambda(&ty)
            )));
        }
        Ok(())
    }

    /// Checks the one memory and returns its initial pages.
    pub(in crate::wasm::activate) fn check_memory(&self, page_limit: u16) -> Result<u16, Refusal> {
        let [(initial, maximum)] = self.memories[..] else {
            return Err(Refusal::new("missing memory export with name memory"));
        };
        if self.export(MEMORY, ExternalKind::Memory).is_none() {
            return Err(Refusal::new("missing memory with export name memory"));
        }
        if initial > MAX_PAGES {
            return Err(Refusal::new(format!(
                "memory size {initial} exceeds bound {MAX_PAGES}"
            )));
        }
        if initial > u64::from(page_limit) {
            return Err(Refusal::new(format!(
                "memory exceeds limit: {initial} > {page_limit}"
            )));
        }
        if maximum != Some(initial) && self.import_index("pay_for_memory_grow").is_none() {
            return Err(Refusal::new("missing import pay_for_memory_grow"));
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
        at_most("exports", kept as u64, MAX_EXPORTS)?;
        at_most("datas", self.data_segments, MAX_SEGMENTS)?;
        at_most("elements", self.element_segments, MAX_SEGMENTS)?;
        at_most("functions", self.bodies.len() as u64, MAX_FUNCTIONS)?;
        at_most("globals", u64::from(self.globals), MAX_GLOBALS)?;
        for body in &self.bodies {
            at_most("locals", u64::from(body.declared_locals), MAX_LOCALS)?;
        }
        at_most("table entries", self.tables.iter().sum(), MAX_TABLE_ENTRIES)?;
        at_most("element entries", self.element_span, MAX_TABLE_ENTRIES)?;
        if self.name.len() > MAX_NAME {
            return Err(Refusal::new(format!(
                "wasm module name too long: {} > {MAX_NAME}",
                self.name.len()
            )));
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
                return Err(Refusal::new(format!(
                    "No such import {name} in {module} for user"
                )));
            };
            let ty = self.types.get(*ty as usize);
            if ty.is_none_or(|ty| ty.params() != known.params || ty.results() != known.results) {
                let reason =
                    format!("Import {name} for user has different function signature than export");
                return Err(Refusal::new(reason));
            }
        }
        let floats = self
            .bodies
            .iter()
            .flat_map(|body| &body.ops)
            .find(|op| meter::is_float_arithmetic(op));
        if let Some(op) = floats {
            return Err(Refusal::new(format!(
                "No implementation for floating point operation {op:?} in user"
            )));
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
