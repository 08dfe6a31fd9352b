//! Compiled programs by code hash: a pure function of the code, so kept outside of the state.

use super::activate::{self, HOST_CALLS};
use super::code::{self, CodeError};
use crate::stylus::host::{self, Answer, Args, HostFunction};
use crate::version::ArbOs;
use alloy_primitives::B256;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use wasmi::{Caller, CompilationMode, Engine, Error, FuncType, Linker, Module, Val, ValType};
use wasmi::{StoreLimits, StoreLimitsBuilder};

/// Frames of WASM that the runtime allows. Programs run out of metered stack first: the smallest frame is 4 words of
/// at most 262,144.
const MAX_RECURSION: usize = 70_000;
/// Bytes of the runtime's own value stack: more than 262,144 metered words can need.
const MAX_STACK: usize = 64 << 20;
/// Stacks kept for reuse, one for each program that is suspended in a sub-call.
const KEPT_STACKS: usize = 64;
/// Bytes a memory may grow to; pages beyond cannot be paid for.
const MAX_MEMORY: usize = 128 << 16;

/// What a program asked of its host when it stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub(crate) name: &'static str,
    pub(crate) function: HostFunction,
    pub(crate) args: Args,
}

/// Data of a program's store.
pub(crate) struct Guest {
    pub(crate) request: Request,
    limits: StoreLimits,
}

impl Guest {
    fn new() -> Self {
        let limits = StoreLimitsBuilder::new().memory_size(MAX_MEMORY).build();
        Self {
            request: Request {
                name: "nothing",
                function: |_, _| Ok(Answer::Nothing),
                args: Args::default(),
            },
            limits,
        }
    }

    /// An empty store of an engine.
    pub(crate) fn store(engine: &Engine) -> wasmi::Store<Self> {
        let mut store = wasmi::Store::new(engine, Self::new());
        store.limiter(|guest| &mut guest.limits);
        store
    }
}

/// The marker with which every host function stops the program: the answer is given when it is resumed.
#[derive(Debug)]
pub(crate) struct Asked;

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a program asked its host")
    }
}

impl wasmi::errors::HostError for Asked {}

/// The runtime and the programs compiled so far. Clones share both.
#[derive(Clone)]
pub struct Modules(Arc<Shared>);

struct Shared {
    engine: Engine,
    linker: Linker<Guest>,
    compiled: Mutex<HashMap<B256, Module>>,
}

impl fmt::Debug for Modules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modules").finish_non_exhaustive()
    }
}

impl Default for Modules {
    fn default() -> Self {
        let mut config = wasmi::Config::default();
        config
            .set_max_recursion_depth(MAX_RECURSION)
            .set_max_stack_height(MAX_STACK)
            .set_max_cached_stacks(KEPT_STACKS)
            .compilation_mode(CompilationMode::LazyTranslation);
        let engine = Engine::new(&config);
        let linker = linker(&engine);
        Self(Arc::new(Shared {
            engine,
            linker,
            compiled: Mutex::default(),
        }))
    }
}

impl Modules {
    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    pub(crate) fn linker(&self) -> &Linker<Guest> {
        &self.0.linker
    }

    /// The compiled form of a program that was activated.
    ///
    /// # Errors
    /// Code that cannot be read or would not be activated now.
    pub(crate) fn compiled(
        &self,
        code_hash: B256,
        code: &[u8],
        arbos: ArbOs,
        max_wasm_size: u32,
    ) -> Result<Module, CodeError> {
        let compiled = || {
            self.0
                .compiled
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(module) = compiled().get(&code_hash) {
            return Ok(module.clone());
        }
        let wasm = code::decompress(code, max_wasm_size)?;
        let activation = activate::activate(&wasm, arbos, u16::MAX)?;
        let module = Module::new(self.engine(), &activation.module)
            .map_err(|error| CodeError::Runtime(error.to_string()))?;
        compiled().insert(code_hash, module.clone());
        Ok(module)
    }
}

fn linker(engine: &Engine) -> Linker<Guest> {
    let mut linker = Linker::new(engine);
    for import in &HOST_CALLS {
        let function = host::function(import.name).expect("every host call has its code");
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
            caller.data_mut().request = Request {
                name: import.name,
                function,
                args,
            };
            Err(Error::host(Asked))
        };
        linker
            .func_new("vm_hooks", import.name, ty, ask)
            .expect("every host call has a name of its own");
    }
    linker
}
