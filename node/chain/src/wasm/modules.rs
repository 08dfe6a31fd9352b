//! Compiled programs by code hash: a pure function of the code, so kept outside of the state.

use super::activate;
use super::code::{self, CodeError};
use super::guest::{Guest, linker};
use crate::version::ArbOs;
use alloy_primitives::B256;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use wasmi::{CompilationMode, Engine, Linker, Module};

/// Frames of WASM that the runtime allows. Programs run out of metered stack first: the smallest frame is 4 words of
/// at most 262,144.
const MAX_RECURSION: usize = 70_000;
/// Bytes of the runtime's own value stack: more than 262,144 metered words can need.
const MAX_STACK: usize = 64 << 20;
/// Stacks kept for reuse, one for each program that is suspended in a sub-call.
const KEPT_STACKS: usize = 64;

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
