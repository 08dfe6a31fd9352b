//! Telling whoever watches an execution ([`crate::watch`]) what happens in it, also what is no opcode and no frame of the EVM.

pub(crate) mod around;
mod ledger;
pub(crate) mod pseudo;
pub(crate) mod reads;
pub(crate) mod start;

use crate::context::Context;
use crate::watch::{Asked, Begun, Entered, Ledger, Left, Step, Transfer, Watcher};
use alloy_primitives::{Log, U256};
use ledger::Looking;

/// Telling whoever watches; nothing if nobody does.
pub(crate) trait Telling {
    /// Whether anybody watches.
    fn is_watched(&self) -> bool;
    /// Whether anybody wants to be told of steps.
    fn has_steps_watched(&self) -> bool;
    /// A transaction begins.
    fn tell_begin(&mut self, begun: &Begun);
    /// It has ended.
    fn tell_end(&mut self, gas_used: u64);
    /// A frame begins.
    fn tell_enter(&mut self, entered: &Entered);
    /// A frame ends.
    fn tell_leave(&mut self, left: &Left);
    /// A step is about to run.
    fn tell_step(&mut self, step: &Step<'_>);
    /// A step has run.
    fn tell_stepped(&mut self, cost: u64, failure: Option<&str>);
    /// A log was made.
    fn tell_log(&mut self, log: &Log);
    /// Wei change hands.
    fn tell_transfer(&mut self, transfer: &Transfer);
    /// ArbOS looks at a slot of its own.
    fn tell_arbos(&mut self, slot: U256);
    /// A program made a host call.
    fn tell_asked(&mut self, asked: &Asked<'_>);
    /// What the protocol calls by itself begins, or ends.
    fn tell_protocol(&mut self, begins: bool);
}

impl Telling for Context {
    fn is_watched(&self) -> bool {
        self.chain.watched.is_some()
    }

    fn has_steps_watched(&self) -> bool {
        self.chain
            .watched
            .as_ref()
            .is_some_and(|hold| hold.wants_steps)
    }

    fn tell_begin(&mut self, begun: &Begun) {
        tell(self, false, |watcher, ledger| watcher.begins(ledger, begun));
    }

    fn tell_end(&mut self, gas_used: u64) {
        tell(self, true, |watcher, ledger| watcher.ends(ledger, gas_used));
    }

    fn tell_enter(&mut self, entered: &Entered) {
        hold(self, |watcher| watcher.enters(entered));
    }

    fn tell_leave(&mut self, left: &Left) {
        hold(self, |watcher| watcher.leaves(left));
    }

    fn tell_step(&mut self, step: &Step<'_>) {
        tell(self, false, |watcher, ledger| watcher.steps(ledger, step));
    }

    fn tell_stepped(&mut self, cost: u64, failure: Option<&str>) {
        hold(self, |watcher| watcher.stepped(cost, failure));
    }

    fn tell_log(&mut self, log: &Log) {
        hold(self, |watcher| watcher.logs(log));
    }

    fn tell_transfer(&mut self, transfer: &Transfer) {
        hold(self, |watcher| watcher.transfers(transfer));
    }

    fn tell_arbos(&mut self, slot: U256) {
        tell(self, false, |watcher, ledger| watcher.arbos(ledger, slot));
    }

    fn tell_asked(&mut self, asked: &Asked<'_>) {
        hold(self, |watcher| watcher.asked(asked));
    }

    fn tell_protocol(&mut self, begins: bool) {
        hold(self, |watcher| watcher.protocol(begins));
    }
}

/// Tells the watcher something about which it may look at the state.
fn tell(
    context: &mut Context,
    is_over: bool,
    tell: impl FnOnce(&mut dyn Watcher, &mut dyn Ledger),
) {
    // out of its place meanwhile, so that the rest can be looked at
    let Some(mut hold) = context.chain.watched.take() else {
        return;
    };
    let mut looking = Looking { context, is_over };
    tell(&mut *hold.watcher, &mut looking);
    looking.context.chain.watched = Some(hold);
}

fn hold(context: &mut Context, tell: impl FnOnce(&mut dyn Watcher)) {
    if let Some(hold) = &mut context.chain.watched {
        tell(&mut *hold.watcher);
    }
}
