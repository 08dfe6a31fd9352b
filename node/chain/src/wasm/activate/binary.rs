//! A program as Nitro's parser sees it, and its limits (`crates/prover/src/binary.rs`, `machine.rs`).

use super::segments::Placed;
use super::{ENTRYPOINT, HOST_CALLS, MEMORY, Refusal};
use crate::version::{ArbOs, Feature};
use crate::wasm::meter::{self, Signatures};
use std::collections::HashMap;
use wasmparser::{
    BinaryReaderError, CustomSectionReader, ExternalKind, FuncType, FunctionBody, KnownCustom,
    Name, Operator, Parser, Payload, TypeRef, Validator, WasmFeatures,
};

/// Opcodes a function may have once instrumented.
pub(super) const MAX_OPCODES: u64 = 65_536;
const MAX_IMPORTS: u64 = 513;
const MAX_FUNCTIONS: u64 = 4_096;
const MAX_GLOBALS: u64 = 32_768;
const MAX_EXPORTS: u64 = 1_024;
const MAX_SEGMENTS: u64 = 128;
const MAX_LOCALS: u64 = 348;
const MAX_TABLE_ENTRIES: u64 = 4_096;
const MAX_NAME: usize = 512;
const MAX_PAGES: u64 = 128;
const RESERVED: &str = "stylus";

/// What activation needs to know of a module.
pub(super) struct Binary<'a> {
    pub(super) size: u64,
    pub(super) types: Vec<FuncType>,
    imports: Vec<(&'a str, &'a str, u32)>,
    defined: Vec<u32>,
    tables: Vec<u64>,
    memories: Vec<(u64, Option<u64>)>,
    pub(super) globals: u32,
    exports: Vec<(&'a str, ExternalKind, u32)>,
    start: bool,
    data_segments: u64,
    pub(super) data_bytes: u64,
    pub(super) data_span: u64,
    element_segments: u64,
    pub(super) element_span: u64,
    placed: Vec<Placed>,
    pub(super) bodies: Vec<Body<'a>>,
    /// The module's name in its `name` section, empty without one.
    name: &'a str,
}

/// A defined function.
pub(super) struct Body<'a> {
    pub(super) ops: Vec<Operator<'a>>,
    pub(super) signature: FuncType,
    pub(super) declared_locals: u32,
}

impl From<BinaryReaderError> for Refusal {
    fn from(error: BinaryReaderError) -> Self {
        Self::new(format!("failed to validate user: {error}"))
    }
}

/// Validates with the features that Nitro leaves on.
pub(super) fn validate(wasm: &[u8], arbos: ArbOs) -> Result<(), Refusal> {
    let mut features = WasmFeatures::WASM1
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT;
    features.set(WasmFeatures::MULTI_VALUE, !arbos.has(Feature::SingleValue));
    Validator::new_with_features(features).validate_all(wasm)?;
    Ok(())
}

fn at_most(what: &str, got: u64, max: u64) -> Result<(), Refusal> {
    if got > max {
        return Err(Refusal::new(format!("too many wasm {what}: {got} > {max}")));
    }
    Ok(())
}

impl<'a> Binary<'a> {
    /// Reads the sections of a module that is known to be valid.
    pub(super) fn parse(wasm: &'a [u8], arbos: ArbOs) -> Result<Self, Refusal> {
        let mut binary = Self {
            size: wasm.len() as u64,
            types: Vec::new(),
            imports: Vec::new(),
            defined: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: 0,
            exports: Vec::new(),
            start: false,
            data_segments: 0,
            data_bytes: 0,
            data_span: 0,
            element_segments: 0,
            element_span: 0,
            placed: Vec::new(),
            bodies: Vec::new(),
            name: "",
        };
        for payload in Parser::new(0).parse_all(wasm) {
            binary.section(payload?)?;
        }
        if arbos.has(Feature::WasmBytes) {
            at_most("imports", binary.imports.len() as u64, MAX_IMPORTS)?;
        }
        if binary.start {
            return Err(Refusal::new("start functions not allowed"));
        }
        Ok(binary)
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<(), Refusal> {
        match payload {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    self.types.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(ty) = import.ty else {
                        return Err(Refusal::new(format!(
                            "unsupported import kind {:?}",
                            import.ty
                        )));
                    };
                    self.imports.push((import.module, import.name, ty));
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.defined.push(ty?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty.initial);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    let memory = memory?;
                    self.memories.push((memory.initial, memory.maximum));
                }
            }
            Payload::GlobalSection(section) => self.globals = section.count(),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports.push((export.name, export.kind, export.index));
                }
            }
            Payload::StartSection { .. } => self.start = true,
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    self.element_segments += 1;
                    self.placed.extend(Placed::element(&element)?);
                    self.element_span += element.range.end - element.range.start;
                }
            }
            Payload::DataCountSection { count, range } => {
                let found = format!(
                    "unsupported section type DataCountSection {{ count: {count}, range: {range:?} }}"
                );
                return Err(Refusal::new(found));
            }
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    self.data_segments += 1;
                    self.placed.extend(Placed::data(&data)?);
                    self.data_bytes += data.data.len() as u64;
                    self.data_span += data.range.end - data.range.start;
                }
            }
            Payload::CodeSectionEntry(body) => {
                let body = self.body(&body)?;
                self.bodies.push(body);
            }
            Payload::CustomSection(section) => {
                // a broken list of names is no matter of validity
                self.names(&section)
                    .map_err(|error| Refusal::new(error.to_string()))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads the name of the module, and the names of functions only to see that they can be read.
    fn names(&mut self, section: &CustomSectionReader<'a>) -> Result<(), BinaryReaderError> {
        let KnownCustom::Name(names) = section.as_known() else {
            return Ok(());
        };
        for name in names {
            match name? {
                Name::Module { name, .. } => self.name = name,
                Name::Function(functions) => {
                    for function in functions {
                        function?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn body(&self, body: &FunctionBody<'a>) -> Result<Body<'a>, BinaryReaderError> {
        let mut declared_locals = 0;
        for group in body.get_locals_reader()? {
            declared_locals += group?.0;
        }
        let ops = body
            .get_operators_reader()?
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        let ty = self
            .defined
            .get(self.bodies.len())
            .copied()
            .unwrap_or_default();
        let signature = self
            .types
            .get(ty as usize)
            .cloned()
            .unwrap_or_else(|| FuncType::new([], []));
        Ok(Body {
            ops,
            signature,
            declared_locals,
        })
    }

    /// Index of an import of module `vm_hooks`.
    pub(super) fn import_index(&self, name: &str) -> Option<u32> {
        self.imports
            .iter()
            .position(|import| import.0 == "vm_hooks" && import.1 == name)
            .map(|at| at as u32)
    }

    /// Index of the import that pays for growing memory; memory that cannot grow pays nothing
    /// (`crates/prover/src/programs/heap.rs`).
    pub(super) fn paid_growth(&self) -> Option<u32> {
        let fixed = |memory: &(u64, Option<u64>)| memory.1 == Some(memory.0);
        match self.memories.iter().all(fixed) {
            true => None,
            false => self.import_index("pay_for_memory_grow"),
        }
    }

    fn export(&self, name: &str, kind: ExternalKind) -> Option<u32> {
        self.exports
            .iter()
            .find(|export| export.0 == name && export.1 == kind)
            .map(|export| export.2)
    }

    /// One host call is imported under one type of the type section, even if another is equal.
    pub(super) fn check_imports(&self) -> Result<(), Refusal> {
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
    pub(super) fn check_exports(&self) -> Result<(), Refusal> {
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
        if ty.params() != [wasmparser::ValType::I32] || ty.results() != [wasmparser::ValType::I32] {
            return Err(Refusal::new(format!(
                "wrong type for {ENTRYPOINT}: {}",
                lambda(&ty)
            )));
        }
        Ok(())
    }

    /// The one memory; answers its initial pages.
    pub(super) fn check_memory(&self, page_limit: u16) -> Result<u16, Refusal> {
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
    pub(super) fn check_limits(&self) -> Result<(), Refusal> {
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
    pub(super) fn check_segments(&self, pages: u16) -> Result<(), Refusal> {
        self.placed
            .iter()
            .try_for_each(|segment| segment.check(pages.into(), &self.tables))
    }

    /// What Nitro finds only when it compiles: imports that do not exist and float arithmetic.
    pub(super) fn check_compiling(&self) -> Result<(), Refusal> {
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

impl Signatures for Binary<'_> {
    fn type_at(&self, index: u32) -> Option<&FuncType> {
        self.types.get(index as usize)
    }

    fn type_of(&self, function: u32) -> Option<&FuncType> {
        let imports = self.imports.len();
        let ty = match self.imports.get(function as usize) {
            Some(import) => import.2,
            None => *self
                .defined
                .get((function as usize).checked_sub(imports)?)?,
        };
        self.type_at(ty)
    }
}

fn lambda(ty: &FuncType) -> String {
    let list = |types: &[wasmparser::ValType]| {
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
