//! A program as Nitro's parser sees it, and its limits (`crates/prover/src/binary.rs`, `machine.rs`).

mod check;
mod read;

pub(super) use check::MAX_OPCODES;
pub(super) use read::validate;

use super::segments::Placed;
use crate::wasm::meter::Signatures;
use wasmparser::{ExternalKind, FuncType, Operator};

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

impl Binary<'_> {
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
