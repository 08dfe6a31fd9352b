//! Compiled programs by code hash: a pure function of the code, so kept outside of the state, and compiled again when they
//! have been forgotten.

use super::activate;
use super::code::{self, CodeError};
use super::guest::{Guest, linker};
use crate::version::ArbOs;
use alloy_primitives::B256;
use alloy_primitives::map::B256Map;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wasmi::{CompilationMode, Engine, Error, Instance, Linker, Module, Store};

/// Programs that are kept compiled.
const PROGRAMS: usize = 256;
/// Bytes that they may have together, as instrumented WASM. Compiled, they take up to ten times as many.
const BYTES: usize = 32 << 20;

/// Frames of WASM that the runtime allows. Programs run out of metered stack first: the smallest frame is 4 words of
/// at most 262,144.
const MAX_RECURSION: usize = 70_000;
/// Bytes of the runtime's own value stack: more than 262,144 metered words can need.
const MAX_STACK: usize = 64 << 20;
/// Stacks that each program keeps for reuse. Few, since a program that went deep leaves some megabytes in each.
const KEPT_STACKS: usize = 2;

/// The programs compiled so far, those that were used last. Clones share them.
#[derive(Clone)]
pub struct Modules(Arc<Shared>);

struct Shared {
    programs: usize,
    bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    programs: B256Map<Used>,
    uses: u64,
}

/// A compiled program, and which of all uses was its last.
struct Used {
    last: u64,
    compiled: Arc<Compiled>,
}

/// A compiled program, in a runtime of its own: a runtime never gives back the memory of what it has compiled.
pub(crate) struct Compiled {
    engine: Engine,
    linker: Linker<Guest>,
    module: Module,
    bytes: usize,
}

impl fmt::Debug for Modules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modules")
            .field("kept", &self.kept().programs.len())
            .finish_non_exhaustive()
    }
}

impl Default for Modules {
    fn default() -> Self {
        Self::keeping(PROGRAMS, BYTES)
    }
}

impl Modules {
    /// Keeps at most so many programs, and so many bytes of them; the one that was used last is kept in any case.
    fn keeping(programs: usize, bytes: usize) -> Self {
        Self(Arc::new(Shared {
            programs,
            bytes,
            kept: Mutex::default(),
        }))
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
    ) -> Result<Arc<Compiled>, CodeError> {
        if let Some(compiled) = self.kept().find(code_hash) {
            return Ok(compiled);
        }
        let wasm = code::decompress(code, max_wasm_size)?;
        let activation = activate::activate(&wasm, arbos, u16::MAX)?;
        let compiled = Compiled::new(&activation.module)
            .map_err(|error| CodeError::Runtime(error.to_string()))?;
        let compiled = Arc::new(compiled);
        let mut kept = self.kept();
        kept.add(code_hash, Arc::clone(&compiled));
        while kept.exceed(self.0.programs, self.0.bytes) {
            kept.forget_oldest();
        }
        Ok(compiled)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, code_hash: B256) -> Option<Arc<Compiled>> {
        let used = self.programs.get_mut(&code_hash)?;
        self.uses += 1;
        used.last = self.uses;
        Some(Arc::clone(&used.compiled))
    }

    fn add(&mut self, code_hash: B256, compiled: Arc<Compiled>) {
        self.uses += 1;
        let last = self.uses;
        self.programs.insert(code_hash, Used { last, compiled });
    }

    fn exceed(&self, programs: usize, bytes: usize) -> bool {
        let kept = self.programs.len();
        kept > 1 && (kept > programs || self.bytes() > bytes)
    }

    fn bytes(&self) -> usize {
        let programs = self.programs.values();
        programs.map(|used| used.compiled.bytes).sum()
    }

    fn forget_oldest(&mut self) {
        let oldest = self.programs.iter().min_by_key(|(_, used)| used.last);
        if let Some(code_hash) = oldest.map(|(code_hash, _)| *code_hash) {
            self.programs.remove(&code_hash);
        }
    }
}

impl Compiled {
    fn new(instrumented: &[u8]) -> Result<Self, Error> {
        let mut config = wasmi::Config::default();
        config
            .set_max_recursion_depth(MAX_RECURSION)
            .set_max_stack_height(MAX_STACK)
            .set_max_cached_stacks(KEPT_STACKS)
            .compilation_mode(CompilationMode::LazyTranslation);
        let engine = Engine::new(&config);
        Ok(Self {
            linker: linker(&engine),
            module: Module::new(&engine, instrumented)?,
            engine,
            bytes: instrumented.len(),
        })
    }

    /// An instance with a store of its own.
    ///
    /// # Errors
    /// What the runtime does not accept, although activation did.
    pub(crate) fn instantiate(&self) -> Result<(Store<Guest>, Instance), Error> {
        let mut store = Guest::store(&self.engine);
        let instance = self
            .linker
            .instantiate_and_start(&mut store, &self.module)?;
        Ok((store, instance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm::code::compress;
    use alloy_primitives::keccak256;
    use std::sync::Weak;

    fn code(number: u32) -> Vec<u8> {
        let text = format!(
            r#"(module
                (memory (export "memory") 1 1)
                (func (export "user_entrypoint") (param i32) (result i32) (i32.const {number})))"#
        );
        compress(&wat::parse_str(text).expect("it assembles"))
    }

    fn compile(modules: &Modules, number: u32) -> Arc<Compiled> {
        let code = code(number);
        let compiled = modules.compiled(keccak256(&code), &code, ArbOs::LATEST, u32::MAX);
        compiled.expect("a valid program")
    }

    fn kept(modules: &Modules) -> Vec<u32> {
        let kept = modules.kept();
        let is_kept = |number: &u32| kept.programs.contains_key(&keccak256(code(*number)));
        (0..10).filter(is_kept).collect()
    }

    #[test]
    fn program_that_was_not_used_for_longest_is_forgotten_with_its_memory() {
        let modules = Modules::keeping(3, usize::MAX);
        let first: Weak<Compiled> = Arc::downgrade(&compile(&modules, 0));
        for number in [1, 2, 1] {
            compile(&modules, number);
        }
        assert!(first.upgrade().is_some());
        compile(&modules, 3);
        assert!(first.upgrade().is_none());
        assert_eq!(kept(&modules), [1, 2, 3]);
        compile(&modules, 4);
        assert_eq!(kept(&modules), [1, 3, 4]);
        for number in 0..10 {
            compile(&modules, number);
        }
        assert_eq!(kept(&modules), [7, 8, 9]);
    }

    #[test]
    fn programs_are_forgotten_when_they_have_too_many_bytes_but_for_the_last() {
        let bytes = compile(&Modules::default(), 0).bytes;
        let modules = Modules::keeping(usize::MAX, 2 * bytes);
        for number in 0..5 {
            compile(&modules, number);
        }
        assert_eq!(kept(&modules), [3, 4]);
        let none = Modules::keeping(0, 0);
        for number in 0..5 {
            compile(&none, number);
        }
        assert_eq!(kept(&none), [4]);
    }
}
