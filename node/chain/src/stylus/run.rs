//! One call of a program: a WASM instance that stops at every host call and is resumed with the answer.

use super::entry;
use super::exit::{Account, Outcome, halt};
use super::host::{Answer, Host, Pending, Stop, SubResult};
use super::instance::{Instance, Stopped};
use super::storage::StorageCache;
use crate::context::Context;
use crate::trace::{Detail, End, Event, EventKind, HostCall};
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::interpreter::{FrameInput, InstructionResult, InterpreterResult};
use wasmi::ResumableCallHostTrap;

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
    /// Ink it began with.
    ink: u64,
    instance: Instance,
    at: At,
}

enum At {
    /// Before its first instruction.
    Entry,
    /// At a call or creation.
    Waiting(Box<Waiting>),
    /// Nowhere: it runs or has ended.
    Gone,
}

struct Waiting {
    at: Option<ResumableCallHostTrap>,
    /// Ink the program had when it asked.
    ink: u64,
    result: Option<SubResult>,
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
                let result = InstructionResult::NotActivated;
                return Ok(Err(halt(result, call.gas, reason.to_string(), None)));
            }
        };
        let entry = entry::price(context, call.code_hash, &program);
        let cost = entry.entry_gas.saturating_add(entry.page_gas);
        let Some(left) = call.gas.checked_sub(cost) else {
            let given = call.gas;
            let reason =
                format!("out of gas: entering the program costs {cost}, {given} were given");
            return Ok(Err(halt(InstructionResult::OutOfGas, given, reason, None)));
        };
        context.chain.note(Event {
            depth: call.scope.depth,
            acting: call.scope.acting,
            kind: EventKind::Entry(entry),
        });
        let session = &mut context.chain;
        let (params, modules) = (&session.params, &session.modules);
        let ink = left.saturating_mul(params.ink_price.into());
        let instance = modules
            .compiled(
                call.code_hash,
                call.code,
                session.arbos,
                params.max_wasm_size,
            )
            .map_err(|error| error.to_string())
            .and_then(|module| Instance::new(modules, &module, ink, params.max_stack_depth))
            .map_err(|error| format!("program {}: {error}", call.code_hash))?;
        let pages_before = session.pages.open;
        session.pages.open(entry.pages);
        Ok(Ok(Self {
            scope: call.scope,
            gas: call.gas,
            pages_before,
            ink,
            instance,
            at: At::Entry,
        }))
    }

    /// Depth of its frame.
    pub(crate) fn depth(&self) -> usize {
        self.scope.depth
    }

    /// Takes the result of the frame it waits for.
    pub(crate) fn deliver(&mut self, delivered: SubResult) {
        if let At::Waiting(waiting) = &mut self.at {
            waiting.result = Some(delivered);
        }
    }

    /// Runs until the program ends or waits for another frame.
    ///
    /// # Errors
    /// What the chain does not support.
    pub(crate) fn advance(&mut self, context: &mut Context) -> Result<Step, String> {
        let mut stopped = match core::mem::replace(&mut self.at, At::Gone) {
            At::Entry => self.instance.start(self.scope.input.len() as u32),
            At::Waiting(waiting) => {
                let Waiting { at, ink, result } = *waiting;
                let (Some(pending), Some(result)) = (self.scope.pending.take(), result) else {
                    return Err("a program was run before its call had a result".into());
                };
                match self.host_call(context, ink, |host| host.finish(pending, result))? {
                    Ok(answer) => self.instance.resume(at, &answer),
                    Err(stop) => return Ok(self.end(context, stop.into())),
                }
            }
            At::Gone => return Err("a program was run after its end".into()),
        };
        loop {
            let at = match stopped {
                Stopped::Asking(at) => at,
                Stopped::Returned(status) => {
                    return Ok(self.end(context, Outcome::Returned(status)));
                }
                Stopped::Trapped(error) => {
                    let outcome = self.instance.trap(&error)?;
                    return Ok(self.end(context, outcome));
                }
            };
            let ink = self.instance.ink();
            let (_, function, args) = self.instance.request();
            stopped = match self.host_call(context, ink, |host| function(host, args))? {
                Ok(Answer::Sub(input)) => {
                    let result = None;
                    self.at = At::Waiting(Box::new(Waiting { at, ink, result }));
                    return Ok(Step::Sub(input));
                }
                Ok(answer) => self.instance.resume(at, &answer),
                Err(stop) => return Ok(self.end(context, stop.into())),
            };
        }
    }

    /// Lets the host answer and takes the ink; `before` is what the program had when it asked.
    fn host_call(
        &mut self,
        context: &mut Context,
        before: u64,
        answer: impl FnOnce(&mut Host<'_>) -> Result<Answer, Stop>,
    ) -> Result<Result<Answer, Stop>, String> {
        let (name, ..) = self.instance.request();
        let mut host = Host {
            ink: self.instance.ink(),
            context,
            memory: self.instance.memory(),
            scope: &mut self.scope,
            detail: Detail::None,
        };
        let answered = answer(&mut host);
        let (left, detail) = (host.ink, host.detail);
        self.instance.set_ink(left)?;
        let finished = match &answered {
            Ok(answer) => !matches!(answer, Answer::Sub(_)),
            Err(stop) => matches!(stop, Stop::Exit(_)),
        };
        if finished {
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
        Ok(answered)
    }

    fn end(&mut self, context: &mut Context, outcome: Outcome) -> Step {
        let session = &mut context.chain;
        session.pages.open = self.pages_before;
        let account = Account {
            arbos: session.arbos,
            ink_price: u64::from(session.params.ink_price).max(1),
            gas: self.gas,
            ink: self.ink,
            ink_left: self.instance.ink(),
            refund: self.scope.refund,
            output: core::mem::take(&mut self.scope.output),
        };
        account.end(outcome)
    }
}
