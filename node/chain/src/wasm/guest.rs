//! A program in the WASM runtime: what it asks of its host, and the functions that let it ask.

use super::activate::HOST_CALLS;
use std::fmt;
use wasmi::{
    Caller, Engine, Error, FuncType, Linker, StoreLimits, StoreLimitsBuilder, Val, ValType,
};

/// Bytes a memory may grow to; pages beyond cannot be paid for.
const MAX_MEMORY: usize = 128 << 16;

/// Arguments of a host call, 32-bit ones zero-extended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Args([u64; 6]);

impl Args {
    /// A pointer, a length or another 32-bit number.
    pub(crate) fn u32(&self, at: usize) -> u32 {
        self.0[at] as u32
    }

    pub(crate) fn u64(&self, at: usize) -> u64 {
        self.0[at]
    }
}

/// What a program asked of its host when it stopped.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Request {
    /// Place of the host call in [`HOST_CALLS`].
    pub(crate) call: usize,
    pub(crate) args: Args,
}

/// Data of a program's store.
pub(crate) struct Guest {
    pub(crate) request: Request,
    limits: StoreLimits,
}

impl Guest {
    /// An empty store of an engine.
    pub(crate) fn store(engine: &Engine) -> wasmi::Store<Self> {
        let limits = StoreLimitsBuilder::new().memory_size(MAX_MEMORY).build();
        let request = Request::default();
        let mut store = wasmi::Store::new(engine, Self { request, limits });
        store.limiter(|guest| &mut guest.limits);
        store
    }
}

/// The marker with which every host function stops the program: it gets its answer when it is resumed.
#[derive(Debug)]
pub(crate) struct Asked;

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a program asked its host")
    }
}

impl wasmi::errors::HostError for Asked {}

/// The host functions, each of which notes what it was asked and stops the program.
pub(super) fn linker(engine: &Engine) -> Linker<Guest> {
    let mut linker = Linker::new(engine);
    for (call, import) in HOST_CALLS.iter().enumerate() {
        let types = |types: &[wasmparser::ValType]| {
            types
                .iter()
                .map(|ty| match ty {
                    wasmparser::ValType::I64 => ValType::I64,
                    _ => ValType::I32,
                })
                .collect::<Vec<_>>()
        };
        let ty = FuncType::new(types(import.params), types(import.results));
        let ask = move |mut caller: Caller<'_, Guest>, params: &[Val], _: &mut [Val]| {
            let mut args = Args::default();
            for (arg, param) in args.0.iter_mut().zip(params) {
                *arg = match param {
                    Val::I32(value) => u64::from(value.cast_unsigned()),
                    Val::I64(value) => value.cast_unsigned(),
                    _ => 0,
                };
            }
            caller.data_mut().request = Request { call, args };
            Err(Error::host(Asked))
        };
        linker
            .func_new("vm_hooks", import.name, ty, ask)
            .expect("every host call has a name of its own");
    }
    linker
}
