//! Without a tracer's name: every opcode, with stack, memory and storage (go-ethereum `eth/tracers/logger/logger.go`).

use super::budget::Budget;
use super::opcodes::{SLOAD, SSTORE};
use super::options::StepOptions;
use alloy_primitives::{Address, B256, Bytes, U256, hex};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use stylus_chain::watch::{Ledger, Left, Step, Watcher, opcode_name};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    pc: usize,
    op: String,
    gas: u64,
    gas_cost: u64,
    depth: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack: Option<Vec<U256>>,
    #[serde(skip_serializing_if = "super::is_nothing")]
    return_data: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "super::is_zero")]
    refund: u64,
}

/// What a transaction came to, and the steps to there.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Executed {
    gas: u64,
    failed: bool,
    return_value: Bytes,
    struct_logs: Vec<Box<RawValue>>,
}

/// The steps as they come.
#[derive(Debug)]
pub(super) struct StepTracer {
    options: StepOptions,
    budget: Budget,
    storage: BTreeMap<Address, BTreeMap<B256, B256>>,
    /// The step that is running.
    running: Option<Told>,
    /// Whether what runs is called by the protocol itself, which is not told.
    is_protocols: bool,
    told: Vec<Box<RawValue>>,
    /// Bytes of all steps.
    size: usize,
    gas_used: u64,
    output: Bytes,
    failure: Option<String>,
}

impl StepTracer {
    pub(super) const fn new(options: StepOptions, budget: Budget) -> Self {
        Self {
            options,
            budget,
            storage: BTreeMap::new(),
            running: None,
            is_protocols: false,
            told: Vec::new(),
            size: 0,
            gas_used: 0,
            output: Bytes::new(),
            failure: None,
        }
    }

    pub(super) fn executed(self) -> impl Serialize {
        let shows_output = self
            .failure
            .as_deref()
            .is_none_or(|why| why == Left::REVERTED);
        Executed {
            gas: self.gas_used,
            failed: self.failure.is_some(),
            return_value: match shows_output {
                true => self.output,
                false => Bytes::new(),
            },
            struct_logs: self.told,
        }
    }

    /// The slots of the account that its code has read and written so far, this step with them.
    fn slots(
        &mut self,
        ledger: &mut dyn Ledger,
        step: &Step<'_>,
    ) -> Option<BTreeMap<String, String>> {
        if self.options.disable_storage {
            return None;
        }
        let slot = step.peek(0).map(B256::from)?;
        let value = match step.opcode {
            SLOAD => ledger.slot(step.acting, slot.into()).into(),
            SSTORE => B256::from(step.peek(1)?),
            _ => return None,
        };
        let slots = self.storage.entry(step.acting).or_default();
        slots.insert(slot, value);
        let written = slots
            .iter()
            .map(|(slot, value)| (hex::encode(slot), hex::encode(value)));
        Some(written.collect())
    }
}

impl Watcher for StepTracer {
    fn wants_steps(&self) -> bool {
        true
    }

    fn steps(&mut self, ledger: &mut dyn Ledger, step: &Step<'_>) {
        self.running = None;
        let limit = self.options.limit;
        let is_full = (limit != 0 && self.size > limit) || self.budget.is_spent();
        if is_full || self.is_protocols {
            return;
        }
        let storage = self.slots(ledger, step);
        let memory = || {
            let words = step.memory.chunks(32);
            words.map(hex::encode).collect::<Vec<_>>()
        };
        self.running = Some(Told {
            pc: step.pc,
            op: opcode_name(step.opcode),
            gas: step.gas,
            gas_cost: 0,
            depth: step.depth,
            error: None,
            stack: (!self.options.disable_stack).then(|| step.stack.to_vec()),
            return_data: match self.options.enable_return_data {
                true => Bytes::copy_from_slice(step.returned),
                false => Bytes::new(),
            },
            memory: (self.options.enable_memory && !step.memory.is_empty()).then(memory),
            storage,
            refund: step.refund,
        });
    }

    fn stepped(&mut self, cost: u64, failure: Option<&str>) {
        let Some(mut told) = self.running.take() else {
            return;
        };
        told.gas_cost = cost;
        told.error = failure.map(str::to_owned);
        let Ok(written) = serde_json::value::to_raw_value(&told) else {
            return;
        };
        let size = written.get().len();
        self.size += size;
        if self.budget.take(size) {
            self.told.push(written);
        }
    }

    fn leaves(&mut self, left: &Left) {
        if left.depth == 0 {
            self.output = left.output.clone();
            self.failure.clone_from(&left.failure);
        }
    }

    fn protocol(&mut self, begins: bool) {
        self.is_protocols = begins;
    }

    fn ends(&mut self, _: &mut dyn Ledger, gas_used: u64) {
        self.gas_used = gas_used;
    }
}
