//! A program in the WASM runtime, with its meters.

use super::exit::Outcome;
use super::host::{Answer, Args, HostFunction};
use crate::wasm::activate::{ENTRYPOINT, MEMORY};
use crate::wasm::meter::{INK_LEFT, INK_STATUS, STACK_LEFT};
use crate::wasm::modules::{Asked, Guest, Modules};
use wasmi::{
    Error, Func, Global, Memory, Module, ResumableCall, ResumableCallHostTrap, Store, Val,
};

/// What the program is before its first instruction and at each host call.
pub(crate) enum Stopped {
    /// It returned this status.
    Returned(u32),
    /// It asks the host. If it has nothing to go on with, its entry is the host call itself, and the answer its status.
    Asking(Option<ResumableCallHostTrap>),
    /// It trapped.
    Trapped(Error),
}

/// One instance, with the globals that instrumentation added.
pub(crate) struct Instance {
    store: Store<Guest>,
    memory: Memory,
    entry: Func,
    ink: Global,
    status: Global,
    stack: Global,
}

impl Instance {
    /// An instance with this much ink and stack.
    ///
    /// # Errors
    /// What the runtime does not accept, although activation did.
    pub(crate) fn new(
        modules: &Modules,
        module: &Module,
        ink: u64,
        stack: u32,
    ) -> Result<Self, String> {
        let mut store = Guest::store(modules.engine());
        let instance = modules
            .linker()
            .instantiate_and_start(&mut store, module)
            .map_err(|error| error.to_string())?;
        let global = |name: &str| {
            let global = instance.get_global(&store, name);
            global.ok_or_else(|| format!("no global {name}"))
        };
        let (ink_left, status, stack_left) =
            (global(INK_LEFT)?, global(INK_STATUS)?, global(STACK_LEFT)?);
        let memory = instance
            .get_memory(&store, MEMORY)
            .ok_or_else(|| format!("no memory {MEMORY}"))?;
        let entry = instance
            .get_func(&store, ENTRYPOINT)
            .ok_or_else(|| format!("no function {ENTRYPOINT}"))?;
        stack_left
            .set(&mut store, Val::I32(stack.cast_signed()))
            .map_err(|error| error.to_string())?;
        let mut instance = Self {
            store,
            memory,
            entry,
            ink: ink_left,
            status,
            stack: stack_left,
        };
        instance.set_ink(ink)?;
        Ok(instance)
    }

    pub(crate) fn ink(&self) -> u64 {
        let ink = self.ink.get(&self.store).i64();
        ink.unwrap_or_default().cast_unsigned()
    }

    pub(crate) fn set_ink(&mut self, ink: u64) -> Result<(), String> {
        let ink = Val::I64(ink.cast_signed());
        let set = self.ink.set(&mut self.store, ink);
        set.map_err(|error| error.to_string())
    }

    pub(crate) fn memory(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }

    /// The host call that it stopped at.
    pub(crate) fn request(&self) -> (&'static str, HostFunction, Args) {
        let request = self.store.data().request;
        (request.name, request.function, request.args)
    }

    /// Runs from the beginning, with the length of its calldata.
    pub(crate) fn start(&mut self, calldata: u32) -> Stopped {
        let mut results = [Val::I32(0)];
        let len = Val::I32(calldata.cast_signed());
        let called = self
            .entry
            .call_resumable(&mut self.store, &[len], &mut results);
        stopped(called, &results)
    }

    /// Goes on with the answer of the host.
    pub(crate) fn resume(&mut self, at: Option<ResumableCallHostTrap>, answer: &Answer) -> Stopped {
        let Some(at) = at else {
            return Stopped::Returned(match answer {
                Answer::I32(status) => *status,
                _ => 0,
            });
        };
        let mut results = [Val::I32(0)];
        let store = &mut self.store;
        let called = match answer {
            Answer::I32(value) => at.resume(store, &[Val::I32(value.cast_signed())], &mut results),
            Answer::I64(value) => at.resume(store, &[Val::I64(value.cast_signed())], &mut results),
            Answer::Nothing | Answer::Sub(_) => at.resume(store, &[], &mut results),
        };
        stopped(called, &results)
    }

    /// Why it trapped. Its own meters come first.
    ///
    /// # Errors
    /// A limit of the runtime, which is nothing that a program may see.
    pub(crate) fn trap(&self, error: &Error) -> Result<Outcome, String> {
        let flag = |global: &Global| global.get(&self.store).i32().unwrap_or_default();
        if flag(&self.status) != 0 {
            return Ok(Outcome::OutOfInk);
        }
        if flag(&self.stack) == 0 {
            return Ok(Outcome::OutOfStack);
        }
        match error.as_trap_code() {
            Some(wasmi::TrapCode::StackOverflow) => {
                Err("a program nests deeper than the WASM runtime allows".into())
            }
            Some(trap) => Ok(Outcome::Failure(format!("trap: {trap}"))),
            None => Err(format!("the WASM runtime failed: {error}")),
        }
    }
}

fn stopped(called: Result<ResumableCall, Error>, results: &[Val; 1]) -> Stopped {
    match called {
        Ok(ResumableCall::HostTrap(at)) => Stopped::Asking(Some(at)),
        Ok(ResumableCall::Finished) => {
            Stopped::Returned(results[0].i32().unwrap_or_default().cast_unsigned())
        }
        // fuel is off, so that this cannot come
        Ok(ResumableCall::OutOfFuel(_)) => Stopped::Trapped(wasmi::TrapCode::OutOfFuel.into()),
        Err(error) if error.downcast_ref::<Asked>().is_some() => Stopped::Asking(None),
        Err(error) => Stopped::Trapped(error),
    }
}
