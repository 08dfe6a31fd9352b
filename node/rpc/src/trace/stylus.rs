//! `stylusTracer`: the host calls of programs, one inside the other, as cargo-stylus reads them (Nitro
//! `execution/gethexec/stylus_tracer.go`).

use super::budget::Budget;
use super::opcodes::{CALL, CREATE, CREATE2, DELEGATECALL, SELFDESTRUCT, STATICCALL};
use alloy_primitives::{Address, Bytes};
use serde::Serialize;
use stylus_chain::watch::{Asked, Entered, Left, Watcher};

/// Bytes that a host call takes beside its data.
const CALLED: usize = 200;

/// Host calls that frames may be in.
const NEST: [&str; 3] = [
    "call_contract",
    "delegate_call_contract",
    "static_call_contract",
];

/// A host call, or a frame that the EVM made.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Called {
    name: &'static str,
    args: Bytes,
    outs: Bytes,
    start_ink: u64,
    end_ink: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<Self>>,
}

/// The host calls as they come.
#[derive(Debug)]
pub(super) struct StylusTracer {
    budget: Budget,
    open: Vec<Called>,
    around: Vec<Vec<Called>>,
    wrong: Option<String>,
}

impl StylusTracer {
    pub(super) const fn new(budget: Budget) -> Self {
        Self {
            budget,
            open: Vec::new(),
            around: Vec::new(),
            wrong: None,
        }
    }

    pub(super) fn called(self) -> Result<Vec<Called>, String> {
        self.wrong.map_or(Ok(self.open), Err)
    }
}

impl Watcher for StylusTracer {
    fn enters(&mut self, entered: &Entered) {
        if entered.depth == 0 || self.wrong.is_some() {
            return;
        }
        let name = match entered.opcode {
            CALL => "evm_call_contract",
            DELEGATECALL => "evm_delegate_call_contract",
            STATICCALL => "evm_static_call_contract",
            CREATE => "evm_create1",
            CREATE2 => "evm_create2",
            SELFDESTRUCT => "evm_self_destruct",
            _ => "",
        };
        self.budget.take(CALLED);
        self.open.push(Called {
            name,
            args: Bytes::new(),
            outs: Bytes::new(),
            start_ink: 0,
            end_ink: 0,
            address: Some(entered.to),
            steps: None,
        });
        self.around.push(std::mem::take(&mut self.open));
    }

    fn leaves(&mut self, left: &Left) {
        if left.depth == 0 || self.wrong.is_some() {
            return;
        }
        let Some(mut around) = self.around.pop() else {
            return;
        };
        std::mem::swap(&mut self.open, &mut around);
        if let Some(frame) = self.open.last_mut() {
            frame.steps = Some(around);
        }
    }

    fn asked(&mut self, asked: &Asked<'_>) {
        // what does not fit what went before ends it
        if self.wrong.is_some() {
            return;
        }
        let size = CALLED + asked.args.len() + asked.outs.len();
        let has_room = self.budget.take(size);
        let mut called = Called {
            name: asked.name,
            args: Bytes::copy_from_slice(asked.args),
            outs: Bytes::copy_from_slice(asked.outs),
            start_ink: asked.start_ink,
            end_ink: asked.end_ink,
            address: None,
            steps: None,
        };
        if NEST.contains(&asked.name) {
            let last = self.open.pop();
            let made = last.as_ref().map_or("", |last| last.name);
            if made.strip_prefix("evm_") != Some(asked.name) {
                let name = asked.name;
                self.wrong = Some(format!(
                    "trace inconsistency for {name}: last opcode is {made}"
                ));
                return;
            }
            called.address = last.as_ref().and_then(|last| last.address);
            called.steps = last.and_then(|last| last.steps);
        }
        if has_room {
            self.open.push(called);
        }
    }
}
