//! Why a program is refused at activation.

use super::ENTRYPOINT;
use crate::wasm::meter::DepthError;
use core::fmt;
use core::ops::Range;
use wasmparser::BinaryReaderError;

/// Why a program is refused; the words are those of Nitro's engine where it has words of its own. Where something is over a
/// limit, it carries what was found and the limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not valid WASM, or needs a feature that is off: the validator's words.
    #[error("failed to validate user: {0}")]
    Invalid(String),
    /// Its list of names cannot be read: the reader's words.
    #[error("{0}")]
    Names(String),
    /// It imports something that is no function: the kind.
    #[error("unsupported import kind {0}")]
    ImportKind(String),
    /// It counts its data segments before its code.
    #[error("unsupported section type DataCountSection {{ count: {count}, range: {range:?} }}")]
    DataCount {
        /// The segments it counts.
        count: u32,
        /// The bytes of the section.
        range: Range<u64>,
    },
    /// It has a function that runs at the start.
    #[error("start functions not allowed")]
    Start,
    /// It has too many of something.
    #[error("too many wasm {what}: {got} > {max}")]
    TooMany {
        /// What is counted.
        what: Counted,
        /// How many it has.
        got: u64,
        /// How many it may have.
        max: u64,
    },
    /// One function is imported under two types.
    #[error("inconsistent imports for {module} {name:?}")]
    InconsistentImport {
        /// The module it is imported from.
        module: String,
        /// Its name.
        name: String,
    },
    /// It exports a name that is Nitro's.
    #[error("binary exports reserved symbol {0}")]
    ReservedExport(String),
    /// It exports a name that it imports.
    #[error("binary exports an import with the same name {0}")]
    ExportedImport(String),
    /// It imports a name that is Nitro's.
    #[error("binary imports reserved symbol {0}")]
    ReservedImport(String),
    /// It does not export the function that is called.
    #[error("missing export with name {ENTRYPOINT}")]
    NoEntrypoint,
    /// That function has another type than a number in and a number out: its type.
    #[error("wrong type for {ENTRYPOINT}: {0}")]
    EntrypointType(String),
    /// It has no memory, or several.
    #[error("missing memory export with name memory")]
    NoMemory,
    /// It does not export its memory.
    #[error("missing memory with export name memory")]
    HiddenMemory,
    /// Its memory begins with more pages than any may have.
    #[error("memory size {got} exceeds bound {max}")]
    MemoryBound {
        /// The pages it begins with.
        got: u64,
        /// The pages it may begin with.
        max: u64,
    },
    /// Its memory begins with more pages than are left of what the chain allows.
    #[error("memory exceeds limit: {got} > {max}")]
    MemoryLimit {
        /// The pages it begins with.
        got: u64,
        /// The pages that may still be opened.
        max: u16,
    },
    /// Its memory may grow, and it does not import what pays for that.
    #[error("missing import pay_for_memory_grow")]
    UnpaidGrowth,
    /// Its name is too long.
    #[error("wasm module name too long: {got} > {max}")]
    NameTooLong {
        /// The bytes it has.
        got: usize,
        /// The bytes it may have.
        max: usize,
    },
    /// An opcode has no price.
    #[error("dynamic ink meter failure: opcode not supported")]
    Unpriced,
    /// A function needs too much stack.
    #[error("depth checker failure: {0}")]
    Depth(#[from] DepthError),
    /// A segment reaches past the end of what it fills.
    #[error("out-of-bounds {what} segment: {len} at {offset}, there are {room}")]
    OutOfBounds {
        /// `data` or `element`.
        what: &'static str,
        /// The bytes or entries of the segment.
        len: u64,
        /// Where it is put.
        offset: u64,
        /// The bytes or entries of what it fills.
        room: u64,
    },
    /// It imports what is no host call.
    #[error("No such import {name} in {module} for user")]
    NoSuchImport {
        /// The module it is imported from.
        module: String,
        /// Its name.
        name: String,
    },
    /// It imports a host call under another type than it has: its name.
    #[error("Import {0} for user has different function signature than export")]
    ImportType(String),
    /// It reckons with floats: the opcode.
    #[error("No implementation for floating point operation {0} in user")]
    Float(String),
    /// A function has too many opcodes once it is instrumented.
    #[error("too many opcodes in func {function}: {got} > {max}")]
    TooManyOpcodes {
        /// Its place among the functions that are defined.
        function: usize,
        /// The opcodes it has.
        got: u64,
        /// The opcodes it may have.
        max: u64,
    },
    /// An estimate is larger than Nitro can keep.
    #[error(
        "{which} cost too high: out of range integral type conversion attempted, {got} > {max}"
    )]
    TooCostly {
        /// `init`, `cached` or `asm`.
        which: &'static str,
        /// The estimate: gas, of `asm` bytes.
        got: u64,
        /// The largest that can be kept.
        max: u64,
    },
    /// It could not be instrumented: the encoder's words.
    #[error("failed to instrument: {0}")]
    Instrument(String),
}

impl From<BinaryReaderError> for Refusal {
    fn from(error: BinaryReaderError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// What Nitro bounds the number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Imports, from ArbOS 32.
    Imports,
    /// Exports, of those that are kept.
    Exports,
    /// Data segments.
    Datas,
    /// Element segments.
    Elements,
    /// Functions that are defined.
    Functions,
    /// Globals.
    Globals,
    /// Locals that a function declares.
    Locals,
    /// Entries of all tables.
    TableEntries,
    /// Bytes of all element segments.
    ElementEntries,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Imports => "imports",
            Self::Exports => "exports",
            Self::Datas => "datas",
            Self::Elements => "elements",
            Self::Functions => "functions",
            Self::Globals => "globals",
            Self::Locals => "locals",
            Self::TableEntries => "table entries",
            Self::ElementEntries => "element entries",
        })
    }
}

/// Refuses more of something than there may be.
pub(super) fn at_most(what: Counted, got: u64, max: u64) -> Result<(), Refusal> {
    match got > max {
        true => Err(Refusal::TooMany { what, got, max }),
        false => Ok(()),
    }
}
