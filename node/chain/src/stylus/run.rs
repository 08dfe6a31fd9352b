//! One call of a program: a WASM instance that stops at every host call and is resumed with the answer.

use super::entry::Entered;
use super::exit::{Exit, Figures, Step, Stopped};
use super::host::{Answer, FUNCTIONS, Host, Pending, Scope, SubResult};
use super::instance::{Instance, Pause};
use super::{stands, told};
use crate::context::{Broken, Context, Fault, Unsupported};
use crate::telling::Telling;
use crate::trace::{Detail, Event, EventKind, HostCall};
use crate::units::{Gas, Ink};
use crate::wasm::activate::HOST_CALLS;
use crate::wasm::code::CodeError;
use crate::watch::Asked;
use alloy_primitives::B256;
use revm::interpreter::FrameInput;
use wasmi::ResumableCallHostTrap;

/// A program to be called.
pub(crate) struct ProgramCall<'a> {
    pub(crate) code: &'a [u8],
    pub(crate) code_hash: B256,
    pub(crate) gas: Gas,
    pub(crate) scope: Scope,
}

/// A program that has begun and not ended.
pub(crate) struct Run {
    scope: Scope,
    gas: Gas,
    pages_before: u16,
    /// Ink it began with.
    ink: Ink,
    instance: Instance,
    at: At,
    /// What went into the call that it waits for, if somebody watches.
    ins: Option<Vec<u8>>,
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
    pending: Pending,
    at: Option<ResumableCallHostTrap>,
    /// Ink the program had when it asked.
    ink: Ink,
    result: Option<SubResult>,
}

impl Run {
    /// Puts a program that was entered before its first instruction.
    ///
    /// # Errors
    /// Code that the chain cannot run although it was activated.
    pub(crate) fn begin(
        context: &mut Context,
        call: ProgramCall<'_>,
        entered: Entered,
    ) -> Result<Self, Fault> {
        let session = &mut context.chain;
        let (params, modules) = (&session.params, &session.modules);
        let ink = entered.gas.to_ink(params.ink_price());
        let program = modules
            .compiled(
                call.code_hash,
                call.code,
                session.arbos,
                // how large it may be was asked when it was activated
                u32::MAX,
            )
            .map_err(|error| match error {
                CodeError::StylusDictionary => Fault::Unsupported(Unsupported::DictionaryToRun),
                error => Fault::Broken(Broken::Code {
                    code_hash: call.code_hash,
                    error: Box::new(error),
                }),
            })?;
        let instance = Instance::new(&program, ink, params.max_stack_depth)?;
        let pages_before = session.pages.open;
        session.pages.open(entered.pages);
        Ok(Self {
            scope: call.scope,
            gas: call.gas,
            pages_before,
            ink,
            instance,
            at: At::Entry,
            ins: None,
        })
    }

    /// Depth of its frame.
    pub(crate) fn depth(&self) -> usize {
        self.scope.depth
    }

    /// Change of the refund counter so far.
    pub(crate) fn refund(&self) -> i64 {
        self.scope.refund
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
    /// Why the chain cannot run it any further.
    pub(crate) fn advance(&mut self, context: &mut Context) -> Result<Step, Fault> {
        match self.run(context) {
            Ok(input) => Ok(Step::Sub(input)),
            Err(Stopped::Exit(exit)) => Ok(self.end(context, exit)),
            Err(Stopped::Fault(fault)) => Err(fault),
        }
    }

    /// Runs until the program waits for a frame, which is returned.
    fn run(&mut self, context: &mut Context) -> Result<FrameInput, Stopped> {
        let mut pause = match core::mem::replace(&mut self.at, At::Gone) {
            At::Entry => {
                let length = self.scope.input.len() as u32;
                told::tell_status(context, told::ENTERED, length, self.ink);
                self.instance.start(length)?
            }
            At::Waiting(waiting) => {
                let result = waiting.result.ok_or(Fault::Broken(Broken::NoResult))?;
                let pending = waiting.pending;
                let finish = |host: &mut Host<'_>| host.finish(pending, result);
                let answer = self.host_call(context, waiting.ink, finish)?;
                self.instance.resume(waiting.at, &answer)?
            }
            At::Gone => return Err(Fault::Broken(Broken::RunAfterEnd).into()),
        };
        loop {
            let at = match pause {
                Pause::Asks(at) => at,
                Pause::Over(exit) => return Err(exit.into()),
            };
            let ink = self.instance.ink();
            let request = self.instance.request();
            let (_, function) = FUNCTIONS[request.call];
            let answer = self.host_call(context, ink, |host| function(host, request.args))?;
            if let Answer::Sub(input, pending) = answer {
                self.at = At::Waiting(Box::new(Waiting {
                    pending: *pending,
                    at,
                    ink,
                    result: None,
                }));
                return Ok(input);
            }
            pause = self.instance.resume(at, &answer)?;
        }
    }

    /// Lets the host answer and takes the ink; `before` is what the program had when it asked.
    fn host_call(
        &mut self,
        context: &mut Context,
        before: Ink,
        answer: impl FnOnce(&mut Host<'_>) -> Result<Answer, Exit>,
    ) -> Result<Answer, Stopped> {
        let request = self.instance.request();
        let name = HOST_CALLS[request.call].name;
        let ins = match context.is_watched() {
            // a call that was made put what went in aside
            true if self.ins.is_none() => {
                Some(told::ins(name, request.args, self.instance.memory()))
            }
            _ => self.ins.take(),
        };
        let mut host = Host {
            ink: self.instance.ink(),
            context,
            memory: self.instance.memory(),
            scope: &mut self.scope,
            detail: Detail::None,
        };
        let answered = answer(&mut host);
        let (left, detail) = (host.ink, host.detail);
        self.instance.set_ink(left).map_err(Fault::Broken)?;
        let finished = match &answered {
            Ok(answer) => !matches!(answer, Answer::Sub(..)),
            Err(exit) => matches!(exit, Exit::Returned(_)),
        };
        if finished {
            if let Some(args) = ins {
                let (memory, input) = (self.instance.memory(), &self.scope.input);
                let answer = answered.as_ref().ok();
                let asked = Asked {
                    name,
                    args: &args,
                    outs: &told::outs(name, request.args, memory, answer, input),
                    start_ink: before.0,
                    end_ink: left.0,
                };
                told::tell(context, &self.scope, &asked, &detail);
            }
            context.chain.note(Event {
                depth: self.scope.depth,
                acting: self.scope.acting,
                kind: EventKind::HostCall(HostCall {
                    name,
                    ink: before.saturating_sub(left).0,
                    detail,
                }),
            });
        } else if let (Ok(Answer::Sub(_, pending)), true) = (&answered, ins.is_some()) {
            self.ins = ins;
            let gas = left.whole_gas(context.chain.params.ink_price());
            let rest = gas.saturating_sub(Gas(pending.sub().base_cost));
            let most = (u128::from(rest.0) * 63 / 64) as u64;
            stands::tell_call(context, &self.scope, pending.sub(), most);
        }
        Ok(answered?)
    }

    fn end(&mut self, context: &mut Context, exit: Exit) -> Step {
        if let Exit::Returned(status) = &exit {
            told::tell_status(context, told::RETURNED, *status, self.ink);
        }
        if !context.is_watched() {
            return self.reckon(context, exit);
        }
        let gas = self
            .instance
            .ink()
            .whole_gas(context.chain.params.ink_price());
        let scope = self.scope.clone();
        let step = self.reckon(context, exit.clone());
        if let Step::Done(_, end) = &step {
            stands::tell_end(context, &scope, &exit, gas, &end.status);
        }
        step
    }

    fn reckon(&mut self, context: &mut Context, exit: Exit) -> Step {
        let session = &mut context.chain;
        session.pages.open = self.pages_before;
        let figures = Figures {
            arbos: session.arbos,
            ink_price: session.params.ink_price(),
            gas: self.gas,
            ink: self.ink,
            ink_left: self.instance.ink(),
            refund: self.scope.refund,
            output: core::mem::take(&mut self.scope.output),
        };
        figures.end(exit)
    }
}
