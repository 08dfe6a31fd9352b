//! Reading a module that may be a program.

use super::check::MAX_IMPORTS;
use super::{Binary, Body};
use crate::version::{ArbOs, Feature};
use crate::wasm::activate::refusal::{Counted, Refusal, at_most};
use crate::wasm::activate::segments::Placed;
use wasmparser::{
    BinaryReaderError, CustomSectionReader, FuncType, FunctionBody, KnownCustom, Name, Parser,
    Payload, TypeRef, Validator, WasmFeatures,
};

/// Validates with the features that Nitro leaves on.
pub(in crate::wasm::activate) fn validate(wasm: &[u8], arbos: ArbOs) -> Result<(), Refusal> {
    let mut features = WasmFeatures::WASM1
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT;
    features.set(WasmFeatures::MULTI_VALUE, !arbos.has(Feature::SingleValue));
    Validator::new_with_features(features).validate_all(wasm)?;
    Ok(())
}

impl<'a> Binary<'a> {
    /// Reads the sections of a module that is known to be valid.
    pub(in crate::wasm::activate) fn parse(wasm: &'a [u8], arbos: ArbOs) -> Result<Self, Refusal> {
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
            at_most(Counted::Imports, binary.imports.len() as u64, MAX_IMPORTS)?;
        }
        if binary.start {
            return Err(Refusal::Start);
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
                        return Err(Refusal::ImportKind(format!("{:?}", import.ty)));
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
                return Err(Refusal::DataCount { count, range });
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
                    .map_err(|error| Refusal::Names(error.to_string()))?;
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
}
