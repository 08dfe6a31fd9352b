//! The stack of frames and who runs the one on top.

use super::opcodes::Instructions;
use super::precompiles::Borrowed;
use super::{frames, opcodes, transfers, watched};
use crate::arbos::params::StylusParams;
use crate::context::{Broken, Context, Fault, OpenFrame, Unsupported};
use crate::stylus::entry;
use crate::stylus::exit::{self, Step};
use crate::stylus::run::Run;
use crate::telling::Telling;
use crate::trace::{End, Event, EventKind, Halt};
use crate::version::Feature;
use crate::wasm::code;
use alloy_primitives::Address;
use revm::context::{ContextTr, Evm, FrameStack};
use revm::context_interface::context::{ContextError, take_error};
use revm::handler::evm::{ContextDbError, FrameInitResult};
use revm::handler::{EthFrame, EvmTr, FrameData, FrameInitOrResult, FrameResult, ItemOrResult};
use revm::interpreter::InterpreterAction;
use revm::interpreter::interpreter_action::FrameInit;

type Error<'a> = ContextDbError<&'a mut Context>;

/// An EVM whose frames may also be programs.
///
/// A program's frame is revm's own: value transfer, depth, checkpoints and creation stay revm's, and only running it
/// differs. A call by a program suspends it and gives the new frame to revm's loop, so frames never nest on the native
/// stack.
pub(crate) struct Machine<'a> {
    evm: Evm<&'a mut Context, (), Instructions<'a>, Borrowed, EthFrame>,
    /// Programs that have begun and not ended, outermost first.
    runs: Vec<Run>,
}

impl<'a> Machine<'a> {
    pub(crate) fn new(context: &'a mut Context) -> Self {
        let spec = context.cfg.spec;
        let instructions = opcodes::table(spec);
        let precompiles = Borrowed::new(context.chain.arbos);
        Self {
            evm: Evm::new(context, instructions, precompiles),
            runs: Vec::new(),
        }
    }

    fn traces(&self) -> bool {
        self.evm.ctx.chain.trace.is_some()
    }

    fn trace(&mut self, depth: usize, acting: Address, kind: EventKind) {
        self.evm.ctx.chain.note(Event {
            depth,
            acting,
            kind,
        });
    }

    /// Runs the frame on top until it ends or calls.
    ///
    /// # Errors
    /// What cannot be run, or a store that failed: what was read since is made up, so nothing goes on from it.
    fn run_top(&mut self) -> Result<(InterpreterAction, Option<End>), Error<'a>> {
        if let Some(failure) = self.evm.ctx.db().failure() {
            return Err(ContextError::Custom(failure.to_string()));
        }
        if watched::has_enough(self.evm.ctx) {
            let what = Fault::Unsupported(Unsupported::WatchedEnough);
            return Err(fail(self.evm.ctx, what));
        }
        let frame = self.evm.frame_stack.get();
        let context = &mut *self.evm.ctx;
        let mut ended = None;
        if self.runs.last().map(Run::depth) != Some(frame.depth) {
            let Some(call) = frames::program_call(frame, context) else {
                if context.is_watched() {
                    let tables = (
                        self.evm.instruction.instruction_table(),
                        self.evm.instruction.gas_table(),
                    );
                    let depth = frame.depth;
                    let interpreter = &mut frame.interpreter;
                    let ran = watched::run(interpreter, tables, &mut self.evm.ctx, depth);
                    let what = Fault::Unsupported(Unsupported::WatchedEnough);
                    return match ran {
                        Some(action) => Ok((action, None)),
                        None => Err(fail(self.evm.ctx, what)),
                    };
                }
                let action = frame.interpreter.run_plain(
                    self.evm.instruction.instruction_table(),
                    self.evm.instruction.gas_table(),
                    &mut self.evm.ctx,
                );
                return Ok((action, None));
            };
            let gas = call.gas;
            match entry::enter(context, &call) {
                Ok(entered) => match Run::begin(context, call, entered) {
                    Ok(run) => self.runs.push(run),
                    Err(fault) => return Err(fail(context, fault)),
                },
                Err(halt) => {
                    // what a program calls is counted with what the program uses, whatever becomes of it
                    if matches!(halt, Halt::UnpaidEntry { .. }) && self.runs.is_empty() {
                        let without_kind = &mut context.chain.without_kind;
                        *without_kind = without_kind.saturating_add(gas.0);
                    }
                    watched::barred(context, frame, halt);
                    ended = Some(exit::halt(halt, gas, None));
                }
            }
        }
        let step = match (ended, self.runs.last_mut()) {
            (Some(step), _) => step,
            (None, Some(run)) => {
                let step = match run.advance(context) {
                    Ok(step) => step,
                    Err(fault) => return Err(fail(context, fault)),
                };
                if matches!(step, Step::Done(..)) {
                    self.runs.pop();
                }
                step
            }
            (None, None) => return Err(fail(context, Broken::ProgramLost.into())),
        };
        Ok(match step {
            Step::Sub(input) => (InterpreterAction::NewFrame(input), None),
            Step::Done(result, end) => (InterpreterAction::Return(result), Some(end)),
        })
    }

    /// Undoes what a frame touched that failed, and what it changed of the parameters of programs.
    fn keep_touched(&mut self, frame: OpenFrame, result: &FrameResult) {
        if !result.instruction_result().is_ok() {
            self.evm.ctx.chain.touched.undo(frame.touched_before);
            if self.evm.ctx.chain.params_changed {
                let arbos = self.evm.ctx.chain.arbos;
                let params = StylusParams::read(self.evm.ctx.journal_mut(), arbos);
                self.evm.ctx.chain.params = params;
            }
        }
    }

    /// Notes the refunds of the frame on top, which waits for another one.
    fn suspend(&mut self) {
        let frame = self.evm.frame_stack.get();
        let run = self.runs.last().filter(|run| run.depth() == frame.depth);
        let refund = run.map_or(frame.interpreter.gas.refunded(), Run::refund);
        if let Some(hold) = &mut self.evm.ctx.chain.watched {
            hold.refunds.push(refund);
        }
    }

    /// Lets code through EIP-3541 that begins as a program does; asked anew for every contract created.
    ///
    /// # Errors
    /// Deploying a piece of a program on a chain that has such.
    fn admit_code(&mut self, action: &InterpreterAction) -> Result<(), Error<'a>> {
        let InterpreterAction::Return(result) = action else {
            return Ok(());
        };
        if !result.result.is_ok()
            || !matches!(self.evm.frame_stack.get().data, FrameData::Create(_))
        {
            return Ok(());
        }
        if self.evm.ctx.chain.arbos.has(Feature::Fragments) && code::is_fragment(&result.output) {
            let what = Unsupported::DeployedFragments;
            return Err(fail(self.evm.ctx, Fault::Unsupported(what)));
        }
        self.evm.ctx.cfg.disable_eip3541 = code::is_program(&result.output);
        Ok(())
    }
}

/// The error with which an execution ends that cannot go on. Why is told by the session, since revm's own errors have room
/// for words only.
fn fail<'a>(context: &mut Context, fault: Fault) -> Error<'a> {
    ContextError::Custom(match fault {
        Fault::Unsupported(what) => {
            let words = what.to_string();
            context.chain.unsupported = Some(what);
            words
        }
        Fault::Broken(broken) => {
            let words = broken.to_string();
            context.chain.broken = Some(broken);
            words
        }
    })
}

impl<'a> EvmTr for Machine<'a> {
    type Context = &'a mut Context;
    type Instructions = Instructions<'a>;
    type Precompiles = Borrowed;
    type Frame = EthFrame;

    fn all(
        &self,
    ) -> (
        &Self::Context,
        &Self::Instructions,
        &Self::Precompiles,
        &FrameStack<Self::Frame>,
    ) {
        self.evm.all()
    }

    fn all_mut(
        &mut self,
    ) -> (
        &mut Self::Context,
        &mut Self::Instructions,
        &mut Self::Precompiles,
        &mut FrameStack<Self::Frame>,
    ) {
        self.evm.all_mut()
    }

    fn frame_init(
        &mut self,
        mut input: FrameInit,
    ) -> Result<FrameInitResult<'_, EthFrame>, Error<'a>> {
        frames::skip_delegated_precompile(&mut input.frame_input, self.evm.ctx);
        let depth = input.depth;
        let open = frames::open_frame(&input.frame_input, self.evm.ctx);
        if self.traces()
            && let Some(begin) = frames::begin(&input.frame_input, self.evm.ctx)
        {
            self.trace(depth, open.acting, EventKind::Begin(begin));
        }
        watched::enter(self.evm.ctx, &input);
        if let Some(account) = frames::touched(&input.frame_input, self.evm.ctx) {
            self.evm.ctx.chain.touched.touch(account);
        }
        let transfer = transfers::Transfer::of(&input.frame_input, open.acting, self.evm.ctx);
        let ended = match self.evm.frame_init(input)? {
            ItemOrResult::Item(_) => None,
            ItemOrResult::Result(result) => Some(result),
        };
        if let Some(transfer) = transfer {
            transfer.log(self.evm.ctx, ended.as_ref());
        }
        if let Some(result) = ended {
            self.keep_touched(open, &result);
            if self.traces() {
                let end = frames::end(result.interpreter_result());
                self.trace(depth, open.acting, EventKind::End(end));
            }
            watched::leave(self.evm.ctx, depth, &result, None);
            return Ok(ItemOrResult::Result(result));
        }
        self.evm.ctx.chain.open.push(open);
        Ok(ItemOrResult::Item(self.evm.frame_stack.get()))
    }

    fn frame_run(&mut self) -> Result<FrameInitOrResult<EthFrame>, Error<'a>> {
        let (action, end) = self.run_top()?;
        self.admit_code(&action)?;
        let code_ended = match &action {
            InterpreterAction::Return(result) => Some(result.result),
            InterpreterAction::NewFrame(_) => {
                self.suspend();
                None
            }
        };
        let frame = self.evm.frame_stack.get();
        let next = frame.process_next_action::<_, Error<'a>>(&mut self.evm.ctx, action)?;
        if let ItemOrResult::Result(result) = &next {
            frame.set_finished(true);
            let depth = frame.depth;
            let open = self.evm.ctx.chain.open.pop().unwrap_or_default();
            self.keep_touched(open, result);
            watched::ended(self.evm.ctx, end.as_ref());
            watched::leave(self.evm.ctx, depth, result, code_ended);
            if self.traces() {
                let end = end.unwrap_or_else(|| frames::end(result.interpreter_result()));
                self.trace(depth, open.acting, EventKind::End(end));
            }
        }
        Ok(next)
    }

    fn frame_return_result(
        &mut self,
        result: FrameResult,
    ) -> Result<Option<FrameResult>, Error<'a>> {
        if let Some(hold) = &mut self.evm.ctx.chain.watched {
            hold.refunds.pop();
        }
        let stack = &mut self.evm.frame_stack;
        // A frame that ended is still on the stack; the one below it gets the result.
        let finished = stack.get().is_finished();
        let depth = stack.get().depth;
        let parent = if finished {
            depth.checked_sub(1)
        } else {
            Some(depth)
        };
        let run = self
            .runs
            .last_mut()
            .filter(|run| Some(run.depth()) == parent);
        let Some(run) = run else {
            return self.evm.frame_return_result(result);
        };
        run.deliver(frames::sub_result(&result));
        if finished {
            stack.pop();
        }
        stack.get().interpreter.memory.free_child_context();
        take_error::<Error<'a>, _>(self.evm.ctx.error())?;
        Ok(None)
    }
}
