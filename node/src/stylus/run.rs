//! One call of a program: a WASM instance that stops at every host call and is resumed with the answer.

use super::activate::{ENTRYPOINT, MEMORY};
use super::arbos::ArbOs;
use super::entry;
use super::host::{Answer, Host, Pending, Stop, SubResult};
use super::meter::{INK_LEFT, INK_STATUS, STACK_LEFT};
use super::modules::Guest;
use super::storage::StorageCache;
use crate::evm::Context;
use crate::evm::trace::{Detail, End, EndStatus, Entry, Event, EventKind, HostCall};
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::interpreter::{FrameInput, Gas, InstructionResult, InterpreterResult};
use wasmi::{Error, Func, Global, Memory, ResumableCall, ResumableCallHostTrap, Store, Val};

/// What a call of a program knows and keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Depth of its frame.
    pub(crate) depth: usize,
    /// The account it acts for.
    pub(crate) acting: Address,
    pub(crate) caller: Address,
    pub(crate) value: U256,
    pub(crate) input: Bytes,
    pub(crate) is_static: bool,
    pub(crate) reentrant: bool,
    pub(crate) storage: StorageCache,
    /// The code that was asked for last.
    pub(crate) last_code: Option<(Address, Bytes)>,
    /// What the last sub-call returned.
    pub(crate) return_data: Bytes,
    pub(crate) output: Bytes,
    /// Change of the refund counter.
    pub(crate) refund: i64,
    pub(crate) pending: Option<Pending>,
}

/// A program to be called.
pub(crate) struct Call<'a> {
    pub(crate) code: &'a [u8],
    pub(crate) code_hash: B256,
    pub(crate) gas: u64,
    pub(crate) scope: Scope,
}

/// How far a program came.
pub(crate) enum Step {
    /// It waits for another frame.
    Sub(FrameInput),
    /// It ended.
    Done(InterpreterResult, End),
}

/// A program that has begun and not ended.
pub(crate) struct Run {
    scope: Scope,
    gas: u64,
    pages_before: u16,
    store: Store<Guest>,
    memory: Memory,
    /// Ink it began with.
    ink: u64,
    meters: Meters,
    at: At,
}

/// The globals that instrumentation added.
struct Meters {
    ink: Global,
    status: Global,
    stack: Global,
}

enum At {
    /// Before its first instruction.
    Entry(Func),
    /// At a host call, not answered yet.
    Asking(ResumableCallHostTrap),
    /// At a call or creation, with the ink that it began with.
    Waiting {
        invocation: ResumableCallHostTrap,
        ink: u64,
        result: Option<SubResult>,
    },
    /// Nowhere: it runs or has ended.
    Gone,
}

/// How the WASM of a program ended.
enum Outcome {
    Returned(u32),
    OutOfInk,
    OutOfStack,
    Failure(String),
}

impl Run {
    /// Checks and pays the entry of a program and puts it before its first instruction. A program that may not run,
    /// or does not pay its entry, ends at once.
    ///
    /// # Errors
    /// What the chain does not support.
    pub(crate) fn begin(
        context: &mut Context,
        call: Call<'_>,
    ) -> Result<Result<Self, Step>, String> {
        let program = match entry::runnable(context, call.code_hash) {
            Ok(program) => program,
            Err(reason) => {
                let status = EndStatus::Halt(reason.to_string());
                return Ok(Err(halt(
                    InstructionResult::NotActivated,
                    call.gas,
                    status,
                    None,
                )));
            }
        };
        let entry = entry::price(context, call.code_hash, &program);
        let cost = entry.entry_gas.saturating_add(entry.page_gas);
        let Some(left) = call.gas.checked_sub(cost) else {
            let status = EndStatus::Halt(format!(
                "out of gas: entering the program costs {cost}, {} were given",
                call.gas
            ));
            return Ok(Err(halt(
                InstructionResult::OutOfGas,
                call.gas,
                status,
                None,
            )));
        };
        context.chain.note(Event {
            depth: call.scope.depth,
            acting: call.scope.acting,
            kind: EventKind::Entry(entry),
        });
        Self::instantiate(context, call, &entry, left).map(Ok)
    }

    fn instantiate(
        context: &mut Context,
        call: Call<'_>,
        entry: &Entry,
        gas: u64,
    ) -> Result<Self, String> {
        let session = &mut context.chain;
        let params = &session.params;
        let module = session
            .modules
            .compiled(
                call.code_hash,
                call.code,
                session.arbos,
                params.max_wasm_size,
            )
            .map_err(|error| format!("program {}: {error}", call.code_hash))?;
        let runtime = |error: Error| format!("program {}: {error}", call.code_hash);
        let mut store = Guest::store(session.modules.engine());
        let instance = session
            .modules
            .linker()
            .instantiate_and_start(&mut store, &module)
            .map_err(runtime)?;
        let missing = |name: &str| format!("program {} has no {name}", call.code_hash);
        let global = |name: &str| {
            instance
                .get_global(&store, name)
                .ok_or_else(|| missing(name))
        };
        let meters = Meters {
            ink: global(INK_LEFT)?,
            status: global(INK_STATUS)?,
            stack: global(STACK_LEFT)?,
        };
        let memory = instance
            .get_memory(&store, MEMORY)
            .ok_or_else(|| missing(MEMORY))?;
        let function = instance
            .get_func(&store, ENTRYPOINT)
            .ok_or_else(|| missing(ENTRYPOINT))?;
        let ink = gas.saturating_mul(params.ink_price.into());
        let depth = params.max_stack_depth.cast_signed();
        let set = meters.ink.set(&mut store, Val::I64(ink.cast_signed()));
        set.and_then(|()| meters.stack.set(&mut store, Val::I32(depth)))
            .map_err(|error| format!("program {}: {error}", call.code_hash))?;
        let pages_before = session.pages.open;
        session.pages.open(entry.pages);
        Ok(Self {
            scope: call.scope,
            gas: call.gas,
            pages_before,
            store,
            memory,
            ink,
            meters,
            at: At::Entry(function),
        })
    }

    /// Depth of its frame.
    pub(crate) fn depth(&self) -> usize {
        self.scope.depth
    }

    /// Takes the result of the frame it waits for.
    pub(crate) fn deliver(&mut self, delivered: SubResult) {
        if let At::Waiting { result, .. } = &mut self.at {
            *result = Some(delivered);
        }
    }

    /// Runs until the program ends or waits for another frame.
    ///
    /// # Errors
    /// What the chain does not support.
    pub(crate) fn advance(&mut self, context: &mut Context) -> Result<Step, String> {
        let mut results = [Val::I32(0)];
        loop {
            let called = match core::mem::replace(&mut self.at, At::Gone) {
                At::Entry(function) => {
                    let len = Val::I32((self.scope.input.len() as u32).cast_signed());
                    function.call_resumable(&mut self.store, &[len], &mut results)
                }
                At::Asking(invocation) => {
                    let before = self.ink_left();
                    let function = self.store.data().request.function;
                    let args = self.store.data().request.args;
                    match self.host_call(context, before, |host| function(host, args)) {
                        Ok(Answer::Sub(input)) => {
                            self.at = At::Waiting {
                                invocation,
                                ink: before,
                                result: None,
                            };
                            return Ok(Step::Sub(input));
                        }
                        Ok(answer) => self.resume(invocation, &answer, &mut results),
                        Err(stop) => return Ok(self.end(context, stop.into())),
                    }
                }
                At::Waiting {
                    invocation,
                    ink,
                    result,
                } => {
                    let (Some(pending), Some(result)) = (self.scope.pending.take(), result) else {
                        return Err("a program was run before its call had a result".into());
                    };
                    match self.host_call(context, ink, |host| host.finish(pending, result)) {
                        Ok(answer) => self.resume(invocation, &answer, &mut results),
                        Err(stop) => return Ok(self.end(context, stop.into())),
                    }
                }
                At::Gone => return Err("a program was run after its end".into()),
            };
            match called {
                Ok(ResumableCall::HostTrap(invocation)) => self.at = At::Asking(invocation),
                Ok(ResumableCall::Finished) => {
                    let status = results[0].i32().unwrap_or_default().cast_unsigned();
                    return Ok(self.end(context, Outcome::Returned(status)));
                }
                Ok(ResumableCall::OutOfFuel(_)) => return Err("the runtime meters fuel".into()),
                Err(error) => {
                    let outcome = self.trapped(&error)?;
                    return Ok(self.end(context, outcome));
                }
            }
        }
    }

    fn ink_left(&self) -> u64 {
        self.meters
            .ink
            .get(&self.store)
            .i64()
            .unwrap_or_default()
            .cast_unsigned()
    }

    /// Lets the host answer and takes the ink; `before` is what the program had when it asked.
    fn host_call(
        &mut self,
        context: &mut Context,
        before: u64,
        answer: impl FnOnce(&mut Host<'_>) -> Result<Answer, Stop>,
    ) -> Result<Answer, Stop> {
        let ink = self.ink_left();
        let name = self.store.data().request.name;
        let mut host = Host {
            context,
            memory: self.memory.data_mut(&mut self.store),
            scope: &mut self.scope,
            ink,
            detail: Detail::None,
        };
        let answered = answer(&mut host);
        let (left, detail) = (host.ink, host.detail);
        let set = self
            .meters
            .ink
            .set(&mut self.store, Val::I64(left.cast_signed()));
        debug_assert!(set.is_ok(), "the ink is a mutable 64-bit global");
        let exits = matches!(answered, Err(Stop::Exit(_)));
        let done = matches!(answered, Ok(ref answer) if !matches!(answer, Answer::Sub(_)));
        if (done || exits) && context.chain.trace.is_some() {
            context.chain.note(Event {
                depth: self.scope.depth,
                acting: self.scope.acting,
                kind: EventKind::HostCall(HostCall {
                    name,
                    ink: before - left,
                    detail,
                }),
            });
        }
        answered
    }

    fn resume(
        &mut self,
        invocation: ResumableCallHostTrap,
        answer: &Answer,
        results: &mut [Val],
    ) -> Result<ResumableCall, Error> {
        match answer {
            Answer::I32(value) => {
                let value = Val::I32(value.cast_signed());
                invocation.resume(&mut self.store, &[value], results)
            }
            Answer::I64(value) => {
                let value = Val::I64(value.cast_signed());
                invocation.resume(&mut self.store, &[value], results)
            }
            Answer::Nothing | Answer::Sub(_) => invocation.resume(&mut self.store, &[], results),
        }
    }

    /// Why the WASM trapped. The program's own meters come first; a limit of the runtime is nothing a program may see.
    fn trapped(&self, error: &Error) -> Result<Outcome, String> {
        let flag = |global: &Global| global.get(&self.store).i32().unwrap_or_default();
        if flag(&self.meters.status) != 0 {
            return Ok(Outcome::OutOfInk);
        }
        if flag(&self.meters.stack) == 0 {
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

    /// What the EVM sees of the end, and what is left of the gas.
    fn end(&mut self, context: &mut Context, outcome: Outcome) -> Step {
        let session = &mut context.chain;
        session.pages.open = self.pages_before;
        let price = u64::from(session.params.ink_price).max(1);
        let ink = self.ink_left();
        let output = core::mem::take(&mut self.scope.output);
        let (result, output, status) = match outcome {
            Outcome::Returned(0) => (InstructionResult::Return, output, EndStatus::Success),
            Outcome::Returned(_) => (InstructionResult::Revert, output, EndStatus::Revert),
            Outcome::Failure(reason) => {
                let status = EndStatus::Failure(reason);
                (InstructionResult::Revert, Bytes::new(), status)
            }
            Outcome::OutOfInk => {
                let status = EndStatus::Halt("out of ink".into());
                return halt(
                    InstructionResult::OutOfGas,
                    self.gas,
                    status,
                    Some(self.ink),
                );
            }
            Outcome::OutOfStack => {
                let status = EndStatus::Halt("out of stack".into());
                return halt(
                    InstructionResult::CallTooDeep,
                    self.gas,
                    status,
                    Some(self.ink),
                );
            }
        };
        let ink_used = Some(self.ink - ink);
        let mut left = ink / price;
        if let Some(floor) = output_floor(&output, session.arbos) {
            let Some(most) = self.gas.checked_sub(floor) else {
                let given = self.gas;
                let status = EndStatus::Halt(format!(
                    "out of gas: returned data costs {floor}, {given} were given"
                ));
                return halt(InstructionResult::OutOfGas, given, status, ink_used);
            };
            left = left.min(most);
        }
        let mut gas = Gas::new(self.gas);
        gas.set_remaining(left);
        if result == InstructionResult::Return {
            gas.record_refund(self.scope.refund);
        }
        let end = End {
            status,
            gas_used: self.gas - left,
            ink_used,
            output: output.clone(),
        };
        Step::Done(InterpreterResult::new(result, output, gas), end)
    }
}

/// What a call that returns data costs at least, from ArbOS 31: as much as memory for it costs the EVM.
fn output_floor(output: &[u8], arbos: ArbOs) -> Option<u64> {
    let words = (output.len() as u64).div_ceil(32);
    (words > 0 && arbos.number() >= 31).then(|| 3 * words + words * words / 512)
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Exit(status) => Self::Returned(status),
            Stop::OutOfInk => Self::OutOfInk,
            Stop::Failure(reason) => Self::Failure(reason),
        }
    }
}

/// An end that leaves nothing of the gas.
fn halt(result: InstructionResult, gas: u64, status: EndStatus, ink_used: Option<u64>) -> Step {
    let end = End {
        status,
        gas_used: gas,
        ink_used,
        output: Bytes::new(),
    };
    let mut gas = Gas::new(gas);
    gas.spend_all();
    Step::Done(InterpreterResult::new(result, Bytes::new(), gas), end)
}
