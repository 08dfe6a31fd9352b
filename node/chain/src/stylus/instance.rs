//! A program in the WASM runtime, with its meters.

use super::exit::Exit;
use super::host::Answer;
use crate::context::{Broken, Fault, Unsupported};
use crate::units::Ink;
use crate::wasm::activate::{ENTRYPOINT, MEMORY};
use crate::wasm::guest::{Asked, Guest, Request};
use crate::wasm::meter::{INK_LEFT, INK_STATUS, STACK_LEFT};
use crate::wasm::modules::Compiled;
use core::fmt::Display;
use wasmi::{Error, Func, Global, Memory, ResumableCall, ResumableCallHostTrap, Store, Val};

/// Where a program came to.
pub(crate) enum Pause {
    /// It asks the host. If it has nothing to go on with, its entry is the host call itself, and the answer its status.
    Asks(Option<ResumableCallHostTrap>),
    /// It is over.
    Over(Exit),
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
    pub(crate) fn new(program: &Compiled, ink: Ink, stack: u32) -> Result<Self, Broken> {
        let (mut store, instance) = program.instantiate().map_err(failed)?;
        let global = |name: &str| {
            let global = instance.get_global(&store, name);
            global.ok_or_else(|| Broken::Runtime(format!("no global {name}")))
        };
        let (ink_left, status, stack_left) =
            (global(INK_LEFT)?, global(INK_STATUS)?, global(STACK_LEFT)?);
        let memory = instance
            .get_memory(&store, MEMORY)
            .ok_or_else(|| Broken::Runtime(format!("no memory {MEMORY}")))?;
        let entry = instance
            .get_func(&store, ENTRYPOINT)
            .ok_or_else(|| Broken::Runtime(format!("no function {ENTRYPOINT}")))?;
        stack_left
            .set(&mut store, Val::I32(stack.cast_signed()))
            .map_err(failed)?;
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

    pub(crate) fn ink(&self) -> Ink {
        let ink = self.ink.get(&self.store).i64();
        Ink(ink.unwrap_or_default().cast_unsigned())
    }

    pub(crate) fn set_ink(&mut self, ink: Ink) -> Result<(), Broken> {
        let ink = Val::I64(ink.0.cast_signed());
        self.ink.set(&mut self.store, ink).map_err(failed)
    }

    pub(crate) fn memory(&mut self) -> &mut [u8] {
        self.memory.data_mut(&mut self.store)
    }

    /// The host call that it stopped at.
    pub(crate) fn request(&self) -> Request {
        self.store.data().request
    }

    /// Runs from the beginning, with the length of its calldata.
    ///
    /// # Errors
    /// A limit of the runtime, which is nothing that a program may see; likewise [`resume`](Self::resume).
    pub(crate) fn start(&mut self, calldata: u32) -> Result<Pause, Fault> {
        let mut results = [Val::I32(0)];
        let len = Val::I32(calldata.cast_signed());
        let called = self
            .entry
            .call_resumable(&mut self.store, &[len], &mut results);
        self.pause(called, &results)
    }

    /// Goes on with the answer of the host.
    pub(crate) fn resume(
        &mut self,
        at: Option<ResumableCallHostTrap>,
        answer: &Answer,
    ) -> Result<Pause, Fault> {
        let Some(at) = at else {
            return Ok(Pause::Over(Exit::Returned(match answer {
                Answer::I32(status) => *status,
                _ => 0,
            })));
        };
        let mut results = [Val::I32(0)];
        let store = &mut self.store;
        let called = match answer {
            Answer::I32(value) => at.resume(store, &[Val::I32(value.cast_signed())], &mut results),
            Answer::I64(value) => at.resume(store, &[Val::I64(value.cast_signed())], &mut results),
            Answer::Nothing | Answer::Sub(..) => at.resume(store, &[], &mut results),
        };
        self.pause(called, &results)
    }

    fn pause(
        &self,
        called: Result<ResumableCall, Error>,
        results: &[Val; 1],
    ) -> Result<Pause, Fault> {
        match called {
            Ok(ResumableCall::HostTrap(at)) => Ok(Pause::Asks(Some(at))),
            Ok(ResumableCall::Finished) => {
                let status = results[0].i32().unwrap_or_default().cast_unsigned();
                Ok(Pause::Over(Exit::Returned(status)))
            }
            // fuel is off, so that this cannot come
            Ok(ResumableCall::OutOfFuel(_)) => Err(failed(wasmi::TrapCode::OutOfFuel).into()),
            Err(error) if error.downcast_ref::<Asked>().is_some() => Ok(Pause::Asks(None)),
            Err(error) => self.trap(error).map(Pause::Over),
        }
    }

    /// Why it trapped. Its own meters come first.
    fn trap(&self, error: Error) -> Result<Exit, Fault> {
        let flag = |global: &Global| global.get(&self.store).i32().unwrap_or_default();
        if flag(&self.status) != 0 {
            return Ok(Exit::OutOfInk);
        }
        if flag(&self.stack) == 0 {
            return Ok(Exit::OutOfStack);
        }
        match error.as_trap_code() {
            Some(wasmi::TrapCode::StackOverflow) => Err(Fault::Unsupported(Unsupported::Nesting)),
            Some(trap) => Ok(Exit::Failure(format!("trap: {trap}"))),
            None => Err(failed(error).into()),
        }
    }
}

fn failed(error: impl Display) -> Broken {
    Broken::Runtime(error.to_string())
}
